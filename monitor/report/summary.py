"""The headline and the summary: what changed, in sentences, the gravest first."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from monitor.language.words import clean
from monitor.model.comparison import Change, ChangeClass, ComparisonKind, Finding, SectionLink, SectionStatus
from monitor.model.statistic import StatisticChange, StatisticEvent
from monitor.report.changes import FLAGGED, finding_phrase, shortened
from monitor.report.figures import difference, shown_statistics
from monitor.report.scene import Scene
from monitor.report.sections import new_name, old_name
from monitor.report.shapes import Phrase, Piece, Remark, SectionCard, Tone
from monitor.report.visible import visible

if TYPE_CHECKING:
    from monitor.report.facts import Key

_NAMED = 3
_TALLIED = {
    ChangeClass.NUMBER: "tally_number", ChangeClass.DATE: "tally_date", ChangeClass.NAME: "tally_name",
    ChangeClass.ADDED: "tally_added", ChangeClass.REMOVED: "tally_removed", ChangeClass.MOVED: "tally_moved",
    ChangeClass.WORDING: "tally_wording", ChangeClass.FOOTNOTE: "tally_footnote", ChangeClass.LINK: "tally_link",
    ChangeClass.IMAGE: "tally_image", ChangeClass.TYPOGRAPHY: "tally_typography",
}  # fmt: skip


def headline(scene: Scene, moments: tuple[str, str] | None) -> Phrase:
    """What happened in one line; with dates only if the sources tell them."""
    comparison, words = scene.comparison, scene.words
    title = Piece(text=visible(comparison.new.title), language=comparison.new.language)
    if comparison.kind is ComparisonKind.REVISION:
        key = "headline_changed" if comparison.changed else "headline_same"
        if moments is None:
            return words.phrase(key, title=title)
        old, new = words.moments(*moments)
        return words.phrase(f"{key}_between", title=title, old=old, new=new)
    other = Piece(text=visible(comparison.old.title), language=comparison.old.language)
    years = comparison.old.edition, comparison.new.edition
    if comparison.kind is ComparisonKind.EDITION and all(years) and years[0] != years[1]:
        name = title._replace(text=_without_year(title.text, years[1]))
        return words.phrase("headline_years", title=name, old=str(years[0]), new=str(years[1]))
    if comparison.kind is ComparisonKind.TRANSLATION:
        one, two = (words.language(side.language) for side in (comparison.old, comparison.new))
        return words.phrase("headline_languages", title=other, old=one, new=two)
    return words.phrase("headline_edition", old=other, new=title)


def _without_year(title: str, year: int | None) -> str:
    """The name of what is reported on: the title without its year, or all of it if nothing else is left."""
    return clean(title.replace(str(year), "")).strip(" ,:–—-،：") or title


def sentences(scene: Scene, cards: tuple[SectionCard, ...], not_counted: str) -> tuple[Remark, ...]:
    """The summary. When nothing changed it says so, and what was not counted as change."""
    kind = scene.comparison.kind
    if kind is ComparisonKind.TRANSLATION:
        from monitor.report import translated

        return tuple(translated.sentences(scene))
    if not scene.comparison.changed:
        return tuple(_nothing(scene, not_counted))
    if kind is ComparisonKind.EDITION:
        from monitor.report import editions

        return tuple(editions.sentences(scene, _flagged(scene)))
    return tuple(_told(scene, cards))


def keys(scene: Scene) -> "tuple[Key, ...]":
    """The numbers that sum up two editions or two languages."""
    kind = scene.comparison.kind
    if kind is ComparisonKind.TRANSLATION:
        from monitor.report import translated

        return translated.keys(scene)
    if kind is ComparisonKind.EDITION and scene.comparison.changed:
        from monitor.report import editions

        return editions.keys(scene)
    return ()


def _nothing(scene: Scene, not_counted: str) -> Iterator[Remark]:
    yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("nothing_changed"))
    yield Remark(tone=Tone.CALM, phrase=(Piece(text=not_counted),))
    typography = sum(change.change_class is ChangeClass.TYPOGRAPHY for change in scene.comparison.changes)
    if typography:
        yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("typography_only", n=typography))


def _told(scene: Scene, cards: tuple[SectionCard, ...]) -> Iterator[Remark]:
    """A lead without text counts as no section; where no section changed the rest is all."""
    changed, total = sum(card.changed for card in cards), sum(card.changed or bool(card.items) for card in cards)
    if changed:
        yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("sections_changed", n=changed, total=total))
    yield from _flagged(scene)
    yield from _figures(scene)
    yield from _sections(scene)
    if rest := _tally(scene):
        key = "also" if changed else "only_changed_are"
        yield Remark(tone=Tone.CALM, phrase=scene.words.phrase(key, items=scene.words.listed(rest)))


def _flagged(scene: Scene) -> Iterator[Remark]:
    """Every reservation and negation that changed, the first of each kind named."""
    found = [(c, f) for c in scene.comparison.changes for f in c.findings if f.change_class in FLAGGED]
    for change_class in (ChangeClass.NEGATION, ChangeClass.HEDGING):
        of_class = [(change, finding) for change, finding in found if finding.change_class is change_class]
        for change, finding in of_class[:_NAMED]:
            yield Remark(tone=Tone.FLAG, phrase=_flag(change, finding, scene))
        if len(of_class) > _NAMED:
            more = scene.words.phrase(f"{change_class.value}_more", n=len(of_class) - _NAMED)
            yield Remark(tone=Tone.FLAG, phrase=more)


def _flag(change: Change, finding: Finding, scene: Scene) -> Phrase:
    what = finding_phrase(finding, change.statistics, scene.words, scene.languages)
    where = _where(change, scene)
    return scene.words.phrase("what_in_section", what=what, section=where) if where else what


def _where(change: Change, scene: Scene) -> Piece | None:
    if change.new_section is not None:
        return new_name(change.new_section, scene)
    return None if change.old_section is None else old_name(change.old_section, scene)


def _figures(scene: Scene) -> Iterator[Remark]:
    """The figures that changed, the first ones named; those that only came or went are counted."""
    shown = shown_statistics(scene.comparison)
    events = Counter(change.change for change in shown)
    if count := events[StatisticEvent.CHANGED]:
        items = [_figure(change, scene) for change in shown[: min(count, _NAMED)]]
        if count > _NAMED:
            items.append(scene.words.phrase("items_more", n=count - _NAMED))
        yield _list("figures_changed", count, items, Tone.EDIT, scene, mark="list_heavy")
    for event, key, tone in (
        (StatisticEvent.ADDED, "figures_added", Tone.ADD), (StatisticEvent.REMOVED, "figures_removed", Tone.REMOVE)
    ):  # fmt: skip
        if events[event]:
            yield Remark(tone=tone, phrase=scene.words.phrase(key, n=events[event]))


def _figure(change: StatisticChange, scene: Scene) -> Phrase:
    old = Piece(text=shortened(change.old.quote) if change.old else "", language=scene.languages[0])
    new = Piece(text=shortened(change.new.quote) if change.new else "", language=scene.languages[1], strong=True)
    counted = Piece(text=shortened(change.new.counted if change.new else "", 60), language=scene.languages[1])
    key = "figure_item" if counted.text else "figure_item_bare"
    by = difference(change, scene.words) or scene.words.say("figure_other")
    return scene.words.phrase(key, old=old, new=new, counted=counted, difference=by)


def _sections(scene: Scene) -> Iterator[Remark]:
    """Sections that came, went, were renamed, moved, split or merged."""
    links = scene.comparison.alignment
    told: list[tuple[str, Tone, list[SectionLink], Callable[[SectionLink, Scene], Phrase]]] = [
        ("sections_added", Tone.ADD, [k for k in links if k.status is SectionStatus.ADDED], _new),
        ("sections_removed", Tone.REMOVE, [k for k in links if k.status is SectionStatus.REMOVED], _old),
        ("sections_split", Tone.EDIT, [k for k in links if k.status is SectionStatus.SPLIT], _old),
        ("sections_merged", Tone.EDIT, [k for k in links if k.status is SectionStatus.MERGED], _new),
        ("sections_renamed", Tone.EDIT, [k for k in links if k.renamed and k.old and k.new], _renamed),
        ("sections_moved", Tone.MOVE, [k for k in links if k.moved and k.old and k.new], _moved),
    ]
    for key, tone, found, item in told:
        if found:
            items = [item(link, scene) for link in found[:_NAMED]]
            if len(found) > _NAMED:
                items.append(scene.words.phrase("items_more", n=len(found) - _NAMED))
            yield _list(key, len(found), items, tone, scene)


def _list(
    key: str, count: int, items: Iterable[Phrase], tone: Tone, scene: Scene, *, mark: str = "list_comma"
) -> Remark:
    words = scene.words
    listed = words.listed(items, mark=mark)
    return Remark(tone=tone, phrase=words.phrase("listing", what=words.phrase(key, n=count), items=listed))


def _new(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.listed((new_name(name, scene),) for name in link.new)


def _old(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.listed((old_name(name, scene),) for name in link.old)


def _renamed(link: SectionLink, scene: Scene) -> Phrase:
    return scene.words.phrase("renamed_item", old=old_name(link.old[0], scene), new=new_name(link.new[0], scene))


def _moved(link: SectionLink, scene: Scene) -> Phrase:
    places = {"old": str(scene.old[link.old[0]].position), "new": str(scene.new[link.new[0]].position)}
    return scene.words.phrase("moved_item", section=new_name(link.new[0], scene), **places)


def _tally(scene: Scene) -> list[Phrase]:
    """How many other changes there are of each class; paragraphs of sections that came or went whole are not told
    again, nor are numbers that are told as figures."""
    whole = {name for link in scene.comparison.alignment if not (link.old and link.new) for name in link.old + link.new}
    counts: Counter[ChangeClass] = Counter()
    for change in scene.comparison.changes:
        place = change.new_section if change.new_section is not None else change.old_section
        if change.change_class in (ChangeClass.ADDED, ChangeClass.REMOVED) and place in whole:
            continue
        if change.change_class is ChangeClass.NUMBER and change.statistics:
            continue
        counts[change.change_class] += 1
    return [scene.words.phrase(key, n=counts[name]) for name, key in _TALLIED.items() if counts[name]]
