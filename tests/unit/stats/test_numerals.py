"""Every cardinal that CLDR's spell-out rules can say, and Arabic by a speller of our own: read back as it was meant."""

from collections.abc import Iterator
from functools import cache

import pytest
from unicode_rbnf import RbnfEngine
from unicode_rbnf.engine import NoRuleForNumberError

from monitor.stats import numerals
from monitor.stats.lexer import items
from monitor.stats.mentions import find_statistics
from monitor.stats.view import view
from monitor.stats.vocabulary import vocabulary

ROUND = [
    *range(10_000, 100_000, 1000),
    *(times * 10**power for power in range(5, 13) for times in (1, 2, 5, 21) if times * 10**power <= 10**12),
]
ARABIC_ONES = ["", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"]
ARABIC_ONES_FEMININE = ["", "واحدة", "اثنتان", "ثلاث", "أربع", "خمس", "ست", "سبع", "ثماني", "تسع", "عشر"]
ARABIC_TENS = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
ARABIC_HUNDREDS = ["", "مئة", "مئتان", "ثلاثمئة", "أربعمئة", "خمسمئة", "ستمئة", "سبعمئة", "ثمانمئة", "تسعمئة"]
ARABIC_SCALES = [
    (10**12, "تريليون", "تريليونان", "تريليونات"),
    (10**9, "مليار", "ملياران", "مليارات"),
    (10**6, "مليون", "مليونان", "ملايين"),
    (1000, "ألف", "ألفان", "آلاف"),
]
CARRIERS = {
    "en": "At least {} people were freed.", "es": "Quedaron libres al menos {} personas.",
    "fr": "Au moins {} personnes ont été libérées.", "ru": "Освободили не менее {} человек.",
    "ar": "أُفرج عن ما لا يقل عن {} شخص.", "zh": "至少{}人获释。",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "es", "fr", "zh"])
def test_every_form_of_every_cardinal_is_read_back(language: str) -> None:
    wrong = [
        (number, text)
        for number in [*range(10_000), *ROUND]
        for text in spelled(language, number)
        if read(language, text) != number
    ]

    assert wrong == []


def test_every_case_and_gender_of_every_russian_cardinal_is_read_back() -> None:
    wrong = [(number, text) for number, text in russian() if read("ru", text) != number]

    assert wrong == []


@pytest.mark.parametrize("feminine", [False, True])
def test_every_arabic_cardinal_is_read_back_in_both_genders_and_all_cases(feminine: bool) -> None:
    wrong = [
        (number, text)
        for number in [*range(1, 10_000), *ROUND]
        for text in {arabic(number, feminine=feminine), oblique(arabic(number, feminine=feminine))}
        if read("ar", text) != number
    ]

    assert wrong == []


@pytest.mark.parametrize("language", sorted(CARRIERS))
def test_a_spelled_number_in_a_sentence_is_one_statistic(language: str) -> None:
    numbers = [*range(1, 130), 365, 999, 1100, 1984, 2024, 9999, 12_000, 150_000, 1_500_000]
    wrong = []
    for number in numbers:
        text = arabic(number, feminine=False) if language == "ar" else spelled(language, number)[0]
        found = find_statistics(CARRIERS[language].format(text), language)
        if [statistic.value for statistic in found] != [number]:
            wrong.append((number, text, found))

    assert wrong == []


@pytest.mark.parametrize("language", ["en", "es", "fr", "ru", "zh"])
def test_a_spelled_ordinal_is_no_statistic(language: str) -> None:
    wrong = []
    for number in [*range(1, 130), 365, 999, 1984, 2024]:
        for text in spelled_ordinals(language, number):
            found = find_statistics(text, language)
            if found:
                wrong.append((number, text, found[0].quote))

    assert wrong == []


def read(language: str, text: str) -> int | float | None:
    words = items(view(text).text, vocabulary(language))
    numeral = numerals.read(words, 0, vocabulary(language))
    return numeral.value if numeral is not None and numeral.end == len(words) else None


