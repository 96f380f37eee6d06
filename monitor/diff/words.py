"""Word-level differences between two texts. The only module that knows cydifflib and diff-match-patch."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.align.order import in_order
from monitor.align.similarity import shared_head
from monitor.diff.units import STOPS, Units, units
from monitor.language.lexicon import lexicon
from monitor.language.words import sentences
from monitor.model.comparison import Hunk, Operation

_WORK = 4_000_000
_LETTERS = 200
_ISLAND = 0.2


class Run(NamedTuple):
    """Units that both sides share: `size` of them, from `old` on and from `new` on."""

    old: int
    new: int
    size: int


Engine = Callable[[Sequence[Hashable], Sequence[Hashable]], list[Run]]


class Edit(NamedTuple):
    """What stands between two runs: the units `old_start` up to `old_end` gave way to `new_start` up to `new_end`."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


class WordDiff(NamedTuple):
    """Two texts and the runs of units that they share, in order.

    Whole sentences that both texts begin or end with are not cut into units: they are the `head` and the `tail`.
    """

    old: Units
    new: Units
    runs: tuple[Run, ...]
    head: str = ""
    tail: str = ""

    @property
    def edits(self) -> list[Edit]:
        """What stands between the runs, in order; what differs in typography only is none."""
        found = []
        old = new = 0
        for run in (*self.runs, Run(len(self.old.keys), len(self.new.keys), 0)):
            if run.old > old or run.new > new:
                found.append(Edit(old, run.old, new, run.new))
            old, new = run.old + run.size, run.new + run.size
        return found

    @property
    def hunks(self) -> tuple[Hunk, ...]:
        """Both texts in full: `=` and `-` joined are the old text, `=` and `+` the new one."""
        head, tail = Hunk(Operation.EQUAL, self.head), Hunk(Operation.EQUAL, self.tail)
        return _joined((head, *_pieces(self), tail))


def compare_words(old: str, new: str, language: str) -> WordDiff:
    """The differences of two texts in one language, as a reader would mark them.

    Longest common blocks first (Ratcliff and Obershelp 1988); a shared run too slight to separate its neighbours is
    given up. Bounded: texts too large and too repetitive for that are compared by sentences, then by words between.
    """
    head, tail = _shared_sentences(old, new, lexicon(language).abbreviations)
    one, other = (units(text[head : len(text) - tail], language) for text in (old, new))
    runs = _without_islands(common_runs(one.keys, other.keys), one, other)
    return WordDiff(one, other, tuple(_slid(runs, one, other)), old[:head], old[len(old) - tail :])


def common_runs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """The runs that two sequences share, in order, as long as they come; bounded (see `compare_words`)."""
    return _trimmed(old, new, _runs_by_sentence)


