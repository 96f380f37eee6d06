"""What a number is a number of: percent, money, time, age, measures, occasions. Decides the kind of a quantity."""

from monitor.model.statistic import Qualifier, StatisticKind
from monitor.stats.lexer import is_han
from monitor.stats.reading import CLAUSE_ENDS, Quantity, Reading

_SIGNED = frozenset({"percent", "degree", "point"})
_LONGEST_LIST = 8
_SCALES = (10**12, 10**9, 10**6, 1000)
_UNIT_ROLES = (
    ("percent", StatisticKind.PERCENT),
    ("age", StatisticKind.AGE),
    ("money", StatisticKind.MONEY),
    ("duration", StatisticKind.DURATION),
    ("measure", StatisticKind.MEASURE),
)


def with_unit(reading: Reading, found: Quantity) -> Quantity:
    if found.kind is not StatisticKind.COUNT:
        return found
    sign = reading.roles(found.first - 1)
    if "money" in sign and ("sign" in sign or reading.at(found.first - 1).capital):
        rest = reading.roles(found.last)
        last = found.last + 1 if rest.get("money") == sign["money"] else found.last
        return found._replace(first=found.first - 1, last=last, kind=StatisticKind.MONEY, unit=str(sign["money"]))
    step = _unit_at(reading, found)
    roles = reading.roles(step)
    if "times" in roles:
        return times(reading, found._replace(last=step))
    if "tenths" in roles:
        return _tenths(reading, found, step)
    for role, kind in _UNIT_ROLES:
        if role in roles:
            measured = found._replace(last=step + 1, kind=kind, unit=str(roles[role]))
            if "half_unit" in roles and isinstance(found.value, int | float):
                measured = measured._replace(value=found.value + 0.5)
            if "more_unit" in roles:
                measured = measured._replace(qualifier=Qualifier.MORE_THAN)
            return as_age(reading, half_more(reading, measured))
    return as_age(reading, _listed(reading, _named_before(reading, _bare_age(reading, found))))


def signed(reading: Reading, found: Quantity) -> Quantity:
    """The quantity with the minus before it: −5 %, minus 18 degrees."""
    if not isinstance(found.value, int | float) or found.unit not in _SIGNED:
        return found
    before, sign, number = (reading.at(found.first - step) for step in (2, 1, 0))
    written = sign.code == "-" and number.glued and (not sign.glued or before.code in "(:" or is_han(before.key))
    if not written and "minus" not in sign.roles:
        return found
    return found._replace(first=found.first - 1, value=-found.value)


def _named_before(reading: Reading, found: Quantity) -> Quantity:
    """The number that stands behind its definite noun: الأسابيع الثمانية, the eight weeks."""
    unit = reading.roles(found.first - 2).get("duration")
    if unit is None or "article" not in reading.roles(found.first - 1) or not reading.is_definite(found.first - 2):
        return found
    return found._replace(kind=StatisticKind.DURATION, unit=str(unit))


def _listed(reading: Reading, found: Quantity) -> Quantity:
    """The number with the unit that the last of a list says for all: 12, 15 and 17 years; two- and three-year terms."""
    index, closed = found.last, False
    for _ in range(_LONGEST_LIST):
        if found.kind is not StatisticKind.COUNT or found.value is None:
            return found
        index += reading.at(index).code == "-"
        start = index
        while reading.at(index).code in ",l" or reading.roles(index).keys() & {"and", "or"}:
            closed = closed or reading.at(index).code != ","
            index += 1
        numeral = reading.numeral(reading.skip_articles(index)) if start < index else None
        if numeral is None:
            return found
        index = numeral.end
        unit = reading.roles(index + (reading.at(index).code == "-"))
        for role, kind in _UNIT_ROLES:
            if closed and role in unit:
                return found._replace(kind=kind, unit=str(unit[role]))
    return found


def _tenths(reading: Reading, found: Quantity, step: int) -> Quantity:
    """三成, 三成五, 三成半, 七八成: so many tenths, in percent."""
    value, last = found.value, step + 1
    if isinstance(value, tuple):
        value = value[0] * 10, value[1] * 10
    elif value is not None:
        more = reading.roles(last).get("digit")
        more = 5 if reading.half_follows(last) else more
        value = value * 10 + (more if isinstance(more, int) else 0)
        last += isinstance(more, int)
    return found._replace(last=last, value=value, kind=StatisticKind.PERCENT, unit="percent")


