"""Number words into numbers. Two ways of building them: by adding and multiplying words (most languages) and by
position (Chinese). Which words and which way is the vocabulary's business."""

from typing import NamedTuple

from monitor.stats.lexer import Item
from monitor.stats.vocabulary import Vocabulary

_LARGEST = 10**18
_OPEN = 10**19

BEGINNINGS = frozenset({"number", "alone", "digit", "place", "myriad"})
"""The roles of words that a number may begin with."""


class Numeral(NamedTuple):
    """A number read from the items up to `end` (exclusive); `open` if the words say that there are some more (几, 多),
    `upper` is the other end of a range said in one breath (两三个)."""

    value: int | float
    end: int
    open: bool = False
    upper: int | None = None


def read(items: list[Item], start: int, vocabulary: Vocabulary, *, joined: bool = True) -> Numeral | None:
    """The number that the words from `start` on say, or None.

    With `joined` false, no "and" is taken into the number (for "between one hundred and five hundred").
    """
    if items[start].value is None and BEGINNINGS.isdisjoint(items[start].roles):
        return None
    if vocabulary.positional:
        return _by_position(items, start)
    sum_ = _Sum(items, start, vocabulary, joined)
    return sum_.numeral()


class _Sum:
    """A number in the making: `total` above the last scale word, `current` below it, `room` for the next addend."""

    def __init__(self, items: list[Item], start: int, vocabulary: Vocabulary, joined: bool) -> None:
        self.items, self.start, self.vocabulary = items, start, vocabulary
        self.joins = vocabulary.joins if joined else ""
        self.total: int | float = 0
        self.current: int | float = 0
        self.room: int | float = _OPEN
        self.scale: int | float = _OPEN
        self.unit: int | float = 0
        self.end = start

    def numeral(self) -> Numeral | None:
        first = self.items[self.start]
        if first.value is not None:
            self.current, self.end, self.room = first.value, self.start + 1, 0
            if not self._scale_follows():
                return None
        elif first.roles.get("number") == 0:
            return Numeral(0, self.start + 1)
        while self._take(self.end) or self._take_joined() or self._take_after_comma():
            pass
        if first.value is not None and self.scale == 1000 and self.end > self.start:
            self._take_hundreds_in_digits()
        value = self.total + self.current
        return Numeral(int(value) if value == int(value) else value, self.end) if self.end > self.start else None

    def _take_hundreds_in_digits(self) -> None:
        """Thirty-five thousand five hundred as it is written in some countries: "35 mil 500"."""
        value = self.items[self.end].value if self.end < len(self.items) else None
        if not self.current and isinstance(value, int) and 100 <= value < 1000:
            self.current, self.end = value, self.end + 1

    def _scale_follows(self) -> bool:
        value = self._word(self.end) or self._word(self.end + 1 if self._is_hyphen(self.end) else -1)
        return value is not None and value >= 100

    def _word(self, index: int) -> int | float | None:
        if not self.start <= index < len(self.items):
            return None
        item = self.items[index]
        value = item.roles.get("number")
        if index > self.start and self.items[index - 1].value is not None and (len(item.key) > 1 or item.glued):
            value = item.roles.get("scale", value)
        if not self.current and self.end == self.start:
            value = item.roles.get("alone", value)
        return value if isinstance(value, int | float) else None

    def _is_hyphen(self, index: int) -> bool:
        return index < len(self.items) and self.items[index].key == "-" and self.items[index].glued

    def _take(self, index: int) -> bool:
        """Take the word at `index` into the number, if it may stand there; a hyphen before it goes along."""
        if index > self.start and self._is_hyphen(index) and self.items[min(index + 1, len(self.items) - 1)].glued:
            index += 1
        value = self._word(index)
        if value is None or value == 0:
            return False
        if not (self._multiply(value, index) if self._multiplies(value, index) else self._add(value)):
            return False
        self.end = index + 1
        return True

    def _multiplies(self, value: int | float, index: int) -> bool:
        return value >= 1000 or (value == 100 and "hundred" in self.items[index].roles)

    def _multiply(self, value: int | float, index: int) -> bool:
        if value == 100:
            return self._hundred(index)
        if not self.current and (self.end == self.start or value < self.scale) and "bare" in self.items[index].roles:
            return False
        if value < self.scale:
            self.total += (self.current or 1) * value
        elif value > self.scale and (self.total + self.current) * value <= _LARGEST:
            self.total = (self.total + self.current) * value
        else:
            return False
        self.current, self.scale, self.room, self.unit = 0, value, value, 0
        return self.total <= _LARGEST

    def _hundred(self, index: int) -> bool:
        if self.current == 0 and "bare" not in self.items[index].roles and self.room > 100:
            self.current, self.room = 100, 100
            return True
        whole = self.current
        if not 0 < whole < 100 or (isinstance(whole, int) and whole > 10 and whole % 10 == 0):
            return False
        self.current, self.room, self.unit = whole * 100, 100, 0
        return True

    def _add(self, value: int | float) -> bool:
        if self.vocabulary.units_first and self.unit and 20 <= value < 100 and value % 10 == 0:
            self.current, self.room, self.unit = self.current + value, 0, 0
            return True
        if value >= self.room or value >= self.scale:
            return False
        self.current += value
        self.unit = value if value < 10 else 0
        self.room = self._room_after(value)
        return True

    def _room_after(self, value: int | float) -> int:
        if value % 100 == 0:
            return 100
        if value in self.vocabulary.vigesimal:
            return 20
        return 10 if value >= 20 and value % 10 == 0 else 0

    def _take_joined(self) -> bool:
        """Take "and" with the word after it, where the language says so."""
        index = self.end
        if not self.joins or index == self.start or index + 1 >= len(self.items):
            return False
        if self._is_hyphen(index):
            index += 1
        if index + 1 >= len(self.items) or "joiner" not in self.items[index].roles:
            return False
        after = index + 2 if self._is_hyphen(index + 1) and index + 2 < len(self.items) else index + 1
        value = self._word(after)
        if value is None or not self._may_join(value, after):
            return False
        return self._take(after)

    def _take_after_comma(self) -> bool:
        """Two million, one hundred thousand: a comma after a scale word, if a word of several words follows."""
        if self.end == self.start or self.current or not self.total or self.end + 2 >= len(self.items):
            return False
        if (
            self.items[self.end].key != ","
            or not self._word(self.end + 2)
            or "number" not in self.items[self.end + 1].roles
        ):
            return False
        return self._take(self.end + 1)

    def _may_join(self, value: int | float, index: int) -> bool:
        following = index + 1
        if following < len(self.items) and value < 10 and "hundred" in self.items[following].roles:
            return False
        if self.joins == "hundreds":
            return self.room >= 100 and value < 100
        if self.joins == "tens":
            return self.room in (10, 20) and (value < 10 or (self.room == 20 and value == 11))
        return True


