"""What the rules would have said about what is held, version by version. Nothing is sent or kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from monitor.alerts.criteria import Context, Rule
from monitor.alerts.rules import Explanation, explain
from monitor.diff.comparison import compare
from monitor.errors import UnknownReferenceError
from monitor.model.comparison import Comparison
from monitor.model.ports import Store
from monitor.model.target import Page, Target
from monitor.runs.translations import stands_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """A change that is held, with what each rule says about it."""

    page: Page
    at: datetime
    comparison: Comparison
    explanations: tuple[Explanation, ...]


def rehearse(store: Store, targets: Sequence[Target], rules: Sequence[Rule]) -> Iterator[Rehearsed]:
    """Every change held of the targets, page by page, oldest first; pages of which nothing is held are passed over."""
    for target in targets:
        for page in target.pages:
            yield from _of_page(store, target, page, rules)


def _of_page(store: Store, target: Target, page: Page, rules: Sequence[Rule]) -> Iterator[Rehearsed]:
    key = page.key
    try:
        rows = [row for row in store.captures(key) if row.version is not None]
    except UnknownReferenceError:
        return
    profiles: Mapping[tuple[str, str], str | None] = {key: page.profile}
    stands = stands_of(store, key, rows, profiles)
    seen = {stands[0].document.sha256: stands[0].since} if stands else {}
    for before, after in pairwise(stands):
        comparison = compare(before.document, after.document)
        returned_to = seen.get(after.document.sha256)
        seen.setdefault(after.document.sha256, after.since)
        context = Context(target=target.id, title=target.title, now=after.since, returned_to=returned_to)
        said = explain(comparison, rules, context)
        yield Rehearsed(page=page, at=after.since, comparison=comparison, explanations=said)
