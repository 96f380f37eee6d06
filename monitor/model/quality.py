"""The verdict on a page: is it the report at all?"""

from enum import StrEnum
from typing import NamedTuple


class Verdict(StrEnum):
    """Whether a page is the report at all, and if not, what it is instead.

    A page whose bytes are no document has no reading; what is kept of it is marked as unreadable. A page that lost
    most of its text or outline is unconfirmed until a second look, some time later, finds the same. If many pages of
    its site did at once, it is unaccepted until the operator accepts it. A page that is taken for something else and
    is believed all the same, because looks agree or the operator says so, is accepted.
    """

    REPORT = "report"
    BLOCK_PAGE = "block_page"
    COOKIE_WALL = "cookie_wall"
    MAINTENANCE = "maintenance"
    NOT_FOUND = "not_found"
    EMPTY = "empty"
    TRUNCATED = "truncated"
    WRONG_LANGUAGE = "wrong_language"
    UNREADABLE = "unreadable"
    UNCONFIRMED = "unconfirmed"
    UNACCEPTED = "unaccepted"
    ACCEPTED = "accepted"

    @property
    def is_report(self) -> bool:
        """True if the page may become the base of a comparison."""
        return self in (Verdict.REPORT, Verdict.ACCEPTED)

    @property
    def waits(self) -> bool:
        """True if the page may well be the report, and a second look or the operator decides."""
        return self in (Verdict.UNCONFIRMED, Verdict.UNACCEPTED)

    @property
    def is_doubtful(self) -> bool:
        """True if the page waits, or says for itself that there is none: a report may have gone for good."""
        return self.waits or self is Verdict.NOT_FOUND


class Quality(NamedTuple):
    """The verdict on a reading, with its reason in one sentence (empty for a report)."""

    verdict: Verdict
    reason: str = ""

    @property
    def is_report(self) -> bool:
        """True if the page may become the base of a comparison."""
        return self.verdict.is_report
