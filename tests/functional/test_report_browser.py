"""The HTML report in a real Chromium: what a reader sees, and what a hostile page cannot do to one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.model.comparison import ChangeClass
from monitor.report.page import page
from monitor.report.view import view
from tests.functional.browser import POOR_CONTRAST, Browser
from tests.unit.report import samples
from tests.unit.report.test_hostile import HOSTILE, everywhere

LANGUAGES = ["en", "ar", "zh"]
MOMENTS = ("2025-04-29T10:00:00+00:00", "2025-05-03T09:00:00+00:00")


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as found:
        yield found


@pytest.fixture
def written(tmp_path: Path) -> Path:
    return tmp_path / "report.html"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_loads_alone_and_in_silence_and_fits_its_window(
    browser: Browser, written: Path, language: str, width: int
) -> None:
    written.write_text(page(view(samples.correction(language), wording=language, moments=MOMENTS)), encoding="utf-8")
    browser.open(written, width=width)
    assert browser.messages == []
    assert browser.requests() == [written.as_uri()]
    assert browser.run("document.documentElement.scrollWidth") == width
    assert browser.run("getComputedStyle(document.querySelector('ins')).textDecorationLine") == "underline"
    assert browser.run("getComputedStyle(document.querySelector('del')).textDecorationLine") == "line-through"


@pytest.mark.parametrize("dark", [False, True])
def test_every_text_has_the_contrast_of_wcag_aa(browser: Browser, written: Path, dark: bool) -> None:
    written.write_text(page(view(samples.correction(), moments=MOMENTS)), encoding="utf-8")
    browser.open(written, dark=dark)
    browser.run("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert browser.run(POOR_CONTRAST) == []
    ground = browser.run("getComputedStyle(document.body).backgroundColor")
    assert ground == ("rgb(21, 24, 28)" if dark else "rgb(255, 255, 255)")


def test_arabic_blocks_run_from_the_right_in_an_english_report(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction("ar"))), encoding="utf-8")
    browser.open(written)
    block = browser.run("""
      (() => {
        const text = [...document.querySelectorAll('p.inline')].find(p => p.querySelector('.figure + .figure'));
        const [gone, came] = [...text.querySelectorAll('.figure')].slice(-2).map(e => e.getBoundingClientRect());
        const range = document.createRange();
        range.selectNodeContents(text);
        const lines = range.getClientRects();
        return { direction: getComputedStyle(text).direction, goneIsRight: gone.left >= came.right,
                 startsRight: Math.abs(lines[0].right - text.getBoundingClientRect().right) < 40 };
      })()""")
    assert block == {"direction": "rtl", "goneIsRight": True, "startsRight": True}
    assert browser.run("getComputedStyle(document.querySelector('nav')).direction") == "ltr"


def test_a_report_worded_in_arabic_has_its_outline_on_the_right(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction("ar"), wording="ar")), encoding="utf-8")
    browser.open(written)
    assert browser.run(
        "document.querySelector('nav').getBoundingClientRect().left > document.querySelector('main').getBoundingClientRect().right - 1"
    )


def test_the_layouts_are_switched_by_keyboard(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction())), encoding="utf-8")
    browser.open(written)
    shown = "[document.querySelector('.inline'), document.querySelector('.beside')].map(e => e.checkVisibility())"
    assert browser.run(shown) == [True, False]
    browser.run("document.querySelector('main').focus()")
    focused = "document.activeElement.id"
    while browser.run(focused) != "layout-inline":
        browser.press("Tab")
    browser.press("ArrowRight")
    assert browser.run(shown) == [False, True]
    browser.press("Tab", " ")
    assert browser.run(focused) == "only-changed"
    assert browser.run("[...document.querySelectorAll('.still')].some(e => e.checkVisibility())") is False


def test_the_first_key_reaches_the_skip_link_and_folds_open_by_keyboard(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction())), encoding="utf-8")
    browser.open(written)
    browser.press("Tab")
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().top >= 0")
    browser.run("document.querySelector('.fold summary').focus()")
    browser.press(" ")
    assert browser.run("document.querySelector('.fold').open") is True


def test_headings_landmarks_and_labels_are_there_for_a_screen_reader(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction())), encoding="utf-8")
    browser.open(written)
    assert browser.run(
        "['header', 'nav', 'main', 'footer'].every(tag => document.querySelectorAll(`body ${tag}`).length === 1)"
    )
    assert browser.run("document.querySelectorAll('h1').length") == 1
    assert browser.run("[...document.querySelectorAll('input')].every(input => input.labels.length === 1)")
    assert browser.run("[...document.querySelectorAll('a')].every(a => (a.ariaLabel || a.textContent).trim())")
    assert browser.run("document.querySelector('.change.flag .why').textContent.includes('reportedly')")


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_text_is_text(browser: Browser, written: Path, width: int) -> None:
    for text in HOSTILE:
        written.write_text(page(view(everywhere(text))), encoding="utf-8")
        browser.open(written, width=width)
        assert browser.messages == [], text
        assert browser.requests() == [written.as_uri()], text
        assert (
            browser.run("document.querySelectorAll('script, img, svg, iframe, object, [onerror], [onload]').length")
            == 0
        )
        assert browser.run("document.documentElement.scrollWidth") == width, text[:40]


def test_an_injected_script_would_be_stopped_by_the_policy(browser: Browser, written: Path) -> None:
    attack = "<script>document.title = 'owned'</script><img src='https://evil.example/x.png'></main>"
    written.write_text(page(view(samples.correction())).replace("</main>", attack), encoding="utf-8")
    browser.open(written)
    assert browser.run("document.title") == "Norvania 2024 changed"
    assert any("Content Security Policy" in message for message in browser.messages)


def test_both_layouts_print(browser: Browser, written: Path) -> None:
    written.write_text(page(view(samples.correction(), moments=MOMENTS)), encoding="utf-8")
    browser.open(written)
    assert browser.pdf().startswith(b"%PDF")
    browser.run("document.getElementById('layout-beside').click()")
    assert browser.pdf().startswith(b"%PDF")


def test_a_thousand_changes_stay_usable(browser: Browser, written: Path) -> None:
    texts = [
        f"In town {number} the court heard {number} cases and adjourned them all until spring."
        for number in range(1_000)
    ]
    old = samples.document(samples.section(0, "Lead", *texts))
    new = samples.document(samples.section(0, "Lead", *(text.replace("spring", "autumn") for text in texts)))
    changes = tuple(
        samples.change(
            ChangeClass.DATE, text.replace("spring", "[-spring-]{+autumn+}"), old=("s0", number), new=("s0", number)
        )
        for number, text in enumerate(texts)
    )
    written.write_text(page(view(samples.one_edit("x", old=old, new=new, changes=changes))), encoding="utf-8")
    browser.open(written, width=390)
    assert browser.run("document.querySelectorAll('.change').length") == 1_000
    assert browser.messages == []