@cache
def engine(language: str) -> RbnfEngine:
    return RbnfEngine.for_language(language)


def spelled(language: str, number: int) -> list[str]:
    return texts(language, number, tuple(rules(language, "ordinal")))


def spelled_ordinals(language: str, number: int) -> list[str]:
    names = tuple(name for name in engine(language).rulesets if name.startswith("spellout-ordinal"))
    return texts(language, number, names)


def rules(language: str, *without: str) -> list[str]:
    return [
        name
        for name in engine(language).rulesets
        if name.startswith("spellout-") and not any(word in name for word in (*without, "year", "days"))
    ]


def texts(language: str, number: int, names: tuple[str, ...]) -> list[str]:
    try:
        found = engine(language).format_number(number, ruleset_names=list(names)).text_by_ruleset
    except NoRuleForNumberError:
        return []
    return sorted({text.replace("\u00ad", "") for text in found.values()})


def russian() -> Iterator[tuple[int, str]]:
    """Numbers under a thousand and whole thousands from the rules; in between the two side by side, as the rules do."""
    names = tuple(rules("ru", "ordinal"))
    below = [by_rule(number, names) for number in range(1000)]
    thousands = [by_rule(number, names) for number in range(0, 10_000, 1000)]
    for number in range(10_000):
        high, low = divmod(number, 1000)
        for name in names:
            if not high:
                yield number, below[low][name]
            elif not low:
                yield number, thousands[high][name]
            else:
                yield number, f"{thousands[high][name]} {below[low][name]}"
    for number in ROUND:
        for text in texts("ru", number, names):
            yield number, text


def by_rule(number: int, names: tuple[str, ...]) -> dict[str, str]:
    return dict(engine("ru").format_number(number, ruleset_names=list(names)).text_by_ruleset)


def arabic(number: int, *, feminine: bool) -> str:
    """A cardinal in the nominative, for a counted noun of the given gender."""
    parts = []
    for scale, one, two, many in ARABIC_SCALES:
        times, number = divmod(number, scale)
        if times == 1:
            parts.append(one)
        elif times == 2:
            parts.append(two)
        elif times:
            parts.append(f"{arabic_below_thousand(times, feminine=False)} {many if times <= 10 else one}")
    if number:
        parts.append(arabic_below_thousand(number, feminine=feminine))
    return " و".join(parts)


def arabic_below_thousand(number: int, *, feminine: bool) -> str:
    ones = ARABIC_ONES_FEMININE if feminine else ARABIC_ONES
    hundreds, rest = divmod(number, 100)
    parts = [ARABIC_HUNDREDS[hundreds]] if hundreds else []
    if 11 <= rest <= 19:
        parts.append(arabic_teen(rest, feminine=feminine))
    elif rest > 10:
        tens, unit = divmod(rest, 10)
        parts += [ones[unit]] * (unit > 0) + [ARABIC_TENS[tens]]
    elif rest:
        parts.append(ones[rest])
    return " و".join(parts)


def arabic_teen(number: int, *, feminine: bool) -> str:
    if number == 11:
        return "إحدى عشرة" if feminine else "أحد عشر"
    if number == 12:
        return "اثنتا عشرة" if feminine else "اثنا عشر"
    ones = ARABIC_ONES_FEMININE if feminine else ARABIC_ONES
    return f"{ones[number - 10]} {'عشرة' if feminine else 'عشر'}"


def oblique(text: str) -> str:
    """The same number in the genitive and accusative."""
    for nominative, other in (("ون", "ين"), ("تان", "تين"), ("ثنان", "ثنين"), ("ثنا ", "ثني "), ("ثنتا ", "ثنتي "),
                              ("فان", "فين"), ("نان", "نين"), ("ران", "رين")):  # fmt: skip
        text = text.replace("ليون", "\0").replace(nominative, other).replace("\0", "ليون")
    return text
