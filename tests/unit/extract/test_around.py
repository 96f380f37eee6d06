"""What stands around a report on its page is not read: consent banners, dialogs, date lines, signs beside headings."""

import pytest

from monitor.extract.reading import read
from monitor.model.document import Document

_REPORT = """<main><h1>Norvania 2024</h1>{head}<p>The mayors of Norvania met in May and closed two piers of the harbour.</p>
<p><strong>Background</strong></p><p>At least 98 dockers were fined.</p>
<p><strong>Torture</strong></p><p>The inspector did not visit the quarry.</p>{foot}</main>"""
_BANNER = (
    "<h2>Privacy Preference Center</h2>"
    + "<p>We and 25 partners store cookies on your device for many purposes.</p>" * 6
)


def _page(*, head: str = "", foot: str = "", outside: str = "", language: str = "en") -> Document:
    report = _REPORT.format(head=head, foot=foot)
    markup = f'<!doctype html><html lang="{language}"><body>{report}{outside}</body></html>'
    return read(markup.encode(), source="page.html")


def _texts(document: Document) -> list[tuple[str, list[str]]]:
    return [(section.heading, [block.text for block in section.blocks]) for section in document.sections]


@pytest.mark.parametrize(
    "container",
    [
        'id="onetrust-consent-sdk"', 'id="CybotCookiebotDialog"', 'id="didomi-host"', 'id="usercentrics-root"',
        'id="qc-cmp2-container"', 'id="truste-consent-track"', 'class="osano-cm-window"', 'class="cky-consent-container"',
        'class="box cmplz-cookiebanner"', 'id="iubenda-cs-banner"', 'class="klaro"', 'id="BorlabsCookieBox"',
        'id="sp_message_container_7"', 'class="Cookie-Notice"', 'id="cookie-banner"', 'class="gdpr-box"', 'role="dialog"',
        'role="alertdialog"', 'aria-modal="true"', 'aria-label="Cookie settings"',
    ],
)  # fmt: skip
def test_a_consent_banner_outside_the_report_is_not_read(container: str) -> None:
    assert _texts(_page(outside=f"<div {container}>{_BANNER}</div>")) == _texts(_page())


def test_a_box_without_a_name_beside_the_main_element_is_not_read() -> None:
    assert _texts(
        _page(outside="<div><h2>Your privacy</h2><p>Partners store things on your device for us.</p></div>")
    ) == (_texts(_page()))


def test_a_banner_with_more_text_than_the_report_is_not_read_either() -> None:
    banner = f'<div class="cookie-bar">{_BANNER * 3}</div>'

    assert _texts(_page(foot=banner)) == _texts(_page())


def test_a_wrapper_that_only_knows_of_cookies_does_not_hide_the_report() -> None:
    report = "<p>The mayors of Norvania met in May and closed two piers of the harbour.</p>"
    markup = f'<body class="gdpr"><div class="site has-cookies"><h3>Norvania 2024</h3>{report}</div></body>'

    document = read(markup.encode(), source="page.html", language="en")

    assert "closed two piers" in document.sections[-1].text


def test_a_chapter_about_consent_is_read() -> None:
    chapter = '<section id="consent"><h2>Consent</h2><p>The law on rape does not speak of consent.</p></section>'

    assert "Consent" in [section.heading for section in _page(foot=chapter).sections]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Last updated: 12 May 2024"), ("en", "5 min read"), ("en", "12 May 2024 | 5 min read"),
        ("en", "Sunday, 12 May 2024"), ("en", "2024-05-12"), ("es", "Última actualización: 12 de mayo"),
        ("es", "12 de mayo de 2024"), ("es", "Tiempo de lectura: 5 minutos"), ("fr", "Mis à jour le 12 mai 2024"),
        ("fr", "Temps de lecture : 5 min"), ("ar", "آخر تحديث: 12 مايو/أيار 2024"), ("ar", "وقت القراءة: 5 دقائق"),
        ("zh", "最后更新：2024年5月12日"), ("zh", "2024年5月12日"), ("zh", "阅读时间：5分钟"), ("ru", "Обновлено: 12 мая"),
        ("ru", "12 мая 2024 г."), ("ru", "5 мин чтения"),
    ],
)  # fmt: skip
def test_a_date_line_at_the_head_is_not_read(language: str, line: str) -> None:
    assert _texts(_page(head=f"<p>{line}</p>", language=language)) == _texts(_page(language=language))


