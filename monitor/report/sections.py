"""Sections as cards: heading, what became of it, and its items."""

from collections.abc import Iterable, Iterator

from monitor.model.comparison import (
    ChangeClass,
    ComparisonKind,
    Hunk,
    Operation,
    SectionLink,
    SectionStatus,
    Subject,
)
from monitor.model.document import Document, Section
from monitor.report.items import items
from monitor.report.scene import Scene, in_reading_order
from monitor.report.shapes import (
    Beside,
    ChangeCard,
    Fold,
    Item,
    Phrase,
    Piece,
    Remark,
    SectionCard,
    Segment,
    State,
    Tone,
)
from monitor.report.visible import visible, web_address
from monitor.report.wording import Wording

_STATES = {
    SectionStatus.EDITED: ("≠", Tone.EDIT), SectionStatus.REWRITTEN: ("≉", Tone.EDIT),
    SectionStatus.ADDED: ("+", Tone.ADD), SectionStatus.REMOVED: ("−", Tone.REMOVE),
    SectionStatus.SPLIT: ("÷", Tone.EDIT), SectionStatus.MERGED: ("∪", Tone.EDIT),
}  # fmt: skip


_USUAL = frozenset({SectionStatus.EDITED, SectionStatus.REWRITTEN})
"""What becomes of almost every section from one edition to the next."""


def cards(scene: Scene) -> tuple[SectionCard, ...]:
    """A card for every link, in reading order."""
    return tuple(_card(link, scene) for link in in_reading_order(scene.comparison))


def arrow(link: SectionLink, scene: Scene) -> str:
    """Where a moved section went: ↑, ↓, or ↕ if others moved around it so that its place has the same number."""
    old, new = scene.old[link.old[0]].position, scene.new[link.new[0]].position
    return "↑" if new < old else "↓" if new > old else "↕"


def old_name(name: str, scene: Scene) -> Piece:
    """The heading of a section of the old side, leading to its card."""
    return _name(scene.old[name], scene.comparison.old, scene.anchors[f"-{name}"], scene.words)


def new_name(name: str, scene: Scene) -> Piece:
    """The heading of a section of the new side, leading to its card."""
    return _name(scene.new[name], scene.comparison.new, scene.anchors[f"+{name}"], scene.words)


def _name(section: Section, document: Document, anchor: str, words: Wording) -> Piece:
    """The heading; the lead, whose heading is the title, is named as what it is."""
    if not section.position and section.heading == document.title:
        return Piece(text=words.say("lead"), language=words.tag, strong=True, anchor=anchor)
    return Piece(text=visible(section.heading), language=document.language, strong=True, anchor=anchor)


def _card(link: SectionLink, scene: Scene) -> SectionCard:
    name = link.new[0] if link.new else link.old[0]
    document = scene.comparison.new if link.new else scene.comparison.old
    section = scene.new[name] if link.new else scene.old[name]
    anchor = scene.anchors[f"+{name}" if link.new else f"-{name}"]
    shown = _items(link, anchor, scene)
    touched = any(_is_change(item) for item in shown)
    return SectionCard(
        anchor=anchor, language=document.language, heading=_heading(link, scene),
        states=_states(link, scene, shown, touched=touched), remarks=tuple(_remarks(link, scene, touched=touched)), items=shown,
        changed=touched or link.renamed or link.moved or link.shorter or link.status is not SectionStatus.UNCHANGED,
        quiet=all(_is_folded(item) for item in shown),
        href=_on_its_page(document.source, section), beside=_beside(link, scene), measure=_measure(link, scene),
    )  # fmt: skip


def _items(link: SectionLink, anchor: str, scene: Scene) -> tuple[Item, ...]:
    if scene.comparison.kind is ComparisonKind.REVISION:
        return items(link, anchor, scene)
    from monitor.report.paired import ITEMS

    return ITEMS[scene.comparison.kind](link, anchor, scene)


def _beside(link: SectionLink, scene: Scene) -> Piece | None:
    """The heading of a section in the language that is compared with."""
    if scene.comparison.kind is not ComparisonKind.TRANSLATION or not (link.old and link.new):
        return None
    headings = " · ".join(scene.old[name].heading for name in link.old)
    return Piece(text=visible(headings), language=scene.languages[0])


def _measure(link: SectionLink, scene: Scene) -> str:
    """How long a subject was and is."""
    facts = scene.comparison.editions
    subject = next((s for s in facts.subjects if (s.old, s.new) == (link.old, link.new)), None) if facts else None
    return length_of(subject, scene.words) if subject else ""


