"""Alerts stay small whatever the pages hold."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.excerpts import MOST_CHARACTERS, excerpt
from monitor.alerts.rules import decide
from monitor.model.comparison import ChangeClass, Hunk, Operation
from tests.unit.alerts.samples import change, changed, comparison, context, rule


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Operation), st.text(max_size=900)), max_size=12))
def test_an_excerpt_is_bounded_and_invents_nothing(runs: list[tuple[Operation, str]]) -> None:
    hunks = [Hunk(operation, text) for operation, text in runs]

    found = excerpt(hunks)

    assert sum(len(hunk.text) for hunk in found) <= MOST_CHARACTERS + 1
    for shown, whole in zip(found, hunks, strict=False):
        assert all(
            part.strip() in whole.text
            for part in shown.text.split("…")
            if "…" not in whole.text and shown.operation is whole.operation
        )


def test_what_changed_keeps_its_neighbourhood() -> None:
    hunks = [Hunk(Operation.EQUAL, "a" * 500 + " in May "), Hunk(Operation.DELETE, "98"), Hunk(Operation.INSERT, "104"),
             Hunk(Operation.EQUAL, " people" + "b" * 500)]  # fmt: skip

    found = excerpt(hunks)

    assert found[0].text.startswith("…")
    assert found[0].text.endswith(" in May ")
    assert (found[1].text, found[2].text) == ("98", "104")
    assert found[3].text.startswith(" people")


def test_a_rewritten_report_makes_an_alert_of_bounded_size() -> None:
    huge = [change(ChangeClass.WORDING, "x" * 20_000, "ع" * 20_000) for _ in range(200)]
    found = comparison(*huge, statistics=tuple(changed(1, n, counted="y" * 10_000) for n in range(2, 400)))

    (alert,) = decide(found, [rule()], context())

    assert len(json.dumps(alert.to_dict(), ensure_ascii=False)) < 60_000
    assert alert.sightings[0].left_out == 200 + 398 - 12 - 20
