"""What a report tells of two editions beside their figures and sections: how long each subject is, who is named, on whose
word the text relies, and all of it summed up in numbers and sentences."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from monitor.model.comparison import Comparison, EditionFacts, Mentioned, NameKind, SectionLink, SectionStatus, Subject
from monitor.model.note import NoteCode
from monitor.model.statistic import StatisticChange, StatisticEvent
from monitor.report.changes import shortened
from monitor.report.facts import BAR, EditionPart, Key, NameCount, NameGroup, NamesOfKind, SubjectRow
from monitor.report.figures import difference, shown_statistics, side_name
from monitor.report.scene import Scene, in_reading_order
from monitor.report.sections import new_name, old_name, share_of
from monitor.report.shapes import (
    Phrase,
    Piece,
    Remark,
    SectionCard,
    State,
    Tone,
)
from monitor.report.visible import visible
from monitor.report.wording import Wording

_NAMED = 4
_MOST_NAMES = 60
_REWRITTEN = 0.25
_CERTAIN = 0.995
_DIVIDED = frozenset({SectionStatus.SPLIT, SectionStatus.MERGED})


def keys(scene: Scene) -> tuple[Key, ...]:
    """The two editions in numbers."""
    words, comparison = scene.words, scene.comparison
    facts = _facts(comparison)
    continued, total, renamed = _continued(scene)
    changed = [c for c in comparison.statistics if c.change is StatisticEvent.CHANGED]
    both = sum(1 for name in facts.names if name.old and name.new)
    lengths = [sum(words_of(s) or 0 for s in facts.subjects) for words_of in (_old_words, _new_words)]
    outline = comparison.outline_similarity
    found = [
        Key(value=words.say("n_of_total", n=continued, total=total), label=words.say("key_subjects", n=renamed)),
        Key(value=words.number(len(changed)), label=words.say(
            "key_figures", n=len(changed), rose=sum((c.delta or 0) > 0 for c in changed), fell=sum((c.delta or 0) < 0 for c in changed))),
        Key(value=words.number(both), label=words.say("key_names", n=both)),
        Key(value=words.say("count_became", old=lengths[0], new=lengths[1]), label=words.say("key_words")),
    ]  # fmt: skip
    if outline is not None:
        found.append(Key(value=words.number(round(outline, 2)), label=words.say("key_outline")))
    return tuple(found)


def part(scene: Scene, cards: Sequence[SectionCard]) -> EditionPart:
    """Subjects, names and sources."""
    facts = _facts(scene.comparison)
    return EditionPart(
        language=scene.languages[1], subjects=_subjects(scene, facts, cards), names=tuple(_by_kind(facts.names, scene)),
        sources=_groups(facts.sources, scene),
    )  # fmt: skip


def sentences(scene: Scene, flagged: Iterable[Remark]) -> Iterator[Remark]:
    """The two editions in sentences: how much is new, which reservations and negations (`flagged`), which subjects, which
    figures, who."""
    words, facts = scene.words, _facts(scene.comparison)
    share = words.percent(round(facts.carried_over * 100))
    key = "carried_little" if facts.carried_over < _REWRITTEN else "carried_much"
    old = side_name(scene.comparison.old, scene.comparison, words)
    yield Remark(tone=Tone.CALM, phrase=words.phrase(key, share=share, old=old))
    outline = scene.comparison.outline_similarity
    if outline is not None and any(note.code is NoteCode.OUTLINES_DIFFER for note in scene.comparison.notes):
        yield Remark(tone=Tone.FLAG, phrase=words.phrase("outlines_differ", share=words.number(round(outline, 2))))
    yield from flagged
    yield from _told_subjects(scene)
    yield from _told_figures(scene)
    yield from _told_names(scene, facts)


def _facts(comparison: Comparison) -> EditionFacts:
    return comparison.editions or EditionFacts(carried_over=0.0, subjects=(), names=(), sources=())


def _old_words(subject: Subject) -> int | None:
    return subject.old_words


def _new_words(subject: Subject) -> int | None:
    return subject.new_words


def is_lead(link: SectionLink, comparison: Comparison) -> bool:
    """True for the link of the two leads, which are no subjects."""
    sides = ((link.old, comparison.old), (link.new, comparison.new))
    return all(ids[:1] == (document.sections[0].id,) for ids, document in sides)


def _subject_links(scene: Scene) -> list[SectionLink]:
    """The links of subjects: of all sections but the leads and the headings that have no text of their own."""
    links = in_reading_order(scene.comparison)
    return [link for link in links if not is_lead(link, scene.comparison) and _has_text(link, scene)]


def _has_text(link: SectionLink, scene: Scene) -> bool:
    sections = (*(scene.old[name] for name in link.old), *(scene.new[name] for name in link.new))
    return any(section.blocks for section in sections)


def _continued(scene: Scene) -> tuple[int, int, int]:
    """How many subjects of the old edition go on, of how many, and how many of those under a new heading."""
    links = _subject_links(scene)
    continued = [link for link in links if link.old and link.new]
    return sum(len(link.old) for link in continued), sum(len(k.old) for k in links), sum(k.renamed for k in continued)


def _subjects(scene: Scene, facts: EditionFacts, cards: Sequence[SectionCard]) -> tuple[SubjectRow, ...]:
    by_ids = {(subject.old, subject.new): subject for subject in facts.subjects}
    longest = max((n or 0 for s in facts.subjects for n in (s.old_words, s.new_words)), default=0) or 1
    states = {card.anchor: card.states for card in cards}
    rows = []
    for link in _subject_links(scene):
        subject = by_ids.get((link.old, link.new))
        if subject is None:
            continue
        anchor = scene.anchors[f"+{link.new[0]}" if link.new else f"-{link.old[0]}"]
        rows.append(SubjectRow(
            old=tuple(old_name(name, scene) for name in link.old), new=tuple(new_name(name, scene) for name in link.new),
            old_words=_number(subject.old_words, scene), new_words=_number(subject.new_words, scene),
            old_bar=_bar(subject.old_words, longest), new_bar=_bar(subject.new_words, longest),
            change=share_of(subject, scene.words), states=_sure(states.get(anchor, ()), link, scene),
            became=bool(link.old and link.new and (link.renamed or link.status in _DIVIDED)),
        ))  # fmt: skip
    return tuple(rows)


def _sure(states: Iterable[State], link: SectionLink, scene: Scene) -> tuple[State, ...]:
    """The states, with the confidence where a pair of headings does not speak for itself."""
    doubtful = link.confidence < _CERTAIN and link.old and link.new
    sure = f" · {scene.words.percent(round(link.confidence * 100))}" if doubtful else ""
    return tuple(state._replace(label=f"{state.label}{sure}") for state in states)


def _number(count: int | None, scene: Scene) -> str:
    return "" if count is None else scene.words.number(count)


def _bar(count: int | None, longest: int) -> int | None:
    return None if count is None else max(1, round(BAR * count / longest))


def _by_kind(mentioned: Sequence[Mentioned], scene: Scene) -> Iterator[NamesOfKind]:
    for kind in NameKind:
        groups = _groups([name for name in mentioned if name.kind is kind], scene)
        if groups:
            yield NamesOfKind(label=scene.words.say(f"names_{kind.value}"), groups=groups)


def _groups(mentioned: Sequence[Mentioned], scene: Scene) -> tuple[NameGroup, ...]:
    """Names in both editions, only in the new one, only in the old one."""
    words, comparison = scene.words, scene.comparison
    old, new = (side_name(side, comparison, words) for side in (comparison.old, comparison.new))
    found = []
    for label, own in (
        (words.say("in_both", old=old, new=new), [m for m in mentioned if m.old and m.new]),
        (words.say("only_in", edition=new), [m for m in mentioned if not m.old]),
        (words.say("only_in", edition=old), [m for m in mentioned if not m.new]),
    ):
        if own:
            left_out = len(own) - _MOST_NAMES
            found.append(NameGroup(
                label=label, names=tuple(NameCount(visible(m.name), _count(m, words)) for m in own[:_MOST_NAMES]),
                cut=words.say("items_more", n=left_out) if left_out > 0 else "",
            ))  # fmt: skip
    return tuple(found)


def _count(name: Mentioned, words: Wording) -> str:
    """How often a name stands on both sides; nothing where it stands once on its only side."""
    if name.old and name.new:
        return words.say("count_became", old=name.old, new=name.new)
    return words.number(name.old + name.new) if name.old + name.new > 1 else ""


def _told_subjects(scene: Scene) -> Iterator[Remark]:
    links = _subject_links(scene)
    told: list[tuple[str, Tone, list[SectionLink], Callable[[SectionLink, Scene], Phrase]]] = [
        ("subjects_new", Tone.ADD, [k for k in links if not k.old], _new),
        ("subjects_gone", Tone.REMOVE, [k for k in links if not k.new], _old),
        ("subjects_split", Tone.EDIT, [k for k in links if k.status is SectionStatus.SPLIT], _became),
        ("subjects_merged", Tone.EDIT, [k for k in links if k.status is SectionStatus.MERGED], _became),
        ("subjects_renamed", Tone.EDIT, [k for k in links if k.renamed and k.old and k.new], _became),
    ]
    for key, tone, found, item in told:
        if found:
            yield _list(key, tone, [item(link, scene) for link in found], scene)


def _new(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.listed((new_name(name, scene),) for name in link.new)


def _old(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.listed((old_name(name, scene),) for name in link.old)


def _became(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.phrase("subject_became", old=_old(link, scene), new=_new(link, scene))


def _told_figures(scene: Scene) -> Iterator[Remark]:
    """The figures that moved, the surest named."""
    changed = [c for c in shown_statistics(scene.comparison) if c.change is StatisticEvent.CHANGED]
    if changed:
        surest = sorted(changed, key=lambda c: -c.confidence)
        items = [_figure(change, scene) for change in surest[:_NAMED]]
        if len(changed) > len(items):
            items.append(scene.words.phrase("items_more", n=len(changed) - len(items)))
        yield _listing("figures_moved", len(changed), Tone.EDIT, items, scene)


def _figure(change: StatisticChange, scene: Scene) -> Phrase:
    words = scene.words
    old = Piece(text=shortened(change.old.quote) if change.old else "", language=scene.languages[0])
    new = Piece(text=shortened(change.new.quote) if change.new else "", language=scene.languages[1], strong=True)
    counted = Piece(text=shortened(change.new.counted if change.new else "", 60), language=scene.languages[1])
    by = difference(change, words) or words.say("figure_other")
    key = "figure_item" if counted.text else "figure_item_bare"
    return words.phrase(key, old=old, new=new, counted=counted, difference=by)


def _told_names(scene: Scene, facts: EditionFacts) -> Iterator[Remark]:
    for key, found in (
        ("names_both", [m for m in facts.names if m.old and m.new]),
        ("names_new", [m for m in facts.names if not m.old]),
        ("names_gone", [m for m in facts.names if not m.new]),
    ):
        if found:
            told_first = sorted(found, key=lambda name: name.kind is NameKind.OTHER)
            items = [(Piece(text=visible(m.name), language=scene.languages[1]),) for m in told_first]
            yield _list(key, Tone.CALM, items, scene)


def _list(key: str, tone: Tone, items: Sequence[Phrase], scene: Scene) -> Remark:
    """A count and its items, the first ones named."""
    shown = list(items[:_NAMED])
    if len(items) > _NAMED:
        shown.append(scene.words.phrase("items_more", n=len(items) - _NAMED))
    return _listing(key, len(items), tone, shown, scene)


def _listing(key: str, count: int, tone: Tone, items: Sequence[Phrase], scene: Scene) -> Remark:
    words = scene.words
    what = words.phrase(key, n=count)
    if not items:
        return Remark(tone=tone, phrase=words.phrase("statement", what=what))
    listed = words.listed(items, mark="list_heavy")
    return Remark(tone=tone, phrase=words.phrase("listing", what=what, items=listed))
