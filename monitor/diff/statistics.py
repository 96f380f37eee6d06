"""Which figures changed between two versions of a report. Looks for statistics only in the texts that changed, pairs
them by their sentences, and tells what the change of a figure makes of the change of its paragraph."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.language.lexicon import lexicon
from monitor.language.words import key, sentences, words
from monitor.model.comparison import Change, ChangeClass, Finding, Operation
from monitor.model.document import Document
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent, StatisticKind
from monitor.stats.comparable import difference, masked
from monitor.stats.mentions import find_statistics

_HERE, _ELSEWHERE = 0.45, 0.60
_STEM = 5
_GAP = 0.65
_SURENESS = 0.9
_MOST_SENTENCES = 200
_WITHOUT = frozenset({ChangeClass.FOOTNOTE, ChangeClass.LINK, ChangeClass.IMAGE, ChangeClass.TYPOGRAPHY})
_ORDER = {change_class: place for place, change_class in enumerate(ChangeClass)}


class _Sentence(NamedTuple):
    """A sentence that states something, with its statistics that have no counterpart yet; `change` numbers its change."""

    change: int
    text: str
    mask: str
    stems: frozenset[str]
    statistics: list[Statistic]


class _Found(NamedTuple):
    """What is known of one change: its sentences on both sides, its events."""

    old: list[_Sentence]
    new: list[_Sentence]
    events: list[StatisticChange]


def attach(
    changes: tuple[Change, ...], old: Document, new: Document
) -> tuple[tuple[Change, ...], tuple[StatisticChange, ...]]:
    """The changes, each with what became of its statistics, and all of that in one list.

    A changed figure makes a change `number`, a changed bound `hedging`, unless it is graver already. A change that only
    writes a number in another way (nine, 9) comes back as `typography`.
    """
    found = [_read(place, change, old, new) for place, change in enumerate(changes)]
    for one in found:
        one.events.extend(_paired(one.old, one.new, _HERE))
    for event, place in _paired_elsewhere(found):
        found[place].events.append(event)
    for one in found:
        one.events.extend(_unpaired(one))
    attached = tuple(_classed(change, one.events) for change, one in zip(changes, found, strict=True))
    return attached, tuple(event for change in attached for event in change.statistics)


def _read(place: int, change: Change, old: Document, new: Document) -> _Found:
    if change.change_class in _WITHOUT or change.old_text == change.new_text:
        return _Found(old=[], new=[], events=[])
    return _Found(
        old=_stated(place, change.old_text, old.language, _touched(change, Operation.DELETE), change.old_section, change.old_block),
        new=_stated(place, change.new_text, new.language, _touched(change, Operation.INSERT), change.new_section, change.new_block),
        events=[],
    )  # fmt: skip


def _touched(change: Change, own: Operation) -> list[tuple[int, int]]:
    """The spans of one side's text that its own hunks are; an empty one where only the other side has something."""
    spans, position = [], 0
    for hunk in change.hunks:
        length = 0 if hunk.operation not in (own, Operation.EQUAL) else len(hunk.text)
        if hunk.operation is not Operation.EQUAL:
            spans.append((position, position + length))
        position += length
    return spans or [(0, max(len(change.old_text), len(change.new_text)))]


def _stated(
    place: int, text: str, language: str, touched: list[tuple[int, int]], section: str | None, block: int | None
) -> list[_Sentence]:
    """The touched sentences of a text that state quantities."""
    found = []
    for start, end in sentences(text, lexicon(language).abbreviations):
        if not any(first <= end and start <= last for first, last in touched):
            continue
        sentence = text[start:end]
        statistics = find_statistics(sentence, language)
        if statistics:
            mask = key(masked(sentence, statistics))
            placed = [
                s._replace(start=s.start + start, end=s.end + start, section=section, block=block) for s in statistics
            ]
            found.append(_Sentence(change=place, text=sentence, mask=mask, stems=_stems(mask), statistics=placed))
    return found


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text))


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's coefficient of two sets of stems, 0…1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


# -- pairing -------------------------------------------------------------------------------------------------------


def _paired(old: list[_Sentence], new: list[_Sentence], least: float) -> list[StatisticChange]:
    """The events of the statistics that have a counterpart; they are taken out of their sentences."""
    return [
        event for one, other, likeness in _sentence_pairs(old, new, least) for event in _events(one, other, likeness)
    ]


