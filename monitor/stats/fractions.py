"""Parts and rates: half, two thirds, four out of five, 三分之一; 6.1 per 100,000."""

from monitor.model.statistic import StatisticKind
from monitor.stats.reading import CLAUSE_ENDS, Number, Quantity, Reading
from monitor.stats.units import with_unit

_ROUND_BASES = frozenset({20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000})


def fraction(reading: Reading, found: Quantity) -> Quantity | None:
    if isinstance(found.value, tuple) or found.value is None:
        return None
    value = found.value
    step = found.last + 1 if reading.at(found.last).code == "-" else found.last
    roles = reading.roles(step)
    parts = roles.get("parts") or (roles.get("part") if value == 1 else None)
    if parts is not None and 0 < value < float(parts):
        return found._replace(last=step + 1, value=value / float(parts), kind=StatisticKind.FRACTION)
    if reading.at(found.last).key == "/" and reading.at(found.last).glued and isinstance(value, int):
        return _slashed(reading, found, value)
    if _is_share(reading, found):
        return found._replace(value=1 / value, kind=StatisticKind.FRACTION)
    if "parts_of" in reading.roles(found.last):
        return _parts_of(reading, found, value)
    said = ratio(reading, found.last, value)
    if said is not None:
        return found._replace(last=said[1], value=said[0], kind=StatisticKind.FRACTION)
    return _one_of(reading, found, value)


def _one_of(reading: Reading, found: Quantity, value: Number) -> Quantity | None:
    """امرأة من كل ثلاث: a woman of every three, where the one is not said; одна из каждых трёх, where it is one phrase."""
    of = found.first - 1
    if "ratio_one" in reading.roles(of) and _is_ratio(1, value, strong=True, near=True):
        return found._replace(first=of, number=of, value=1 / value, kind=StatisticKind.FRACTION)
    if "ratio_of_each" not in reading.roles(of) or not reading.is_plain_noun(reading.at(of - 1)):
        return None
    if not _is_ratio(1, value, strong=True, near=True):
        return None
    return found._replace(first=of - 1, number=of - 1, value=1 / value, kind=StatisticKind.FRACTION)


def _is_share(reading: Reading, found: Quantity) -> bool:
    """Whether a number written like its part is the part: خمس السكان, a fifth of the population (خمس سنوات: five years)."""
    if reading.roles(found.first).get("share") != found.value or "article" in reading.roles(found.first - 1):
        return False
    return reading.is_definite(found.last) and "duration" not in reading.roles(found.last + 1)


def _slashed(reading: Reading, found: Quantity, value: int) -> Quantity | None:
    below = reading.at(found.last + 1)
    if below.glued and isinstance(below.value, int) and 0 < value < below.value <= 10:
        return found._replace(last=found.last + 2, value=value / below.value, kind=StatisticKind.FRACTION)
    return None


def _parts_of(reading: Reading, found: Quantity, value: Number) -> Quantity | None:
    """三分之一: one of three parts."""
    above = reading.numeral(found.last + 1)
    if above is None or not value:
        return None
    return found._replace(last=above.end, value=above.value / value, kind=StatisticKind.FRACTION)


def ratio(reading: Reading, end: int, value: Number) -> tuple[float, int] | None:
    """One in three, four out of five, une personne sur dix: the fraction and where it ends."""
    for step in range(end, min(end + 3, len(reading.items))):
        roles = reading.roles(step)
        if "ratio" in roles:
            base = reading.numeral(step + 1)
            if base is None:
                return None
            of_people = step == end and base.value <= 10 and "person" in reading.roles(base.end)
            strong = "ratio_strong" in roles or of_people
            if _is_ratio(value, base.value, strong=strong, near=step == end):
                return value / base.value, base.end
            return None
        if not reading.is_plain_noun(reading.at(step)):
            return None
    return None


def _is_ratio(value: Number, base: Number, *, strong: bool, near: bool) -> bool:
    if not 0 < value < base or not isinstance(value, int) or not isinstance(base, int):
        return False
    if strong:
        return base <= 10 or base in _ROUND_BASES
    return (near or value == 1) and (base <= 10 or base in _ROUND_BASES) and (value == 1 or base in (10, 100))


def whole(reading: Reading, index: int, value: Number) -> Quantity | None:
    following = reading.at(index + 1)
    if reading.at(index - 1).code in "oZ" or following.code == "o":
        return None
    if following.code == "-" and following.glued:
        return None
    if "ordinal_whole" in reading.roles(index) and reading.is_plain_noun(following) and "link" not in following.roles:
        return None
    scale = reading.numeral(index + 1)
    if scale is not None and scale.value >= 1000 and "number" in following.roles:
        return with_unit(reading, Quantity(first=index, number=index, last=scale.end, value=int(value * scale.value)))
    found = Quantity(first=index, number=index, last=index + 1, value=value, kind=StatisticKind.FRACTION)
    step = index + 2 if "clear" in following.roles else index + 1
    if "duration" in reading.roles(step) and reading.at(step - 1).key != "of":
        return found._replace(last=step + 1, kind=StatisticKind.DURATION, unit=str(reading.roles(step)["duration"]))
    return found


def rated(reading: Reading, found: Quantity) -> Quantity | None:
    if "per_first" in reading.roles(found.first - 1) and found.kind is StatisticKind.COUNT:
        return _rate_after(reading, found)
    if found.kind not in (StatisticKind.COUNT, StatisticKind.MEASURE):
        return found
    for step in range(found.last, min(found.last + 6, len(reading.items))):
        if "per" in reading.roles(step):
            base = reading.numeral(reading.skip_articles(step + 1))
            if base is not None and base.value in _ROUND_BASES and "duration" not in reading.roles(base.end):
                return _as_rate(found, base.value, base.end)
            return found
        if not reading.at(step).key[:1].isalpha() or "number" in reading.roles(step):
            return found
    return found


def _as_rate(found: Quantity, base: Number, last: int) -> Quantity:
    return found._replace(last=last, kind=StatisticKind.RATE, unit=f"per {base}")


def _rate_after(reading: Reading, base: Quantity) -> Quantity | None:
    """每10万人6.1: the base stands first; alone it is no statistic."""
    if not isinstance(base.value, int | float):
        return None
    for step in range(base.last, min(base.last + 8, len(reading.items))):
        if reading.at(step).code in CLAUSE_ENDS:
            return None
        above = reading.numeral(step) if reading.at(step).value is not None or "digit" in reading.roles(step) else None
        if above is not None and above.value < base.value:
            found = base._replace(first=base.first - 1, value=above.value)
            if base.value <= 10:
                return found._replace(value=above.value / base.value, last=above.end, kind=StatisticKind.FRACTION)
            return _as_rate(found, base.value, above.end)
    return None
