"""Figures of two languages that contradict each other, and those that only one of them states. The words around a figure
say nothing across languages: its kind, its unit and its place decide."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from monitor.diff.figures import Figure, changed, figures, one_sided
from monitor.model.comparison import SectionLink
from monitor.model.document import Document, SectionId
from monitor.model.statistic import Magnitude, StatisticChange, StatisticKind
from monitor.stats.comparable import can_contradict, same_quantity
from monitor.stats.mentions import written_numbers

_SAME_PLACE = 0.2
_ALONE_OF_ITS_KIND, _ONE_OF_SEVERAL, _UNSEEN = 0.85, 0.6, 0.5
_IN_DIGITS, _IN_WORDS = 3, 4
_YEARS = range(1900, 2100)
_PLAIN_KINDS = frozenset({StatisticKind.COUNT, StatisticKind.PERCENT, StatisticKind.MONEY})
_VAGUE = frozenset({Magnitude.FEW, Magnitude.SEVERAL})

_BySection = Mapping[SectionId, Sequence[Figure]]


class _Settled(NamedTuple):
    """The figures of sections that correspond: those that contradict each other, and what is left on both sides."""

    old: Sequence[Figure]
    new: Sequence[Figure]
    contradicting: list[StatisticChange]
    left_old: list[Figure]
    left_new: list[Figure]


def contradictions(old: Document, new: Document, links: Sequence[SectionLink]) -> list[list[StatisticChange]]:
    """What the figures of each link come to: `changed` where they contradict each other, `removed` and `added` where only
    one language states a figure that a translation would hardly leave out."""
    ours, theirs = _by_section(old), _by_section(new)
    settled = [_settled(_together(link.old, ours), _together(link.new, theirs)) for link in links]
    everywhere_old = [figure for one in settled for figure in one.left_old]
    everywhere_new = [figure for one in settled for figure in one.left_new]
    return [
        [
            *one.contradicting,
            *(one_sided(f, gone=True, confidence=_UNSEEN) for f in _unwritten(
                _only(one.left_old, [*one.new, *everywhere_new]), new, link.new)),
            *(one_sided(f, gone=False, confidence=_UNSEEN) for f in _unwritten(
                _only(one.left_new, [*one.old, *everywhere_old]), old, link.old)),
        ]
        if link.old and link.new else []
        for link, one in zip(links, settled, strict=True)
    ]  # fmt: skip


def _by_section(document: Document) -> _BySection:
    return {section.id: figures([section], document.language) for section in document.sections}


def _together(sections: Sequence[SectionId], own: _BySection) -> list[Figure]:
    """The figures of sections, with places that run through all of them."""
    return [
        figure._replace(
            place=(number + figure.place) / len(sections), sentence_place=(number + figure.sentence_place) / len(sections)
        )
        for number, name in enumerate(sections) for figure in own[name]
    ]  # fmt: skip


def _settled(old: Sequence[Figure], new: Sequence[Figure]) -> _Settled:
    """Equal quantities are taken away, the nearest first, then those that contradict each other."""
    equal = _nearest(
        (_distance(one, other), i, j)
        for i, one in enumerate(old) for j, other in enumerate(new)
        if same_quantity(one.statistic, other.statistic)
    )  # fmt: skip
    left_old = [i for i, one in enumerate(old) if i not in equal and _says_much(one) and not _is_listed(one, new)]
    left_new = [
        j for j, one in enumerate(new) if j not in equal.values() and _says_much(one) and not _is_listed(one, old)
    ]
    beside = {(old[i].sentence, new[j].sentence) for i, j in equal.items()}
    kinds = Counter(_measure(old[i]) for i in left_old) | Counter(_measure(new[j]) for j in left_new)

    def apart(i: int, j: int) -> float:
        """How far apart two figures stand; nothing in sentences that share another figure."""
        return 0.0 if (old[i].sentence, new[j].sentence) in beside else _distance(old[i], new[j])

    pairs = _nearest(
        (apart(i, j), i, j)
        for i in left_old for j in left_new
        if can_contradict(old[i].statistic, new[j].statistic) and apart(i, j) <= _SAME_PLACE
    )  # fmt: skip
    found = (
        changed(old[i], new[j], _ALONE_OF_ITS_KIND if kinds[_measure(old[i])] == 1 else _ONE_OF_SEVERAL)
        for i, j in pairs.items()
    )
    return _Settled(
        old=old, new=new, contradicting=[event for event in found if event],
        left_old=[old[i] for i in left_old if i not in pairs],
        left_new=[new[j] for j in left_new if j not in pairs.values()],
    )  # fmt: skip


def _nearest(candidates: Iterable[tuple[float, int, int]]) -> dict[int, int]:
    """Old position -> new position, the nearest of the candidates (distance, old, new) first."""
    taken: dict[int, int] = {}
    used = set[int]()
    for _, i, j in sorted(candidates):
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    return taken


def _distance(one: Figure, other: Figure) -> float:
    """How far apart two figures stand in their sections, by characters or by sentences, whichever is less."""
    return min(abs(one.place - other.place), abs(one.sentence_place - other.sentence_place))


def _measure(figure: Figure) -> tuple[StatisticKind, str | None]:
    return figure.statistic.kind, figure.statistic.unit


def _says_much(figure: Figure) -> bool:
    """False for a lone "one" that is no length of time and for "several", which a translation words otherwise."""
    value, kind = figure.statistic.value, figure.statistic.kind
    return (value != 1 or kind is StatisticKind.DURATION) and figure.statistic.magnitude not in _VAGUE


def _is_listed(figure: Figure, others: Iterable[Figure]) -> bool:
    """Whether a range is two figures on the other side: from 0 to 5, from 0 first and then 5."""
    return isinstance(figure.statistic.value, tuple) and _numbers([figure]) <= _numbers(others)


def _numbers(stated: Iterable[Figure]) -> set[int | float]:
    """The numbers that figures are stated with, of ranges both."""
    values = (figure.statistic.value for figure in stated)
    return {
        number for value in values if value is not None for number in (value if isinstance(value, tuple) else (value,))
    }


def _only(left: Sequence[Figure], others: Sequence[Figure]) -> Iterator[Figure]:
    """The figures that the other language states nowhere: not in the section, nor unpaired in another one."""
    telling = [figure for figure in left if _is_telling(figure)]
    known = _numbers(others) if telling else set()
    for figure in telling:
        if not (_numbers([figure]) <= known or any(same_quantity(figure.statistic, o.statistic) for o in others)):
            yield figure


def _unwritten(left: Iterable[Figure], document: Document, sections: Sequence[SectionId]) -> Iterator[Figure]:
    """The figures whose numbers the other language does not even write there: one that it words so that no figure is found
    ("las ocho primeras semanas") is stated."""
    written: set[float] | None = None
    for figure in left:
        if written is None:
            written = {n for name in sections for n in written_numbers(document.section(name).text, document.language)}
        if not _numbers([figure]) <= written:
            yield figure


def _is_telling(figure: Figure) -> bool:
    """Whether a figure is stated so plainly that another language would hardly leave it out or word it otherwise: a length
    of time, three and more in digits or four and more in words, unless it looks like a year."""
    value, kind = figure.statistic.value, figure.statistic.kind
    if kind is StatisticKind.DURATION:
        return value not in (None, 1)
    if not isinstance(value, int | float) or kind not in _PLAIN_KINDS or value in _YEARS:
        return False
    return value >= (_IN_DIGITS if any(char.isdigit() for char in figure.statistic.quote) else _IN_WORDS)