def _sentence_pairs(
    old: Sequence[_Sentence], new: Sequence[_Sentence], least: float
) -> Iterator[tuple[_Sentence, _Sentence, float]]:
    """Sentences that answer to each other, each at most once: equal but for their numbers first, then the most alike."""
    waiting: dict[str, list[int]] = defaultdict(list)
    for place, sentence in enumerate(new):
        waiting[sentence.mask].append(place)
    left, taken = [], set()
    for sentence in old:
        if waiting[sentence.mask]:
            place = waiting[sentence.mask].pop(0)
            taken.add(place)
            yield sentence, new[place], 1.0
        else:
            left.append(sentence)
    rest = [sentence for place, sentence in enumerate(new) if place not in taken]
    yield from _alike(left[:_MOST_SENTENCES], rest[:_MOST_SENTENCES], least)


def _alike(
    old: Sequence[_Sentence], new: Sequence[_Sentence], least: float
) -> Iterator[tuple[_Sentence, _Sentence, float]]:
    scores = [
        (likeness, i, j)
        for i, one in enumerate(old)
        for j, other in enumerate(new)
        if (likeness := _overlap(one.stems, other.stems)) >= least
    ]
    olds, news = set(), set()
    for likeness, i, j in sorted(scores, key=lambda score: (-score[0], score[1], score[2])):
        if i not in olds and j not in news:
            olds.add(i)
            news.add(j)
            yield old[i], new[j], likeness


def _events(old: _Sentence, new: _Sentence, likeness: float) -> list[StatisticChange]:
    pairs = _aligned(old.statistics, new.statistics)
    events = [_event(old, new, old.statistics[i], new.statistics[j], likeness) for i, j in pairs]
    old.statistics[:] = [s for place, s in enumerate(old.statistics) if place not in {i for i, _ in pairs}]
    new.statistics[:] = [s for place, s in enumerate(new.statistics) if place not in {j for _, j in pairs}]
    return [event for event in events if event is not None]


