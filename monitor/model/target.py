"""What is followed: targets, and the page of each in each language."""

from dataclasses import dataclass

Key = tuple[str, str]
"""A page's name in two parts: (target, language)."""

_ID_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One language of one target, at one address. Followed by (target, language): its address may change.

    `profile` names the site profile; None leaves the choice to the address. `former` are the addresses that it had
    before, for archives; `*` in one stands for any characters.
    """

    target: str
    language: str
    url: str
    profile: str | None = None
    former: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """How the page is named in a document reference: "russia/en"."""
        return f"{self.target}/{self.language}"

    @property
    def site(self) -> str:
        """The host of its address, whatever its port: what politeness and redesigns are counted by."""
        authority = self.url.partition("//")[2].partition("/")[0].lower()
        return authority if authority.endswith("]") else authority.rpartition(":")[0] or authority


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A report followed over time. `id` is a slug of at most 64 of `a-z 0-9 -` (see `is_target_id`), `source` the
    language that the others are translated from."""

    id: str
    title: str
    pages: tuple[Page, ...]
    source: str = "en"


def is_target_id(text: str) -> bool:
    """True for a name that is safe in references, addresses and file names."""
    return 0 < len(text) <= 64 and _ID_CHARACTERS.issuperset(text) and text.strip("-") == text
