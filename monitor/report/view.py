"""The view of a comparison: every decision about a report. The formats only lay out what stands in it."""

from typing import TYPE_CHECKING

from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind
from monitor.model.document import Document
from monitor.report import figures, sections, summary
from monitor.report.items import footnotes
from monitor.report.scene import Scene, scene
from monitor.report.shapes import Phrase, Piece, Remark, SectionCard, Side, View
from monitor.report.visible import visible, web_address
from monitor.report.wording import Wording, wording_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monitor.diff.languages import Languages
    from monitor.model.note import Note
    from monitor.report.facts import EditionPart
    from monitor.report.held import SmallGrid


def view(
    comparison: Comparison, *, wording: str = "en", typography: bool = False, moments: tuple[str, str] | None = None,
    languages: "Languages | None" = None,
) -> View:  # fmt: skip
    """The comparison as its reader should meet it, in the words of that language (English if there is no wording).

    `typography` also shows what differs in white space, quotes and the like. `moments` are the times (ISO 8601) at
    which the two sides were captured, by default what the documents know; without them no date is told. Of `languages`, all
    those of the target, a revision tells those that have not followed, a new edition has all in a small grid. Texts of any size give a view of bounded size: what is
    left out is counted in its place.
    """
    words = wording_of(wording)
    comparison = comparison._replace(old=_titled(comparison.old), new=_titled(comparison.new))
    moments = moments or _moments(comparison)
    found = scene(comparison, words, typography=typography)
    cards = sections.cards(found)
    rows = figures.rows(comparison, words, found.anchors)
    left_out = figures.left_out(comparison)
    old_moment, new_moment = words.moments(*moments) if moments else ("", "")
    not_counted = words.say("not_counted_but_typography" if typography else "not_counted")
    return View(
        wording=words.tag, direction=words.direction, kind=comparison.kind.value, changed=comparison.changed,
        kicker=_kicker(comparison, words), headline=summary.headline(found, moments),
        summary=summary.sentences(found, cards, not_counted) + _late(found, languages), warnings=tuple(_warnings(comparison, words)),
        notes=_notes(comparison, words, typography=typography), figures=rows,
        figures_cut=words.say("figures_more", n=left_out) if left_out else "",
        sections=cards, footnotes=footnotes(found), old=side_of(comparison.old, _label(comparison.old, comparison.kind, words, "old", old_moment), words),
        new=side_of(comparison.new, _label(comparison.new, comparison.kind, words, "new", new_moment), words),
        not_counted=not_counted if comparison.changed and comparison.kind is ComparisonKind.REVISION else "",
        keys=summary.keys(found), figure_groups=figures.groups(comparison, words, found.anchors),
        edition=_edition(found, cards), languages=_small_grid(found, languages),
    )  # fmt: skip


def _late(found: Scene, languages: "Languages | None") -> tuple[Remark, ...]:
    if languages is None or found.comparison.kind is not ComparisonKind.REVISION:
        return ()
    from monitor.report.held import late

    return tuple(late(found, languages))


def _small_grid(found: Scene, languages: "Languages | None") -> "SmallGrid | None":
    if languages is None or found.comparison.kind is not ComparisonKind.EDITION:
        return None
    from monitor.report.held import small_grid

    return small_grid(found, languages)


def _titled(document: Document) -> Document:
    """The document; under the name of its source if it has no title."""
    if document.title:
        return document
    name = document.source.rstrip("/").rpartition("/")[2]
    lead = document.sections[:1]
    sections = (*(section._replace(heading=section.heading or name) for section in lead), *document.sections[1:])
    return document._replace(title=name, sections=sections)


def _moments(comparison: Comparison) -> tuple[str, str] | None:
    """When both sides were captured, if that is known."""
    old, new = comparison.old.captured_at, comparison.new.captured_at
    return (old.isoformat(), new.isoformat()) if old and new else None


def _edition(found: Scene, cards: tuple[SectionCard, ...]) -> "EditionPart | None":
    if found.comparison.kind is not ComparisonKind.EDITION or not found.comparison.changed:
        return None
    from monitor.report.editions import part

    return part(found, cards)


def _kicker(comparison: Comparison, words: Wording) -> str:
    """The kind, the languages and the editions, in one line."""
    old, new = words.language(comparison.old.language), words.language(comparison.new.language)
    editions = [str(side.edition) for side in (comparison.old, comparison.new) if side.edition is not None]
    parts = [
        words.say(f"kind_{comparison.kind.value}"),
        old if old == new else words.say("count_became", old=old, new=new),
    ]
    if editions:
        mark = " → " if comparison.kind is ComparisonKind.TRANSLATION else "–"
        parts.append(words.say("kicker_edition", edition=mark.join(dict.fromkeys(editions))))
    return " · ".join(parts)


def _warnings(comparison: Comparison, words: Wording) -> list[Phrase]:
    """A sentence for each side that is not the report."""
    return [
        words.phrase(
            f"not_the_report_{side}", verdict=words.say(f"verdict_{document.quality.verdict.value}"),
            reason=Piece(text=visible(document.quality.reason), language="en"),
        )
        for side, document in (("old", comparison.old), ("new", comparison.new))
        if not document.quality.is_report
    ]  # fmt: skip


def _notes(comparison: Comparison, words: Wording, *, typography: bool) -> tuple[Phrase, ...]:
    """The remarks of the comparison and of both readings; what the summary says is left to it."""
    told = (*comparison.notes, *comparison.old.notes, *comparison.new.notes)
    found = _remarks(told, words) if told else []
    hidden = sum(change.change_class is ChangeClass.TYPOGRAPHY for change in comparison.changes)
    if hidden and comparison.changed and not typography:
        found.append(words.phrase("typography_hidden", n=hidden))
    return tuple(dict.fromkeys(found))


def _remarks(notes: "Iterable[Note]", words: Wording) -> list[Phrase]:
    from monitor.model.note import NoteCode
    from monitor.report.notes import note_phrase

    summed_up = (NoteCode.OUTLINES_DIFFER, NoteCode.EDITIONS_DIFFER)
    return [note_phrase(note, words) for note in notes if note.code not in summed_up]


def side_of(document: Document, label: str, words: Wording) -> Side:
    """What is told of a document under the label that tells it from the others."""
    return Side(
        label=label, title=visible(document.title), language=document.language,
        language_name=words.language(document.language), source=visible(document.source),
        href=web_address(document.source), sha256=document.sha256,
    )  # fmt: skip


def _label(document: Document, kind: ComparisonKind, words: Wording, side: str, moment: str) -> str:
    """What tells a side from the other: its language, its edition, its date, or that it is the old or the new one."""
    if kind is ComparisonKind.TRANSLATION:
        return words.language(document.language)
    if kind is ComparisonKind.EDITION and document.edition is not None:
        return str(document.edition)
    return moment or words.say(f"side_{side}")