def length_of(subject: Subject, words: Wording) -> str:
    """A subject's length on both sides: "102 → 65 words (−36%)", or on the side that has it: "63 words"."""
    old, new = subject.old_words, subject.new_words
    if old is None or new is None:
        return words.say("words", n=new if old is None and new is not None else old or 0)
    share = share_of(subject, words)
    return words.say("words_change", old=old, n=new) + (f" ({share})" if share else "")


def share_of(subject: Subject, words: Wording) -> str:
    """By how much of its length a subject grew or shrank: "−36%"; "" if it did not, or is missing on a side."""
    old, new = subject.old_words, subject.new_words
    return words.percent(round((new / old - 1) * 100), signed=True) if old and new and old != new else ""


def _is_folded(item: Item) -> bool:
    return isinstance(item, Fold) or (isinstance(item, Beside) and item.label != "")


def _is_change(item: Item) -> bool:
    if isinstance(item, ChangeCard):
        return item.change_class != ChangeClass.TYPOGRAPHY.value
    return not _is_folded(item)


def _heading(link: SectionLink, scene: Scene) -> tuple[Segment, ...]:
    old = [scene.old[name].heading for name in link.old]
    new = [scene.new[name].heading for name in link.new]
    if link.renamed and len(old) == len(new) == 1 and old != new:
        change = scene.headings.get(link.new[0])
        hunks = change.hunks if change else (Hunk(Operation.DELETE, old[0]), Hunk(Operation.INSERT, new[0]))
    else:
        hunks = (Hunk(Operation.EQUAL, " · ".join(new or old)),)
    return tuple(Segment(operation=hunk.operation, text=visible(hunk.text)) for hunk in hunks)


def _states(link: SectionLink, scene: Scene, shown: Iterable[Item], *, touched: bool) -> tuple[State, ...]:
    words, kind = scene.words, scene.comparison.kind
    status = SectionStatus.EDITED if touched and link.status is SectionStatus.UNCHANGED else link.status
    found = []
    if status in _STATES and not (kind is ComparisonKind.EDITION and status in _USUAL):
        symbol, tone = _STATES[status]
        key = f"state_{kind.value}_{status.value}"
        label = words.say(key if key in words.sentences else f"state_{status.value}")
        found.append(State(name=status.value, symbol=symbol, label=label, tone=tone))
    elif status not in _STATES and any(isinstance(item, ChangeCard) for item in shown):
        found.append(State(name="typography", symbol="”", label=words.say("state_typography"), tone=Tone.CALM))
    if link.shorter:
        found.append(State(name="shorter", symbol="◐", label=words.say("cell_shorter"), tone=Tone.FLAG))
    if link.renamed:
        found.append(State(name="renamed", symbol="Aa", label=words.say("state_renamed"), tone=Tone.EDIT))
    if link.moved:
        found.append(State(name="moved", symbol=arrow(link, scene), label=words.say("state_moved"), tone=Tone.MOVE))
    return tuple(found)


def _remarks(link: SectionLink, scene: Scene, *, touched: bool) -> Iterator[Remark]:
    if link.moved and scene.comparison.kind is not ComparisonKind.EDITION:
        yield Remark(tone=Tone.MOVE, phrase=_moved(link, scene, touched=touched))
    yield from _related(link, scene)
    if link.status in (SectionStatus.SPLIT, SectionStatus.MERGED):
        old = _names(old_name(name, scene) for name in link.old)
        new = _names(new_name(name, scene) for name in link.new)
        words = scene.words
        phrase = words.phrase(link.status.value, old=words.listed(old), new=words.listed(new))
        yield Remark(tone=Tone.EDIT, phrase=phrase)


def _related(link: SectionLink, scene: Scene) -> Iterator[Remark]:
    """The sections that one without a counterpart shares telling words with."""
    facts = scene.comparison.editions
    for old, new in facts.related if facts and not (link.old and link.new) else ():
        if old in link.old:
            yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("related", section=new_name(new, scene)))
        elif new in link.new:
            yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("related", section=old_name(old, scene)))


def _moved(link: SectionLink, scene: Scene, *, touched: bool) -> Phrase:
    words = scene.words
    places = {"old": str(scene.old[link.old[0]].position), "new": str(scene.new[link.new[0]].position)}
    revised = scene.comparison.kind is ComparisonKind.REVISION
    same = revised and not touched and link.status is SectionStatus.UNCHANGED
    return words.phrase("moved_section_same" if same else "moved_section", arrow=arrow(link, scene), **places)


def _names(pieces: Iterable[Piece]) -> Iterator[Phrase]:
    return ((piece,) for piece in pieces)


def _on_its_page(source: str, section: Section) -> str:
    address = web_address(source).partition("#")[0]
    return web_address(f"{address}#{section.anchor}") if address and section.anchor else address
