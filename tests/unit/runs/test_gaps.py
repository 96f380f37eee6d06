"""What languages lack, followed over time: each lack is told once."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.alerts.criteria import Rule
from monitor.alerts.merging import merge
from monitor.model.alert import Alert, EventKind, Sighting
from monitor.model.target import Page, Target
from monitor.runs.check import check
from monitor.runs.desk import Desk
from monitor.runs.gaps import tell_gaps
from monitor.runs.translations import compared_languages
from monitor.store.store import SnapshotStore
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.reports import report

LANGUAGES = ("en", "fr", "ru")
PAGES = tuple(Page(target="maravel", language=tag, url=f"https://reports.example/{tag}/") for tag in LANGUAGES)
TARGET = Target(id="maravel", title="Maravel", pages=PAGES)
RULE = Rule(name="languages", channels=("desk",), kinds=(EventKind.TRANSLATION_LAG, EventKind.TRANSLATION_DISAGREEMENT))


class World:
    """A report in three languages; a day passes between two runs."""

    def __init__(self, folder: Path) -> None:
        self.store = SnapshotStore(folder, create=True)
        self.fetcher = FakeFetcher()
        self.desk = Desk(rules=(RULE,), grace=timedelta(days=3))
        self.alerts: list[Alert] = []

    def run(self, **contents: bytes) -> list[tuple[EventKind, tuple[str, ...]]]:
        """What is said of the languages once the site shows these pages."""
        for page in PAGES:
            if page.language in contents:
                self.fetcher.pages[page.url] = contents[page.language]
        list(check(PAGES, self.fetcher, self.store))
        (found,) = compared_languages(self.store, [TARGET])
        assert found.languages is not None
        raised = tell_gaps(self.store, "maravel", found.languages, self.fetcher.now, self.desk)
        self.alerts = [each.alert for each in raised]
        return [(alert.kind, alert.languages) for alert in self.alerts]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.store.close()


def everywhere(**values: object) -> dict[str, bytes]:
    return {tag: report(tag, **values) for tag in LANGUAGES}  # type: ignore[arg-type]


def test_what_was_so_when_a_language_was_first_met_is_not_told(world: World) -> None:
    assert world.run(**(everywhere() | {"fr": report("fr", figure=51)})) == []
    assert world.run() == []


def test_a_figure_that_comes_to_differ_is_told_at_once_and_once(world: World) -> None:
    world.run(**everywhere())
    assert world.run(**(everywhere(figure=17) | {"fr": report("fr", figure=61)})) == [
        (EventKind.TRANSLATION_DISAGREEMENT, ("en", "fr"))
    ]
    assert world.run() == []
    assert world.run(en=report("en", figure=17, noise="2")) == []


def test_a_figure_put_right_and_wrong_again_is_told_again(world: World) -> None:
    world.run(**everywhere())
    wrong = everywhere(figure=17) | {"fr": report("fr", figure=61)}
    assert len(world.run(**wrong)) == 1
    assert world.run(**everywhere(figure=17)) == []
    assert len(world.run(**wrong)) == 1


def test_a_language_has_its_time_to_follow_and_is_then_told_once(world: World) -> None:
    world.run(**everywhere())
    assert world.run(en=report("en", figure=17)) == []
    assert world.run() == []
    assert world.run() == []
    late = world.run()
    assert sorted(late) == [(EventKind.TRANSLATION_LAG, ("en", tag)) for tag in ("fr", "ru")]
    assert world.run() == []


def test_an_alert_of_a_lag_names_what_the_source_changed_where_and_when(world: World) -> None:
    world.run(**everywhere())
    world.run(en=report("en", figure=17))
    changed_at = world.fetcher.now
    while not world.alerts:
        world.run()

    (merged,) = merge(world.alerts)
    assert (merged.languages[0], set(merged.languages[1:])) == ("en", {"fr", "ru"})
    seen = merged.sightings[0]
    figures = [(s.place.heading, s.change.old, s.change.new) for s in seen.statistics]
    assert [(name, old and old.value, new and new.value) for name, old, new in figures] == [
        ("Background", 12, 17), ("Freedom of expression", 22, 27), ("Right to water", 32, 37),
    ]  # fmt: skip
    assert seen.since is not None
    assert abs(changed_at - seen.since) < timedelta(days=1)
    assert Sighting.from_dict(seen.to_dict()) == seen


def test_a_language_has_its_time_to_drop_what_the_source_dropped(world: World) -> None:
    world.run(**everywhere())
    said = [world.run(en=report("en", sections=2), ru=report("ru", sections=2)) for _ in range(5)]
    assert said == [[], [], [], [(EventKind.TRANSLATION_LAG, ("en", "fr"))], []]


def test_a_language_that_follows_in_time_is_never_told(world: World) -> None:
    world.run(**everywhere())
    world.run(en=report("en", figure=17))
    assert world.run(**everywhere(figure=17)) == []
    for _ in range(4):
        assert world.run() == []


def test_a_new_edition_that_is_not_followed_is_told_when_it_is_late(world: World) -> None:
    world.run(**everywhere())
    said = [world.run(en=report("en", edition=2025)) for _ in range(5)]
    assert [len(each) for each in said] == [0, 0, 0, 2, 0]
    assert {kind for kind, _ in said[3]} == {EventKind.TRANSLATION_LAG}


def test_without_a_comparison_of_languages_nothing_waits(world: World) -> None:
    assert world.store.following.untold(world.fetcher.now) == []
    world.run(**everywhere())
    world.run(en=report("en", figure=17))
    assert world.store.following.untold(world.fetcher.now) == ["maravel"]
