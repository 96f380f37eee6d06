"""When two statistics state the same quantity, in two versions, two editions or two languages. Knows units and
tolerances, and nothing of where the statistics stand."""

from collections.abc import Iterable
from itertools import pairwise

from monitor.model.statistic import Magnitude, Qualifier, Statistic, StatisticKind

_EXACT, _ROUNDED, _PART, _CONVERTED = 1e-9, 0.005, 0.02, 0.08
_DAYS = {
    "second": 1 / 86_400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 365.25 / 12,
    "year": 365.25, "decade": 3652.5, "century": 36_525.0,
}  # fmt: skip
_METRES = {"millimetre": 0.001, "centimetre": 0.01, "metre": 1.0, "kilometre": 1000.0, "mile": 1609.34, "foot": 0.3048,
           "yard": 0.9144, "inch": 0.0254}  # fmt: skip
_SQUARE_METRES = {"square metre": 1.0, "hectare": 10_000.0, "square kilometre": 1e6, "square mile": 2.59e6, "acre": 4046.9,
                  "dunam": 1000.0, "mu": 666.7}  # fmt: skip
_GRAMS = {"gram": 1.0, "kilogram": 1000.0, "tonne": 1e6, "pound": 453.6, "jin": 500.0}
_SCALES = (_DAYS, _METRES, _SQUARE_METRES, _GRAMS)
_LOWER = frozenset({Qualifier.AT_LEAST, Qualifier.MORE_THAN})
_UPPER = frozenset({Qualifier.AT_MOST, Qualifier.LESS_THAN})
_ALIKE = (
    frozenset({StatisticKind.PERCENT, StatisticKind.FRACTION}),
    frozenset({StatisticKind.AGE, StatisticKind.DURATION}),
    frozenset({StatisticKind.COUNT, StatisticKind.MONEY}),
    frozenset({StatisticKind.COUNT, StatisticKind.MEASURE}),
    frozenset({StatisticKind.COUNT, StatisticKind.MULTIPLIER}),
)
_VAGUE = frozenset({Magnitude.FEW, Magnitude.SEVERAL})

Pair = tuple[float, float]


def same_quantity(a: Statistic, b: Statistic) -> bool:
    """Whether two statistics state the same quantity: kind, value in whatever unit, and bounds that can both be true.

    Values are equal only if they are; half a per cent of leeway is left where one of them is "about". Thirty months are two
    and a half years, two weeks are fifteen days (within 8 % across units), a third is 33 % (within 2 %); a magnitude
    agrees with every number in its order, and with "at least" half of the least of them: hundreds are at least a hundred.
    About a dozen are more than ten (十几).
    """
    if not _same_kind(a, b) or (a.qualifier in _LOWER and b.qualifier in _UPPER) or (
        a.qualifier in _UPPER and b.qualifier in _LOWER
    ):  # fmt: skip
        return False
    if a.value is None or b.value is None:
        return _agrees_in_magnitude(a, b)
    factors = _factors(a, b)
    if factors is None:
        return False
    if factors == (1.0, 1.0) and (_is_ten_odd(a, b) or _is_ten_odd(b, a)):
        return True
    ends = zip(_ends(a, factors[0]), _ends(b, factors[1]), strict=True)
    return all(_close(one, other, _tolerance(a, b, factors)) for one, other in ends)


def can_contradict(a: Statistic, b: Statistic) -> bool:
    """Whether two statistics that are not the same quantity can be one that is stated otherwise: another value in the same
    unit, or the same value in another unit (five years, five months; 15%, 15)."""
    same_value = a.value is not None and a.value == b.value
    if a.kind is not b.kind:
        return same_value and {a.kind, b.kind} == {StatisticKind.PERCENT, StatisticKind.COUNT}
    return same_value or a.unit == b.unit or (a.kind is StatisticKind.COUNT and None in (a.unit, b.unit))


def masked(sentence: str, statistics: Iterable[Statistic], offset: int = 0) -> str:
    """The sentence with each statistic replaced by its kind; `offset` is where the sentence begins in the text that
    the statistics' offsets count from. Statistics must be in order."""
    spans = [(s.start - offset, s.end - offset, f"<{s.kind.value}>") for s in statistics]
    edges = [(0, 0, ""), *spans, (len(sentence), len(sentence), "")]
    return "".join(sentence[before[1] : after[0]] + after[2] for before, after in pairwise(edges))


def difference(old: Statistic, new: Statistic) -> tuple[int | float | None, float | None]:
    """New − old and new / old (three decimals), in their own unit; None where either has no single number or the units
    differ, and no ratio to zero."""
    if not isinstance(old.value, int | float) or not isinstance(new.value, int | float) or old.unit != new.unit:
        return None, None
    delta = new.value - old.value
    ratio = round(new.value / old.value, 3) if old.value else None
    return (delta if isinstance(delta, int) else round(delta, 6)), ratio


def _same_kind(a: Statistic, b: Statistic) -> bool:
    return a.kind is b.kind or {a.kind, b.kind} in _ALIKE


def _agrees_in_magnitude(a: Statistic, b: Statistic) -> bool:
    if a.value is None and b.value is None:
        return a.magnitude is b.magnitude or (a.magnitude in _VAGUE and b.magnitude in _VAGUE)
    vague, number = (a, b) if a.value is None else (b, a)
    low, high = _ends(number, 1.0)
    high *= 2 if number.qualifier in _LOWER else 1
    return (vague.high is None or low <= vague.high) and (vague.low is None or high >= vague.low)


def _factors(a: Statistic, b: Statistic) -> Pair | None:
    """By what the two values must be multiplied to be in one unit; None if no unit is common."""
    if {a.kind, b.kind} == {StatisticKind.PERCENT, StatisticKind.FRACTION}:
        return (1.0, 100.0) if a.kind is StatisticKind.PERCENT else (100.0, 1.0)
    if a.unit == b.unit or a.unit is None or b.unit is None or a.kind is StatisticKind.PERCENT:
        return 1.0, 1.0
    for scale in _SCALES:
        if a.unit in scale and b.unit in scale:
            return scale[a.unit], scale[b.unit]
    return (
        (1.0, 1.0)
        if a.kind in (StatisticKind.COUNT, StatisticKind.MONEY) and not (a.unit.isupper() and b.unit.isupper())
        else None
    )


def _is_ten_odd(open_: Statistic, about: Statistic) -> bool:
    """Whether "more than ten" is what another language says with a round number of the teens: 十几名, a dozen."""
    if open_.qualifier is not Qualifier.MORE_THAN or about.qualifier is not Qualifier.APPROX:
        return False
    return open_.value == 10 and isinstance(about.value, int | float) and 10 < about.value < 20


def _ends(statistic: Statistic, factor: float) -> Pair:
    value = statistic.value
    low, high = value if isinstance(value, tuple) else (value or 0, value or 0)
    return low * factor, high * factor


def _tolerance(a: Statistic, b: Statistic, factors: Pair) -> float:
    if a.kind is not b.kind and StatisticKind.PERCENT in (a.kind, b.kind):
        return _PART
    if factors[0] != factors[1]:
        return _CONVERTED
    return _ROUNDED if (a.qualifier is Qualifier.APPROX) != (b.qualifier is Qualifier.APPROX) else _EXACT


def _close(one: float, other: float, tolerance: float) -> bool:
    return abs(one - other) <= tolerance * max(abs(one), abs(other))