def test_a_date_line_at_the_foot_is_not_read_if_it_says_what_it_is() -> None:
    assert _texts(_page(foot="<p>Last updated: 12 May 2024</p>")) == _texts(_page())
    assert _texts(_page(foot="<p>12 May 2024</p>")) != _texts(_page())


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Updated: 40 people were killed in March."), ("en", "Updated 3 March 2024: Ana Ruiz is free."),
        ("en", "Last updated figures show 12 deaths."), ("en", "Last modified after 12 deaths in custody."),
        ("en", "Updated: 40 %"), ("es", "Actualizado: 40 muertos, no 30."), ("fr", "Mise à jour : 40 morts, et non 30."),
        ("fr", "Mis à jour le 3 mars 2024 pour corriger le nombre de morts."), ("ar", "آخر تحديث: 40 قتيلًا، لا 30."),
        ("zh", "最后更新：死亡人数改为40人。"), ("zh", "更新：40人"), ("ru", "Обновлено: погибли 40 человек, а не 30."),
    ],
)  # fmt: skip
def test_news_behind_the_label_of_a_date_line_is_read(language: str, line: str) -> None:
    assert _page(head=f"<p>{line}</p>", language=language).sections[0].blocks[0].text == line
    assert _page(foot=f"<p>{line}</p>", language=language).sections[-1].blocks[-1].text == line


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Last updated on Sunday, 12 May 2024 at 10:30 am (GMT+2)"), ("en", "Published 3 May 2024 | Updated: 4 May 2024"),
        ("en", "Page last updated: 2024-05-12T10:30Z"), ("en", "This page was last reviewed in May 2024"), ("es", "Actualizado el 12 de mayo de 2024 a las 10:30 h"),
        ("fr", "Mis à jour le dimanche 1er mai 2024 à 10 h 30"), ("ar", "آخر تحديث: الأحد 12 مايو 2024 الساعة 10:30 صباحًا"),
        ("zh", "最后更新：2024年5月12日星期日 上午10时30分"), ("ru", "Обновлено 12 мая 2024 г. в 10:30 (МСК)"),
    ],
)  # fmt: skip
def test_a_date_line_with_weekday_time_and_zone_is_not_read(language: str, line: str) -> None:
    assert _texts(_page(foot=f"<p>{line}</p>", language=language)) == _texts(_page(language=language))


@pytest.mark.parametrize(
    "line", ["12 judges left.", "In May 2024, 12 judges left.", "Published reports named 12 judges.", "12"]
)
def test_a_short_first_paragraph_is_read(line: str) -> None:
    assert _page(head=f"<p>{line}</p>").sections[0].blocks[0].text == line


@pytest.mark.parametrize("sign", ["#", "¶", "§", "🔗"])
def test_the_sign_of_a_permalink_is_no_part_of_a_heading(sign: str) -> None:
    document = _page(
        foot=f'<h2><a id="x" href="#x">Death penalty</a> <a class="anchor" href="#x">{sign}</a></h2><p>None.</p>'
    )

    assert document.sections[-1].heading == "Death penalty"


@pytest.mark.parametrize("sign", ["[#](#deaths)", '[¶](https://norvania.example/#deaths "Permalink")'])
def test_the_sign_of_a_permalink_is_no_part_of_a_heading_in_markdown(sign: str) -> None:
    document = read(f"# Norvania 2024\n\n## Death penalty {sign}\n\nNone.\n".encode(), source="page.md")

    assert document.sections[-1].heading == "Death penalty"


