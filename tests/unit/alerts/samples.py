"""Comparisons and alerts of a fictional country's report, for the tests of rules and of deliveries."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from monitor.alerts.criteria import Context, Rule
from monitor.alerts.rules import decide
from monitor.model.alert import Alert
from monitor.model.comparison import (
    Change,
    ChangeClass,
    Comparison,
    ComparisonKind,
    Finding,
    Hunk,
    Operation,
    SectionLink,
    SectionStatus,
)
from monitor.model.document import Block, BlockKind, Document, Quality, Section, SectionId, Verdict
from monitor.model.statistic import Qualifier, Statistic, StatisticChange, StatisticEvent, StatisticKind

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TEXTS = {
    "en": ("Torture and other ill-treatment", "Police opened at least ", " new cases in Veland that year.", "new cases"),
    "es": ("Tortura y otros malos tratos", "La policía abrió al menos ", " casos nuevos en Velandia ese año.", "casos nuevos"),
    "fr": ("Torture et autres mauvais traitements", "La police a ouvert au moins ", " nouvelles affaires en Vélande.", "nouvelles affaires"),
    "ar": ("التعذيب وغيره من ضروب المعاملة السيئة", "فتحت الشرطة ما لا يقل عن ", " قضية جديدة في فيلاند ذلك العام.", "قضية جديدة"),
    "zh": ("酷刑和其他虐待", "警方当年在维兰至少立案", "起新案件。", "新案件"),
    "ru": ("Пытки и другое жестокое обращение", "Полиция возбудила не менее ", " новых дел в Веландии за год.", "новых дел"),
}  # fmt: skip
LANGUAGES = tuple(TEXTS)


def statistic(value: float, *, counted: str = "new cases", kind: StatisticKind = StatisticKind.COUNT) -> Statistic:
    """A figure in the section s1."""
    return Statistic(
        start=0, end=2, quote=f"{value}", value=value, low=value, high=None, magnitude=None,
        qualifier=Qualifier.AT_LEAST, kind=kind, counted=counted, section="s1", block=0,
    )  # fmt: skip


def changed(
    old: float | None, new: float | None, *, event: StatisticEvent | None = None, **values: object
) -> StatisticChange:
    """A figure that went from one value to another; None: it was not there."""
    if event is None:
        event = (
            StatisticEvent.ADDED if old is None else StatisticEvent.REMOVED if new is None else StatisticEvent.CHANGED
        )
    return StatisticChange(
        change=event, old=None if old is None else statistic(old, **values),  # type: ignore[arg-type]
        new=None if new is None else statistic(new, **values),  # type: ignore[arg-type]
        delta=None if old is None or new is None else new - old,
        ratio=None if not old or new is None else round(new / old, 4),
    )  # fmt: skip


def change(
    change_class: ChangeClass, old: str, new: str, *, before: str = "", after: str = "", section: str = "s1",
    findings: tuple[Finding, ...] = (),
) -> Change:  # fmt: skip
    """A paragraph in which `old` became `new`."""
    runs = [(Operation.EQUAL, before), (Operation.DELETE, old), (Operation.INSERT, new), (Operation.EQUAL, after)]
    return Change(
        change_class=change_class, old_section=SectionId(section), new_section=SectionId(section),
        old_text=before + old + after, new_text=before + new + after,
        hunks=tuple(Hunk(operation, text) for operation, text in runs if text), old_block=0, new_block=0,
        findings=findings or (Finding(change_class=change_class, old=old, new=new),),
    )  # fmt: skip


def document(
    language: str = "en", *, text: str = "", heading: str = "", edition: int = 2024, mark: str = "new"
) -> Document:
    """A report with a lead and one section on torture."""
    heading = heading or TEXTS[language][0]
    sections = (
        Section(
            id=SectionId("s0"), position=0, level=1, heading="Veland", blocks=_blocks("Veland is a small country.")
        ),
        Section(id=SectionId("s1"), position=1, level=2, heading=heading, blocks=_blocks(text), topic="torture"),
    )
    return Document(
        source=f"https://reports.example.org/{language}/veland/", language=language, title=f"Veland {edition}",
        sha256=hashlib.sha256(f"{language}{edition}{mark}{text}".encode("utf-8", "surrogatepass")).hexdigest(), sections=sections,
        direction="rtl" if language == "ar" else "ltr", quality=Quality(verdict=Verdict.REPORT), edition=edition,
    )  # fmt: skip


def comparison(
    *changes: Change, statistics: tuple[StatisticChange, ...] = (), language: str = "en", **values: object
) -> Comparison:
    """Two versions of one edition in which those changes were made."""
    _, before, after, _ = TEXTS[language]
    base = Comparison(
        kind=ComparisonKind.REVISION, old=document(language, text=before + after, mark="old"),
        new=document(language, text=before + after, mark="".join(one.new_text for one in changes)), changes=changes, statistics=statistics,
        alignment=(
            SectionLink(old=(SectionId("s0"),), new=(SectionId("s0"),), status=SectionStatus.UNCHANGED),
            SectionLink(old=(SectionId("s1"),), new=(SectionId("s1"),), status=SectionStatus.EDITED),
        ),
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]


def corrected(language: str = "en", old: float = 98, new: float = 104) -> Comparison:
    """The event of the stories: a figure is corrected silently, in that language."""
    _, before, after, counted = TEXTS[language]
    number = change(ChangeClass.NUMBER, str(old), str(new), before=before, after=after)
    return comparison(number, statistics=(changed(old, new, counted=counted),), language=language)


def rule(name: str = "figures", **values: object) -> Rule:
    """A rule that asks for everything about the report, to one mailbox."""
    return replace(Rule(name=name, channels=("desk",)), **values)  # type: ignore[arg-type]


def context(**values: object) -> Context:
    """What is known of Veland."""
    return replace(Context(target="veland", title="Veland", now=NOW), **values)  # type: ignore[arg-type]


def alert(
    language: str = "en", *, at: datetime = NOW, of: Rule | None = None, target: str = "veland", **values: object
) -> Alert:
    """The alert that a rule makes of the corrected figure."""
    found = corrected(language, **values)  # type: ignore[arg-type]
    return decide(found, [of or rule()], context(now=at, target=target, title=target.title()))[0]


def _blocks(text: str) -> tuple[Block, ...]:
    return (Block(kind=BlockKind.PARAGRAPH, text=text),)
