"""Names in scripts without capital letters: where a head word, a role before it or a known name shows them.

Chinese: known names, heads behind what may stand before them (最高法院), places after a preposition, transliterations with a
middle dot or after a role, surnames after a role. Arabic: known names, heads with the defined words after them, the word
after "city of" and the like, the two words after a role.
"""

import functools
from collections.abc import Iterable, Iterator, Sequence

import regex

from monitor.extract.titles import countries
from monitor.language.cues import cue_words, cues
from monitor.language.lexicon import lexicon
from monitor.language.words import placed_words

_HAN = regex.compile(r"\p{Han}")
_PLACE_WORDS = r"\p{Han}{2,4}"
_PEOPLE = "人语文籍裔族式"
_ARTICLE, _AND, _AND_ARTICLE = "ال", "و", "وال"
_NO_NAMES = (_AND, "لل")
_NAMES_OF_ONE = 2
_CLITICS = ("و", "ب", "ل", "ف", "وب", "ول")
_MOST_KNOWN_WORDS = 3
_MOST_ADJECTIVES = 2
_SHORTEST_NAME = 3

Span = tuple[int, int]


def found_in_script(text: str, tag: str, people: regex.Pattern[str] | None = None) -> Iterator[Span]:
    """The spans of the names in a sentence; `people` are those that a role leads in elsewhere."""
    if tag == "zh":
        for pattern in (*_chinese_people(), *_chinese_names()):
            yield from (match.span("name") for match in pattern.finditer(text))
    elif tag == "ar":
        for run in _runs(text):
            yield from _people_in_arabic(run)
            yield from _names_in_arabic(run)
    if people:
        yield from (match.span("name") for match in people.finditer(text))


def people_in(texts: Iterable[str], tag: str) -> regex.Pattern[str] | None:
    """What finds again, without a role before them, the people that a role leads in; None if there are none."""
    found = set[str]()
    for text in texts:
        if tag == "zh":
            found |= {match["name"] for pattern in _chinese_people() for match in pattern.finditer(text)}
        elif tag == "ar":
            found |= {text[start:end] for run in _runs(text) for start, end in _people_in_arabic(run)}
    if not found:
        return None
    edge = r"\p{L}" if tag == "ar" else r"·"
    return regex.compile(rf"(?<!{edge})(?P<name>{_any_of(found)})(?!{edge})")


def words_of(text: str, elided: Sequence[str] = ()) -> list[tuple[int, str]]:
    """The words that begin with a letter, each with its place; an elided article is cut off."""
    words = placed_words(text)
    if elided:
        words = [_without_article(place, word, elided) for place, word in words]
    return [(place, word) for place, word in words if word[:1].isalpha()]


def _without_article(place: int, word: str, elided: Sequence[str]) -> tuple[int, str]:
    folded = word.casefold()
    length = next((len(article) for article in elided if folded.startswith(article)), 0)
    return place + length, word[length:]


# -- Chinese -------------------------------------------------------------------------------------------------------


@functools.cache
def _chinese_people() -> tuple[regex.Pattern[str], ...]:
    found = cues("zh")
    sounds, role = f"[{''.join(found.sounds)}]", f"(?<={_any_of(found.roles)})"
    written = (
        rf"(?P<name>{sounds}{{2,}}(?:[·•]{sounds}{{2,}}|[·•]{sounds}+(?=[·•]))+)",
        rf"{role}(?P<name>{sounds}{{2,7}}){_chinese_end()}",
        rf"{role}(?P<name>[{''.join(found.surnames)}]\p{{Han}}{{1,2}}?){_chinese_end()}",
    )
    return tuple(regex.compile(pattern) for pattern in written)


def _chinese_end() -> str:
    return rf"(?=[{''.join(cues('zh').follow)}]|\p{{P}}|$)"


@functools.cache
def organisation_in_chinese() -> regex.Pattern[str]:
    """What finds the name of an organisation by its head and what stands before it."""
    found = cues("zh")
    opener = f"(?:{_chinese_places()}|{_any_of(found.modifiers)})"
    rest = f"(?:{opener}|{_any_of(found.inside)})*{_any_of(found.organisations)}"
    return regex.compile(f"(?P<name>(?!{_any_of(found.things)}){opener}{rest})")


@functools.cache
def _chinese_places() -> str:
    return _any_of([*(name for name in countries() if _HAN.match(name)), *cues("zh").known_places])


