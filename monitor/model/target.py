"""What is followed: targets, and the page of each in each language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from monitor.errors import InputError

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
    def key(self) -> Key:
        """Its name in two parts."""
        return self.target, self.language

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


def named_pages(targets: Sequence[Target], names: Collection[str]) -> tuple[Page, ...]:
    """The pages of the named targets ("russia") and pages ("russia/en"), each once, in the order of the targets; without
    names all. Raises InputError for a name that is none."""
    known = {page.name for target in targets for page in target.pages} | {target.id for target in targets}
    for name in names:
        if name not in known:
            raise InputError(f"{name}: {_unknown(name, targets, known)}")
    return tuple(
        page for target in targets for page in target.pages if not names or target.id in names or page.name in names
    )


def _unknown(name: str, targets: Sequence[Target], known: Collection[str]) -> str:
    from difflib import get_close_matches

    for target in targets:
        if name.startswith(f"{target.id}/"):
            followed = ", ".join(page.language for page in target.pages)
            return f"is not followed in that language; {target.id} is in {followed}"
    near = get_close_matches(name, sorted(known), 1)
    meant = f"did you mean {near[0]}?" if near else f"known are {', '.join(target.id for target in targets)}"
    return f"is no target of the configuration; {meant}"