def _trimmed(old: Sequence[Hashable], new: Sequence[Hashable], beyond: Engine) -> list[Run]:
    """What both begin and end with, and the longest blocks between; `beyond` does what is too much for that."""
    head = _shared_head(old, new)
    tail = _shared_head(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    runs = [Run(0, 0, head)] if head else []
    runs += [Run(run.old + head, run.new + head, run.size) for run in _longest_blocks(middle_old, middle_new, beyond)]
    if tail:
        runs.append(Run(len(old) - tail, len(new) - tail, tail))
    return _fused(runs)


def letters(old: str, new: str) -> tuple[Hunk, ...]:
    """The differences inside one short replaced run, letter by letter: a typo, the spelling of a name.

    Texts of more than 200 characters, or with little in common, are one replacement.
    """
    whole = (Hunk(Operation.DELETE, old), Hunk(Operation.INSERT, new))
    if len(old) > _LETTERS or len(new) > _LETTERS:
        return tuple(hunk for hunk in whole if hunk.text)
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    pieces = engine.diff_main(old, new, False)
    engine.diff_cleanupSemantic(pieces)
    operations = {-1: Operation.DELETE, 0: Operation.EQUAL, 1: Operation.INSERT}
    return tuple(Hunk(operations[operation], text) for operation, text in pieces)


def _shared_sentences(old: str, new: str, abbreviations: Iterable[str]) -> tuple[int, int]:
    """How many characters the whole sentences take up that both texts begin with, and end with."""
    spans = sentences(old, abbreviations)
    same = shared_head(old, new)
    head = max((start for start, _ in spans if start <= same), default=0)
    same = len(old) - shared_head(old[head:][::-1], new[head:][::-1])
    end = min((end for _, end in spans if end > same), default=len(old))
    return head, len(old) - max(end, head)


def _shared_head(old: Sequence[Hashable], new: Sequence[Hashable]) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _longest_blocks(old: Sequence[Hashable], new: Sequence[Hashable], beyond: Engine) -> list[Run]:
    counts_old, counts_new = Counter(old), Counter(new)
    work = sum(count * counts_new[item] for item, count in counts_old.items())
    if not work:
        return []
    if work > _WORK:
        return beyond(old, new)
    from cydifflib import SequenceMatcher

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return [Run(*block) for block in matcher.get_matching_blocks() if block[2]]


def _runs_by_sentence(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Equal sentences first, then what stands between them; what cannot be cut shares nothing."""
    olds, news = _sentences(old), _sentences(new)
    if len(olds) == 1 or len(news) == 1:
        return []
    starts_old, starts_new = _starts(olds), _starts(news)
    runs: list[Run] = []
    before_old = before_new = 0
    for same in (*_trimmed(olds, news, _runs_by_occurrence), Run(len(olds), len(news), 0)):
        start_old, start_new = starts_old[same.old], starts_new[same.new]
        gap_old, gap_new = old[before_old:start_old], new[before_new:start_new]
        if len(gap_old) < len(old) or len(gap_new) < len(new):
            runs += [Run(run.old + before_old, run.new + before_new, run.size) for run in common_runs(gap_old, gap_new)]
        before_old, before_new = starts_old[same.old + same.size], starts_new[same.new + same.size]
        runs.append(Run(start_old, start_new, before_old - start_old))
    return [run for run in runs if run.size]


def _runs_by_occurrence(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """The first of a kind with the first, the second with the second, as far as they keep their order."""
    waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place in reversed(range(len(new))):
        waiting[new[place]].append(place)
    pairs = [(place, waiting[item].pop()) for place, item in enumerate(old) if waiting[item]]
    kept = in_order(pairs, [(1.0,)] * len(pairs))
    return _fused([Run(*pair, 1) for index, pair in enumerate(pairs) if index in kept])


def _sentences(items: Sequence[Hashable]) -> list[tuple[Hashable, ...]]:
    cuts = [
        0,
        *(place for place, item in enumerate(items, start=1) if item in STOPS and place < len(items)),
        len(items),
    ]
    return [tuple(items[start:end]) for start, end in pairwise(cuts)]


def _starts(parts: Sequence[Sequence[Hashable]]) -> list[int]:
    starts = [0]
    for part in parts:
        starts.append(starts[-1] + len(part))
    return starts


def _fused(runs: Sequence[Run]) -> list[Run]:
    """The runs, those that touch on both sides made one."""
    fused: list[Run] = []
    for run in runs:
        if fused and fused[-1].old + fused[-1].size == run.old and fused[-1].new + fused[-1].size == run.new:
            fused[-1] = fused[-1]._replace(size=fused[-1].size + run.size)
        else:
            fused.append(run)
    return fused


def _without_islands(runs: Sequence[Run], old: Units, new: Units) -> list[Run]:
    """The runs without those between two edits that say at most a fifth of what the lighter edit says."""
    kept: list[Run] = []
    for place, run in enumerate(runs):
        end_old, end_new = (kept[-1].old + kept[-1].size, kept[-1].new + kept[-1].size) if kept else (0, 0)
        next_old, next_new = runs[place + 1][:2] if place + 1 < len(runs) else (len(old.keys), len(new.keys))
        before = max(old.weight(end_old, run.old), new.weight(end_new, run.new))
        after = max(old.weight(run.old + run.size, next_old), new.weight(run.new + run.size, next_new))
        if old.weight(run.old, run.old + run.size) > _ISLAND * min(before, after):
            kept.append(run)
    return kept


def _slid(runs: list[Run], old: Units, new: Units) -> list[Run]:
    """The runs with every pure insertion and deletion moved, where it may be, to begin after the end of a sentence."""
    runs = list(runs)
    for place in range(-1, len(runs)):
        before = runs[place] if place >= 0 else Run(0, 0, 0)
        after = runs[place + 1] if place + 1 < len(runs) else Run(len(old.keys), len(new.keys), 0)
        gap_old, gap_new = after.old - before.old - before.size, after.new - before.new - before.size
        if (gap_old == 0) == (gap_new == 0):
            continue
        keys, start, end = (
            (old.keys, before.old + before.size, after.old)
            if gap_old
            else (new.keys, before.new + before.size, after.new)
        )
        shift = _best_shift(keys, start, end, before.size, after.size)
        if shift and place >= 0:
            runs[place] = before._replace(size=before.size + shift)
        if shift and place + 1 < len(runs):
            runs[place + 1] = Run(after.old + shift, after.new + shift, after.size - shift)
    return [run for run in runs if run.size]


def _best_shift(keys: Sequence[str], start: int, end: int, room_left: int, room_right: int) -> int:
    """How far the span may slide over equal units to stand right after a stop; 0 if it cannot or already does."""
    if start == 0 or keys[start - 1] in STOPS:
        return 0
    left = 0
    while left < room_left and keys[start - 1 - left] == keys[end - 1 - left]:
        left += 1
        if start == left or keys[start - 1 - left] in STOPS:
            return -left
    right = 0
    while right < room_right and keys[start + right] == keys[end + right]:
        right += 1
        if keys[start + right - 1] in STOPS:
            return right
    return 0


def _pieces(diff: WordDiff) -> Iterator[Hunk]:
    old, new = diff.old, diff.new
    at_old = at_new = 0
    for run in diff.runs:
        for start_old, end_old, start_new, end_new in _equal_spans(run, old, new):
            yield from _between(old.text[at_old:start_old], new.text[at_new:start_new])
            yield from _between(old.text[start_old:end_old], new.text[start_new:end_new])
            at_old, at_new = end_old, end_new
    yield from _between(old.text[at_old:], new.text[at_new:])


def _equal_spans(run: Run, old: Units, new: Units) -> Iterator[tuple[int, int, int, int]]:
    """The characters of a run on both sides: in one piece if they are the same, else unit by unit."""
    last = run.size - 1
    whole = (old.starts[run.old], old.ends[run.old + last], new.starts[run.new], new.ends[run.new + last])
    if old.text[whole[0] : whole[1]] == new.text[whole[2] : whole[3]]:
        yield whole
        return
    for step in range(run.size):
        one, other = run.old + step, run.new + step
        yield old.starts[one], old.ends[one], new.starts[other], new.ends[other]


def _between(old: str, new: str) -> Iterator[Hunk]:
    """What differs, as one replacement; the white space that both begin or end with stays out of it."""
    if old == new:
        yield Hunk(Operation.EQUAL, old)
        return
    head = _shared_space(old, new)
    tail = _shared_space(old[head:][::-1], new[head:][::-1])
    yield Hunk(Operation.EQUAL, old[:head])
    yield Hunk(Operation.DELETE, old[head : len(old) - tail])
    yield Hunk(Operation.INSERT, new[head : len(new) - tail])
    yield Hunk(Operation.EQUAL, old[len(old) - tail :])


def _shared_space(old: str, new: str) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other or not one.isspace():
            break
        count += 1
    return count


def _joined(pieces: Iterable[Hunk]) -> tuple[Hunk, ...]:
    """The pieces with neighbours of one kind made one, a deletion before the insertion beside it, none empty."""
    hunks: list[Hunk] = []
    pending = {Operation.EQUAL: "", Operation.DELETE: "", Operation.INSERT: ""}
    for piece in (*(piece for piece in pieces if piece.text), None):
        if piece is None or (piece.operation is Operation.EQUAL) != bool(pending[Operation.EQUAL]):
            hunks += [Hunk(operation, text) for operation, text in pending.items() if text]
            pending = dict.fromkeys(pending, "")
        if piece is not None:
            pending[piece.operation] += piece.text
    return tuple(hunks)
