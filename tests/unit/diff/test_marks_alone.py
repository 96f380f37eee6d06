"""Marks that stand alone, where a page lost the letter under them."""

import pytest

import monitor
from monitor.model.comparison import Comparison

PAGE = (
    "<html lang={language}><head><title>Norvania 2024</title></head><body><main><h1>Norvania 2024</h1><p>{before}{mark}"
    "{after}</p></main></body></html>"
)
TEXTS = {
    "ar": ("قال المتحدث إن ", " المدينة بقيت مغلقة طوال الشتاء كله كما ورد في التقرير."),
    "ru": ("Представитель сказал, что ", " город оставался закрытым всю зиму, как сообщалось."),
}


def compared(language: str, old: str, new: str) -> Comparison:
    before, after = TEXTS[language]
    pages = (PAGE.format(language=language, before=before, mark=mark, after=after) for mark in (old, new))
    return monitor.compare(*map(monitor.read, pages))


@pytest.mark.parametrize(
    ("language", "mark"), [("ar", "\u064b"), ("ar", "\u0651 \u064e"), ("ru", "\u0301"), ("ru", "\u0308")]
)
def test_a_vowel_sign_or_stress_without_a_letter_is_compared_like_any_word(language: str, mark: str) -> None:
    assert compared(language, mark, "x").changed
    assert not compared(language, mark, mark).changed


@pytest.mark.parametrize("language", TEXTS)
def test_a_stretching_stroke_that_stands_alone_is_a_dash(language: str) -> None:
    assert compared(language, "\u0640", "x").changed
    assert not compared(language, "\u0640", "–").changed
