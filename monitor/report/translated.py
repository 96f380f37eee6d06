"""What a report tells of two languages of one report, summed up in numbers and sentences."""

from collections.abc import Iterator, Sequence

from monitor.model.comparison import SectionLink, SectionStatus
from monitor.model.note import NoteCode
from monitor.model.statistic import StatisticChange, StatisticEvent
from monitor.report.changes import shortened
from monitor.report.facts import Key
from monitor.report.figures import by_place
from monitor.report.notes import note_phrase
from monitor.report.scene import Scene, in_reading_order
from monitor.report.sections import new_name, old_name
from monitor.report.shapes import Phrase, Piece, Remark, Tone

_NAMED = 4


def keys(scene: Scene) -> tuple[Key, ...]:
    """The two languages in numbers."""
    words = scene.words
    links = scene.comparison.alignment
    both = sum(len(link.old) for link in links if link.old and link.new)
    total = len(scene.comparison.old.sections)
    new = words.language(scene.languages[1])
    counts = {
        "key_disagree": len(_disagreeing(scene)), "key_missing": sum(not link.new for link in links),
        "key_extra": sum(not link.old for link in links),
    }  # fmt: skip
    return (
        Key(value=words.say("n_of_total", n=both, total=total), label=words.say("key_sections", language=new)),
        *(Key(value=words.number(n), label=words.say(key, n=n, language=new)) for key, n in counts.items()),
    )


def sentences(scene: Scene) -> Iterator[Remark]:
    """The two languages in sentences: whether they say the same, and where not."""
    words = scene.words
    names = {"old": words.language(scene.languages[0]), "new": words.language(scene.languages[1])}
    changed = scene.comparison.changed
    yield Remark(tone=Tone.CALM, phrase=words.phrase("languages_differ" if changed else "languages_agree", **names))
    editions = [note for note in scene.comparison.notes if note.code is NoteCode.EDITIONS_DIFFER]
    yield from (Remark(tone=Tone.FLAG, phrase=note_phrase(note, words)) for note in editions)
    if found := _disagreeing(scene):
        items = [_stated(change, scene) for change in found[:_NAMED]]
        yield _listing("figures_disagree", len(found), Tone.FLAG, items, scene, mark="list_heavy")
    for event, side in ((StatisticEvent.REMOVED, "old"), (StatisticEvent.ADDED, "new")):
        if only := sum(change.change is event for change in scene.comparison.statistics):
            told = words.phrase("statement", what=words.phrase("figures_only", n=only, side=names[side]))
            yield Remark(tone=Tone.FLAG, phrase=told)
    links = in_reading_order(scene.comparison)
    gone = [(old_name(name, scene),) for link in links if not link.new for name in link.old]
    come = [(new_name(name, scene),) for link in links if not link.old for name in link.new]
    if gone:
        yield _listing("sections_missing", len(gone), Tone.REMOVE, gone[:_NAMED], scene, language=names["new"])
    if come:
        yield _listing("sections_extra", len(come), Tone.ADD, come[:_NAMED], scene, language=names["new"])
    if shorter := [(old_name(link.old[0], scene),) for link in links if link.shorter]:
        yield _listing("sections_shorter", len(shorter), Tone.FLAG, shorter[:_NAMED], scene, language=names["new"])
    for status in (SectionStatus.SPLIT, SectionStatus.MERGED):
        if of_status := [link for link in links if link.status is status]:
            items = [_became(link, scene) for link in of_status[:_NAMED]]
            yield _listing(f"sections_{status.value}", len(of_status), Tone.EDIT, items, scene)
    if moved := [link for link in links if link.moved and link.old and link.new]:
        items = [(new_name(link.new[0], scene),) for link in moved[:_NAMED]]
        yield _listing("sections_elsewhere", len(moved), Tone.MOVE, items, scene)


def _disagreeing(scene: Scene) -> list[StatisticChange]:
    changed = [c for c in scene.comparison.statistics if c.change is StatisticEvent.CHANGED]
    return by_place(changed, scene.comparison)


def _stated(change: StatisticChange, scene: Scene) -> Phrase:
    """A figure as both languages state it, and where."""
    words = scene.words
    assert change.old is not None
    assert change.new is not None
    return words.phrase(
        "figure_stated", old=Piece(text=shortened(change.old.quote), language=scene.languages[0], strong=True),
        new=Piece(text=shortened(change.new.quote), language=scene.languages[1], strong=True),
        old_language=words.language(scene.languages[0]), new_language=words.language(scene.languages[1]),
        section=old_name(str(change.old.section), scene),
    )  # fmt: skip


def _became(link: SectionLink, scene: Scene) -> Phrase:
    words = scene.words
    old = words.listed((old_name(name, scene),) for name in link.old)
    return words.phrase("subject_became", old=old, new=words.listed((new_name(name, scene),) for name in link.new))


def _listing(
    key: str, count: int, tone: Tone, items: Sequence[Phrase], scene: Scene, *, mark: str = "list_comma", language: str = ""
) -> Remark:  # fmt: skip
    words = scene.words
    shown = list(items)
    if count > len(shown):
        shown.append(words.phrase("items_more", n=count - len(shown)))
    what = words.phrase(key, n=count, language=language)
    return Remark(tone=tone, phrase=words.phrase("listing", what=what, items=words.listed(shown, mark=mark)))