def _aligned(old: Sequence[Statistic], new: Sequence[Statistic]) -> list[tuple[int, int]]:
    """The statistics of two sentences, paired in order at the least cost (as in an edit distance)."""
    costs = [[float(i + j) * _GAP if not i or not j else 0.0 for j in range(len(new) + 1)] for i in range(len(old) + 1)]
    for i, one in enumerate(old, start=1):
        for j, other in enumerate(new, start=1):
            pair = costs[i - 1][j - 1] + _cost(one, other)
            costs[i][j] = min(pair, costs[i - 1][j] + _GAP, costs[i][j - 1] + _GAP)
    pairs = []
    i, j = len(old), len(new)
    while i and j:
        if costs[i][j] == costs[i - 1][j - 1] + _cost(old[i - 1], new[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif costs[i][j] == costs[i - 1][j] + _GAP:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _cost(old: Statistic, new: Statistic) -> float:
    """How little two statistics look like one: another kind, other words around, another value; two gaps cost 1.3."""
    kind = 0.0 if old.kind is new.kind else 0.5
    around = 0.6 * (1 - _overlap(_stems(old.counted), _stems(new.counted)))
    value = 0.0 if (old.value, old.magnitude) == (new.value, new.magnitude) else 0.3
    return kind + around + value


def _paired_elsewhere(found: Sequence[_Found]) -> list[tuple[StatisticChange, int]]:
    """The events of statistics whose sentence went to another paragraph, each with its change's number."""
    old = [sentence for one in found for sentence in one.old if sentence.statistics]
    new = [sentence for one in found for sentence in one.new if sentence.statistics]
    events = []
    for one, other, likeness in _sentence_pairs(old, new, _ELSEWHERE):
        events += [(event, other.change) for event in _events(one, other, likeness * _SURENESS)]
    return events


def _unpaired(found: _Found) -> list[StatisticChange]:
    removed = [
        StatisticChange(change=StatisticEvent.REMOVED, old=statistic, new=None, old_sentence=sentence.text)
        for sentence in found.old
        for statistic in sentence.statistics
    ]
    added = [
        StatisticChange(change=StatisticEvent.ADDED, old=None, new=statistic, new_sentence=sentence.text)
        for sentence in found.new
        for statistic in sentence.statistics
    ]
    return removed + added


# -- events --------------------------------------------------------------------------------------------------------


def _event(one: _Sentence, other: _Sentence, old: Statistic, new: Statistic, likeness: float) -> StatisticChange | None:
    """What became of a statistic; None if nothing did."""
    same = (old.value, old.magnitude, old.unit) == (new.value, new.magnitude, new.unit)
    bound = old.qualifier is not new.qualifier
    if not same or bound:
        event = StatisticEvent.CHANGED
    elif _written(old) != _written(new):
        event = StatisticEvent.NOTATION
    elif old.section != new.section:
        event = StatisticEvent.MOVED
    else:
        return None
    delta, ratio = difference(old, new)
    return StatisticChange(
        change=event, old=old, new=new, old_sentence=one.text, new_sentence=other.text, delta=delta, ratio=ratio,
        qualifier_changed=bound, confidence=likeness,
    )  # fmt: skip


def _written(statistic: Statistic) -> str:
    """How the number itself is written: from its first digit to its last, or its last word; a percentage to its end."""
    digits = [place for place, letter in enumerate(statistic.quote) if letter.isdigit()]
    if not digits:
        return " ".join(words(statistic.quote)[-1:])
    return statistic.quote[digits[0] : None if statistic.kind is StatisticKind.PERCENT else digits[-1] + 1]


# -- what it makes of the change -----------------------------------------------------------------------------------


def _classed(change: Change, events: list[StatisticChange]) -> Change:
    """The change with its events, its findings completed, and the class that follows from them."""
    if not events:
        return change
    notations = [event for event in events if event.change is StatisticEvent.NOTATION]
    if notations and len(notations) == len(events) and _differs_only_in(change, notations):
        same = Finding(change_class=ChangeClass.TYPOGRAPHY, old="", new="")
        return change._replace(change_class=ChangeClass.TYPOGRAPHY, findings=(same,), statistics=tuple(events))
    kept = [finding for finding in change.findings if not _is_notation(finding, notations)]
    own = [finding for finding in dict.fromkeys(_findings(events)) if not _is_told(finding, kept)]
    findings = tuple(sorted([*kept, *own], key=lambda finding: _ORDER[finding.change_class]))
    if not findings:
        findings = (Finding(change_class=ChangeClass.WORDING, old="", new=""),)
    classes = [finding.change_class for finding in findings] + ([] if change.findings else [change.change_class])
    gravest = min(classes, key=_ORDER.__getitem__)
    return change._replace(change_class=gravest, findings=findings, statistics=tuple(events))


def _findings(events: Iterable[StatisticChange]) -> Iterator[Finding]:
    for event in events:
        if event.change is not StatisticEvent.CHANGED or event.old is None or event.new is None:
            continue
        if event.qualifier_changed:
            yield Finding(change_class=ChangeClass.HEDGING, old=event.old.quote, new=event.new.quote)
        if (event.old.value, event.old.magnitude) != (
            event.new.value,
            event.new.magnitude,
        ) or not event.qualifier_changed:
            yield Finding(change_class=ChangeClass.NUMBER, old=event.old.quote, new=event.new.quote)


def _is_told(finding: Finding, findings: Iterable[Finding]) -> bool:
    """Whether one of the findings already says the same of fewer words."""
    return any(
        known.change_class is finding.change_class and known.old in finding.old and known.new in finding.new
        for known in findings
    )


def _is_notation(finding: Finding, notations: Iterable[StatisticChange]) -> bool:
    """Whether a finding only says that a number is written in another way."""
    return finding.change_class is ChangeClass.NUMBER and any(
        event.old is not None and event.new is not None
        and (finding.old in event.old.quote or event.old.quote in finding.old)
        and (finding.new in event.new.quote or event.new.quote in finding.new)
        for event in notations
    )  # fmt: skip


def _differs_only_in(change: Change, notations: Sequence[StatisticChange]) -> bool:
    """Whether the texts are the same once the numbers that are written in another way are left out."""
    old = [event.old for event in notations if event.old is not None]
    new = [event.new for event in notations if event.new is not None]
    texts = [
        key(masked(text, sorted(statistics, key=lambda statistic: statistic.start)))
        for text, statistics in ((change.old_text, old), (change.new_text, new))
    ]
    return texts[0] == texts[1] and all(map(_is_bounded_alike, old, new))


def _is_bounded_alike(old: Statistic, new: Statistic) -> bool:
    """Whether what stands before the digits of one ("at least") begins the other, too."""
    quotes = [key(statistic.quote).casefold() for statistic in (old, new)]
    bounds = [
        quote[: next(place for place, letter in enumerate(quote) if letter.isdigit())]
        for quote in quotes
        if any(map(str.isdigit, quote))
    ]
    return all(quote.startswith(bound) for quote in quotes for bound in bounds)
