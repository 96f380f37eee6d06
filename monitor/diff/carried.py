"""What one edition's text carries over into the next: sentences that stayed, sentences that were updated, and the rest,
gone and new. Works on the sections that correspond."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from monitor.align.assignment import assign
from monitor.align.similarity import bags, cosines
from monitor.diff.classes import findings
from monitor.diff.words import compare_words
from monitor.language.lexicon import lexicon
from monitor.language.words import has_words, key, sentences, word_count
from monitor.model.comparison import Change, ChangeClass, Finding, Hunk, Operation, SectionLink
from monitor.model.document import BlockKind, Document, Section, SectionId

_UPDATED = 0.5
_UPDATED_ELSEWHERE = 0.7
_FEWEST_WORDS = 5


class Sentence(NamedTuple):
    """A sentence and where it stands: its link's number, its section, its block. Sentences of one key are the same."""

    link: int
    section: SectionId
    block: int
    text: str
    key: str


class Carried(NamedTuple):
    """The changes of the text, and the share of the new text (0…1) that the old edition had."""

    changes: tuple[Change, ...]
    share: float


def carried_over(old: Document, new: Document, links: Sequence[SectionLink]) -> Carried:
    """What became of every sentence: those that are the same say nothing, similar ones are one change with a word
    diff, the others are gone or new, those of one block together. Changes come in the order of the links."""
    ours = _sentences(old, {i: number for number, link in enumerate(links) for i in link.old})
    theirs = _sentences(new, {j: number for number, link in enumerate(links) for j in link.new})
    pairs = _pairs(ours, theirs, frozenset(lexicon(new.language).common))
    placed = [
        (ours[i].link, theirs[j].link, _updated(ours[i], theirs[j], new.language))
        for i, j in pairs.items() if ours[i].key != theirs[j].key
    ]  # fmt: skip
    changes: defaultdict[int, list[Change]] = defaultdict(list)
    for _, number, change in placed:
        changes[number].append(change)
    for sentence, change in _rest((s for i, s in enumerate(ours) if i not in pairs), gone=True):
        changes[sentence.link].append(change)
    taken = set(pairs.values())
    for sentence, change in _rest((s for j, s in enumerate(theirs) if j not in taken), gone=False):
        changes[sentence.link].append(change)
    lengths = [word_count(sentence.text) for sentence in theirs]
    total, kept = sum(lengths), sum(lengths[j] for j in taken)
    ordered = tuple(change for number in range(len(links)) for change in changes[number])
    return Carried(changes=ordered, share=kept / total if total else 0.0)


def sentences_of(section: Section, language: str) -> Iterator[tuple[int, int, str]]:
    """The sentences of a section's blocks: block number, where it starts in the block, text."""
    abbreviations = lexicon(language).abbreviations
    for number, block in enumerate(section.blocks):
        if block.kind is not BlockKind.IMAGE:
            for start, end in sentences(block.text, abbreviations):
                yield number, start, block.text[start:end]


def _sentences(document: Document, link_of: dict[SectionId, int]) -> list[Sentence]:
    return [
        Sentence(link=link_of[section.id], section=section.id, block=block, text=text, key=key(text))
        for section in document.sections
        for block, _, text in sentences_of(section, document.language)
    ]


def _pairs(old: Sequence[Sentence], new: Sequence[Sentence], common: frozenset[str]) -> dict[int, int]:
    """Old sentence -> new sentence: the same ones of one section first, then the same anywhere, then similar ones."""
    pairs: dict[int, int] = {}
    for name in (lambda s: (s.link, s.key), lambda s: s.key):
        waiting: defaultdict[object, list[int]] = defaultdict(list)
        taken = set(pairs.values())
        for j, sentence in enumerate(new):
            if j not in taken:
                waiting[name(sentence)].append(j)
        for i, sentence in enumerate(old):
            if i not in pairs and waiting[name(sentence)]:
                pairs[i] = waiting[name(sentence)].pop(0)
    left_old = [i for i in range(len(old)) if i not in pairs and has_words(old[i].text, _FEWEST_WORDS)]
    taken = set(pairs.values())
    left_new = [j for j in range(len(new)) if j not in taken and has_words(new[j].text, _FEWEST_WORDS)]
    if not left_old or not left_new:
        return pairs
    bag_old, bag_new = bags([old[i].text for i in left_old], [new[j].text for j in left_new], common)
    scores = {
        (left_old[i], left_new[j]): score
        for (i, j), score in cosines(bag_old, bag_new, _UPDATED).items()
        if score >= _UPDATED_ELSEWHERE or old[left_old[i]].link == new[left_new[j]].link
    }
    return pairs | assign(scores)


def _updated(old: Sentence, new: Sentence, language: str) -> Change:
    diff = compare_words(old.text, new.text, language)
    found = findings(diff, language)
    return Change(
        change_class=found[0].change_class, findings=found, old_section=old.section, new_section=new.section,
        old_text=old.text, new_text=new.text, hunks=diff.hunks, old_block=old.block, new_block=new.block,
        moved=old.link != new.link,
    )  # fmt: skip


def _rest(left: Iterable[Sentence], *, gone: bool) -> Iterator[tuple[Sentence, Change]]:
    """The sentences without a counterpart, those of one block as one change."""
    blocks: defaultdict[tuple[SectionId, int], list[Sentence]] = defaultdict(list)
    for sentence in left:
        blocks[sentence.section, sentence.block].append(sentence)
    for (section, block), own in blocks.items():
        yield own[0], whole_change(" ".join(sentence.text for sentence in own), section, block, gone=gone)


def whole_change(text: str, section: SectionId, block: int | None, *, gone: bool) -> Change:
    """A text that stands on one side only."""
    change_class = ChangeClass.REMOVED if gone else ChangeClass.ADDED
    return Change(
        change_class=change_class,
        findings=(Finding(change_class=change_class, old=text if gone else "", new="" if gone else text),),
        old_section=section if gone else None, new_section=None if gone else section,
        old_text=text if gone else "", new_text="" if gone else text,
        hunks=(Hunk(Operation.DELETE if gone else Operation.INSERT, text),),
        old_block=block if gone else None, new_block=None if gone else block,
    )  # fmt: skip
