"""Editions and languages side by side in a real Chromium: what a reader sees and can reach without any script."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.diff.comparison import compare
from monitor.report.grid import grid
from monitor.report.page import grid_page, page
from monitor.report.view import view
from monitor.runs.translations import languages_of
from tests.fakes.norvania import TARGET, document, shelf
from tests.functional.browser import POOR_CONTRAST, Browser


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


def edition(language: str, wording: str = "en") -> str:
    old, new = document(Stage.TRANSLATIONS_FOLLOW, language), document(Stage.NEW_EDITION_TRANSLATED, language)
    return page(view(compare(old, new), wording=wording))


def translation(language: str, wording: str = "en") -> str:
    old, new = document(Stage.TRANSLATION_LAGS, "en"), document(Stage.TRANSLATION_LAGS, language)
    return page(view(compare(old, new), wording=wording))


def languages(wording: str = "en") -> str:
    held = shelf(Stage.FIRST_EDITION, Stage.SILENT_CORRECTION, Stage.TRANSLATION_LAGS)
    return grid_page(grid(languages_of(held, TARGET, {}), wording=wording))


PAGES = {
    "edition-en": lambda: edition("en"), "edition-ar": lambda: edition("ar", "ar"), "edition-zh": lambda: edition("zh", "zh"),
    "translation-ar": lambda: translation("ar"), "translation-zh": lambda: translation("zh", "ar"),
    "languages": languages, "languages-ar": lambda: languages("ar"),
}  # fmt: skip


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    for name, made in PAGES.items():
        (folder / f"{name}.html").write_text(made(), encoding="utf-8")
    return folder


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_loads_alone_and_in_silence_and_fits_its_window(
    browser: Browser, written: Path, name: str, width: int
) -> None:
    path = written / f"{name}.html"
    browser.open(path, width=width)
    assert browser.messages == []
    assert browser.requests() == [path.as_uri()]
    assert browser.run("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("name", ["edition-en", "translation-ar", "languages"])
def test_every_text_has_the_contrast_of_wcag_aa(browser: Browser, written: Path, name: str, dark: bool) -> None:
    browser.open(written / f"{name}.html", dark=dark)
    browser.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert browser.run(POOR_CONTRAST) == []


@pytest.mark.parametrize(("name", "old_first"), [("edition-en", True), ("edition-ar", False)])
def test_the_old_year_stands_where_reading_begins_with_bars_as_long_as_the_subject(
    browser: Browser, written: Path, name: str, old_first: bool
) -> None:
    browser.open(written / f"{name}.html")
    band = browser.run("""
      (() => {
        const place = e => e.getBoundingClientRect();
        const rows = [...document.querySelectorAll('.band tbody tr')].filter(r => r.querySelectorAll('.bar').length === 2);
        return rows.map(row => {
          const [old, now] = row.querySelectorAll('.bar');
          const count = side => Number(row.querySelector(`.${side} .count`).textContent);
          return { oldFirst: place(old).left < place(now).left, inOrder:
            (place(old).width - place(now).width) * (count('old') - count('new')) >= 0 };
        });
      })()""")
    assert len(band) >= 12
    assert {row["oldFirst"] for row in band} == {old_first}
    assert all(row["inOrder"] for row in band)


def test_what_only_one_year_has_stands_side_by_side_and_below_each_other_on_a_telephone(
    browser: Browser, written: Path
) -> None:
    places = """
      (() => {
        const pair = document.querySelector('.pair:not(.only)');
        const [one, other] = [...pair.querySelectorAll('.text')].map(e => e.getBoundingClientRect());
        const heads = [...pair.querySelectorAll('.head')].map(e => e.getBoundingClientRect().top);
        return { beside: one.right <= other.left, below: one.bottom <= other.top, headed: heads[1] <= other.top && heads[0] <= one.top };
      })()"""
    browser.open(written / "edition-en.html")
    assert browser.run(places) == {"beside": True, "below": False, "headed": True}
    browser.open(written / "edition-en.html", width=390)
    assert browser.run(places) == {"beside": False, "below": True, "headed": True}


def test_a_cell_leads_to_both_texts_which_open_without_a_script(browser: Browser, written: Path) -> None:
    browser.open(written / "languages.html")
    browser.run("document.querySelector('.grid td.flag a').focus()")
    target = browser.run("document.activeElement.hash")
    assert browser.run(f"document.querySelector('{target}').checkVisibility()") is False
    browser.press("Enter")
    assert browser.run("location.hash") == target
    assert browser.run(f"document.querySelector('{target}').checkVisibility()") is True
    assert browser.run(f"document.querySelector('{target}').closest('details').open") is True
    directions = browser.run(
        f"[...document.querySelectorAll('{target} .pair .text')].slice(0, 2).map(e => getComputedStyle(e).direction)"
    )
    assert directions == ["ltr", "rtl"]


def test_every_cell_says_in_words_what_its_mark_says(browser: Browser, written: Path) -> None:
    browser.open(written / "languages.html")
    cells = browser.run(
        "[...document.querySelectorAll('section > .scroll .grid tbody tr:nth-child(4) td')].map(e => e.textContent.trim())"
    )
    assert len(cells) == len(LANGUAGES)
    assert any("168" in cell and "disagrees" in cell for cell in cells)
    assert any("171" in cell and "lags" in cell and "since 3 May" in cell for cell in cells)
    assert browser.run(
        "[...document.querySelectorAll('.grid td a')].every(a => a.querySelector('.vh').textContent.trim())"
    )


def test_on_a_telephone_the_grid_scrolls_inside_itself_with_its_headings_in_place(
    browser: Browser, written: Path
) -> None:
    browser.open(written / "languages.html", width=390)
    assert browser.run("document.querySelector('.scroll').scrollWidth > document.querySelector('.scroll').clientWidth")
    browser.run("document.querySelector('.scroll').scrollLeft = 200")
    assert browser.run("document.querySelector('.grid tbody th').getBoundingClientRect().left") >= 0


def test_a_bilingual_section_is_closed_until_it_is_asked_for(browser: Browser, written: Path) -> None:
    browser.open(written / "translation-ar.html")
    assert browser.run("[...document.querySelectorAll('.pair')].some(e => e.checkVisibility())") is False
    browser.run("document.querySelector('.card .fold summary').focus()")
    browser.press(" ")
    assert browser.run("[...document.querySelectorAll('.pair')].filter(e => e.checkVisibility()).length") == 1


@pytest.mark.parametrize("name", PAGES)
def test_every_page_prints(browser: Browser, written: Path, name: str) -> None:
    browser.open(written / f"{name}.html")
    assert browser.pdf().startswith(b"%PDF")


@pytest.mark.parametrize("name", PAGES)
def test_headings_and_landmarks_are_there_for_a_screen_reader(browser: Browser, written: Path, name: str) -> None:
    browser.open(written / f"{name}.html")
    assert browser.run("document.querySelectorAll('h1').length") == 1
    assert browser.run(
        "['header', 'main', 'footer'].every(tag => document.querySelectorAll(`body ${tag}`).length === 1)"
    )
    assert browser.run("[...document.querySelectorAll('a')].every(a => (a.ariaLabel || a.textContent).trim())")
    assert browser.run("[...document.querySelectorAll('table')].every(t => t.querySelector('th[scope]'))")
