"""Remarks for the reader of a comparison or a reading: values, so that a report can word them in its own language."""

from enum import StrEnum
from typing import NamedTuple


class NoteCode(StrEnum):
    """What a note remarks."""

    SAME_EDITION = "same_edition"
    SAME_YEAR = "same_year"
    OLDER_SECOND = "older_second"
    OUTLINES_DIFFER = "outlines_differ"
    NO_SECTIONS = "no_sections"
    ONE_LANGUAGE = "one_language"
    UNTRANSLATED = "untranslated"
    UNTRANSLATED_SECTIONS = "untranslated_sections"
    EDITIONS_DIFFER = "editions_differ"
    NO_LEXICON = "no_lexicon"
    MISLABELLED = "mislabelled"
    UNDECODED = "undecoded"
    CHARSET_UNCERTAIN = "charset_uncertain"
    LANGUAGE_UNKNOWN = "language_unknown"
    LANGUAGE_CONTRADICTED = "language_contradicted"
    LANGUAGE_TAKEN = "language_taken"


_ENGLISH = {
    NoteCode.SAME_EDITION: "The two texts are the same: this is one edition.",
    NoteCode.SAME_YEAR: "Both texts say that they are the edition of {edition}: a revision compares them word by word.",
    NoteCode.OLDER_SECOND: "The older edition ({edition}) is given second: what is called new here is what it had.",
    NoteCode.OUTLINES_DIFFER: "The outlines hardly correspond: rely on the topics and the figures; pairs of sections were made "
    "only where their content is close.",
    NoteCode.NO_SECTIONS: "{title} has no sections: it can be compared only as a whole.",
    NoteCode.ONE_LANGUAGE: "Both texts are in {language}: this compares no translation.",
    NoteCode.UNTRANSLATED: "The two texts are identical: the page is not translated.",
    NoteCode.UNTRANSLATED_SECTIONS: "Not translated: {sections}.",
    NoteCode.EDITIONS_DIFFER: "The editions differ: {old_language} is of {old}, {new_language} of {new}.",
    NoteCode.NO_LEXICON: "There is no lexicon for {language}: hedges and negations are not told apart from other words, "
    "figures in words and months are not read.",
    NoteCode.MISLABELLED: "{title} is labelled {language}, but its text is in {found_language}.",
    NoteCode.UNDECODED: "{n} characters could not be decoded as {charset}",
    NoteCode.CHARSET_UNCERTAIN: "the charset is not declared and could not be told: it was read as {charset}",
    NoteCode.LANGUAGE_UNKNOWN: "the language could not be told: name it with --language",
    NoteCode.LANGUAGE_CONTRADICTED: "the page says that it is in {language}, but its text is in {found_language}",
    NoteCode.LANGUAGE_TAKEN: "it is taken to be in {language}, like the other text",
}  # fmt: skip


class Note(NamedTuple):
    """A remark, with the values it names. A value called `language` or `…_language` is a tag. Its text is in English."""

    code: NoteCode
    values: tuple[tuple[str, str | int], ...] = ()

    def __str__(self) -> str:
        return _ENGLISH[self.code].format_map(dict(self.values))

    def to_dict(self) -> dict[str, object]:
        """The note as it stands in the JSON output, beside its English sentence."""
        return {"code": self.code.value, **dict(self.values)}


def note(code: NoteCode, **values: str | int) -> Note:
    """A note of that code with these values."""
    return Note(code=code, values=tuple(values.items()))
