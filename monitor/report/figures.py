"""The table of figures: every statistic that changed, came or went, with its sentence."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from monitor.model.comparison import Comparison, ComparisonKind
from monitor.model.document import Document
from monitor.model.statistic import Qualifier, Statistic, StatisticChange, StatisticEvent, StatisticKind
from monitor.report.shapes import FigureRow, Piece, Tone
from monitor.report.visible import visible
from monitor.report.wording import Wording

if TYPE_CHECKING:
    from monitor.report.facts import FigureGroup

MOST_ROWS = 300
_AROUND = 140
_LONGEST_COUNTED = 90
_ORDER = {StatisticEvent.CHANGED: 0, StatisticEvent.ADDED: 1, StatisticEvent.REMOVED: 2}


def shown_statistics(comparison: Comparison) -> list[StatisticChange]:
    """The statistics a report speaks of, changed amounts first: not those that only moved or are written otherwise."""
    shown = [change for change in comparison.statistics if change.change in _ORDER]
    return sorted(shown, key=lambda change: (_ORDER[change.change], not change.delta))


def rows(comparison: Comparison, words: Wording, anchors: Mapping[str, str]) -> tuple[FigureRow, ...]:
    """The first MOST_ROWS rows of the table; only figures that both sides state where those of one side have groups of
    their own (see `groups`). `anchors` name the card of each section, by side and id."""
    shown = shown_statistics(comparison)
    if comparison.kind is not ComparisonKind.REVISION:
        shown = by_place(shown, comparison)
    return tuple(_row(change, comparison, words, anchors) for change in shown[:MOST_ROWS])


def left_out(comparison: Comparison) -> int:
    """How many rows the table leaves out."""
    shown = shown_statistics(comparison)
    both = comparison.kind is ComparisonKind.REVISION
    return max(0, sum(both or change.change is StatisticEvent.CHANGED for change in shown) - MOST_ROWS)


def groups(comparison: Comparison, words: Wording, anchors: Mapping[str, str]) -> "tuple[FigureGroup, ...]":
    """The figures that only one of two editions or languages states, grouped by side."""
    if comparison.kind is ComparisonKind.REVISION:
        return ()
    from monitor.report.facts import FigureGroup

    shown = shown_statistics(comparison)
    found = []
    for event, document in ((StatisticEvent.ADDED, comparison.new), (StatisticEvent.REMOVED, comparison.old)):
        own = [change for change in shown if change.change is event]
        if own:
            left_out = len(own) - MOST_ROWS
            found.append(FigureGroup(
                label=words.say("figures_only", n=len(own), side=side_name(document, comparison, words)),
                rows=tuple(_row(change, comparison, words, anchors) for change in own[:MOST_ROWS]),
                cut=words.say("figures_more", n=left_out) if left_out > 0 else "",
            ))  # fmt: skip
    return tuple(found)


def by_place(shown: Iterable[StatisticChange], comparison: Comparison) -> list[StatisticChange]:
    """The changed figures in the order of the new text."""
    position = {str(section.id): section.position for section in comparison.new.sections}

    def place(statistic: Statistic | None) -> tuple[int, int, int]:
        return (position[statistic.section or ""], statistic.block or 0, statistic.start) if statistic else (-1, 0, 0)

    return sorted((c for c in shown if c.change is StatisticEvent.CHANGED), key=lambda change: place(change.new))


def side_name(document: Document, comparison: Comparison, words: Wording) -> str:
    """What tells a side of two editions or languages from the other: its year, its language, or that it is the new one."""
    if comparison.kind is ComparisonKind.TRANSLATION:
        return words.language(document.language)
    return str(document.edition or words.say("side_new" if document is comparison.new else "side_old"))


def difference(change: StatisticChange, words: Wording) -> str:
    """What the change amounts to: "+15 (+8.8%)", "limit dropped"; "" if the two sides only read differently."""
    parts = []
    if change.delta and change.old:
        parts.append(_amount(change, words))
    if change.old and change.new and change.old.qualifier is not change.new.qualifier:
        parts.append(words.say(_bound(change.old.qualifier, change.new.qualifier)))
    return words.sentences["list_comma"].join(parts)


def _row(change: StatisticChange, comparison: Comparison, words: Wording, anchors: Mapping[str, str]) -> FigureRow:
    new = change.change is not StatisticEvent.REMOVED
    statistic, sentence = (change.new, change.new_sentence) if new else (change.old, change.old_sentence)
    both = comparison.kind is not ComparisonKind.REVISION and change.old is not None and change.new is not None
    return FigureRow(
        section=_section(comparison, statistic, anchors, new=new), counted=_counted(statistic),
        old=visible(change.old.quote) if change.old else "", new=visible(change.new.quote) if change.new else "",
        difference=_event(change, words), direction=_direction(change), sentence=_around(sentence, statistic),
        old_language=comparison.old.language, new_language=comparison.new.language,
        tone=Tone.ADD if change.old is None else Tone.EDIT if new else Tone.REMOVE,
        old_sentence=_around(change.old_sentence, change.old) if both else None,
        sure=words.percent(round(change.confidence * 100)) if both else "",
    )  # fmt: skip


def _section(comparison: Comparison, statistic: Statistic | None, anchors: Mapping[str, str], *, new: bool) -> Piece:
    document = comparison.new if new else comparison.old
    name = statistic.section if statistic else None
    heading = next((section.heading for section in document.sections if section.id == name), "")
    return Piece(
        text=visible(heading), language=document.language, anchor=anchors.get(f"{'+' if new else '-'}{name}", "")
    )


def _counted(statistic: Statistic | None) -> str:
    counted = visible(statistic.counted if statistic else "")
    return counted if len(counted) <= _LONGEST_COUNTED else f"{counted[:_LONGEST_COUNTED].rstrip()} …"


def _event(change: StatisticChange, words: Wording) -> str:
    if change.change is StatisticEvent.ADDED:
        return words.say("figure_new")
    if change.change is StatisticEvent.REMOVED:
        return words.say("figure_gone")
    return difference(change, words) or words.say("figure_other")


def _amount(change: StatisticChange, words: Wording) -> str:
    delta = change.delta or 0
    if change.old and change.old.kind is StatisticKind.PERCENT:
        return words.say("points", amount=words.number(delta, signed=True))
    amount = words.number(delta, signed=True)
    if change.ratio is None:
        return amount
    return words.say("amount_and_share", amount=amount, share=words.percent((change.ratio - 1) * 100, signed=True))


def _direction(change: StatisticChange) -> str:
    if not change.delta:
        return ""
    return "up" if change.delta > 0 else "down"


def _bound(old: Qualifier, new: Qualifier) -> str:
    if new is Qualifier.EXACT:
        return "bound_dropped"
    return "bound_added" if old is Qualifier.EXACT else "bound_changed"


def _around(sentence: str, statistic: Statistic | None) -> tuple[str, str, str]:
    quote = statistic.quote if statistic else ""
    at = sentence.find(quote) if quote else -1
    if at < 0:
        return visible(sentence[: 2 * _AROUND]) + ("…" if len(sentence) > 2 * _AROUND else ""), "", ""
    before, after = sentence[:at], sentence[at + len(quote) :]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:]
    if len(after) > _AROUND:
        after = after[:_AROUND] + "…"
    return visible(before), visible(quote), visible(after)
