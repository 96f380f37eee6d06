"""Every comparison held, made anew from the bytes of both its sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from monitor.errors import ReadingError

if TYPE_CHECKING:
    from monitor.model.past import Compared
    from monitor.model.target import Key


def comparison_records(held: Iterable[Compared], profiles: Mapping[Key, str | None]) -> Iterator[dict[str, object]]:
    """The comparisons as in `diff --format json`, each with its target and the time of its new side.

    One whose bytes cannot be read any more is told in its place: {"target", …, "error"}.
    """
    from monitor.diff.comparison import compare
    from monitor.model.comparison import ComparisonKind
    from monitor.runs.reading import read_snapshot

    for one in held:
        target, language = one.page
        named = {"target": target, "language": language, "captured_at": one.captured_at.isoformat()}
        try:
            old, new = (read_snapshot(side, profiles.get(one.page)) for side in (one.old, one.new))
        except ReadingError as error:
            yield {**named, "old": one.old.sha256, "new": one.new.sha256, "error": str(error)}
            continue
        yield {**named, **compare(old, new, ComparisonKind(one.kind)).to_dict()}
