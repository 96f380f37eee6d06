"""What the demo tells at each stage, and what the program has to find there. Pure: knows no server and no store."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.diff.languages import Languages
from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind, SectionStatus


class Expected(StrEnum):
    """What a check has to make of one page."""

    FIRST = "first"
    UNCHANGED = "unchanged"
    CORRECTED = "corrected"
    MISCORRECTED = "miscorrected"
    PUT_RIGHT = "put_right"
    NEW_EDITION = "new_edition"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stage: its name for files, its heading, what the site's owner did, and what must be found.

    A language that `expected` does not name has to be found unchanged. Of the languages side by side, `lagging` have
    not followed a change of the English text, `outliers` stand alone with a figure, `apart` carry another edition.
    """

    stage: Stage
    name: str
    heading: str
    told: str
    expected: Mapping[str, Expected] = field(default_factory=dict)
    lagging: frozenset[str] = frozenset()
    outliers: frozenset[str] = frozenset()
    apart: frozenset[str] = frozenset()

    def expects(self, language: str) -> Expected:
        """What the check has to make of the page in that language."""
        return self.expected.get(language, Expected.UNCHANGED)


STEPS = (
    Step(
        stage=Stage.FIRST_EDITION, name="first-fetch", heading="The report is met for the first time",
        told="A fictional publisher serves “Norvania 2024” in six languages.",
        expected=dict.fromkeys(LANGUAGES, Expected.FIRST),
    ),
    Step(
        stage=Stage.NOISE, name="noise", heading="Every byte differs, no word does",
        told="New tokens, ids and cookie banner; no-break spaces, soft hyphens, entities, decomposed letters.",
    ),
    Step(
        stage=Stage.SILENT_CORRECTION, name="silent-correction", heading="A silent correction",
        told="In English, Spanish and Chinese a figure changes (171 → 186), “reportedly” and an “at least” go, a “not” "
             "goes, one section moves up, another gets a new heading. Nothing says so on the page.",
        expected=dict.fromkeys(("en", "es", "zh"), Expected.CORRECTED), lagging=frozenset({"fr", "ar", "ru"}),
    ),
    Step(
        stage=Stage.TRANSLATION_LAGS, name="lagging-translation", heading="Translations lag, and one gets it wrong",
        told="French follows, but says 168 where the others say 186. Arabic and Russian still carry the old text.",
        expected={"fr": Expected.MISCORRECTED}, lagging=frozenset({"ar", "ru"}), outliers=frozenset({"fr"}),
    ),
    Step(
        stage=Stage.MAINTENANCE, name="maintenance", heading="A new look, and a page that is not the report",
        told="The site is relaunched in a new theme. In Russian it answers “scheduled maintenance”, with status 200.",
        expected={"ru": Expected.SET_ASIDE},
    ),
    Step(
        stage=Stage.TRANSLATIONS_FOLLOW, name="translations-follow", heading="The translations follow",
        told="Arabic and Russian take over the correction, and French puts its figure right.",
        expected={"ar": Expected.CORRECTED, "ru": Expected.CORRECTED, "fr": Expected.PUT_RIGHT},
    ),
    Step(
        stage=Stage.NEW_EDITION, name="new-edition", heading="A new edition, in English first",
        told="At the same address stands “Norvania 2025”: almost every sentence is new.",
        expected={"en": Expected.NEW_EDITION}, apart=frozenset({"es", "fr", "ar", "zh", "ru"}),
    ),
    Step(
        stage=Stage.NEW_EDITION_TRANSLATED, name="new-edition-translated", heading="The new edition in all languages",
        told="The other five languages follow.",
        expected=dict.fromkeys(("es", "fr", "ar", "zh", "ru"), Expected.NEW_EDITION),
    ),
)  # fmt: skip


def problems(expected: Expected, comparison: Comparison) -> list[str]:
    """What the comparison should have found and did not, a line each; empty if all is well."""
    match expected:
        case Expected.CORRECTED:
            return list(_correction_problems(comparison, "186"))
        case Expected.MISCORRECTED:
            return list(_correction_problems(comparison, "168"))
        case Expected.PUT_RIGHT:
            return (
                [] if _figures(comparison) == {("168", "186")} else ["the figure put right (168 → 186) was not found"]
            )
        case Expected.NEW_EDITION:
            return list(_edition_problems(comparison))
        case _:
            return ["a change was found where there is none"] if comparison.changed else []


def language_problems(step: Step, languages: Languages) -> list[str]:
    """What the languages side by side should have shown and did not, a line each; empty if all is well."""
    found = {
        "lagging": {lag.language for lag in languages.lags},
        "outliers": {language for judgement in languages.judgements for language in judgement.outliers},
        "apart": {document.language for document in languages.apart},
    }
    wanted = {"lagging": step.lagging, "outliers": step.outliers, "apart": step.apart}
    return [
        f"{name} languages are {', '.join(sorted(found[name])) or 'none'}, not {', '.join(sorted(wanted[name])) or 'none'}"
        for name in wanted if found[name] != wanted[name]
    ]  # fmt: skip


def _correction_problems(comparison: Comparison, figure: str) -> Iterator[str]:
    classes = {finding.change_class for change in comparison.changes for finding in change.findings}
    if comparison.kind is not ComparisonKind.REVISION:
        yield f"the comparison is of kind {comparison.kind.value}, not revision"
    if ("171", figure) not in _figures(comparison):
        yield f"the changed figure (171 → {figure}) was not found"
    for missing in {ChangeClass.HEDGING, ChangeClass.NEGATION} - classes:
        yield f"a change of class {missing.value} was not found"
    moved = [link for link in comparison.alignment if link.moved]
    renamed = [link for link in comparison.alignment if link.renamed]
    edited = [link for link in comparison.alignment if link.status is not SectionStatus.UNCHANGED]
    if (len(edited), len(moved), len(renamed)) != (4, 1, 1):
        yield f"{len(edited)} sections edited, {len(moved)} moved, {len(renamed)} renamed, not 4, 1 and 1"


def _edition_problems(comparison: Comparison) -> Iterator[str]:
    if comparison.kind is not ComparisonKind.EDITION:
        yield f"the comparison is of kind {comparison.kind.value}, not edition"
    if (comparison.old.edition, comparison.new.edition) != (2024, 2025):
        yield f"the editions are {comparison.old.edition} and {comparison.new.edition}, not 2024 and 2025"
    gone = {comparison.old.section(key).topic for link in comparison.alignment if not link.new for key in link.old}
    if "death_penalty" not in gone:
        yield "the section that is gone (death penalty) was not found"


def _figures(comparison: Comparison) -> set[tuple[str, str]]:
    """The changed figures, as digits before and after."""
    return {
        (finding.old, finding.new)
        for change in comparison.changes
        for finding in change.findings
        if finding.change_class is ChangeClass.NUMBER
    }
