"""What two headings say."""

from monitor.align.headings import Headings
from monitor.model.document import Section, SectionId


def sections(*headings: str) -> list[Section]:
    return [
        Section(id=SectionId(f"s{n}"), position=n, level=2, heading=heading, blocks=())
        for n, heading in enumerate(headings)
    ]


def test_the_same_heading_says_most_then_the_same_topic_then_like_letters_and_another_topic_speaks_against():
    same, topic, alike, unlike, contrary = (
        Headings(sections(old), sections(new), "en").odds[0][0] or 0.0
        for old, new in (
            ("Death penalty", "death penalty."),
            ("Death penalty", "Executions and the death penalty"),
            ("Halden quarry inquiry", "Halden quarry enquiries"),
            ("Halden quarry inquiry", "Ten questions"),
            ("Death penalty", "Right to health"),
        )
    )
    assert same > topic > alike > unlike > contrary
    assert unlike < 0


def test_a_heading_that_is_a_number_says_nothing():
    headings = Headings(sections("1", "Health"), sections("1", "Health"), "en")
    assert headings.odds[0] == [None, None]
    assert headings.odds[1][0] is None
    assert not headings.are_same(0, 0)
    assert not headings.is_renamed(0, 1)


def test_a_renamed_heading_is_one_that_says_something_else():
    headings = Headings(sections("Health"), sections("Right to health", "Health"), "en")
    assert headings.is_renamed(0, 0)
    assert not headings.is_renamed(0, 1)
