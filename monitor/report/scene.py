"""A comparison made ready to be shown: its changes by the place they belong to, its sections in reading order."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from monitor.model.comparison import Change, ChangeClass, Comparison, SectionLink
from monitor.model.document import Section
from monitor.report.wording import Wording

Place = tuple[str, int]
"""A block: the id of its section and its number in it."""


@dataclass(slots=True, kw_only=True)
class Budget:
    """How much a report may still show: changes, and characters. What is left out is counted where it is missing."""

    changes: int = 2_000
    changed_text: int = 800_000
    folded_text: int = 600_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The changes by place: `arrived` at a block of the new side, `gone` from a block of the old one, `away` from
    an old block into another section; `headings` by the new section's id. `anchors` name the cards of the sections,
    "-" and the id for the old side, "+" and the id for the new."""

    comparison: Comparison
    words: Wording
    old: Mapping[str, Section]
    new: Mapping[str, Section]
    arrived: Mapping[Place, list[Change]]
    gone: Mapping[Place, Change]
    away: Mapping[Place, Change]
    headings: Mapping[str, Change]
    footnotes: tuple[Change, ...]
    anchors: Mapping[str, str]
    budget: Budget = field(default_factory=Budget)

    @property
    def languages(self) -> tuple[str, str]:
        """The languages of the two sides."""
        return self.comparison.old.language, self.comparison.new.language


def scene(comparison: Comparison, words: Wording, *, typography: bool) -> Scene:
    """The comparison made ready; its changes of typography only if asked for."""
    shown = [c for c in comparison.changes if typography or c.change_class is not ChangeClass.TYPOGRAPHY]
    anchors = _anchors(comparison)
    arrived: dict[Place, list[Change]] = defaultdict(list)
    gone: dict[Place, Change] = {}
    away: dict[Place, Change] = {}
    for change in shown:
        old, new = _old_place(change), _new_place(change)
        if new:
            arrived[new].append(change)
            if old and anchors[f"-{old[0]}"] != anchors[f"+{new[0]}"]:
                away[old] = change
        elif old:
            gone[old] = change
    return Scene(
        comparison=comparison, words=words, anchors=anchors, arrived=arrived, gone=gone, away=away,
        old={section.id: section for section in comparison.old.sections},
        new={section.id: section for section in comparison.new.sections},
        headings={c.new_section: c for c in shown if c.new_section and not (_old_place(c) or _new_place(c))},
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


def _old_place(change: Change) -> Place | None:
    if change.old_section is None or change.old_block is None:
        return None
    return change.old_section, change.old_block


def _new_place(change: Change) -> Place | None:
    if change.new_section is None or change.new_block is None:
        return None
    return change.new_section, change.new_block
