"""Statistics found: the time per 1,000 words in each language, beside quantulum3 in English; and that it stays linear."""

import json
import random
import subprocess
import tempfile
import tomllib
from pathlib import Path

from bench.measure import best, milliseconds, row
from bench.virtual_environment import installed
from monitor.stats.mentions import find_statistics

_SENTENCES = Path(__file__).parent.parent / "tests" / "unit" / "stats" / "sentences"
_PLAIN = {
    "en": "The court heard the lawyers of the accused and the witnesses of the prosecutor behind closed doors.",
    "es": "El tribunal escuchó a los abogados de los acusados y a los testigos del fiscal a puerta cerrada.",
    "fr": "Le tribunal a entendu les avocats des accusés et les témoins du procureur à huis clos.",
    "ru": "Суд выслушал адвокатов обвиняемых и свидетелей прокурора за закрытыми дверями в столице.",
    "ar": "واستمعت المحكمة إلى محامي المتهمين وشهود المدعي العام في جلسة مغلقة في العاصمة.",
    "zh": "法院在首都闭门听取了被告律师和检察官证人的陈述，判决理由没有公布。",
}
_HOSTILE = {
    "digits": ("7", "en"), "digits and commas": ("1,", "en"), "digits and spaces": ("1 ", "en"), "brackets": ("([)]", "en"),
    "numbers in brackets": ("(1)[2]", "en"), "number words": ("one hundred and thousand million ", "en"),
    "hyphens": ("twenty-", "en"), "dates": ("1 May ", "en"), "ranges": ("3-5 to 7, between 2 and ", "en"),
    "lists": ("1, 2 and 3 ", "en"), "number words, es": ("mil y dos veces cien ", "es"),
    "number words, fr": ("quatre-vingt et un mille ", "fr"), "number words, ru": ("двадцать пять тысяч от до ", "ru"),
    "number words, ar": ("وثلاثة آلاف ومئة بين ", "ar"), "number words, zh": ("一万三千余", "zh"), "positional": ("一万", "zh"),
}  # fmt: skip
_QUANTULUM = """
import json, sys, time
from quantulum3 import parser
text = json.load(open(sys.argv[1]))
parser.parse("5 km")
start = time.perf_counter()
for line in text:
    parser.parse(line)
print(time.perf_counter() - start)
"""


def main() -> None:
    """Print the tables."""
    english = _languages()
    _beside_quantulum(english)
    _linear()


def prose(language: str) -> list[str]:
    """Sentences of a language: our own with figures and traps, between as many without any."""
    figures = tomllib.loads((_SENTENCES / f"{language}.toml").read_text(encoding="utf-8"))
    return [line for sentence in figures for line in (sentence, _PLAIN[language])]


def _words(lines: list[str], language: str) -> float:
    """The length in words; two Han characters count as one."""
    return sum(map(len, lines)) / 2 if language == "zh" else sum(len(line.split()) for line in lines)


def _languages() -> float:
    lines = {language: prose(language) for language in _PLAIN}
    taken = best(*(lambda language=language: _find(lines[language], language) for language in lines), rounds=7)
    per_1000 = {
        language: seconds * 1000 / _words(lines[language], language)
        for language, seconds in zip(lines, taken, strict=True)
    }
    for language, seconds in per_1000.items():
        row(f"1,000 words, {language}", milliseconds(seconds), f"x {seconds / per_1000['en']:.2f}", "(target 2)")
    return per_1000["en"]


def _find(lines: list[str], language: str) -> None:
    for line in lines:
        find_statistics(line, language)


def _beside_quantulum(ours: float) -> None:
    binaries = installed("quantulum3")
    if binaries is None:
        row("quantulum3", "not installed")
        return
    lines = prose("en")
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(lines, file)
        file.flush()
        command = [str(binaries / "python"), "-W", "ignore", "-c", _QUANTULUM, file.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        row("quantulum3", "does not run:", done.stderr.strip().splitlines()[-1])
        return
    theirs = float(done.stdout) * 1000 / _words(lines, "en")
    row("quantulum3, 1,000 words, en", milliseconds(theirs), f"x {theirs / ours:.0f}", "(target 20)")


def _linear() -> None:
    for name, (unit, language) in _HOSTILE.items():
        small, large = (unit * (size // len(unit)) for size in (100_000, 1_000_000))
        _growth(name, small, large, language)
    chooser = random.Random(3)
    scraps = ["1", "2,3", "(", "]", "one", "hundred", "million", "and", "-", "at", "least", "dozens", "May", "article"]
    mixed = " ".join(chooser.choices(scraps, k=300_000))
    _growth("all of it, mixed", mixed[:100_000], mixed[:1_000_000], "en")


def _growth(name: str, small: str, large: str, language: str) -> None:
    little, much = best(lambda: find_statistics(small, language), lambda: find_statistics(large, language), rounds=2)
    row(f"1 MB of {name}", milliseconds(much), f"x {much / little:.1f}", "(of 100 KB; target 10)")
