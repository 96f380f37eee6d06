"""What differs between two renderings of the same report without a reader seeing it: tokens, ids, the spelling of
white space and letters. Reproducible from a seed; knows no page."""

import html
import random
import unicodedata

import regex

_INSIDE_LONG_WORD = regex.compile(r"(?<=[\p{Latin}\p{Cyrillic}]{4})(?=[\p{Latin}\p{Cyrillic}]{4})")
_BETWEEN_HAN = regex.compile(r"(?<=\p{Han})(?=\p{Han})")


class Noise:
    """A source of noise. The same seed gives the same noise, in the same order of calls."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311  # decoration, not secrecy

    def hex(self, length: int = 8) -> str:
        """A random element id's ending, of `length` hexadecimal digits."""
        return "".join(self._random.choices("0123456789abcdef", k=length))

    def uuid(self) -> str:
        """A random name in the form of a UUID."""
        return "-".join(self.hex(length) for length in (8, 4, 4, 4, 12))

    def number(self, low: int, high: int) -> int:
        """A random whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def shuffled(self, things: list[str]) -> list[str]:
        """The same things in another order."""
        return self._random.sample(things, len(things))

    def disguised(self, text: str) -> str:
        """The text as HTML that reads the same: no-break spaces, line ends, soft hyphens and zero-width spaces,
        decomposed letters, and characters written as entities."""
        return "".join(self._space() if part == " " else self._word(part) for part in regex.split("( )", text))

    def _space(self) -> str:
        return self._random.choices([" ", "&nbsp;", "\u00a0", "\n", "  "], weights=[80, 5, 5, 5, 5])[0]

    def _word(self, word: str) -> str:
        word = _INSIDE_LONG_WORD.sub(lambda _: "\u00ad" * self._once_in(20), word)
        word = _BETWEEN_HAN.sub(lambda _: "\u200b" * self._once_in(20), word)
        if self._once_in(6):
            word = unicodedata.normalize("NFD", word)
        return "".join(f"&#x{ord(letter):x};" if self._once_in(60) else html.escape(letter) for letter in word)

    def _once_in(self, times: int) -> bool:
        return self._random.randrange(times) == 0
