"""A comparison made ready to be shown: its changes by the place they belong to, its sections in reading order."""

from collections.abc import Mapping
from typing import NamedTuple

from monitor.model.comparison import Change, ChangeClass, Comparison, SectionLink
from monitor.model.document import Section
from monitor.report.wording import Wording

Place = tuple[str, int]
"""A block: the id of its section and its number in it."""


class Budget:
    """How much a report may still show: changes, and characters. What is left out is counted where it is missing."""

    def __init__(self) -> None:
        self.changes = 2_000
        self.changed_text = 800_000
        self.folded_text = 600_000

    def take(self, length: int, *, free: bool) -> int:
        """How many of so many characters may be shown: out of the room for changes if `free`, else for what is folded."""
        room = self.changed_text if free else self.folded_text
        taken = min(length, max(room, 0))
        if free:
            self.changed_text -= taken
        else:
            self.folded_text -= taken
        return taken


class Scene(NamedTuple):
    """The changes by place: `arrived` at a block of the new side (none at one that the change of a block before it
    covers), `gone` from a block of the old one, `away` from an old block into another section; `told` are the old
    blocks that any of them covers. `headings` are by the new section's id. `anchors` name the cards of the sections,
    "-" and the id for the old side, "+" and the id for the new."""

    comparison: Comparison
    words: Wording
    old: Mapping[str, Section]
    new: Mapping[str, Section]
    arrived: Mapping[Place, list[Change]]
    gone: Mapping[Place, Change]
    away: Mapping[Place, Change]
    told: frozenset[Place]
    headings: Mapping[str, Change]
    footnotes: tuple[Change, ...]
    anchors: Mapping[str, str]
    budget: Budget

    @property
    def languages(self) -> tuple[str, str]:
        """The languages of the two sides."""
        return self.comparison.old.language, self.comparison.new.language


def scene(comparison: Comparison, words: Wording, *, typography: bool) -> Scene:
    """The comparison made ready; its changes of typography only if asked for."""
    shown = [c for c in comparison.changes if typography or c.change_class is not ChangeClass.TYPOGRAPHY]
    olds = {str(section.id): section for section in comparison.old.sections}
    news = {str(section.id): section for section in comparison.new.sections}
    anchors = _anchors(comparison)
    arrived: dict[Place, list[Change]] = {}
    gone: dict[Place, Change] = {}
    away: dict[Place, Change] = {}
    told: set[Place] = set()
    for change in shown:
        old, new = _places(change, olds, news)
        told.update(old)
        for place in new:
            arrived.setdefault(place, [])
        if new:
            arrived[new[0]].append(change)
            if old and anchors[f"-{old[0][0]}"] != anchors[f"+{new[0][0]}"]:
                away[old[0]] = change
        elif old:
            gone[old[0]] = change
    return Scene(
        comparison=comparison, words=words, anchors=anchors, old=olds, new=news, arrived=arrived, gone=gone, away=away,
        told=frozenset(told), budget=Budget(),
        headings={c.new_section: c for c in shown if c.new_section and c.old_block is None and c.new_block is None},
        footnotes=tuple(c for c in shown if c.old_section is None and c.new_section is None),
    )  # fmt: skip


def in_reading_order(comparison: Comparison) -> list[SectionLink]:
    """The links in the order of the new document; a removed section after the one that it used to follow."""
    old_order = {section.id: index for index, section in enumerate(comparison.old.sections)}
    new_order = {section.id: index for index, section in enumerate(comparison.new.sections)}
    followed = [-1] * len(old_order)
    for link in comparison.alignment:
        for name in link.old if link.new else ():
            followed[old_order[name]] = new_order[link.new[0]]
    for index in range(1, len(followed)):
        if followed[index] < 0:
            followed[index] = followed[index - 1]

    def position(link: SectionLink) -> tuple[int, int, int]:
        if link.new:
            return new_order[link.new[0]], 0, 0
        at = old_order[link.old[0]]
        return followed[at], 1, at

    return sorted(comparison.alignment, key=position)


def _anchors(comparison: Comparison) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, link in enumerate(comparison.alignment, start=1):
        found |= {f"-{name}": f"section-{number}" for name in link.old}
        found |= {f"+{name}": f"section-{number}" for name in link.new}
    return found


def _places(
    change: Change, olds: Mapping[str, Section], news: Mapping[str, Section]
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The old and the new blocks that a change covers."""
    old = _covered(change.old_section, change.old_block, len(change.old_text), olds)
    return old, _covered(change.new_section, change.new_block, len(change.new_text), news)


def _covered(name: str | None, block: int | None, length: int, sections: Mapping[str, Section]) -> tuple[Place, ...]:
    """The block and those after it that its text runs on to, where a paragraph was divided or joined."""
    if name is None or block is None:
        return ()
    blocks = sections[name].blocks
    end, reached = block + 1, len(blocks[block].text)
    while reached < length and end < len(blocks):
        reached += 1 + len(blocks[end].text)
        end += 1
    return tuple((name, number) for number in range(block, end))
