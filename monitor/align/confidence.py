"""From what speaks for a link to how probably it is right. The weights are those of logistic regressions on pairs with
known links, a little on the careful side; bench/alignment.py shows how well they hold."""

import math
from typing import NamedTuple

_MOST = 8.0


class TranslationLink(NamedTuple):
    """A link between languages: its log-odds less those of the best link that it rules out, how many of its two
    neighbours are linked alike, and whether it joins several sections."""

    margin: float
    neighbours: int
    merged: bool


def translation_confidence(link: TranslationLink) -> float:
    """The probability, 0…1, that sections of two languages correspond."""
    margin = max(-_MOST, min(_MOST, link.margin))
    return _probability(0.8 + 0.35 * margin + 0.9 * link.neighbours - 1.2 * link.merged)


class EditionLink(NamedTuple):
    """A link between editions: its log-odds, and whether the headings are the same."""

    score: float
    same_heading: bool


def edition_confidence(link: EditionLink) -> float:
    """The probability, 0…1, that sections of two editions correspond."""
    return _probability(0.88 * max(-_MOST, min(_MOST, link.score)) + 1.5 * link.same_heading)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