def _by_position(items: list[Item], start: int) -> Numeral | None:
    """A number written by position (三千五百, 1万8802, 15.2万): digits, places (十百千) and myriads (万亿)."""
    state = _Position()
    index = start
    while index < len(items) and state.take(items[index], items, index):
        index += 1
    return state.numeral(index)


def _is_open_place(items: list[Item], index: int) -> bool:
    """Whether a bare hundred or thousand is a number all the same: 百余人, 逾百人."""
    before = items[index - 1].roles if index else {}
    after = items[index + 1].roles if index + 1 < len(items) else {}
    return not before.keys().isdisjoint({"before", "per_first"}) or "some" in after


def _is_place(items: list[Item], index: int) -> bool:
    return index < len(items) and "place" in items[index].roles


class _Position:
    """A positional number in the making: `digits` seen since the last place, `section` below the last myriad."""

    def __init__(self) -> None:
        self.total: int | float = 0
        self.section: int | float = 0
        self.digits: list[int] = []
        self.number: int | float | None = None
        self.place = 0
        self.myriad = 0
        self.upper: int | None = None
        self.zero = self.seen = self.open = False
        self.taken = 0

    def take(self, item: Item, items: list[Item], index: int) -> bool:
        if index < self.taken:
            return True
        if self.open and not self._continues(item):
            return False
        if "decimal_point" in item.roles:
            return self._take_decimals(items, index)
        if item.value is not None:
            return self._take_digits(item)
        if "place" in item.roles and not self.seen and _is_open_place(items, index):
            self.number = 1
        for role, take in (("digit", self._take_digit), ("place", self._take_place), ("myriad", self._take_myriad)):
            value = item.roles.get(role)
            if isinstance(value, int):
                return take(value)
        return "some" in item.roles and self._take_some(items, index)

    def _continues(self, item: Item) -> bool:
        return "myriad" in item.roles

    def _take_digits(self, item: Item) -> bool:
        if self.number is not None or self.digits or item.code == "x" or (self.seen and not item.glued):
            return False
        if self.myriad and (not isinstance(item.value, int) or item.value >= self.myriad):
            return False
        if self.place and (not isinstance(item.value, int) or item.value >= min(10, self.place)):
            return False
        self.number, self.seen = item.value, True
        return True

    def _take_decimals(self, items: list[Item], index: int) -> bool:
        """三点五: the digits behind the point, as far as they go; they end the number but for its myriads."""
        end = index + 1
        while end < len(items) and "digit" in items[end].roles and end < index + 7:
            end += 1
        if not self.seen or end == index + 1 or _is_place(items, end) or self.total or isinstance(self.number, float):
            return False
        decimals = "".join(str(item.roles["digit"]) for item in items[index + 1 : end])
        whole = self.section + self._last()
        self.section, self.place, self.digits = 0, 0, []
        self.number, self.taken = float(f"{int(whole)}.{decimals}"), end
        return True

    def _take_digit(self, value: int) -> bool:
        if self.number is not None or len(self.digits) > 18:
            return False
        if value == 0 and (self.section or self.total) and not self.digits:
            self.zero = True
            return True
        self.digits.append(value)
        self.seen = True
        return True

    def _take_place(self, value: int) -> bool:
        if self._is_pair() and not self.place and not self.section:
            self.upper = self.digits.pop() * value
        if len(self.digits) > 1 or (self.place and value >= self.place):
            return False
        if self.number is None and not self.digits and value > 10:
            return False
        self.section += self._pending(1) * value
        self.place, self.seen, self.zero = value, True, False
        return True

    def _take_myriad(self, value: int) -> bool:
        if len(self.digits) > 1 or not self.seen or (self.myriad and value == self.myriad):
            return False
        below = self.section + self._pending(0)
        if self.myriad and value > self.myriad:
            self.total = (self.total + below) * value
        else:
            self.total += below * value
        self.section, self.place, self.myriad, self.zero = 0, 0, value, False
        return self.total <= _LARGEST

    def _pending(self, default: int) -> int | float:
        value = self.number if self.number is not None else (self.digits[0] if self.digits else default)
        self.digits, self.number = [], None
        return value

    def _take_some(self, items: list[Item], index: int) -> bool:
        """几, 多, 余 after a round number: some more than it. 几 also begins a vague number, which is no number."""
        if not self.seen or (self.digits and not self._scaled(items, index)):
            return False
        self.open = True
        return True

    def _scaled(self, items: list[Item], index: int) -> bool:
        return index + 1 < len(items) and "myriad" in items[index + 1].roles

    def numeral(self, end: int) -> Numeral | None:
        if not self.seen:
            return None
        base = self.total + self.section
        if self._is_pair() and self.place in (0, 10):
            self.upper = int(base) + self.digits.pop()
        return Numeral(base + self._last(), end, self.open, self.upper)

    def _is_pair(self) -> bool:
        """Whether two neighbouring digits stand together: 两三个 is two to three."""
        return len(self.digits) == 2 and self.digits[0] + 1 == self.digits[1] and self.digits[0] > 0

    def _last(self) -> int | float:
        if self.number is not None:
            return self.number
        if not self.digits:
            return 0
        if len(self.digits) > 1:
            return int("".join(map(str, self.digits)))
        step = self.place or self.myriad
        if step > 10 and not self.zero:
            return self.digits[0] * step // 10
        return self.digits[0]