@functools.cache
def _chinese_names() -> tuple[regex.Pattern[str], ...]:
    found = cues("zh")
    never = f"(?![{''.join(found.never)}]|\\p{{Han}}{{0,3}}{_any_of(found.things)})"
    written = (
        rf"(?P<name>{_any_of(found.known_organisations)})",
        rf"(?P<name>{_chinese_places()})(?![{_PEOPLE}])",
        rf"{_any_of(found.locative)}(?P<name>{never}{_PLACE_WORDS}?{_any_of(found.places)}){_chinese_end()}",
    )
    return organisation_in_chinese(), *(regex.compile(pattern) for pattern in written)


def _any_of(listed: Iterable[str]) -> str:
    return f"(?:{'|'.join(sorted(map(regex.escape, listed), key=len, reverse=True))})"


# -- Arabic --------------------------------------------------------------------------------------------------------


def _runs(text: str) -> Iterator[list[tuple[int, str]]]:
    """The words of a text, cut wherever there is more than a space between two."""
    run: list[tuple[int, str]] = []
    for start, word in words_of(text):
        if run and text[_end_of(run[-1]) : start] != " ":
            yield run
            run = []
        run.append((start, word))
    yield run


def _people_in_arabic(words: Sequence[tuple[int, str]]) -> Iterator[Span]:
    forms = [word for _, word in words]
    for place, word in enumerate(forms):
        named = _person_after(word, forms[place + 1 :])
        if named:
            yield words[place + named.start][0], _end_of(words[place + named.stop - 1])


def _names_in_arabic(words: Sequence[tuple[int, str]]) -> Iterator[Span]:
    forms = [word for _, word in words]
    for place, (start, word) in enumerate(words):
        for bare in _bare_forms(word):
            first = start + len(word) - len(bare)
            for last in (
                _known_end(bare, forms[place + 1 : place + _MOST_KNOWN_WORDS]),
                _head_end(bare, forms[place + 1 :]),
            ):
                if last is not None:
                    yield first, _end_of(words[place + last])
        if word in cue_words("ar", "before_places") and place + 1 < len(words) and _may_name(forms[place + 1]):
            yield words[place + 1][0], _end_of(words[place + 1])


def _end_of(word: tuple[int, str]) -> int:
    return word[0] + len(word[1])


def _bare_forms(word: str) -> Iterator[str]:
    """The word, and what it is without the small words that are written together with it."""
    yield word
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= _SHORTEST_NAME:
            yield word.removeprefix(clitic)


def _known_end(word: str, following: Sequence[str]) -> int | None:
    """How many words after this one a known name goes on, the longest; None if none begins here."""
    found = (
        size for size in range(len(following), -1, -1) if " ".join((word, *following[:size])) in _known_in_arabic()
    )
    return next(found, None)


@functools.cache
def _known_in_arabic() -> frozenset[str]:
    found = cues("ar")
    return frozenset({*countries(), *found.known_places, *found.known_organisations}.difference(found.never))


def _head_end(word: str, following: Sequence[str]) -> int | None:
    """How many words after a head belong to it: what defines it, then small adjectives; None where nothing does."""
    if word not in cue_words("ar", "organisations"):
        return None
    tails, size = cue_words("ar", "tails"), 0
    if not word.startswith(_ARTICLE) and following and following[0].startswith(_ARTICLE):
        size = 1
        if len(following) > 1 and following[1].startswith(_AND_ARTICLE):
            size = 2
    while size < len(following):
        if following[size] in tails:
            size += 1
        elif " ".join(following[size : size + 2]) in tails:
            size += 2
        else:
            break
    return size or None


def _person_after(word: str, following: Sequence[str]) -> range | None:
    """Which of the words after a role and its adjectives are a name, counted from the role."""
    if word not in cue_words("ar", "roles"):
        return None
    skipped = next((place for place, form in enumerate(following) if not form.startswith(_ARTICLE)), len(following))
    own = _full_name(following[skipped:])
    told = own and skipped <= _MOST_ADJECTIVES and not own[0].startswith(_NO_NAMES) and all(map(_may_name, own))
    return range(skipped + 1, skipped + 1 + len(own)) if told else None


def _full_name(words: Sequence[str]) -> Sequence[str]:
    """The first words, as many as make two names: "عبد الله" is one; nothing if there are not so many."""
    full = 0
    for size, word in enumerate(words, start=1):
        full += word not in cues("ar").inside
        if full == _NAMES_OF_ONE:
            return words[:size]
    return ()


def _may_name(word: str) -> bool:
    """True for a word that is not known for something else."""
    return len(word) > 1 and word not in cues("ar").never and word not in lexicon("ar").common
