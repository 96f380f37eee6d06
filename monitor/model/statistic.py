"""A quantity stated in the text, and what became of it between two documents."""

from enum import StrEnum
from typing import NamedTuple


class Qualifier(StrEnum):
    """How the stated number bounds the real one."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"


class StatisticKind(StrEnum):
    """What sort of quantity it is."""

    COUNT = "count"
    PERCENT = "percent"
    FRACTION = "fraction"
    MULTIPLIER = "multiplier"
    RATE = "rate"
    MONEY = "money"
    DURATION = "duration"
    AGE = "age"
    MEASURE = "measure"


class Magnitude(StrEnum):
    """A size stated without a number ("dozens")."""

    FEW = "few"
    SEVERAL = "several"
    TENS = "tens"
    HUNDREDS = "hundreds"
    THOUSANDS = "thousands"
    TENS_OF_THOUSANDS = "tens_of_thousands"
    HUNDREDS_OF_THOUSANDS = "hundreds_of_thousands"
    MILLIONS = "millions"


Value = int | float | tuple[int | float, int | float]


class Statistic(NamedTuple):
    """One quantity stated in a text.

    `start`/`end` are character offsets into the text given (for a document: the block's text), the qualifier
    included; `quote` is that span. `value` is a number, a pair for a range, or None where only a `magnitude` is
    stated. `low`/`high` are the bounds that the wording sets (None: open). `counted` is what is counted, as
    matching context and not as a parsed phrase. `section` and `block` place it in a document.
    """

    start: int
    end: int
    quote: str
    value: Value | None
    low: int | float | None
    high: int | float | None
    magnitude: Magnitude | None
    qualifier: Qualifier
    kind: StatisticKind
    unit: str | None = None
    counted: str = ""
    section: str | None = None
    block: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The statistic as it stands in the JSON output."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "start": self.start, "end": self.end, "quote": self.quote, "value": value,
            "low": self.low, "high": self.high, "magnitude": self.magnitude and self.magnitude.value,
            "qualifier": self.qualifier.value, "kind": self.kind.value, "unit": self.unit,
            "counted": self.counted, "section": self.section, "block": self.block,
        }  # fmt: skip


class StatisticEvent(StrEnum):
    """What became of a statistic. A `notation` change (nine → 9) is never an alert."""

    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    NOTATION = "notation"


class StatisticChange(NamedTuple):
    """A statistic of the old document beside its counterpart in the new one; either side may be missing.

    `delta` is new − old and `ratio` new / old, both in the statistic's own unit; None where either side has no
    single number. `confidence` in 0…1 says how sure the pairing is. The sentences are those the figures stand in.
    """

    change: StatisticEvent
    old: Statistic | None
    new: Statistic | None
    old_sentence: str = ""
    new_sentence: str = ""
    delta: int | float | None = None
    ratio: float | None = None
    qualifier_changed: bool = False
    confidence: float = 1.0

    def to_dict(self) -> dict[str, object]:
        """The change as it stands in the JSON output."""
        return {
            "change": self.change.value,
            "old": self.old and self.old.to_dict(), "new": self.new and self.new.to_dict(),
            "delta": self.delta, "ratio": self.ratio, "qualifier_changed": self.qualifier_changed,
            "old_section": self.old.section if self.old else None,
            "new_section": self.new.section if self.new else None,
            "old_sentence": self.old_sentence, "new_sentence": self.new_sentence,
            "confidence": round(self.confidence, 3),
        }  # fmt: skip
