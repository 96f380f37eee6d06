"""What a reader does not see changes nothing: the same report in other wrappings reads as the same document."""

import html
import random
import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitor.extract.reading import read
from monitor.model.document import Document

_Section = tuple[str, list[str]]
_REPORTS: dict[str, tuple[str, str, list[_Section]]] = {
    "en": ("Varnia 2024", "At least 98 dockers were fined in the harbour of Varnia.", [
        ("Background", ["A new assembly was elected in May.", "“Calm”, said the mayor – and closed the pier."]),
        ("Dockers’ rights", ["Wages were withheld for two months; no inspector came."])]),
    "es": ("Tesara 2024", "Al menos 14 manifestaciones fueron prohibidas en Tesara.", [
        ("Información general", ["El Gobierno alegó «irregularidades técnicas» en señal de protesta."]),
        ("Uso excesivo de la fuerza", ["La policía hirió a 40 personas."])]),
    "fr": ("Orvelle 2024", "Les défenseur·e·s d’Orvelle ont été harcelé·e·s : 12 arrestations.", [
        ("Contexte", ["L’état d’urgence a été prolongé, selon l’« Observatoire [ONU] »."]),
        ("Peine de mort", ["Aucune exécution n’a été signalée à l’été."])]),
    "ar": ("قمارة 2024", "حُكم على ما لا يقل عن ٩٨ شخصًا في قمارة.", [
        ("خلفية", ["في مايو/أيار، أُجريت انتخابات محلية شارك فيها 95% من الناخبين."]),
        ("عقوبة الإعدام", ["لم تُنفَّذ أي عمليات إعدام خلال العام."])]),
    "zh": ("瓦尼亚 2024", "瓦尼亚当局继续压制表达自由，至少98人被判刑。", [
        ("人权捍卫者", ["律师林某因“扰乱秩序”被捕。", "律师协会提出抗议。"]), ("司法制度", ["新法院于五月成立。"])]),
    "ru": ("Варния 2024", "Не менее 98 докеров были оштрафованы в гавани Варнии.", [
        ("Краткая справка", ["В мае избран новый совет; всё прошло спокойно."]),
        ("Свобода собраний", ["Мэр заявил: «Порядок», — и закрыл пирс."])]),
}  # fmt: skip


def _plain(language: str) -> str:
    title, lead, sections = _REPORTS[language]
    body = f"<p>{lead}</p>" + "".join(
        f"<h2>{heading}</h2>" + "".join(f"<p>{text}</p>" for text in texts) for heading, texts in sections
    )
    return _framed(language, title, body, "")


def _noisy(language: str, dice: random.Random) -> str:
    title, lead, sections = _REPORTS[language]
    body = _paragraph(lead, dice)
    for heading, texts in sections:
        body += f'<h2 class="wp-block-heading" id="h-{dice.getrandbits(32):08x}">{_text(heading, dice)}</h2>'
        body += "".join(_paragraph(text, dice) + _between(dice) for text in texts)
    after = f'<section class="related-content"><h2>More {dice.random()}</h2><p>{"Something else happened. " * 3}</p></section>'
    return _framed(language, title, body, after, dice)


def _framed(language: str, title: str, body: str, after: str, dice: random.Random | None = None) -> str:
    token = f"{dice.getrandbits(64):x}" if dice else "0"
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>
<script nonce="{token}">var t = "{token}";</script></head><body class="tax-location report">
<header class="page-header"><nav><ul><li id="menu-item-{token}"><a href="/">Menu {token}</a></li></ul></nav></header>
<main id="main"><div class="article-container article-container--report"><section class="article">
<header class="article-header"><h2 class="article-title">{title}</h2></header>
<article class="article-content">{body}</article></section>
<aside class="article-sidebar"><h2>Get it</h2><div class="download-block" id="d{token}"><label>Français</label></div></aside></div>{after}</main>
<footer class="page-footer">© {token}</footer></body></html>"""


def _paragraph(text: str, dice: random.Random) -> str:
    inner = f'<p class="has-{dice.getrandbits(16):x}" data-n="{dice.random()}">{_text(text, dice)}</p>'
    for _ in range(dice.randrange(3)):
        inner = f'<div class="wp-block-group" id="b{dice.getrandbits(24):x}">\n{inner}\n</div>'
    return inner


def _text(text: str, dice: random.Random) -> str:
    """The text with other white space, invisible characters, decomposed letters, entities and inline wrappers."""
    if dice.random() < 0.5:
        text = unicodedata.normalize("NFD", text)
    spaced = "".join(
        dice.choice([" ", "\n   ", "\u00a0", "\u202f", "\u2009", "  "]) if sign == " " else sign for sign in text
    )
    words = [
        word if dice.random() < 0.7 else dice.choice(["\u00ad", "\u200b", "\u2060", "\ufeff"]) + word
        for word in spaced.split("\n")
    ]
    escaped = html.escape("\n".join(words))
    return dice.choice(
        [escaped, f"<span>{escaped}</span>", "".join(f"&#{ord(sign)};" for sign in "\n".join(words)), f"\n{escaped}\n"]
    )


def _between(dice: random.Random) -> str:
    return dice.choice([
        "", "<!-- cut -->", '<p hidden>not shown</p>', '<p style="display:none">not shown</p>', "<script>x()</script>",
        '<div class="callToAction"><h2>Act</h2><p>Sign now</p></div>', '<span class="screen-reader-text">heard only</span>',
        '<div class="download-block"><a class="btn" href="/x.pdf">Download</a></div>', "<p> </p>", '<img src="/x.png" alt="">',
    ])  # fmt: skip


def _read(page: str) -> Document:
    return read(page.encode(), source="page.html")._replace(sha256="")


@pytest.mark.parametrize("language", _REPORTS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
@example(seed=351575392)  # a random id of letters only
def test_noise_changes_nothing(language: str, seed: int) -> None:
    assert _read(_noisy(language, random.Random(seed))) == _read(_plain(language))


@pytest.mark.parametrize("language", _REPORTS)
def test_the_plain_report_is_read_whole(language: str) -> None:
    title, lead, sections = _REPORTS[language]

    document = _read(_plain(language))

    assert (document.title, document.language, document.edition) == (title, language, 2024)
    assert [section.heading for section in document.sections] == [title, *(heading for heading, _ in sections)]
    assert [[block.text for block in section.blocks] for section in document.sections] == [
        [lead],
        *(texts for _, texts in sections),
    ]


@pytest.mark.parametrize("language", _REPORTS)
def test_one_word_less_is_another_document(language: str) -> None:
    _, lead, _ = _REPORTS[language]
    assert _read(_plain(language)) != _read(_plain(language).replace(lead, lead[:-3]))
