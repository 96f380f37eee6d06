"""Matched texts into changes: hunks, findings, links, images, footnotes. Knows nothing of how they were matched."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from monitor.diff.classes import findings
from monitor.diff.pairing import pair_blocks
from monitor.diff.paragraphs import Match
from monitor.diff.words import compare_words
from monitor.language.words import key, run_on
from monitor.model.comparison import Change, ChangeClass, Finding, Hunk, Operation
from monitor.model.document import Block, BlockKind, Footnote, SectionId


class Spot(NamedTuple):
    """Where a change stands on both sides (see `Change`)."""

    old_section: SectionId | None = None
    new_section: SectionId | None = None
    old_block: int | None = None
    new_block: int | None = None
    moved: bool = False


def match_changes(match: Match, language: str, home: tuple[SectionId | None, SectionId | None]) -> list[Change]:
    """What became of matched blocks: nothing, a change of the text, one more for each link that leads elsewhere.

    `home` are the sections to name where a side has no block.
    """
    spot = Spot(
        old_section=match.old[0].section if match.old else home[0],
        new_section=match.new[0].section if match.new else home[1],
        old_block=match.old[0].number if match.old else None,
        new_block=match.new[0].number if match.new else None,
        moved=match.moved,
    )
    is_image = (match.new or match.old)[0].block.kind is BlockKind.IMAGE
    changes = _text_changes(spot, match.old_text, match.new_text, language, ChangeClass.IMAGE if is_image else None)
    if len(match.old) == len(match.new) == 1:
        changes += [_change(spot, old, new, _whole_class(old, new, ChangeClass.LINK), _replaced(old, new))
                    for old, new in _links(match.old[0].block, match.new[0].block)]  # fmt: skip
    return changes


def heading_changes(old: str, new: str, spot: Spot, language: str) -> list[Change]:
    """The change of a heading that was renamed; none if it differs in typography at most."""
    if key(old) == key(new):
        return []
    diff = compare_words(old, new, language)
    return [_change(spot, old, new, findings(diff, language, heading=True), diff.hunks)]


def footnote_changes(old: Sequence[Footnote], new: Sequence[Footnote], language: str) -> list[Change]:
    """What became of the footnotes; a new number alone is nothing."""
    one, other = _as_blocks(old), _as_blocks(new)
    groups = pair_blocks(one, other, frozenset())
    gone = set(range(len(old))) - {i for group in groups for i in group.old}
    came = set(range(len(new))) - {j for group in groups for j in group.new}
    pairs = (
        [(group.old, group.new) for group in groups]
        + [((i,), ()) for i in sorted(gone)]
        + [((), (j,)) for j in sorted(came)]
    )
    changes: list[Change] = []
    for olds, news in pairs:
        texts = run_on(one[i].text for i in olds), run_on(other[j].text for j in news)
        changes += _text_changes(Spot(), *texts, language, ChangeClass.FOOTNOTE)
        before, after = old[olds[0]].href if olds else None, new[news[0]].href if news else None
        if before and after and before != after:
            link = _whole_class(before, after, ChangeClass.LINK)
            changes.append(_change(Spot(), before, after, link, _replaced(before, after)))
    return changes


def _text_changes(spot: Spot, old: str, new: str, language: str, kind: ChangeClass | None) -> list[Change]:
    """What became of a text ("" is none at all); `kind` is the class that outweighs what the words say."""
    if not old or not new:
        presence = ChangeClass.REMOVED if old else ChangeClass.ADDED
        return (
            [_change(spot, old, new, _whole_class(old, new, kind or presence), _replaced(old, new))]
            if old or new
            else []
        )
    if old == new:
        moved = _whole_class("", "", ChangeClass.MOVED)
        return [_change(spot, old, new, moved, (Hunk(Operation.EQUAL, old),))] if spot.moved else []
    diff = compare_words(old, new, language)
    if key(old) == key(new):
        found = _whole_class("", "", ChangeClass.MOVED if spot.moved else ChangeClass.TYPOGRAPHY)
    else:
        found = findings(diff, language)
        if kind:
            found = (*_whole_class(old, new, kind), *found)
    return [_change(spot, old, new, found, diff.hunks)]


def _change(spot: Spot, old: str, new: str, found: tuple[Finding, ...], hunks: tuple[Hunk, ...]) -> Change:
    return Change(
        change_class=found[0].change_class, old_text=old, new_text=new, hunks=hunks, findings=found,
        old_section=spot.old_section, new_section=spot.new_section,
        old_block=spot.old_block, new_block=spot.new_block, moved=spot.moved,
    )  # fmt: skip


def _whole_class(old: str, new: str, change_class: ChangeClass) -> tuple[Finding, ...]:
    return (Finding(change_class=change_class, old=old, new=new),)


def _replaced(old: str, new: str) -> tuple[Hunk, ...]:
    hunks = (Hunk(Operation.DELETE, old), Hunk(Operation.INSERT, new))
    return tuple(hunk for hunk in hunks if hunk.text)


def _links(old: Block, new: Block) -> Iterator[tuple[str, str]]:
    """The links of the same words that lead elsewhere, came or went: "words (address)" on both sides.

    Words without a link stand alone.
    """
    if old.links == new.links:
        return
    hrefs_old, hrefs_new = _hrefs(old), _hrefs(new)
    for words in dict.fromkeys((*hrefs_old, *hrefs_new)):
        one, other = hrefs_old.get(words, []), hrefs_new.get(words, [])
        if one != other and words in old.text and words in new.text:
            yield _linked(words, one), _linked(words, other)


def _hrefs(block: Block) -> dict[str, list[str]]:
    """The addresses by the words that carry them, in order."""
    hrefs: dict[str, list[str]] = {}
    for link in block.links:
        hrefs.setdefault(block.text[link.start : link.end], []).append(link.href)
    return hrefs


def _linked(words: str, hrefs: Sequence[str]) -> str:
    return f"{words} ({', '.join(hrefs)})" if hrefs else words


def _as_blocks(notes: Sequence[Footnote]) -> list[Block]:
    return [Block(kind=BlockKind.PARAGRAPH, text=note.text) for note in notes]
