"""What stands in the card of a section where the two texts are no versions of each other: two editions, two languages.
Updated sentences are cards, all else stands side by side."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.model.comparison import Change, ComparisonKind, Operation, SectionLink
from monitor.model.statistic import Statistic, StatisticEvent
from monitor.report.changes import cut_at
from monitor.report.items import blocks_of, laid_out
from monitor.report.scene import Place, Scene
from monitor.report.shapes import Beside, Fold, FoldedText, Item, MarkedText, Segment
from monitor.report.visible import visible


class _Text(NamedTuple):
    """A text and what is to be marked in it."""

    kind: str
    text: str
    marks: tuple[tuple[int, int], ...]


_Rows = Iterable[tuple[Sequence[_Text], Sequence[_Text]]]


def edition_items(link: SectionLink, anchor: str, scene: Scene) -> tuple[Item, ...]:
    """A subject in two editions: updated sentences with their differences, what only one edition has side by side, and
    what was carried over word for word, folded."""
    found: list[Item] = list(laid_out(_updated(link, scene), anchor, scene))
    gone = [_marked(change.old_text, place, scene, side=0) for place, change in _gone(link, scene)]
    come = [_marked(change.new_text, place, scene, side=1) for place, change in _come(link, scene)]
    if gone or come:
        heads = (_only(scene, 0), _only(scene, 1))
        found.append(_beside("", heads, [(gone, come)], scene, free=True))
    if link.old and link.new and (same := list(_carried(link, scene))):
        found.append(_fold(same, scene))
    return tuple(found)


def bilingual(link: SectionLink, anchor: str, scene: Scene) -> tuple[Item, ...]:
    """A section in two languages, folded: paragraph beside paragraph where both have as many, else text beside text."""
    del anchor
    texts = [_whole(link.old, scene, side=0), _whole(link.new, scene, side=1)]
    if len(texts[0]) == len(texts[1]):
        rows: _Rows = [([one], [other]) for one, other in zip(*texts, strict=True)]
    else:
        rows = [(texts[0], texts[1])]
    words = scene.words
    heads = tuple(words.language(tag) for tag in scene.languages)
    label = words.say("both_texts") if link.old and link.new else words.say("paragraphs", n=len(texts[0] or texts[1]))
    return (_beside(label, (heads[0], heads[1]), rows, scene, free=False),)


def _only(scene: Scene, side: int) -> str:
    document = (scene.comparison.old, scene.comparison.new)[side]
    edition = str(document.edition) if document.edition else scene.words.say(("side_old", "side_new")[side])
    return scene.words.say("only_in", edition=edition)


def _updated(link: SectionLink, scene: Scene) -> Iterator[Change]:
    for place, _ in blocks_of(link.new, scene.new):
        yield from (change for change in scene.arrived.get(place, ()) if change.old_section is not None)


def _come(link: SectionLink, scene: Scene) -> Iterator[tuple[Place, Change]]:
    for place, _ in blocks_of(link.new, scene.new):
        yield from ((place, change) for change in scene.arrived.get(place, ()) if change.old_section is None)


def _gone(link: SectionLink, scene: Scene) -> Iterator[tuple[Place, Change]]:
    return ((place, scene.gone[place]) for place, _ in blocks_of(link.old, scene.old) if place in scene.gone)


def _carried(link: SectionLink, scene: Scene) -> Iterator[str]:
    """The sentences of the new text that no change speaks of."""
    from monitor.diff.carried import sentences_of

    for name in link.new:
        for block, _, text in sentences_of(scene.new[name], scene.languages[1]):
            told = scene.arrived.get((name, block), ())
            if not any(text in change.new_text for change in told):
                yield text


def _whole(names: Iterable[str], scene: Scene, *, side: int) -> list[_Text]:
    sections = (scene.old, scene.new)[side]
    return [
        _Text(block.kind.value, block.text, tuple((s.start, s.end) for s in _figures(place, scene, side)))
        for place, block in blocks_of(names, sections)
    ]


def _marked(text: str, place: Place, scene: Scene, *, side: int) -> _Text:
    """A part of a block with the figures that changed in it."""
    block = (scene.old, scene.new)[side][place[0]].blocks[place[1]]
    spans = []
    for statistic in _figures(place, scene, side):
        at = text.find(block.text[max(statistic.start - 20, 0) : statistic.end])
        if at >= 0:
            end = at + statistic.end - max(statistic.start - 20, 0)
            spans.append((end - len(statistic.quote), end))
    return _Text(block.kind.value, text, tuple(spans))


def _figures(place: Place, scene: Scene, side: int) -> list[Statistic]:
    """The figures of a block that the two sides state differently."""
    changed = (c for c in scene.comparison.statistics if c.change is StatisticEvent.CHANGED)
    found = ((c.old, c.new)[side] for c in changed)
    return [s for s in found if s is not None and (s.section, s.block) == place]


def _beside(label: str, heads: tuple[str, str], rows: _Rows, scene: Scene, *, free: bool) -> Beside:
    """The rows as long as the report still has room, out of that for changes if `free`, else for folded text."""
    left_out = 0

    def shown(texts: Sequence[_Text]) -> tuple[MarkedText, ...]:
        nonlocal left_out
        found = []
        for kind, text, marks in texts:
            kept = text[: scene.budget.take(len(text), free=free)]
            left_out += len(text) - len(kept)
            if kept:
                found.append(MarkedText(kind=kind, segments=tuple(_segments(kept, marks))))
        return tuple(found)

    laid = tuple((shown(old), shown(new)) for old, new in rows)
    cut = scene.words.say("characters_more", n=left_out) if left_out else ""
    return Beside(label=label, heads=heads, languages=scene.languages, rows=laid, cut=cut)


def _segments(text: str, marks: Iterable[tuple[int, int]]) -> Iterator[Segment]:
    for start, end, figure in cut_at(len(text), marks):
        yield Segment(operation=Operation.EQUAL, text=visible(text[start:end]), figure=figure)


def _fold(sentences: Sequence[str], scene: Scene) -> Fold:
    texts, left_out = [], 0
    for sentence in sentences:
        kept = sentence[: scene.budget.take(len(sentence), free=False)]
        left_out += len(sentence) - len(kept)
        if kept:
            texts.append(FoldedText(kind="paragraph", text=visible(kept)))
    return Fold(
        label=scene.words.say("sentences_carried", n=len(sentences)), language=scene.languages[1], texts=tuple(texts),
        cut=scene.words.say("characters_more", n=left_out) if left_out else "",
    )  # fmt: skip


ITEMS = {ComparisonKind.EDITION: edition_items, ComparisonKind.TRANSLATION: bilingual}
"""What fills the cards of each kind that is no revision."""
