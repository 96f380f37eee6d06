"""Items into quantities: a number with its range, its unit and its kind. What bounds the number (at least, around) is
the business of `qualifiers`; which numbers are none, that of `blockers`."""

from dataclasses import dataclass, replace

from monitor.model.statistic import Magnitude, Qualifier, StatisticKind
from monitor.stats import numerals
from monitor.stats.blockers import blocked, is_year
from monitor.stats.lexer import Item
from monitor.stats.vocabulary import Payload, Vocabulary

Number = int | float
_CLAUSE_ENDS = frozenset(";.\n")
_UNIT_ROLES = (
    ("percent", StatisticKind.PERCENT),
    ("age", StatisticKind.AGE),
    ("money", StatisticKind.MONEY),
    ("duration", StatisticKind.DURATION),
    ("measure", StatisticKind.MEASURE),
)
_ROUND_BASES = frozenset({20, 25, 50, 100, 1000, 10_000, 100_000, 1_000_000})
_NOTHING = Item(0, 0, "", ";")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A quantity read from items `first` to `last` (exclusive).

    `number` is the item where its digits or number words begin: what stands between `first` and it opens a range or
    is a currency sign. `qualifier` is set if the number's own words bound it (a dozen, 二十多).
    """

    first: int
    number: int
    last: int
    value: Number | tuple[Number, Number] | None
    kind: StatisticKind = StatisticKind.COUNT
    unit: str | None = None
    magnitude: Magnitude | None = None
    qualifier: Qualifier | None = None


class Reader:
    """The quantities of one text."""

    def __init__(self, items: list[Item], vocabulary: Vocabulary) -> None:
        self.items = items
        self.vocabulary = vocabulary
        self.blocked = blocked(items, vocabulary)

    def at(self, index: int) -> Item:
        """The item at `index`; an empty mark outside the text."""
        return self.items[index] if 0 <= index < len(self.items) else _NOTHING

    def roles(self, index: int) -> dict[str, Payload]:
        """The roles of the item at `index`; none outside the text."""
        return self.at(index).roles

    def quantity(self, index: int) -> Quantity | None:
        """The quantity whose number begins at `index`, or None."""
        if index in self.blocked or not (self.items[index].roles or self.items[index].value is not None):
            return None
        plain = self._number(index)
        if plain is not None:
            return self._completed(plain)
        return self._said_otherwise(index)

    # -- numbers ---------------------------------------------------------------------------------------------------

    def _number(self, index: int) -> Quantity | None:
        roles = self.roles(index)
        if "percent_before" in roles:
            return self._percent_before(index)
        numeral = self._numeral(index, joined=not self._opens_between(index))
        if numeral is None or not self._is_meant(index, numeral):
            return None
        if numeral.upper is not None:
            return Quantity(first=index, number=index, last=numeral.end, value=(numeral.value, numeral.upper))
        found = Quantity(
            first=index, number=index, last=numeral.end, value=numeral.value,
            qualifier=Qualifier.MORE_THAN if numeral.open else None,
        )  # fmt: skip
        return self._grouped(found)

    def _numeral(self, index: int, *, joined: bool = True) -> numerals.Numeral | None:
        if index >= len(self.items) or index in self.blocked:
            return None
        item = self.items[index]
        words = numerals.read(self.items, index, self.vocabulary, joined=joined)
        if words is not None:
            return words
        return numerals.Numeral(item.value, index + 1) if item.value is not None else None

    def _opens_between(self, index: int) -> bool:
        return any("between" in self.roles(before) for before in (index - 1, index - 2))

    def _is_meant(self, index: int, numeral: numerals.Numeral) -> bool:
        """Whether a number is meant at all, and not an article, a name, a year or a homograph."""
        item = self.items[index]
        if self._is_whole_text(index, numeral.end):
            return item.code != "y"
        if self._is_score(index):
            return False
        if item.value is not None:
            return not (numeral.end == index + 1 and is_year(self.items, index)) or self._is_counted(index, numeral.end)
        if self._is_name(index, numeral.end) or self._is_spoken_year(index, numeral):
            return False
        if numeral.end == index + 1:
            return self._is_lone_word_meant(index, item)
        return not (_is_year_value(numeral.value) and "year_before" in self.roles(index - 1))

    def _is_score(self, index: int) -> bool:
        """Whether digits stand against other digits as in a score (5-3)."""
        for first in (index, index - 2):
            one, dash, other = self.at(first), self.at(first + 1), self.at(first + 2)
            if dash.code == "-" and dash.glued and other.glued and one.value is not None and other.value is not None:
                return one.value >= other.value
        return False

    def _is_whole_text(self, index: int, end: int) -> bool:
        """Whether nothing but the number stands in the text."""
        return index == 0 and (end == len(self.items) or (end == len(self.items) - 1 and self.at(end).code in ";."))

    def _is_spoken_year(self, index: int, numeral: numerals.Numeral) -> bool:
        """Whether two number words stand side by side as in nineteen eighty-four."""
        if self.vocabulary.positional:
            return False
        before = index - 2 if self.at(index - 1).code == "-" and self.at(index).glued else index - 1
        return "number" in self.roles(numeral.end) or "number" in self.roles(before)

    def _is_lone_word_meant(self, index: int, item: Item) -> bool:
        following, roles = self.at(index + 1), item.roles
        if "homograph" in roles:
            return False
        if "one_article" in roles:
            return self._is_one_meant(index)
        if "one_noun" in roles:
            return (
                self._has_qualifier(index)
                or self._is_plain_noun(following)
                or "part" in following.roles
                or self._ratio(index + 1, 1) is not None
                or (following.code == "-" and self.roles(index + 2).keys() & _TELLING != set())
            )
        if "before_noun" in roles:
            return (
                self._has_qualifier(index) or self._is_plain_noun(following) or bool(following.roles.keys() & _TELLING)
            )
        if "before_counter" in roles:
            if "range_to" in following.roles and "digit" in self.roles(index + 2):
                return True
            return bool(following.roles.keys() & _COUNTING) and (
                item.roles.get("digit") != 1 or self._is_one_meant(index)
            )
        return True

    def _is_plain_noun(self, item: Item) -> bool:
        return item.key[:1].isalpha() and not item.capital and "one_stop" not in item.roles and item.code not in "woM&"

    def _is_one_meant(self, index: int) -> bool:
        if self._has_qualifier(index) or self._half_follows(index + 1) or self._half_follows(index + 2):
            return True
        following = self.roles(index + 1)
        if "one_person" in following:
            return True
        if "duration" in following and ("duration_one" in following or self._is_sentence_term(index)):
            return True
        return self._ratio(index + 1, 1) is not None

    def _is_sentence_term(self, index: int) -> bool:
        """Whether a duration of "a year" is a prison term."""
        return any("prison" in self.roles(after) for after in (index + 2, index + 3, index + 4))

    def _half_follows(self, index: int) -> bool:
        return "half_more" in self.roles(index)

    def _has_qualifier(self, index: int) -> bool:
        for before in range(index - 1, max(-1, index - 4), -1):
            roles = self.roles(before)
            if "before" in roles:
                return roles["before"] != Qualifier.EXACT
            if "clear" not in roles:
                break
        return any("after" in self.roles(after) or "trailing" in self.roles(after) for after in (index + 1, index + 2))

    def _is_counted(self, index: int, end: int) -> bool:
        """Whether something beside four plain digits says that they count something."""
        following, before = self.roles(end), self.roles(index - 1)
        if (following.keys() & _TELLING and not self.at(end).capital) or "money" in before:
            return True
        if "year_only" in self.roles(index - 2):
            return False
        return "before" in before and before["before"] != Qualifier.EXACT and "year_before" not in before

    def _is_name(self, index: int, end: int) -> bool:
        """Whether a capital number word inside a sentence is part of a name (the Seven Sisters)."""
        item = self.items[index]
        if not item.capital or index == 0 or self.at(index - 1).code in ";.:-(" or self.at(index - 1).key in "\"'«“":
            return False
        return self.at(end).capital or not self._is_plain_noun(self.at(end))

    def _percent_before(self, index: int) -> Quantity | None:
        numeral = self._numeral(index + 1)
        if numeral is None:
            return None
        return Quantity(
            first=index, number=index, last=numeral.end, value=numeral.value, kind=StatisticKind.PERCENT, unit="percent",
            qualifier=Qualifier.MORE_THAN if numeral.open else None,
        )  # fmt: skip

    def _grouped(self, found: Quantity) -> Quantity:
        """Two dozen, three hundreds."""
        group = self.roles(found.last).get("group")
        if group is None or not isinstance(found.value, int | float):
            return found
        return replace(found, value=found.value * float(group) // 1, last=found.last + 1, qualifier=Qualifier.APPROX)

    # -- quantities that are no plain number -----------------------------------------------------------------------

    def _said_otherwise(self, index: int) -> Quantity | None:
        roles = self.roles(index)
        if "multiplier" in roles:
            return self._multiplier(index, roles["multiplier"])
        if "approximate" in roles:
            value = _as_number(roles["approximate"])
            return self._with_unit(
                Quantity(first=index, number=index, last=index + 1, value=value, qualifier=Qualifier.APPROX)
            )
        if "whole" in roles:
            return self._whole(index, _as_number(roles["whole"]))
        if "dual" in roles:
            return self._dual(index)
        if "if_bounded" in roles and self._has_qualifier(index):
            return self._with_unit(
                Quantity(first=index, number=index, last=index + 1, value=_as_number(roles["if_bounded"]))
            )
        if "magnitude" in roles:
            magnitude = Magnitude(str(roles["magnitude"]))
            return self._with_unit(Quantity(first=index, number=index, last=index + 1, value=None, magnitude=magnitude))
        return None

    def _multiplier(self, index: int, payload: Payload) -> Quantity:
        """A word that multiplies; a number of times after it says it exactly (تضاعف ثلاث مرات)."""
        found = Quantity(
            first=index, number=index, last=index + 1, value=_as_number(payload), kind=StatisticKind.MULTIPLIER
        )
        for start in range(index + 1, index + 4):
            numeral = self._numeral(start)
            if numeral is not None and "times" in self.roles(numeral.end):
                return replace(found, value=numeral.value, last=numeral.end + 1)
        return found

    def _whole(self, index: int, value: Number) -> Quantity | None:
        following = self.at(index + 1)
        if self.at(index - 1).code in "oZ" or following.code == "o":
            return None
        if following.code == "-" and following.glued:
            return None
        if "ordinal_whole" in self.roles(index) and self._is_plain_noun(following) and "link" not in following.roles:
            return None
        scale = self._numeral(index + 1)
        if scale is not None and scale.value >= 1000 and "number" in following.roles:
            return self._with_unit(Quantity(first=index, number=index, last=scale.end, value=int(value * scale.value)))
        found = Quantity(first=index, number=index, last=index + 1, value=value, kind=StatisticKind.FRACTION)
        step = index + 2 if "clear" in following.roles else index + 1
        if "duration" in self.roles(step) and self.at(step - 1).key != "of":
            return replace(found, last=step + 1, kind=StatisticKind.DURATION, unit=str(self.roles(step)["duration"]))
        return found

    def _dual(self, index: int) -> Quantity | None:
        """An Arabic dual: the noun itself says two."""
        roles = self.roles(index)
        if (
            "article" in self.roles(index - 1)
            or self.at(index + 1).code in "yd"
            or self.roles(index + 1).get("number") == 2
        ):
            return None
        found = Quantity(first=index, number=index, last=index + 1, value=_as_number(roles["dual"]))
        if "duration" in roles:
            found = replace(found, kind=StatisticKind.DURATION, unit=str(roles["duration"]))
            return self._half_more(self._as_age(found))
        if "times" in roles:
            return self._times(replace(found, last=index))
        return found

    # -- what stands after a number --------------------------------------------------------------------------------

    def _completed(self, found: Quantity) -> Quantity | None:
        fraction = self._fraction(found)
        if fraction is not None:
            return fraction
        if not isinstance(found.value, tuple):
            found = self._ranged(found)
        found = self._with_unit(self._half_more(found))
        return self._rated(found)

    def _fraction(self, found: Quantity) -> Quantity | None:
        if isinstance(found.value, tuple) or found.value is None:
            return None
        value = found.value
        step = found.last + 1 if self.at(found.last).code == "-" else found.last
        roles = self.roles(step)
        parts = roles.get("parts") or (roles.get("part") if value == 1 else None)
        if parts is not None and 0 < value < float(parts):
            return replace(found, last=step + 1, value=value / float(parts), kind=StatisticKind.FRACTION)
        if self.at(found.last).key == "/" and self.at(found.last).glued and isinstance(value, int):
            return self._slashed(found, value)
        if "parts_of" in self.roles(found.last):
            return self._parts_of(found, value)
        ratio = self._ratio(found.last, value)
        if ratio is not None:
            return replace(found, last=ratio[1], value=ratio[0], kind=StatisticKind.FRACTION)
        return None

    def _slashed(self, found: Quantity, value: int) -> Quantity | None:
        below = self.at(found.last + 1)
        if below.glued and isinstance(below.value, int) and 0 < value < below.value <= 10:
            return replace(found, last=found.last + 2, value=value / below.value, kind=StatisticKind.FRACTION)
        return None

    def _parts_of(self, found: Quantity, value: Number) -> Quantity | None:
        """三分之一: one of three parts."""
        above = self._numeral(found.last + 1)
        if above is None or not value:
            return None
        return replace(found, last=above.end, value=above.value / value, kind=StatisticKind.FRACTION)

    def _ratio(self, end: int, value: Number) -> tuple[float, int] | None:
        """One in three, four out of five, une personne sur dix: the fraction and where it ends."""
        for step in range(end, min(end + 3, len(self.items))):
            roles = self.roles(step)
            if "ratio" in roles:
                base = self._numeral(step + 1)
                if base is not None and self._is_ratio(
                    value, base.value, strong="ratio_strong" in roles, near=step == end
                ):
                    return value / base.value, base.end
                return None
            if not self._is_plain_noun(self.at(step)):
                return None
        return None

    def _is_ratio(self, value: Number, base: Number, *, strong: bool, near: bool) -> bool:
        if not 0 < value < base or not isinstance(value, int) or not isinstance(base, int):
            return False
        if strong:
            return base <= 10 or base in _ROUND_BASES
        return (near or value == 1) and (base <= 10 or base in _ROUND_BASES) and (value == 1 or base in (10, 100))

    def _ranged(self, found: Quantity) -> Quantity:
        """The range that begins with this number, or the number itself."""
        step = found.last
        unit = self.roles(step).keys() & _RANGE_UNITS if self.at(step).code != "-" else set()
        if unit:
            step += 1
        upper_at = self._upper(found, step)
        if upper_at is None:
            return found
        spoken = self.at(step).code != "-" and "or" not in self.at(step).roles
        upper = self._numeral(upper_at, joined=True)
        low = found.value
        if upper is None or not isinstance(low, int | float):
            return found
        if unit and unit.isdisjoint(self.roles(upper.end)):
            return found
        low = low * self._shared_scale(low, upper_at, upper)
        if not low < upper.value or (self.at(upper_at).value is not None and self._is_dangling(upper.end)):
            return found
        return replace(
            found,
            first=self._range_opening(found.number) if spoken else found.first,
            last=upper.end,
            value=(low, upper.value),
        )

    def _is_dangling(self, end: int) -> bool:
        """Whether the second number goes on as something else (2-1-0)."""
        return self.at(end).code == "-" and self.at(end).glued and self.at(end + 1).value is not None

    def _upper(self, found: Quantity, step: int) -> int | None:
        """The item where the upper end of a range begins, if one does."""
        infix = self.at(step)
        opening = self._opening(found.number)
        if infix.code == "-":
            tight = self.at(step + 1).glued == infix.glued
            return self._skip_articles(step + 1) if tight and (infix.glued or infix.key == "~") else None
        if "and" in infix.roles and opening == "between":
            return self._skip_articles(step + 1)
        if "to" in infix.roles and (opening == "from" or "range_to" in infix.roles):
            if opening == "between" or not self._is_change(found.number):
                return self._skip_articles(step + 1)
        if "or" in infix.roles and self._is_small_step(found, step + 1):
            return step + 1
        return None

    def _is_small_step(self, found: Quantity, upper_at: int) -> bool:
        """Two or three, 10 or 12: alternatives close to each other, without a unit between them."""
        upper = self._numeral(upper_at)
        low = found.value
        if upper is None or not isinstance(low, int | float) or upper_at != found.last + 1:
            return False
        return low < upper.value <= 2 * low

    def _skip_articles(self, index: int) -> int:
        while (
            self.roles(index).keys() & {"clear", "sign"}
            and self.at(index).value is None
            and "number" not in self.roles(index)
        ):
            index += 1
        return index

    def _opening(self, number: int) -> str:
        index = self._range_opening(number)
        roles = self.roles(index)
        return "between" if "between" in roles else "from" if index < number and "from" in roles else ""

    def _range_opening(self, number: int) -> int:
        for before in range(number - 1, max(-1, number - 4), -1):
            roles = self.roles(before)
            if roles.keys() & {"between", "from"}:
                return before
            if not roles.keys() & {"clear", "sign"}:
                break
        return number

    def _is_change(self, number: int) -> bool:
        """Whether a verb of change governs the number: "rose from 65 to 196" states two numbers and no range."""
        for before in range(number - 1, max(-1, number - 12), -1):
            if self.at(before).code in _CLAUSE_ENDS:
                return False
            if "change" in self.roles(before):
                return True
        return False

    def _shared_scale(self, low: Number, upper_at: int, upper: numerals.Numeral) -> Number:
        """Two to three million: the scale word belongs to both."""
        first = self.at(upper_at).value or self.roles(upper_at).get("number") or self.roles(upper_at).get("digit")
        if not isinstance(first, int | float) or not 0 < low < first < 1000 or upper.end == upper_at + 1:
            return 1
        scale = upper.value / first
        return int(scale) if scale >= 100 and scale == int(scale) else 1

    def _half_more(self, found: Quantity) -> Quantity:
        if "half_more" not in self.roles(found.last) or not isinstance(found.value, int | float):
            return found
        return replace(found, value=found.value + 0.5, last=found.last + 1)

    # -- units -----------------------------------------------------------------------------------------------------

    def _with_unit(self, found: Quantity) -> Quantity:
        if found.kind is not StatisticKind.COUNT:
            return found
        sign = self.roles(found.first - 1)
        if "money" in sign and ("sign" in sign or self.at(found.first - 1).capital):
            rest = self.roles(found.last)
            last = found.last + 1 if rest.get("money") == sign["money"] else found.last
            return replace(found, first=found.first - 1, last=last, kind=StatisticKind.MONEY, unit=str(sign["money"]))
        step = self._unit_at(found)
        roles = self.roles(step)
        if "times" in roles:
            return self._times(replace(found, last=step))
        if "tenths" in roles and isinstance(found.value, int | float):
            return replace(found, last=step + 1, value=found.value * 10, kind=StatisticKind.PERCENT, unit="percent")
        for role, kind in _UNIT_ROLES:
            if role in roles:
                measured = replace(found, last=step + 1, kind=kind, unit=str(roles[role]))
                if "more_unit" in roles:
                    measured = replace(measured, qualifier=Qualifier.MORE_THAN)
                return self._as_age(self._half_more(measured))
        return self._bare_age(found)

    def _unit_at(self, found: Quantity) -> int:
        step = found.last
        if self.at(step).code == "-" and self.at(step).glued and self.at(step + 1).glued:
            return step + 1
        if "link" in self.roles(step) and self.roles(step + 1).keys() & {"money", "measure", "duration"}:
            return step + 1 if found.value is None or "money" in self.roles(step + 1) or found.qualifier else step
        if "between_unit" in self.roles(step):
            return step + 1
        return step

    def _times(self, found: Quantity) -> Quantity:
        """`found` ends before the word for "times": a multiplier if something is compared, else so many occasions."""
        payload = self.roles(found.last)["times"]
        done = replace(found, last=found.last + 1)
        if payload == "fold":
            value = found.value
            if isinstance(value, int | float) and self._is_increase_by(found.first):
                value = value + 1
            return replace(done, value=value, kind=StatisticKind.MULTIPLIER)
        before = self.roles(found.first - 1)
        if (
            payload == "always"
            or "times_before" in before
            or self._is_compared(done.last)
            or self._is_change(found.number)
        ):
            return replace(done, kind=StatisticKind.MULTIPLIER)
        return replace(done, unit="time")

    def _is_increase_by(self, first: int) -> bool:
        return any("increase_by" in self.roles(before) for before in range(first - 1, max(-1, first - 4), -1))

    def _is_compared(self, index: int) -> bool:
        for after in range(index, min(index + 12, len(self.items))):
            if self.at(after).code in _CLAUSE_ENDS:
                return False
            if "compare" in self.roles(after):
                return after == index or "compare_weak" not in self.roles(after)
        return False

    def _as_age(self, found: Quantity) -> Quantity:
        if found.kind is not StatisticKind.DURATION:
            return found
        if "age_after" in self.roles(found.last):
            return replace(found, last=found.last + 1, kind=StatisticKind.AGE)
        if "age_adjective" in self.roles(found.last - 1) and not self._is_sentence_near(found.last):
            return replace(found, kind=StatisticKind.AGE)
        if self._age_stands_before(found.first):
            return replace(found, kind=StatisticKind.AGE)
        return found

    def _is_sentence_near(self, index: int) -> bool:
        return any("prison" in self.roles(after) for after in range(index, index + 3))

    def _age_stands_before(self, first: int) -> bool:
        passed_link = False
        if "age_before" in self.roles(first):
            return True
        for before in range(first - 1, max(-1, first - 8), -1):
            roles = self.roles(before)
            if "age_before" in roles:
                return True
            if "person" in roles:
                return passed_link
            passed_link = passed_link or "link" in roles
            if not roles.keys() & {"clear", "before", "between", "from", "link"} and self.at(before).code not in "d,&":
                return False
        return False

    def _bare_age(self, found: Quantity) -> Quantity:
        """An age without its unit: "aged 15", and a name's apposition: "Ana Ruiz, 34, …"."""
        if "age_before" in self.roles(found.first - 1) or "age_before" in self.roles(found.first):
            return replace(found, kind=StatisticKind.AGE, unit="year")
        if "age_bound" in self.roles(found.first - 1) and "person" in self.roles(found.first - 2):
            return (
                found
                if self._is_plain_noun(self.at(found.last))
                else replace(found, kind=StatisticKind.AGE, unit="year")
            )
        value = self.at(found.number).value
        if isinstance(value, int) and 1 <= value < 100 and self._stands_apart(found):
            return replace(found, kind=StatisticKind.AGE, unit="year")
        return found

    def _stands_apart(self, found: Quantity) -> bool:
        """Whether a number is an apposition to a name, "Ana Ruiz, 34, …" or "Ana Ruiz (34)", or goes on a list of ages."""
        before, after = self.at(found.first - 1), self.at(found.last)
        if before.code in ",&" and self.at(found.first - 2).code == "d" and not self._is_plain_noun(after):
            return self._age_stands_before(found.first)
        name = self.at(found.first - 2)
        enclosed = (before.key == "," and after.key in ",.") or (before.key == "(" and after.key == ")")
        return (
            enclosed
            and name.capital
            and name.roles.keys().isdisjoint({"month", "number"})
            and self.at(found.number).code != "y"
        )

    # -- rates -----------------------------------------------------------------------------------------------------

    def _rated(self, found: Quantity) -> Quantity | None:
        if "per_first" in self.roles(found.first - 1) and found.kind is StatisticKind.COUNT:
            return self._rate_after(found)
        if found.kind not in (StatisticKind.COUNT, StatisticKind.MEASURE):
            return found
        for step in range(found.last, min(found.last + 6, len(self.items))):
            if "per" in self.roles(step):
                base = self._numeral(self._skip_articles(step + 1))
                if base is not None and base.value in _ROUND_BASES and "duration" not in self.roles(base.end):
                    return self._as_rate(found, base.value, base.end)
                return found
            if not self.at(step).key[:1].isalpha() or "number" in self.roles(step):
                return found
        return found

    def _as_rate(self, found: Quantity, base: Number, last: int) -> Quantity:
        return replace(found, last=last, kind=StatisticKind.RATE, unit=f"per {base}")

    def _rate_after(self, base: Quantity) -> Quantity | None:
        """每10万人6.1: the base stands first; alone it is no statistic."""
        if not isinstance(base.value, int | float):
            return None
        for step in range(base.last, min(base.last + 8, len(self.items))):
            if self.at(step).code in _CLAUSE_ENDS:
                return None
            above = self._numeral(step) if self.at(step).value is not None or "digit" in self.roles(step) else None
            if above is not None and above.value < base.value:
                found = replace(base, first=base.first - 1, value=above.value)
                return self._as_rate(found, base.value, above.end)
        return None


_RANGE_UNITS = frozenset({"percent", "duration", "age", "measure", "money"})
_TELLING = frozenset({"percent", "money", "duration", "measure", "times", "person", "age"})
_COUNTING = _TELLING | {"counter", "tenths", "parts_of", "myriad", "fold", "between_unit"}


def _is_year_value(value: Number) -> bool:
    return isinstance(value, int) and 1900 <= value <= 2100


def _as_number(payload: Payload) -> Number:
    assert isinstance(payload, int | float)
    return payload
