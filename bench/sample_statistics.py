"""The sample report against the list of a careful reader: `python -m bench.sample_statistics PATH`.

The list names the figures only, by the heading they stand under; the report itself is not part of the project.
"""

import sys
from collections import Counter
from pathlib import Path

import monitor
from monitor.model.statistic import Statistic

STATED = """
RUSSIA 2024: 60 count more_than
Background: tens count exact; hundreds count exact; hundreds count exact; 150000 count more_than; 50000 count approx;
  46 count exact; 9 count exact; 19 count exact; 161 count at_least; 145 count exact; 551 count exact; 15 count exact
Violations of international humanitarian law: 9 count exact
Impunity: 9 duration exact; 2 count exact
Freedom of expression: 98 count at_least; 171 count exact; 114 count at_least; 30 duration exact; 7 duration exact;
  6 duration exact; 3 count exact; 4 count exact; 6 count exact; 15 duration at_most; 107 count exact
Freedom of peaceful assembly: 81 count at_least; 1 count exact; 387 count at_least; 39 count exact; tens count exact;
  30 count approx; 4 count at_least
Freedom of association: 169 count exact; 65 count exact; tens count exact; 2 duration at_most; 6 count at_least;
  55 count exact; 6 duration at_most
Freedom of religion and belief: 24 count exact; 34 count exact; 116 count exact; 43 count exact; 8 duration at_most;
  171 count exact; 60 count more_than
Arbitrary detention and unfair trials: 2 duration exact; 3 multiplier more_than; 52 count exact; 9 multiplier exact;
  18 count exact; 7 duration exact; 3 duration exact
Torture and other ill-treatment: 4 count exact; 7 duration more_than
LGBTI people’s rights: 24 count at_least; 2 count exact; 10 duration at_most; several duration exact
Sexual and reproductive rights: 14 count exact
Children’s rights: 15 age exact; 5 duration exact
Migrants’ rights: 24 count exact; 7 count exact; 8 count at_least; 10000 count more_than
Right to a healthy environment: 10 percent approx; 1 percent approx; 4.5 percent exact
"""
OPTIONAL = {"6 duration exact"}
"""A reference period ("the first six months") may be told or not."""


def main(path: Path) -> int:
    """Print recall and strict precision against the list, and every difference."""
    document = monitor.read(path, language="en")
    found = {
        section.heading: [written(s) for block in section.blocks for s in monitor.find_statistics(block.text, "en")]
        for section in document.sections
    }
    stated = {heading: Counter(figures) for heading, figures in listed().items()}
    hit = wanted = told = 0
    for heading in dict.fromkeys([*stated, *found]):
        want, have = stated.get(heading, Counter()), Counter(found.get(heading, ()))
        missed, extra = want - have, have - want
        told -= sum(extra[figure] for figure in OPTIONAL)
        hit, wanted, told = hit + (want & have).total(), wanted + want.total(), told + have.total()
        for name, figures in (("missed", missed), ("more", extra)):
            if figures:
                print(f"  {name} in {heading!r}: {', '.join(figures.elements())}")
    print(f"sample: {wanted} figures, recall {hit / wanted:.3f}, strict precision {hit / max(1, told):.3f}")
    return 0 if hit == wanted == told else 1


def listed() -> dict[str, list[str]]:
    """The careful reader's list: heading to figures."""
    lines = STATED.strip().replace("\n  ", " ").splitlines()
    pairs = (line.split(": ", 1) for line in lines)
    return {heading: [figure.strip() for figure in figures.split(";")] for heading, figures in pairs}


def written(statistic: Statistic) -> str:
    """A statistic as the list writes it."""
    value = statistic.magnitude if statistic.value is None else statistic.value
    return f"{value} {statistic.kind} {statistic.qualifier}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