def test_a_raised_number_after_a_figure_is_a_mark_where_the_page_has_such_a_note() -> None:
    raised = "<p>In the end 5<sup>2</sup> people left an area of 4 km<sup>2</sup>.</p>"
    notes = '<ol class="footnotes"><li>Radio.</li><li>Press.</li></ol>'

    assert _page(foot=raised + notes).sections[-1].blocks[-1].text == "In the end 5 people left an area of 4 km²."
    assert _page(foot=raised).sections[-1].blocks[-1].text == "In the end 5² people left an area of 4 km²."


@pytest.mark.parametrize("mark", ["<sup><a href='#fn1'>1</a></sup>", "<sup>1</sup>", "[1]"])
@pytest.mark.parametrize("notes", ["<ol><li id=fn1>Radio.</li></ol>", "<ol class=footnotes><li>Radio.</li></ol>"])
def test_notes_are_no_section_whatever_follows_them(mark: str, notes: str) -> None:
    close = "<p>This report was prepared by the secretariat.</p>"

    document = _page(foot=f"<h2>Piers</h2><p>Two closed.{mark}</p><h3>Notes</h3>{notes}{close}")

    assert [note.text for note in document.footnotes] == ["Radio."]
    assert document.sections[-1].heading == "Piers"
    assert document.sections[-1].blocks[-1].text == "This report was prepared by the secretariat."


@pytest.mark.parametrize(
    "text",
    [
        "Share this page", "Compartir esta página", "Partager cette page", "شارك هذه الصفحة", "分享此页面", "Поделиться страницей",
        "Print", "Imprimir", "Imprimer", "طباعة", "打印", "Печать", "Read more", "Read more →", "Leer más", "Lire la suite",
        "اقرأ المزيد", "阅读更多", "Читать далее", "Download PDF (2.3 MB)", "Télécharger le PDF (2,3 Mo)", "Скачать (2,3 МБ)",
        "下载（2.3 MB）", "تحميل PDF", "下载PDF", "Скачать PDF (2,3 МБ)", "↑", "Advertisement", "Publicidad", "广告", "Copyright 2024 Norvania Watch. All rights reserved.",
        "Copyright © 2020–2024 Norvania Watch", "(c) 2024 Norvania Watch", "Back to top", "返回首页",
    ],
)  # fmt: skip
def test_the_furniture_of_a_page_is_not_read(text: str) -> None:
    assert _texts(_page(head=f"<p>{text}</p>", foot=f"<p>{text}</p>")) == _texts(_page())


@pytest.mark.parametrize(
    "text",
    [
        "(c) 40 people were killed",
        "(c) 2024 elections were put off",
        "Copyright law was used against 3 editors.",
        "Copyright 2024: Ana Ruiz is free",
        "Back to school: 40 were arrested.",
        "Back to prison: Ana Ruiz",
        "返回家园的难民有40人被捕。",
        "Advertisement of the strike was banned.",
        "Read more than the law allows, said the judge.",
        "Print shops were closed.",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_read(text: str) -> None:
    assert _page(foot=f"<p>{text}</p>").sections[-1].blocks[-1].text == text


@pytest.mark.parametrize("heading", ["", "<p>Contents</p>", "<h2>On this page</h2>"])
def test_a_list_of_the_headings_of_the_page_is_not_read(heading: str) -> None:
    body = "<h2>Piers</h2><p>Two closed.</p><h2>Quarry</h2><p>Nobody came.</p>"
    contents = '<ul><li><a href="#a">Piers</a></li><li><a href="#b">Quarry</a></li></ul>'

    assert _texts(_page(head=heading + contents, foot=body)) == _texts(_page(foot=body))


def test_a_list_that_says_more_than_the_headings_is_read() -> None:
    listed = "<ul><li>Piers</li><li>Mills</li></ul>"

    assert [block.text for block in _page(foot=f"{listed}<h2>Piers</h2><p>Two.</p>").sections[0].blocks][-2:] == [
        "Piers", "Mills",
    ]  # fmt: skip
