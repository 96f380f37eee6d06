"""From the features of a link to how probably it is right. The weights are those of a logistic regression on pairs
with known links; bench/alignment.py prints how well they hold."""

import math
from typing import NamedTuple


class Rival(NamedTuple):
    """A translation link: its log-odds, those of the best link that it rules out, and how many of its two neighbours
    (before and after) are linked alike."""

    score: float
    rival: float
    neighbours: int
    merged: bool


def translation_confidence(link: Rival) -> float:
    """The probability, 0…1, that two sections of two languages correspond."""
    margin = min(10.0, max(-10.0, link.score - link.rival))
    odds = 1.0 + 0.3 * margin + 0.1 * min(10.0, link.score) + 1.0 * link.neighbours - 1.0 * link.merged
    return _probability(odds)


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
