"""The remarks of comparisons and readings in the words of a report."""

from monitor.model.note import Note
from monitor.report.shapes import Phrase, Piece
from monitor.report.visible import visible
from monitor.report.wording import Value, Wording

_UNTOLD = "und"


def note_phrase(note: Note, words: Wording) -> Phrase:
    """The remark as a sentence of the report; languages are named, words of a document keep apart."""
    values = {name: _value(name, value, words) for name, value in note.values}
    return words.phrase(f"note_{note.code.value}", **values)


def _value(name: str, value: str | int, words: Wording) -> Value:
    if name.endswith("language"):
        return words.language(visible(str(value)))
    if name == "n" and isinstance(value, int):
        return value
    return str(value) if isinstance(value, int) else Piece(text=visible(value), language=_UNTOLD)
