"""Writes the number words of a language from CLDR's spell-out rules: monitor/stats/lexicons/<tag>.numerals.json.

Run at development time only (`pip install unicode-rbnf`, then `python scripts/generate_numerals.py en es fr ru`). The
words are single words: every inflected form of every cardinal that cannot be put together from shorter ones, and every
ordinal, with their values. Languages whose rules are incomplete (Arabic) or that count by position (Chinese) have their
words in their lexicon, written by hand.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from unicode_rbnf import RbnfEngine
from unicode_rbnf.engine import NoRuleForNumberError

FOLDER = Path(__file__).parent.parent / "monitor" / "stats" / "lexicons"
JOINERS = {"en": {"and"}, "es": {"y"}, "fr": {"et"}}
SCALES = [10**3, 10**6, 10**9, 10**12]
TIMES = [1, 2, 3, 5, 21]


def main(tags: list[str]) -> None:
    for tag in tags:
        words = Words(tag)
        data = {"cardinals": words.cardinals(), "ordinals": words.ordinals()}
        path = FOLDER / f"{tag}.numerals.json"
        path.write_text(json.dumps(data, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


class Words:
    """The words that one language builds its numbers from."""

    def __init__(self, tag: str) -> None:
        self.engine = RbnfEngine.for_language(tag)
        self.joiners = JOINERS.get(tag, set())
        names = [name for name in self.engine.rulesets if name.startswith("spellout-")]
        self.cardinal_rules = [name for name in names if "ordinal" not in name and "year" not in name]
        self.ordinal_rules = [name for name in names if "ordinal" in name]
        self.known: dict[str, int] = {}

    def spelled(self, number: int, rules: list[str]) -> Iterator[list[str]]:
        try:
            texts = self.engine.format_number(number, ruleset_names=rules).text_by_ruleset.values()
        except NoRuleForNumberError:
            return
        for text in texts:
            words = re.split(r"[ \-]+", text.casefold().replace("\u00ad", ""))
            yield [word for word in words if word not in self.joiners]

    def cardinals(self) -> dict[str, int]:
        for number in [*range(1000), *SCALES]:
            for words in self.spelled(number, self.cardinal_rules):
                if len(words) == 1:
                    self.known.setdefault(fold(words[0]), number)
        for hundreds in range(100, 1000, 100):
            self._learn_last(100, hundreds)
        for scale in SCALES:
            for times in TIMES:
                self._learn_last(scale, times * scale)
        return self.known

    def _learn_last(self, scale: int, number: int) -> None:
        """The word that says `scale` in a number is the one left over when the other words are known."""
        for words in self.spelled(number, self.cardinal_rules):
            unknown = [word for word in words if fold(word) not in self.known]
            if len(unknown) == 1 and unknown[0] == words[-1] and len(words) > 1:
                self.known[fold(words[-1])] = scale

    def ordinals(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number in [*range(1, 1001), *(times * scale for scale in SCALES for times in range(1, 21))]:
            for words in self.spelled(number, self.ordinal_rules):
                if fold(words[-1]) not in self.known and words[-1].isalpha():
                    found.setdefault(fold(words[-1]), number)
        return found


def fold(word: str) -> str:
    return word.replace("ё", "е")


if __name__ == "__main__":
    main(sys.argv[1:])
