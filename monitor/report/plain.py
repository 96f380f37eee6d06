"""The report for a terminal. Needs no template and no colour to be read."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from monitor.model.comparison import Operation
from monitor.report.columns import Run, Style, columns, wrapped
from monitor.report.excerpt import excerpt, joined
from monitor.report.shapes import (
    Beside,
    ChangeCard,
    FigureRow,
    Fold,
    Item,
    Phrase,
    SectionCard,
    Segment,
    Tone,
    View,
)
from monitor.report.wording import wording_of

if TYPE_CHECKING:
    from monitor.report.facts import EditionPart, FigureGroup, NameGroup

_AROUND = 120
_NAMED_FIGURES = 12
_MARKS = {Operation.DELETE: ("[-", "-]", Style.REMOVED), Operation.INSERT: ("{+", "+}", Style.ADDED)}
TONES = {
    Tone.FLAG: ("!", Style.FLAG), Tone.EDIT: ("≠", Style.STRONG), Tone.MOVE: ("↕", Style.MOVED),
    Tone.ADD: ("+", Style.STRONG), Tone.REMOVE: ("−", Style.STRONG), Tone.CALM: ("·", Style.PLAIN),
}  # fmt: skip


def plain(view: View, *, colour: bool, width: int) -> str:
    """The report as lines of at most `width` columns: what changed, figures first, unchanged text left out.

    Removed text stands in [-…-], added text in {+…+}, with colour or without.
    """
    return "".join(_Writer(view, colour=colour, width=max(width, 20)).report())


class _Writer:
    """Writes one view, part by part."""

    def __init__(self, view: View, *, colour: bool, width: int) -> None:
        self._view = view
        self._words = wording_of(view.wording)
        self._colour = colour
        self._width = width

    def report(self) -> Iterator[str]:
        yield from self._top()
        if self._view.edition:
            yield from self._subjects(self._view.edition)
        if self._view.figures or self._view.figure_groups:
            yield from self._figures()
        if self._view.edition:
            yield from self._all_names(self._view.edition)
        for card in self._view.sections:
            if not card.still:
                yield from self._section(card)
        if self._view.footnotes:
            yield from self._title(self._words.say("footnotes"))
            yield from self._items(self._view.footnotes)
        yield from self._still()
        yield from self._foot()

    def _lines(self, *runs: Run, indent: str = "", hanging: str | None = None) -> str:
        return wrapped(runs, width=self._width, indent=indent, hanging=hanging, colour=self._colour)

    def _title(self, text: str) -> Iterator[str]:
        yield "\n"
        yield self._lines(Run(text, Style.STRONG))

    def _top(self) -> Iterator[str]:
        view = self._view
        yield self._lines(*phrase_runs(view.headline, Style.STRONG))
        yield self._lines(Run(view.kicker, Style.SOFT))
        yield "\n"
        for warning in view.warnings:
            yield self._lines(Run("! ", Style.FLAG), *phrase_runs(warning, Style.FLAG), hanging="  ")
        for remark in view.summary:
            mark, style = TONES[remark.tone]
            yield self._lines(Run(f"{mark} ", style), *phrase_runs(remark.phrase), hanging="  ")
        for note in view.notes:
            label = Run(f"{self._words.say('note')}{self._words.say('colon')}")
            yield self._lines(label, *phrase_runs(note), hanging="  ")
        if view.keys:
            yield "\n"
        for key in view.keys:
            yield self._lines(Run(f"{key.value} ", Style.STRONG), Run(key.label), indent="  ", hanging="      ")

    def _subjects(self, part: "EditionPart") -> Iterator[str]:
        yield from self._title(f"{self._words.say('subjects')} ({self._words.say('key_words')})")
        widest = max((columns(row.old_words) for row in part.subjects), default=1)
        for row in part.subjects:
            old, new = (" · ".join(piece.text for piece in side) for side in (row.old, row.new))
            became = f"{old} → {new}" if row.became else new or old
            symbols = " ".join(state.symbol for state in row.states) or "·"
            labels = ", ".join(state.label for state in row.states)
            lengths = f"{row.old_words or '—':>{widest}} → {row.new_words or '—':<{widest}}  {row.change:>5}"
            yield self._lines(
                Run(f"{symbols:<3} {lengths}  "), Run(became, Style.STRONG), Run(f" ({labels})" if labels else "", Style.SOFT),
                indent="  ", hanging="      ",
            )  # fmt: skip

    def _all_names(self, part: "EditionPart") -> Iterator[str]:
        if part.names:
            yield from self._title(self._words.say("names"))
        for kind in part.names:
            yield self._lines(Run(kind.label, Style.STRONG), indent="  ")
            yield from self._names(kind.groups, indent="    ")
        if part.sources:
            yield from self._title(self._words.say("sources"))
            yield from self._names(part.sources, indent="  ")

    def _names(self, groups: "Iterable[NameGroup]", *, indent: str) -> Iterator[str]:
        for group in groups:
            names = [f"{name.name} ({name.times})" if name.times else name.name for name in group.names]
            listed = self._words.sentences["list_comma"].join([*names, *([group.cut] if group.cut else [])])
            yield self._lines(
                Run(f"{group.label}{self._words.say('colon')}", Style.STRONG),
                Run(listed),
                indent=indent,
                hanging=f"{indent}    ",
            )

    def _figures(self) -> Iterator[str]:
        kind = self._view.kind
        yield from self._title(self._words.say("figures" if kind == "revision" else f"figures_{kind}"))
        for row in self._view.figures:
            yield self._lines(*self._figure(row), indent="  ", hanging="      ")
            if row.old_sentence:
                for label, sentence in ((self._view.old.label, row.old_sentence), (self._view.new.label, row.sentence)):
                    runs = (
                        Run(f"{label}{self._words.say('colon')}"),
                        Run(sentence[0]),
                        Run(sentence[1], Style.STRONG),
                        Run(sentence[2]),
                    )
                    yield self._lines(*runs, indent="      ", hanging="        ")
        if self._view.figures_cut:
            yield self._lines(Run(self._view.figures_cut, Style.SOFT), indent="  ")
        for group in self._view.figure_groups:
            yield self._lines(*self._group(group), indent="  ", hanging="      ")

    def _group(self, group: "FigureGroup") -> Iterator[Run]:
        """The figures of one side: named if they are few, else only counted."""
        yield Run(group.label)
        if len(group.rows) <= _NAMED_FIGURES:
            stated = (f"{row.new or row.old} {row.counted}".rstrip() for row in group.rows)
            yield Run(f"{self._words.say('colon')}{self._words.sentences['list_heavy'].join(stated)}", Style.SOFT)

    def _figure(self, row: FigureRow) -> Iterator[Run]:
        yield Run(row.old or "—")
        yield Run(" → ")
        yield Run(row.new or "—", Style.STRONG)
        yield Run(f"  {row.difference}")
        if row.counted:
            yield Run(f" · {row.counted}")
        sure = f" · {self._words.say('column_sure')} {row.sure}" if row.sure else ""
        yield Run(f" · {row.section.text}{sure}", Style.SOFT)

    def _section(self, card: SectionCard) -> Iterator[str]:
        yield "\n"
        symbols = " ".join(state.symbol for state in card.states) or "·"
        labels = ", ".join(filter(None, [*(state.label for state in card.states), card.measure]))
        beside = f" · {card.beside.text}" if card.beside else ""
        yield self._lines(
            Run(f"{symbols} ", Style.STRONG), *_segments(card.heading, Style.STRONG), Run(beside),
            Run(f" ({labels})" if labels else "", Style.SOFT),
        )  # fmt: skip
        for remark in card.remarks:
            yield self._lines(
                *phrase_runs(remark.phrase, Style.MOVED if remark.tone is Tone.MOVE else Style.PLAIN), indent="  "
            )
        yield from self._items(card.items)

    def _items(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            if isinstance(item, ChangeCard):
                yield from self._change(item)
            elif isinstance(item, Beside):
                yield from self._beside(item)
            elif not isinstance(item, Fold):
                yield self._lines(*phrase_runs(item.phrase, Style.SOFT), indent="  ")

    def _change(self, card: ChangeCard) -> Iterator[str]:
        for reason in card.reasons:
            flag = reason.tone is Tone.FLAG
            runs = phrase_runs(reason.phrase, Style.FLAG if flag else Style.SOFT)
            yield self._lines(Run("! " if flag else "  ", Style.FLAG), *runs, indent="  ", hanging="    ")
        yield self._lines(*_segments(excerpt(card.segments, _AROUND)), indent="    ")
        if card.cut:
            yield self._lines(Run(card.cut, Style.SOFT), indent="    ")

    def _beside(self, item: Beside) -> Iterator[str]:
        """What stands on one side only; what is folded is left out."""
        for side in (0, 1):
            texts = [text for row in item.rows for text in row[side]] if not item.label else []
            if texts:
                yield self._lines(
                    Run(f"{item.heads[side]}{self._words.say('colon').rstrip()}", Style.SOFT), indent="  "
                )
            for text in texts:
                yield self._lines(*_segments(text.segments), indent="    ")
        if item.cut:
            yield self._lines(Run(item.cut, Style.SOFT), indent="    ")

    def _still(self) -> Iterator[str]:
        still = [card.title for card in self._view.sections if card.still]
        if still:
            yield "\n"
            key = "sections_agreeing" if self._view.kind == "translation" else "sections_unchanged"
            count = self._words.say(key, n=len(still))
            yield self._lines(Run(f"{count}{self._words.say('colon')}{' · '.join(still)}", Style.SOFT), hanging="  ")

    def _foot(self) -> Iterator[str]:
        yield "\n"
        for side in (self._view.old, self._view.new):
            yield self._lines(
                Run(f"{side.label}{self._words.say('colon')}{side.source} (SHA-256 {side.sha256[:16]})", Style.SOFT),
                hanging="  ",
            )
        if self._view.not_counted:
            yield self._lines(Run(self._view.not_counted, Style.SOFT))


def phrase_runs(phrase: Phrase, style: Style = Style.PLAIN) -> Iterator[Run]:
    return (Run(piece.text, Style.STRONG if piece.strong and not style else style) for piece in phrase)


def _segments(segments: Iterable[Segment], style: Style = Style.PLAIN) -> Iterator[Run]:
    for segment in joined(segments):
        if segment.operation is Operation.EQUAL:
            yield Run(segment.text, style)
        else:
            opening, closing, marked = _MARKS[segment.operation]
            yield Run(f"{opening}{segment.text}{closing}", marked)
