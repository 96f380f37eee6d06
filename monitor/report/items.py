"""What stands in a section's card: its changes in their places, and what is unchanged folded between them."""

from collections.abc import Iterable, Iterator, Mapping

from monitor.model.comparison import Change, ChangeClass, Hunk, Operation, SectionLink
from monitor.model.document import Block, Section
from monitor.report.changes import LONGEST_TEXT, card
from monitor.report.scene import Place, Scene
from monitor.report.shapes import ChangeCard, Fold, FoldedText, Item, Piece, Remark, Tone
from monitor.report.visible import visible

_BARE = frozenset({ChangeClass.ADDED, ChangeClass.REMOVED})
Shown = Change | Block | Remark


def items(link: SectionLink, anchor: str, scene: Scene) -> tuple[Item, ...]:
    """The section in reading order. In a section that came or went as a whole every block is a card."""
    if link.old and link.new:
        return tuple(laid_out(_paired(link, scene), anchor, scene))
    whole = _whole_new(link, scene) if link.new else _whole_old(link, scene)
    return tuple(laid_out(whole, anchor, scene, bare=True))


def footnotes(scene: Scene) -> tuple[Item, ...]:
    """The changes outside all sections."""
    return tuple(laid_out(scene.footnotes, "footnote", scene))


def _paired(link: SectionLink, scene: Scene) -> Iterator[Shown]:
    """The new blocks, or their changes; what is gone after the block that it used to follow."""
    gone = _gone(link, scene)
    yield from gone.get(None, ())
    for place, block in blocks_of(link.new, scene.new):
        yield from scene.arrived.get(place, (block,))
        yield from gone.get(place, ())


def _gone(link: SectionLink, scene: Scene) -> dict[Place | None, list[Shown]]:
    """What left the section, by the new block it is shown after (None: before the first)."""
    new_of = _new_places(link, scene)
    gone: dict[Place | None, list[Shown]] = {}
    after: Place | None = None
    for place, _ in blocks_of(link.old, scene.old):
        if place in new_of:
            after = new_of[place]
        elif place in scene.away:
            gone.setdefault(after, []).append(_moved_away(scene.away[place], scene))
        elif place in scene.gone:
            gone.setdefault(after, []).append(scene.gone[place])
    return gone


def _new_places(link: SectionLink, scene: Scene) -> dict[Place, Place]:
    """Where the old blocks that stayed in place now stand: changed ones as their change says, the others in order."""
    found: dict[Place, Place] = {}
    for place, _ in blocks_of(link.new, scene.new):
        for change in scene.arrived.get(place, ()):
            if change.old_section is not None and change.old_block is not None and not change.moved:
                found[change.old_section, change.old_block] = place
    still_old = [
        place for place, _ in blocks_of(link.old, scene.old)
        if place not in found and place not in scene.told
    ]  # fmt: skip
    still_new = [place for place, _ in blocks_of(link.new, scene.new) if place not in scene.arrived]
    return found | dict(zip(still_old, still_new, strict=False))


def _whole_new(link: SectionLink, scene: Scene) -> Iterator[Shown]:
    for place, block in blocks_of(link.new, scene.new):
        yield from scene.arrived.get(place) or (_whole(block, ChangeClass.ADDED, Operation.INSERT),)


def _whole_old(link: SectionLink, scene: Scene) -> Iterator[Shown]:
    for place, block in blocks_of(link.old, scene.old):
        if place in scene.away:
            yield _moved_away(scene.away[place], scene)
        else:
            yield scene.gone.get(place) or _whole(block, ChangeClass.REMOVED, Operation.DELETE)


def _whole(block: Block, change_class: ChangeClass, operation: Operation) -> Change:
    texts = (block.text, "") if operation is Operation.DELETE else ("", block.text)
    return Change(
        change_class=change_class, old_section=None, new_section=None, old_text=texts[0], new_text=texts[1],
        hunks=(Hunk(operation, block.text),),
    )  # fmt: skip


def _moved_away(change: Change, scene: Scene) -> Remark:
    section = scene.new[str(change.new_section)]
    name = Piece(
        text=visible(section.heading), language=scene.languages[1], strong=True, anchor=scene.anchors[f"+{section.id}"]
    )
    return Remark(tone=Tone.MOVE, phrase=scene.words.phrase("moved_away", section=name))


def blocks_of(names: Iterable[str], sections: Mapping[str, Section]) -> Iterator[tuple[Place, Block]]:
    for name in names:
        for index, block in enumerate(sections[name].blocks):
            yield (name, index), block


def laid_out(shown: Iterable[Shown], anchor: str, scene: Scene, *, bare: bool = False) -> Iterator[Item]:
    """Cards and folds. With `bare` a card that only came or went gives no reason: its section's state tells it."""
    still: list[Block] = []
    number = left_out = 0
    for item in shown:
        if isinstance(item, Block):
            still.append(item)
            continue
        if still:
            yield _fold(still, scene)
            still = []
        if isinstance(item, Remark):
            yield item
        elif _affordable(item, scene):
            number += 1
            yield _card(item, f"{anchor}-{number}", scene, bare=bare)
        else:
            left_out += 1
    if still:
        yield _fold(still, scene)
    if left_out:
        yield Remark(tone=Tone.CALM, phrase=scene.words.phrase("changes_more", n=left_out))


def _affordable(change: Change, scene: Scene) -> bool:
    budget = scene.budget
    if budget.changes <= 0 or budget.changed_text <= 0:
        return False
    budget.changes -= 1
    budget.changed_text -= min(max(len(change.old_text), len(change.new_text)), LONGEST_TEXT)
    return True


def _card(change: Change, anchor: str, scene: Scene, *, bare: bool) -> ChangeCard:
    return card(
        change, scene.words, anchor=anchor, languages=scene.languages, kind=_kind(change, scene),
        bare=bare and change.change_class in _BARE,
    )  # fmt: skip


def _kind(change: Change, scene: Scene) -> str:
    if change.new_section is not None and change.new_block is not None:
        return scene.new[change.new_section].blocks[change.new_block].kind.value
    if change.old_section is not None and change.old_block is not None:
        return scene.old[change.old_section].blocks[change.old_block].kind.value
    return "paragraph"


def _fold(blocks: list[Block], scene: Scene) -> Fold:
    """The blocks under one label."""
    shown = []
    left_out = 0
    for block in blocks:
        text = block.text[: scene.budget.folded_text]
        scene.budget.folded_text -= len(text)
        left_out += len(block.text) - len(text)
        if text:
            shown.append(FoldedText(kind=block.kind.value, text=visible(text)))
    return Fold(
        label=scene.words.say("paragraphs_unchanged", n=len(blocks)), language=scene.languages[1], texts=tuple(shown),
        cut=scene.words.say("characters_more", n=left_out) if left_out else "",
    )  # fmt: skip
