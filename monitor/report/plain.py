"""The report for a terminal, and the outline of one document. Needs no template and no colour to be read."""

from collections.abc import Iterable, Iterator

from monitor.language.words import word_count
from monitor.model.comparison import Operation
from monitor.model.document import Document, Section
from monitor.report.columns import Run, Style, wrapped
from monitor.report.excerpt import excerpt, joined
from monitor.report.shapes import ChangeCard, FigureRow, Fold, Item, Phrase, SectionCard, Segment, Tone, View
from monitor.report.visible import visible
from monitor.report.wording import wording_of

_AROUND = 120
_MARKS = {Operation.DELETE: ("[-", "-]", Style.REMOVED), Operation.INSERT: ("{+", "+}", Style.ADDED)}
_TONES = {
    Tone.FLAG: ("!", Style.FLAG), Tone.EDIT: ("≠", Style.STRONG), Tone.MOVE: ("↕", Style.MOVED),
    Tone.ADD: ("+", Style.STRONG), Tone.REMOVE: ("−", Style.STRONG), Tone.CALM: ("·", Style.PLAIN),
}  # fmt: skip


def plain(view: View, *, colour: bool, width: int) -> str:
    """The report as lines of at most `width` columns: what changed, figures first, unchanged text left out.

    Removed text stands in [-…-], added text in {+…+}, with colour or without.
    """
    return "".join(_Writer(view, colour=colour, width=max(width, 20)).report())


def outline(document: Document, *, width: int = 100) -> str:
    """What was read of a document: verdict, sections with their words and statistics, footnotes."""
    return "".join(_outline(document, width))


class _Writer:
    """Writes one view, part by part."""

    def __init__(self, view: View, *, colour: bool, width: int) -> None:
        self._view = view
        self._words = wording_of(view.wording)
        self._colour = colour
        self._width = width

    def report(self) -> Iterator[str]:
        yield from self._top()
        if self._view.figures:
            yield from self._figures()
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
        yield self._lines(*_phrase(view.headline, Style.STRONG))
        yield self._lines(Run(view.kicker, Style.SOFT))
        yield "\n"
        for warning in view.warnings:
            yield self._lines(Run("! ", Style.FLAG), *_phrase(warning, Style.FLAG), hanging="  ")
        for remark in view.summary:
            mark, style = _TONES[remark.tone]
            yield self._lines(Run(f"{mark} ", style), *_phrase(remark.phrase), hanging="  ")
        for note in view.notes:
            yield self._lines(Run(f"{self._words.say('note')}{self._words.say('colon')}{note}"), hanging="  ")

    def _figures(self) -> Iterator[str]:
        yield from self._title(self._words.say("figures"))
        for row in self._view.figures:
            yield self._lines(*self._figure(row), indent="  ", hanging="      ")
        if self._view.figures_cut:
            yield self._lines(Run(self._view.figures_cut, Style.SOFT), indent="  ")

    def _figure(self, row: FigureRow) -> Iterator[Run]:
        yield Run(row.old or "—")
        yield Run(" → ")
        yield Run(row.new or "—", Style.STRONG)
        yield Run(f"  {row.difference}")
        if row.counted:
            yield Run(f" · {row.counted}")
        yield Run(f" · {row.section.text}", Style.SOFT)

    def _section(self, card: SectionCard) -> Iterator[str]:
        yield "\n"
        symbols = " ".join(state.symbol for state in card.states) or "·"
        labels = ", ".join(state.label for state in card.states)
        yield self._lines(
            Run(f"{symbols} ", Style.STRONG), *_segments(card.heading, Style.STRONG), Run(f" ({labels})" if labels else "", Style.SOFT)
        )  # fmt: skip
        for remark in card.remarks:
            yield self._lines(
                *_phrase(remark.phrase, Style.MOVED if remark.tone is Tone.MOVE else Style.PLAIN), indent="  "
            )
        yield from self._items(card.items)

    def _items(self, items: Iterable[Item]) -> Iterator[str]:
        for item in items:
            if isinstance(item, ChangeCard):
                yield from self._change(item)
            elif not isinstance(item, Fold):
                yield self._lines(*_phrase(item.phrase, Style.SOFT), indent="  ")

    def _change(self, card: ChangeCard) -> Iterator[str]:
        for reason in card.reasons:
            flag = reason.tone is Tone.FLAG
            runs = _phrase(reason.phrase, Style.FLAG if flag else Style.SOFT)
            yield self._lines(Run("! " if flag else "  ", Style.FLAG), *runs, indent="  ", hanging="    ")
        yield self._lines(*_segments(excerpt(card.segments, _AROUND)), indent="    ")
        if card.cut:
            yield self._lines(Run(card.cut, Style.SOFT), indent="    ")

    def _still(self) -> Iterator[str]:
        still = [card.title for card in self._view.sections if card.still]
        if still:
            yield "\n"
            count = self._words.say("sections_unchanged", n=len(still))
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


def _phrase(phrase: Phrase, style: Style = Style.PLAIN) -> Iterator[Run]:
    return (Run(piece.text, Style.STRONG if piece.strong and not style else style) for piece in phrase)


def _segments(segments: Iterable[Segment], style: Style = Style.PLAIN) -> Iterator[Run]:
    for segment in joined(segments):
        if segment.operation is Operation.EQUAL:
            yield Run(segment.text, style)
        else:
            opening, closing, marked = _MARKS[segment.operation]
            yield Run(f"{opening}{segment.text}{closing}", marked)


def _outline(document: Document, width: int) -> Iterator[str]:
    verdict = document.quality.verdict.value.replace("_", " ")
    reason = f" ({visible(document.quality.reason)})" if document.quality.reason else ""
    known = [document.language, document.country, str(document.edition) if document.edition else None]
    words = sum(word_count(section.text) for section in document.sections)
    yield _line(visible(document.title) or "(no title)", width)
    yield _line(
        f"{', '.join(filter(None, known))} · {verdict}{reason} · {len(document.sections)} sections, {words:,} words",
        width,
    )
    yield _line(f"{visible(document.source)} · SHA-256 {document.sha256}", width)
    for note in document.notes:
        yield _line(f"note: {visible(note)}", width)
    for section in document.sections:
        yield from _section(section, document.language, width)
    if document.footnotes:
        yield "\nFootnotes\n"
    for footnote in document.footnotes:
        address = f" <{visible(footnote.href)}>" if footnote.href else ""
        yield _line(f"  [{visible(footnote.mark)}] {visible(footnote.text)}{address}", width, "      ")


def _section(section: Section, language: str, width: int) -> Iterator[str]:
    from monitor.stats.mentions import section_statistics

    topic = f" · {section.topic}" if section.topic else ""
    yield "\n"
    yield _line(
        f"{section.position:>2}  {visible(section.heading)} · {word_count(section.text):,} words{topic}", width, "    "
    )
    for statistic in section_statistics(section, language):
        magnitude = statistic.magnitude.value.replace("_", " ") if statistic.magnitude else ""
        yield _line(
            f"      {visible(statistic.quote)} · {statistic.kind.value} {magnitude}".rstrip()
            + f" · {visible(statistic.counted)}",
            width,
            "        ",
        )


def _line(text: str, width: int, hanging: str = "  ") -> str:
    return wrapped([Run(text)], width=width, hanging=hanging, colour=False)