def half_more(reading: Reading, found: Quantity) -> Quantity:
    """The quantity with "and a half" after it: half of one, or of its scale word (un million et demi)."""
    if "half_more" not in reading.roles(found.last) or not isinstance(found.value, int | float):
        return found
    value, last = found.value, found.last + 1
    scale = next((scale for scale in _SCALES if value and value % scale == 0), 1)
    following = reading.roles(last).get("number")
    if scale > 1:
        return found._replace(value=value + scale // 2, last=last + 1 if following == scale else last)
    if isinstance(following, int) and following >= 1000:
        return found._replace(value=(value + 0.5) * following, last=last + 1)
    return found._replace(value=value + 0.5, last=last)


def _unit_at(reading: Reading, found: Quantity) -> int:
    step = found.last
    if reading.at(step).code == "-" and reading.at(step).glued and reading.at(step + 1).glued:
        return step + 1
    if "link" in reading.roles(step) and reading.roles(step + 1).keys() & {"money", "measure", "duration"}:
        return step + 1 if found.value is None or "money" in reading.roles(step + 1) or found.qualifier else step
    if "between_unit" in reading.roles(step) or _is_adjective_of_money(reading, step):
        return step + 1
    return step


def _is_adjective_of_money(reading: Reading, index: int) -> bool:
    """Whether a capital adjective stands before a currency: 40 Norvanian crowns, 3 million Indian rupees."""
    return reading.at(index).capital and not reading.roles(index) and "money" in reading.roles(index + 1)


def times(reading: Reading, found: Quantity) -> Quantity:
    """`found` ends before the word for "times": a multiplier if something is compared, else so many occasions."""
    payload = reading.roles(found.last)["times"]
    done = found._replace(last=found.last + 1)
    if payload == "fold":
        value = found.value
        if isinstance(value, int | float) and _is_increase_by(reading, found.first):
            value = value + 1
        more = Qualifier.MORE_THAN if "more_unit" in reading.roles(found.last) else found.qualifier
        return done._replace(value=value, kind=StatisticKind.MULTIPLIER, qualifier=more)
    before = reading.roles(found.first - 1)
    if (
        payload == "always"
        or "times_before" in before
        or _is_compared(reading, done.last)
        or reading.is_change(found.number)
    ):
        return done._replace(kind=StatisticKind.MULTIPLIER)
    return done._replace(unit="time")


def occasions(reading: Reading, index: int, value: int | float) -> Quantity:
    """ "Twice", дважды: a multiplier if something is compared, else so many occasions."""
    found = Quantity(first=index, number=index, last=index + 1, value=value, kind=StatisticKind.MULTIPLIER)
    return found if _is_compared(reading, index + 1) else found._replace(kind=StatisticKind.COUNT, unit="time")


def _is_increase_by(reading: Reading, first: int) -> bool:
    return any("increase_by" in reading.roles(before) for before in range(first - 1, max(-1, first - 4), -1))


def _is_compared(reading: Reading, index: int) -> bool:
    for after in range(index, min(index + 12, len(reading.items))):
        if reading.at(after).code in CLAUSE_ENDS:
            return False
        if "compare" in reading.roles(after):
            return after == index or "compare_weak" not in reading.roles(after)
    return False


def as_age(reading: Reading, found: Quantity) -> Quantity:
    if found.kind is not StatisticKind.DURATION:
        return found
    if "age_after" in reading.roles(found.last):
        return found._replace(last=found.last + 1, kind=StatisticKind.AGE)
    if "age_adjective" in reading.roles(found.last - 1) and not _is_sentence_near(reading, found.last):
        return found._replace(kind=StatisticKind.AGE)
    if _age_stands_before(reading, found.first) or (found.unit == "year" and _is_apposition(reading, found)):
        return found._replace(kind=StatisticKind.AGE)
    return found


def _is_sentence_near(reading: Reading, index: int) -> bool:
    return any("prison" in reading.roles(after) for after in range(index, index + 3))


def _age_stands_before(reading: Reading, first: int) -> bool:
    if "age_before" in reading.roles(first) or _bounds_a_person(reading, first):
        return True
    passed_link = False
    for before in range(first - 1, max(-1, first - 8), -1):
        roles = reading.roles(before)
        if roles.keys() & {"age_before", "age_at"}:
            return True
        if "person" in roles:
            return passed_link or _bounds_a_person(reading, before + 1)
        passed_link = passed_link or "link" in roles
        if (
            not roles.keys() & {"clear", "before", "goal", "between", "from", "link", "duration"}
            and reading.at(before).code not in "dw,&"
            and not (reading.at(before).code == "n" and reading.at(before + 1).code in ",&")
        ):
            return False
    return False


def _bounds_a_person(reading: Reading, index: int) -> bool:
    """Whether a bound or a range stands right behind those whose age it is: детей до пяти лет, people between 18 and 60."""
    bounding = reading.roles(index).keys() & {"age_bound", "between"}
    return bool(bounding) and "person" in reading.roles(index - 1)


def _bare_age(reading: Reading, found: Quantity) -> Quantity:
    """An age without its unit: "aged 15", "aged under 15", and a name's apposition: "Ana Ruiz, 34, …"."""
    bounded = "age_bound" in reading.roles(found.first - 1)
    if any("age_before" in reading.roles(found.first - step) for step in range(3 if bounded else 2)):
        return found._replace(kind=StatisticKind.AGE, unit="year")
    if bounded and "person" in reading.roles(found.first - 2):
        return (
            found
            if reading.is_plain_noun(reading.at(found.last))
            else found._replace(kind=StatisticKind.AGE, unit="year")
        )
    if any("age_before" in reading.roles(index) for index in range(found.first, found.number)):
        return found._replace(kind=StatisticKind.AGE, unit="year")
    if isinstance(found.value, int) and 1 <= found.value < 100 and _stands_apart(reading, found):
        return found._replace(kind=StatisticKind.AGE, unit="year")
    return found


def _stands_apart(reading: Reading, found: Quantity) -> bool:
    """Whether a number goes on a list of ages, or is in digits and an apposition to a name: "Ana Ruiz, 34, …"."""
    listed = reading.at(found.first - 1).code in ",&" and reading.at(found.first - 2).code in "dnw,"
    if listed and not reading.is_plain_noun(reading.at(found.last)) and _age_stands_before(reading, found.first):
        return True
    return reading.at(found.number).code in "dn" and _is_apposition(reading, found)


def _is_apposition(reading: Reading, found: Quantity) -> bool:
    """Whether a number or a duration is enclosed behind a name: "Ana Ruiz, 34, …", "Ana Ruiz, de 34 años, …".

    In a script without capitals every word may be a name.
    """
    first = found.first - ("link" in reading.roles(found.first - 1))
    before, after, name = reading.at(first - 1), reading.at(found.last), reading.at(first - 2)
    enclosed = (before.code == "," and after.code in ",.") or (before.key == "(" and after.key == ")")
    is_name = name.capital or (name.key.isalpha() and name.key.upper() == name.key)
    return enclosed and is_name and name.roles.keys().isdisjoint({"month", "number"})
