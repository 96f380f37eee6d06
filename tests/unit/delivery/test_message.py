"""Messages in the reader's words."""

import re
import string
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from monitor.alerts.merging import merge
from monitor.alerts.rules import decide, decide_incident
from monitor.alerts.schedule import Form
from monitor.delivery import words as wording_module
from monitor.delivery.letter import MOST_ALERTS
from monitor.delivery.message import message
from monitor.delivery.words import wordings, words_of
from monitor.model.alert import Alert, EventKind, Incident
from monitor.model.comparison import ChangeClass, Comparison, ComparisonKind, SectionLink, SectionStatus
from monitor.model.document import SectionId
from tests.unit.alerts.samples import (
    LANGUAGES,
    NOW,
    alert,
    change,
    changed,
    comparison,
    context,
    document,
    rule,
    statistic,
)
from tests.unit.delivery.samples import dispatch

FOLDER = Path(wording_module.__file__).parent / "wording"


def data(tag: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads((FOLDER / f"{tag}.toml").read_text(encoding="utf-8"))
    return found


def names(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def test_there_is_a_wording_for_each_of_the_six_languages() -> None:
    assert wordings() == sorted(LANGUAGES)
    assert words_of("sw").tag == "en"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_wording_says_everything_with_the_same_values(tag: str) -> None:
    english, found = data("en"), data(tag)

    assert found["sentences"].keys() == english["sentences"].keys()
    assert found["counts"].keys() == english["counts"].keys()
    for key, sentence in english["sentences"].items():
        assert names(found["sentences"][key]) == names(sentence), key


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_count_has_the_plural_forms_of_its_language(tag: str) -> None:
    expected = {*words_of(tag).plurals, "other"}

    for key, forms in data(tag)["counts"].items():
        assert set(forms) == expected, key  # type: ignore[arg-type]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_reader_is_told_in_their_language(tag: str) -> None:
    (merged,) = merge(alert(language) for language in LANGUAGES)

    found = message(dispatch(merged, wording=tag))

    assert found.language == tag
    assert f'<html lang="{tag}" dir="{found.direction}"' in found.html
    assert found.direction == ("rtl" if tag == "ar" else "ltr")
    assert "104" in found.subject
    section = next(s for s in merged.sightings if s.language == tag).changes[0].place.heading
    assert section in found.text
    assert section in found.html
    others = {s.changes[0].place.heading for s in merged.sightings} - {section}
    assert not any(other in found.text for other in others)


def test_what_only_one_language_shows_is_told_beside_the_readers_own() -> None:
    more = decide(
        comparison(change(ChangeClass.HEDGING, "prétendument ", "", before="Ils ont été "), statistics=(changed(98, 104),), language="fr"),
        [rule()], context(),
    )  # fmt: skip
    (merged,) = merge([alert("en"), *more])

    found = message(dispatch(merged))

    assert "Only in French" in found.text
    assert "[-prétendument -]" in found.text


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_of_event_has_its_words(tag: str, kind: EventKind) -> None:
    found = message(dispatch(event(kind), wording=tag))

    assert found.subject.startswith("Veland")
    assert "{" not in found.subject + found.short
    assert words_of(tag).say("because", rules="figures") in found.text
    assert string.whitespace not in found.subject


def event(kind: EventKind) -> Alert:
    base = alert()
    if kind is EventKind.REVISION:
        return base
    if kind is EventKind.EDITION:
        new = Comparison(kind=ComparisonKind.EDITION, old=document(), new=document(edition=2025), alignment=(),
                         changes=(change(ChangeClass.WORDING, "a", "b"),))  # fmt: skip
        return decide(new, [rule()], context())[0]
    if kind in (EventKind.TRANSLATION_LAG, EventKind.TRANSLATION_DISAGREEMENT):
        between = Comparison(kind=ComparisonKind.TRANSLATION, old=document("en"), new=document("ar"), alignment=(), changes=(),
                             statistics=(changed(98, 104),))  # fmt: skip
        behind = NOW if kind is EventKind.TRANSLATION_LAG else None
        return decide(between, [rule()], context(behind_since=behind))[0]
    incident = Incident(cause="timeout", detail="no answer", since=NOW, address="https://example.org/", count=3)
    return decide_incident(kind, incident, ("en", "ar"), [rule(kinds=())], context())[0]


def lag(*languages: str) -> Alert:
    """English went from 98 to 104, the others did not."""
    figure = changed(98, 104)
    figure = figure._replace(new=statistic(104)._replace(section=None))
    told = change(ChangeClass.NUMBER, "98", "104", before="At least ", after=" new cases")._replace(new_section=None)
    alerts = [
        decide(
            Comparison(kind=ComparisonKind.TRANSLATION, old=document("en"), new=document(tag), alignment=(),
                       changes=(told,), statistics=(figure,)),
            [rule()], context(behind_since=NOW),
        )[0]
        for tag in languages
    ]  # fmt: skip
    (merged,) = merge(alerts)
    return merged


def test_a_lag_is_told_with_all_languages_the_section_the_figure_and_the_day() -> None:
    found = message(dispatch(lag("ar", "ru", "zh")))

    assert re.fullmatch(
        r"Veland: not yet in .*Chinese.*: Torture and other ill-treatment: 98 → 104 \(new cases\)", found.subject
    )
    assert "The text in English changed on 2 March 2026. Not followed yet: " in found.text
    assert all(name in found.subject for name in ("Arabic", "Russian"))
    assert "At least [-98-]{+104+} new cases" in found.text
    assert "Only in" not in found.text
    assert "Seen in" not in found.text
    assert '<p dir="ltr" lang="en"' in found.html
    assert ">Old<" in found.html


def between_english_and_arabic(**values: object) -> Alert:
    found = Comparison(kind=ComparisonKind.TRANSLATION, old=document("en"), new=document("ar"),
                       **({"alignment": (), "changes": ()} | values))  # type: ignore[arg-type]  # fmt: skip
    return decide(found, [rule(classes=())], context())[0]


def test_a_disagreement_names_the_languages_of_its_figures_and_not_old_and_new() -> None:
    found = message(dispatch(between_english_and_arabic(statistics=(changed(98, 104),))))

    assert "- 98 (English), 104 (Arabic): " in found.text
    assert ">English<" in found.html
    assert ">Arabic<" in found.html
    assert ">Old<" not in found.html


def test_a_section_that_a_language_lacks_is_missing_there_and_not_gone() -> None:
    gone = change(ChangeClass.REMOVED, "Police opened cases.", "")._replace(new_section=None)
    link = SectionLink(old=(SectionId("s1"),), new=(), status=SectionStatus.REMOVED)
    found = message(dispatch(between_english_and_arabic(alignment=(link,), changes=(gone,))))

    assert "Missing in Arabic: Torture and other ill-treatment" in found.text
    assert "gone" not in found.text
    assert "Torture and other ill-treatment: Only in English" in found.text


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_digest_tells_every_alert_and_counts_them(tag: str) -> None:
    alerts = [alert(tag, target=f"country-{n}") for n in range(5)]

    found = message(dispatch(*alerts, wording=tag, form=Form.DIGEST))

    assert all(f"Country-{n}" in found.text for n in range(5))
    assert "…" in found.subject
    assert words_of(tag).say("digest") in found.text


def test_a_digest_of_very_many_alerts_is_bounded_and_says_so() -> None:
    many = [alert(target=f"country-{n}") for n in range(MOST_ALERTS + 7)]

    found = message(dispatch(*many, form=Form.ROLL_UP))

    assert "7 more alerts are not told here" in found.text
    assert len(found.short.splitlines()) <= 12


def test_links_lead_to_the_report_and_the_page_and_nowhere_else() -> None:
    one = alert()
    (seen,) = one.sightings
    local = replace(one, sightings=(replace(seen, new=replace(seen.new, source="javascript:alert(1)")),))

    good = message(dispatch(one), {seen.comparison_id: "https://monitor.example.org/r/1.html"})
    bad = message(dispatch(local), {seen.comparison_id: "file:///etc/passwd"})

    assert [link.href for link in good.links] == [
        "https://monitor.example.org/r/1.html",
        "https://reports.example.org/en/veland/",
    ]
    assert bad.links == ()


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_letters_of_the_old_and_the_new_word_do_not_join() -> None:
    assert "</del>&zwnj;<ins" in message(dispatch(alert("ar"))).html


def test_the_html_loads_and_runs_nothing() -> None:
    parser = _Tags()
    parser.feed(message(dispatch(alert())).html)

    assert {tag for tag, _ in parser.found}.isdisjoint(
        {"script", "img", "link", "iframe", "style", "form", "object", "svg"}
    )
    assert not any(name.startswith("on") or name == "src" for _, attributes in parser.found for name in attributes)
    assert not any("url(" in (attributes.get("style") or "") for _, attributes in parser.found)
