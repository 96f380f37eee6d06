"""Figures of two texts side by side where the sentences around them are not the same: two editions, two languages."""

import functools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import regex

from monitor.align.assignment import assign
from monitor.diff.carried import sentences_of
from monitor.language.lexicon import lexicon
from monitor.language.words import words
from monitor.model.document import Section
from monitor.model.statistic import Statistic, StatisticChange, StatisticEvent, StatisticKind
from monitor.stats.comparable import difference, same_quantity
from monitor.stats.mentions import section_statistics

_STEM = 5
_SURE = 0.69
_HEADS, _NEARBY, _SENTENCES, _KIND_OF_BOUND = 0.35, 0.3, 0.35, 0.03
_NEAR = 60
_RIGHT_AFTER = 9
_PART_AND_WHOLE = 0.5
_CUT_BEFORE = regex.compile(r"[;:؛；：。]|\.(?=\s|\p{Lu})")
_CUT_AFTER = regex.compile(r"[,;:،؛，；：。、]|\.(?=\s|\p{Lu})")
_MOST_SURE = 0.97
_IN_OWN_UNIT = frozenset({StatisticKind.DURATION, StatisticKind.MONEY, StatisticKind.MEASURE, StatisticKind.RATE})


class Figure(NamedTuple):
    """A statistic with its sentence, how far into its section it stands (0…1), by characters and by sentences, and the
    stems of what is counted, of the words next to it, and of the sentence. `follows`: it stands right after another
    figure, as the whole does in "27 of 545"."""

    statistic: Statistic
    sentence: str
    place: float
    sentence_place: float
    heads: frozenset[str]
    near: frozenset[str]
    stems: frozenset[str]
    follows: bool


def figures(sections: Iterable[Section], language: str) -> list[Figure]:
    """The figures of sections, in order."""
    return [figure for section in sections for figure in _of_section(section, language)]


def compare_figures(old: Sequence[Figure], new: Sequence[Figure], rarity: Mapping[str, float]) -> list[StatisticChange]:
    """What became of the figures of one subject: those that surely count the same are `changed` unless they agree, the
    others `removed` and `added`. The confidence is that of the pairing."""
    scores = {
        (i, j): score
        for i, one in enumerate(old) for j, other in enumerate(new)
        if (score := _likeness(one, other, rarity)) >= _SURE
    }  # fmt: skip
    pairs = assign(scores)
    events = [changed(old[i], new[j], min(_MOST_SURE, scores[i, j])) for i, j in pairs.items()]
    taken = set(pairs.values())
    events += [one_sided(figure, gone=True) for i, figure in enumerate(old) if i not in pairs]
    events += [one_sided(figure, gone=False) for j, figure in enumerate(new) if j not in taken]
    return [event for event in events if event is not None]


def rarities(all_figures: Iterable[Figure]) -> dict[str, float]:
    """How telling each stem is among the sentences that state figures."""
    counts = Counter(stem for figure in all_figures for stem in figure.stems)
    return {stem: math.log(1 + len(counts) / count) for stem, count in counts.items()}


def changed(old: Figure, new: Figure, confidence: float) -> StatisticChange | None:
    """The change of a figure into its counterpart; None if they state the same quantity."""
    if same_quantity(old.statistic, new.statistic) and old.statistic.qualifier is new.statistic.qualifier:
        return None
    delta, ratio = difference(old.statistic, new.statistic)
    return StatisticChange(
        change=StatisticEvent.CHANGED, old=old.statistic, new=new.statistic, old_sentence=old.sentence,
        new_sentence=new.sentence, delta=delta, ratio=ratio,
        qualifier_changed=old.statistic.qualifier is not new.statistic.qualifier, confidence=confidence,
    )  # fmt: skip


def one_sided(figure: Figure, *, gone: bool, confidence: float = 1.0) -> StatisticChange:
    """A figure without a counterpart."""
    if gone:
        return StatisticChange(
            change=StatisticEvent.REMOVED, old=figure.statistic, new=None, old_sentence=figure.sentence,
            confidence=confidence,
        )  # fmt: skip
    return StatisticChange(
        change=StatisticEvent.ADDED, old=None, new=figure.statistic, new_sentence=figure.sentence, confidence=confidence
    )


@functools.lru_cache(maxsize=512)
def _of_section(section: Section, language: str) -> tuple[Figure, ...]:
    """The figures of a section; kept, since the source is compared with each of its languages."""
    found = section_statistics(section, language)
    return tuple(_placed(found, list(sentences_of(section, language)), language)) if found else ()


def _placed(found: Sequence[Statistic], spans: Sequence[tuple[int, int, str]], language: str) -> Iterator[Figure]:
    common = frozenset(lexicon(language).common)
    length = sum(len(text) for *_, text in spans) or 1
    ends = [(statistic.block, statistic.end) for statistic in found]
    before = 0
    for number, (block, start, text) in enumerate(spans):
        for statistic in found:
            if statistic.block == block and start <= statistic.start < start + len(text):
                yield Figure(
                    statistic=statistic, sentence=text, place=(before + statistic.start - start) / length,
                    sentence_place=number / len(spans),
                    heads=_stems(statistic.counted, common), stems=_stems(text, common),
                    near=_stems(_around(text, statistic.start - start, statistic.end - start), common),
                    follows=any(b == block and 0 < statistic.start - end <= _RIGHT_AFTER for b, end in ends),
                )  # fmt: skip
        before += len(text)


def _around(text: str, start: int, end: int) -> str:
    """The words of a sentence next to a figure, as far as no mark cuts them off: before it a comma does not."""
    before = _CUT_BEFORE.split(text[max(0, start - _NEAR) : start])[-1]
    return f"{before} {_CUT_AFTER.split(text[end : end + _NEAR])[0]}"


def _stems(text: str, common: frozenset[str]) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words(text) if word not in common and not word[0].isnumeric())


def _likeness(old: Figure, new: Figure, rarity: Mapping[str, float]) -> float:
    """How surely two figures count the same, about 0…1."""
    one, other = old.statistic, new.statistic
    if (
        old.follows is not new.follows
        or one.kind is not other.kind
        or (one.kind in _IN_OWN_UNIT and one.unit != other.unit)
    ):
        return 0.0
    heads = _overlap(old.heads, new.heads, rarity)
    if not heads and one.kind not in _IN_OWN_UNIT:
        return 0.0
    bound = _KIND_OF_BOUND * (one.qualifier is other.qualifier)
    near, sentences = _overlap(old.near, new.near, rarity), _overlap(old.stems, new.stems, rarity)
    apart = _PART_AND_WHOLE * (1 - sentences) * (old.follows is not new.follows)
    return _HEADS * heads + _NEARBY * near + _SENTENCES * sentences + bound - apart


def _overlap(old: frozenset[str], new: frozenset[str], rarity: Mapping[str, float]) -> float:
    total = sum(rarity.get(stem, 1.0) for stem in old) + sum(rarity.get(stem, 1.0) for stem in new)
    return 2 * sum(rarity.get(stem, 1.0) for stem in old & new) / total if total else 0.0
