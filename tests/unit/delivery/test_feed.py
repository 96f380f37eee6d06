"""The Atom feed file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser

from monitor.alerts.outcome import Dead, Delivered, Retry
from monitor.delivery import feed
from monitor.delivery.message import message
from monitor.model.channel import FeedChannel
from tests.unit.alerts.samples import alert
from tests.unit.delivery.samples import dispatch

NOW = datetime(2026, 3, 2, 9, 45, tzinfo=UTC)


def channel(folder: Path, **values: object) -> FeedChannel:
    return FeedChannel(name="public", path=folder / "sub" / "feed.xml", title="Veland watch", **values)  # type: ignore[arg-type]


def entry(number: int, language: str = "en") -> feed.Entry:
    told = message(dispatch(alert(language, new=100 + number), wording=language))
    return feed.Entry(key=f"k{number}", updated=NOW + timedelta(minutes=number), message=told)


def test_a_feed_reader_reads_the_newest_first(tmp_path: Path) -> None:
    to = channel(tmp_path, address="https://monitor.example.org/feed.xml")

    assert [feed.send(to, entry(number)) for number in (1, 2, 3)] == [Delivered()] * 3

    found = feedparser.parse(to.path.read_bytes())
    assert not found.bozo
    assert found.feed.title == "Veland watch"
    assert [one.id for one in found.entries] == ["urn:monitor:k3", "urn:monitor:k2", "urn:monitor:k1"]
    assert found.entries[0].title == "Veland: 98 → 103 (new cases)"
    assert found.entries[0].link == "https://reports.example.org/en/veland/"
    assert "<ins" in found.entries[0].content[0].value


def test_the_same_message_again_is_the_same_entry(tmp_path: Path) -> None:
    to = channel(tmp_path)

    for number in (1, 2, 1):
        feed.send(to, entry(number))

    assert [one.id for one in feedparser.parse(to.path.read_bytes()).entries] == ["urn:monitor:k1", "urn:monitor:k2"]


def test_a_feed_keeps_its_newest_entries(tmp_path: Path) -> None:
    to = channel(tmp_path, most_entries=3)

    for number in range(6):
        feed.send(to, entry(number))

    assert [one.id[-2:] for one in feedparser.parse(to.path.read_bytes()).entries] == ["k5", "k4", "k3"]


def test_entries_say_their_language(tmp_path: Path) -> None:
    to = channel(tmp_path)

    feed.send(to, entry(1, "ar"))

    assert 'xml:lang="ar"' in to.path.read_text(encoding="utf-8")


def test_a_file_that_is_no_feed_is_left_alone(tmp_path: Path) -> None:
    to = channel(tmp_path)
    to.path.parent.mkdir()
    for content in ("export PATH=/bin\n", "<html></html>"):
        to.path.write_text(content, encoding="utf-8")

        outcome = feed.send(to, entry(1))

        assert isinstance(outcome, Dead)
        assert to.path.read_text(encoding="utf-8") == content


def test_a_feed_that_cannot_be_written_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "sub").write_text("a file where a folder should be", encoding="utf-8")

    assert isinstance(feed.send(channel(tmp_path), entry(1)), Retry)
    assert [path.name for path in tmp_path.iterdir()] == ["sub"]
