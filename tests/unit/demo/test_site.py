"""The pages of the fictional site: markup like the real one, noise that no reader sees."""

import html

import pytest
import regex

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES, manuscript
from monitor.demo.noise import Noise
from monitor.language.words import clean


def _visible(page: bytes) -> str:
    """The text of a page's article, tags out, entities resolved. Enough for pages that we wrote ourselves."""
    article = (
        page.decode()
        .partition('<div class="article-content">')[2]
        .partition('<div class="wp-block-amnesty-core-coll')[0]
    )
    return clean(html.unescape(regex.sub(r"<[^>]+>", "", article)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_disguised_text_reads_the_same(language: str) -> None:
    for chapter in manuscript(2024, language).chapters:
        for text in chapter.paragraphs:
            disguised = Noise(f"{language} {text}").disguised(text)

            assert disguised != text
            assert clean(html.unescape(disguised)) == clean(text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", site.Theme)
def test_two_renderings_differ_in_bytes_and_not_in_text(language: str, theme: site.Theme) -> None:
    report = manuscript(2024, language)

    one = site.report_page(report, language, seed="one", theme=theme)
    other = site.report_page(report, language, seed="other", theme=theme, disguised=True)

    assert one != other
    assert one == site.report_page(report, language, seed="one", theme=theme)
    assert _visible(one) == _visible(other)


@pytest.mark.parametrize("theme", site.Theme)
def test_no_hole_of_a_template_stays_open(theme: site.Theme) -> None:
    for language in LANGUAGES:
        report = manuscript(2025, language)
        for page in (
            site.report_page(report, language, seed="s", theme=theme),
            site.country_page(report, language, seed="s"),
        ):
            assert not regex.search(r"\$[a-z_]+", page.decode())
            assert "[^" not in page.decode()


def test_both_themes_are_marked_up_like_the_real_ones() -> None:
    classic, block = (
        site.report_page(manuscript(2024, "ar"), "ar", seed="s", theme=theme).decode() for theme in site.Theme
    )

    assert '<main id="main"' in classic
    assert 'id="main"' not in block
    assert '<main class="wp-block-group' in block
    for page in (classic, block):
        assert 'dir="rtl"' in page
        assert page.count("<h3") == 1
        assert page.count('class="fn"') == 2
        assert page.count("hreflang=") == 2 * len(LANGUAGES) + 1


def test_footnote_marks_lead_to_their_notes() -> None:
    page = site.report_page(manuscript(2024, "fr"), "fr", seed="s").decode()

    marks = regex.findall(r'data-fn="([^"]+)"', page)

    assert marks == regex.findall(r'<li id="([0-9a-f-]{36})">', page)
