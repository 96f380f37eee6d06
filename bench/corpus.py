"""Made-up reports of any length: a seeded vocabulary with the word frequencies of prose (Zipf), figures and names."""

import html
import random
from dataclasses import dataclass

_SYLLABLES = ("ba", "cor", "del", "fi", "gar", "hen", "il", "jo", "ka", "len", "mor", "ni", "or", "pes", "qua", "ri",
              "sol", "ta", "un", "vel", "wes", "yar", "zo", "thra", "ste", "mun", "dral", "ques", "brin", "fol")  # fmt: skip
_FUNCTION_WORDS = ("the", "of", "and", "to", "in", "a", "were", "was", "by", "that", "for", "on", "with", "from", "had")


class Vocabulary:
    """One language: words that occur as often as their rank allows. The seed decides what is said in it."""

    def __init__(self, seed: int, size: int = 6000) -> None:
        self.random = random.Random(0)
        self.words = list(_FUNCTION_WORDS)
        known = set(self.words)
        while len(self.words) < size:
            word = "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4)))
            if word not in known:
                known.add(word)
                self.words.append(word)
        self.weights = [1 / (rank + 2.7) for rank in range(size)]
        self.random = random.Random(seed)

    def sentence(self) -> str:
        """A sentence of 12 to 28 words and one comma; every third carries a figure, every fourth a name."""
        words = self.random.choices(self.words, self.weights, k=self.random.randint(12, 28))
        if self.random.random() < 0.33:
            words[self.random.randrange(2, 8)] = f"{self.random.randint(2, 4000):,}"
        if self.random.random() < 0.25:
            words[self.random.randrange(2, 8)] = words[0].capitalize() + " " + words[1].capitalize()
        words[9] += ","
        return " ".join(words).capitalize() + "."

    def paragraph(self) -> str:
        """Three to six sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randint(3, 6)))


@dataclass(frozen=True, slots=True)
class Report:
    """A report as headings with their paragraphs."""

    sections: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def text(self) -> str:
        """All paragraphs, a blank line between them."""
        return "\n\n".join(paragraph for _, paragraphs in self.sections for paragraph in paragraphs)

    def page(self) -> bytes:
        """The report as a page of some 59 KB around it: menus, scripts and styles as real pages carry them."""
        body = "".join(
            f'<h2 class="wp-block-heading">{html.escape(heading)}</h2>'
            + "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
            for heading, paragraphs in self.sections
        )
        menu = "".join(f'<li class="menu-item"><a href="/place/{n}">Place number {n}</a></li>' for n in range(160))
        return (
            '<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8"><title>Norvania 2024</title>'
            f"<script>{'var settings = {};' * 500}</script></head>"
            '<body class="tax-location report has-hero ltr"><a class="skipLink" href="#main">Skip</a>'
            f'<header class="page-header"><nav><ul>{menu}</ul></nav></header>'
            '<main id="main"><div class="section container article-container article-container--report">'
            '<section class="article"><header class="article-header"><h2 class="article-title">Norvania 2024</h2></header>'
            f'<article class="article-content"><p>{html.escape(self.sections[0][1][0])}</p>{body}</article></section></div>'
            '</main><footer class="page-footer"><p>Imprint</p></footer></body></html>'
        ).encode()


def report(words: int, seed: int = 1, sections: int = 15) -> Report:
    """A report of about that many words."""
    vocabulary = Vocabulary(seed)
    made = []
    written = 0
    for number in range(sections):
        paragraphs: list[str] = []
        while written < words * (number + 1) / sections or not paragraphs:
            paragraphs.append(vocabulary.paragraph())
            written += paragraphs[-1].count(" ") + 1
        made.append((f"Right to {vocabulary.words[40 + number]}", tuple(paragraphs)))
    return Report(tuple(made))


def edited(original: Report, edits: int, seed: int = 2) -> Report:
    """The same report with that many words replaced, at places spread over it."""
    chooser = random.Random(seed)
    sections = [[heading, list(paragraphs)] for heading, paragraphs in original.sections]
    for _ in range(edits):
        paragraphs = chooser.choice(sections)[1]
        index = chooser.randrange(len(paragraphs))
        words = paragraphs[index].split(" ")
        words[chooser.randrange(len(words))] = chooser.choice(_SYLLABLES) + chooser.choice(_SYLLABLES)
        paragraphs[index] = " ".join(words)
    return Report(tuple((heading, tuple(paragraphs)) for heading, paragraphs in sections))
