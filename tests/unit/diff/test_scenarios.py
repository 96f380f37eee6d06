"""What a reader of each language is told when something happens to a report."""

import pytest

from monitor.diff.comparison import compare
from monitor.model.comparison import Change, ChangeClass, Comparison, SectionStatus
from tests.fakes.documents import document
from tests.unit.diff.scenarios import REPORTS, Report

in_six_languages = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.language)


def _compared(report: Report, new_text: str, **details: str) -> Comparison:
    old, new = (document(text, language=report.language, **details) for text in (report.text, new_text))  # type: ignore[arg-type]
    return compare(old, new)


def _after(report: Report, event: tuple[str, str]) -> Comparison:
    assert event[0] in report.text
    return _compared(report, report.text.replace(*event))


def _only_change(comparison: Comparison) -> Change:
    (change,) = comparison.changes
    return change


def _statuses(comparison: Comparison) -> list[SectionStatus]:
    return [link.status for link in comparison.alignment if link.status is not SectionStatus.UNCHANGED]


def _classes(change: Change) -> set[ChangeClass]:
    return {finding.change_class for finding in change.findings}


@in_six_languages
def test_nothing_happens(report: Report) -> None:
    comparison = _compared(report, report.text)

    assert not comparison.changed
    assert not comparison.changes
    assert not _statuses(comparison)


@in_six_languages
def test_a_hedge_is_dropped(report: Report) -> None:
    comparison = _after(report, report.hedge)

    assert _only_change(comparison).change_class is ChangeClass.HEDGING
    assert _statuses(comparison) == [SectionStatus.EDITED]


@in_six_languages
def test_a_hedge_is_added(report: Report) -> None:
    plain = report.text.replace(*report.hedge)

    comparison = compare(document(plain, language=report.language), document(report.text, language=report.language))

    assert _only_change(comparison).change_class is ChangeClass.HEDGING


@in_six_languages
def test_a_bound_is_dropped(report: Report) -> None:
    change = _only_change(_after(report, report.at_least))

    assert change.change_class is ChangeClass.HEDGING
    assert ChangeClass.NUMBER not in _classes(change)


@in_six_languages
def test_a_hedge_gives_way_to_its_like(report: Report) -> None:
    change = _only_change(_after(report, report.synonym))

    assert not _classes(change) & {ChangeClass.HEDGING, ChangeClass.NEGATION, ChangeClass.NUMBER}


@in_six_languages
def test_an_attribution_is_dropped(report: Report) -> None:
    assert _only_change(_after(report, report.attribution)).change_class is ChangeClass.HEDGING


@in_six_languages
def test_a_negation_is_dropped(report: Report) -> None:
    assert _only_change(_after(report, report.negation)).change_class is ChangeClass.NEGATION


@in_six_languages
def test_a_negation_is_added(report: Report) -> None:
    affirmed = report.text.replace(*report.negation)

    comparison = compare(document(affirmed, language=report.language), document(report.text, language=report.language))

    assert _only_change(comparison).change_class is ChangeClass.NEGATION


@in_six_languages
def test_a_figure_is_corrected(report: Report) -> None:
    change = _only_change(_after(report, report.figure))

    assert change.change_class is ChangeClass.NUMBER
    assert [hunk.text for hunk in change.hunks if hunk.operation != "="] == list(report.figure)


@in_six_languages
def test_a_date_is_corrected(report: Report) -> None:
    change = _only_change(_after(report, report.date))

    assert change.change_class is ChangeClass.DATE
    assert [hunk.text for hunk in change.hunks if hunk.operation != "="] == list(report.date)


@in_six_languages
def test_a_name_is_respelled(report: Report) -> None:
    if report.name is None:  # a script without capitals: no name is claimed
        return
    assert _only_change(_after(report, report.name)).change_class is ChangeClass.NAME


@in_six_languages
def test_a_word_is_replaced(report: Report) -> None:
    change = _only_change(_after(report, report.wording))

    assert _classes(change) == {ChangeClass.WORDING}


@in_six_languages
def test_a_sentence_that_hedges_and_denies_is_new(report: Report) -> None:
    joint = "" if report.language == "zh" else " "

    change = _only_change(_after(report, (report.split_after, report.split_after + joint + report.new_sentence)))

    assert not _classes(change) & {ChangeClass.HEDGING, ChangeClass.NEGATION}
    assert [hunk.text.strip() for hunk in change.hunks if hunk.operation != "="] == [report.new_sentence]


@in_six_languages
def test_a_heading_is_renamed(report: Report) -> None:
    comparison = _after(report, report.heading)

    (renamed,) = [link for link in comparison.alignment if link.renamed]
    change = _only_change(comparison)
    assert renamed.status is SectionStatus.UNCHANGED
    assert not renamed.moved
    assert (change.old_text, change.new_text) == report.heading
    assert (change.old_block, change.new_block) == (None, None)


@in_six_languages
def test_a_section_is_moved(report: Report) -> None:
    first, *sections = [f"# {part}" for part in report.text.split("# ")[1:]]
    last = sections.pop()
    assert report.moved in last

    comparison = _compared(report, "".join([last, first, *sections]))

    old = {section.id: section.heading for section in comparison.old.sections}
    assert [old[link.old[0]] for link in comparison.alignment if link.moved] == [report.moved]
    assert not _statuses(comparison)
    assert comparison.changed
    assert not comparison.changes


@in_six_languages
def test_a_paragraph_is_split(report: Report) -> None:
    comparison = _after(report, (report.split_after, report.split_after + "\n"))

    assert not comparison.changed
    assert not comparison.changes


@in_six_languages
def test_a_paragraph_is_split_and_edited(report: Report) -> None:
    edited = report.text.replace(report.split_after, report.split_after + "\n").replace(*report.figure)

    change = _only_change(_compared(report, edited))

    assert change.change_class is ChangeClass.NUMBER


@in_six_languages
def test_a_paragraph_is_removed(report: Report) -> None:
    line = next(line for line in report.text.splitlines() if report.negation[0] in line)

    comparison = _after(report, (line, ""))

    change = _only_change(comparison)
    assert change.change_class is ChangeClass.REMOVED
    assert (change.old_text, change.new_text, change.new_block) == (line.strip(), "", None)
    assert change.new_section is not None
    assert _statuses(comparison) == [SectionStatus.EDITED]


@in_six_languages
def test_a_paragraph_goes_to_another_section(report: Report) -> None:
    line = next(line for line in report.text.splitlines() if report.negation[0] in line)
    moved = report.text.replace(line, "").rstrip() + "\n" + line

    comparison = _compared(report, moved)

    change = _only_change(comparison)
    assert change.change_class is ChangeClass.MOVED
    assert change.moved
    assert _statuses(comparison) == [SectionStatus.EDITED, SectionStatus.EDITED]


@in_six_languages
def test_a_section_is_removed_and_another_added(report: Report) -> None:
    parts = report.text.split("# ")
    comparison = compare(
        document("# ".join(parts[:-1]), language=report.language),
        document("# ".join([*parts[:-2], parts[-1]]), language=report.language),
    )

    assert sorted(_statuses(comparison)) == [SectionStatus.ADDED, SectionStatus.REMOVED]
    assert sorted(change.change_class for change in comparison.changes) == [ChangeClass.ADDED, ChangeClass.REMOVED]
