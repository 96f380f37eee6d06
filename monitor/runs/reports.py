"""The full report of a comparison that is held, made anew from the bytes of both sides."""

from monitor.model.comparison import Comparison
from monitor.model.ports import Store
from monitor.runs.reading import read_snapshot


def stored_comparison(store: Store, name: str) -> Comparison:
    """The comparison of that name, made anew.

    Raises:
        UnknownReferenceError: none of that name is held. ReadingError: a side is no document any more.
    """
    from monitor.diff.comparison import compare

    old, new = store.sides(name)
    return compare(read_snapshot(old), read_snapshot(new))


def report_page(store: Store, name: str, wording: str) -> bytes:
    """The report as a page in the words of that language. Raises what `stored_comparison` raises."""
    from monitor.report.page import page
    from monitor.report.view import view

    return page(view(stored_comparison(store, name), wording=wording)).encode()
