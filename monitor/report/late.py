"""What the report of a revision tells of the other languages of its target: which have not followed its changes."""

from collections import defaultdict
from collections.abc import Iterator

from monitor.diff.languages import Languages
from monitor.model.document import SectionId
from monitor.report.grid_shapes import language_names
from monitor.report.scene import Scene
from monitor.report.sections import new_name
from monitor.report.shapes import Phrase, Remark, Tone


def late(scene: Scene, languages: Languages) -> Iterator[Remark]:
    """One remark for the sections of each day that the same languages have not followed; none unless the new text is the
    one that the languages are held against."""
    words, source = scene.words, languages.matrix.documents[0]
    if source.sha256 != scene.comparison.new.sha256:
        return
    changed = {change.new_section for change in scene.comparison.changes}
    behind: defaultdict[tuple[SectionId, str], list[str]] = defaultdict(list)
    for lag in languages.lags:
        if lag.section in changed:
            behind[lag.section, words.day(lag.since, year=True)].append(lag.language)
    groups: defaultdict[tuple[str, tuple[str, ...]], list[Phrase]] = defaultdict(list)
    for (section, day), late_ones in behind.items():
        groups[day, tuple(late_ones)].append((new_name(section, scene),))
    for (day, tags), sections in groups.items():
        told = words.phrase(
            "lag_group", source=words.language(source.language), date=day, languages=language_names(tags, words),
            sections=words.listed(sections),
        )  # fmt: skip
        yield Remark(tone=Tone.FLAG, phrase=words.phrase("statement", what=told))
