"""What looks like a quantity and is none: dates, years, ordinals, article and law numbers, footnote marks, list numbers,
times of day, centuries, names with numbers. The only module that knows their shapes.

Each item is one letter (see `lexer.Item.code` and `vocabulary.CODES`), so that a shape is a pattern over letters, the
same for every language; which words are months, references or centuries is the vocabulary's business. The letters are
ASCII: the standard `re` serves, and compiles in a third of the time.
"""

import functools
import re
from itertools import pairwise

from monitor.stats.lexer import Item
from monitor.stats.vocabulary import Vocabulary

YEARS = range(1900, 2101)
"""The four digits that are a year unless something beside them says what is counted."""

_SHAPES = (
    r"(?:d[O.]?(?:,&|[,l&tK-]f?){1,2}){0,8}d[O.]?f{0,2}M(?:[,f/M]{0,4}(?:Y|z)?y|[,f/M]{0,3}Yy)?z?",  # 8, 9 and 10 May 2024
    r"w{1,3}f{1,2}M(?:[,f/M]{0,3}[zY]?y)?",  # veinticinco de mayo de 2024
    r"M[,fi/&M]{0,4}Y?y(?:[-&t]y)?",  # May 2024
    r"(?:d[,l&t-]{1,2}){0,8}[dwW]{1,3}D(?:[,lt&-]{0,2}[dwW]{1,3}D){0,6}",  # 3月5日
    r"y(?:[,l&t-]{1,2}[yd]){0,6}z",  # 2024年, 2024 года
    r"w{4}z",  # 二〇二四年
    r"Y[.]?f{0,2}(?:[yx]|w{2,8})(?:(?:,&|[,&lt/-])f?[yxd](?![epu])){0,8}",  # عام 2023 و2024, année 2024
    r"R[.:]?[dynx](?:[./-][dynx]){0,4}(?:\([dn]\)){0,3}(?:(?:,&|[,&tK-]|\()f{0,2}[dynx](?![pu])(?:[./-][dynx]){0,4}){0,12}",  # articles 3, 5 and 7
    r"[rR](?:[.:#(]{0,2}[.]?(?:[dynx]|w)|f{1,2}[yx])(?:[./-][dynx]){0,4}(?:\([dn]\)){0,3}",  # article 5, n° 2024-615, law of 2018-12
    r"[dynwWx]{1,4}A",  # 1325号决议
    r"N-?[dynwWx]{1,3}",  # Covid 19
    r"c[f-]{0,2}(?:[dynx]|w)(?:[,&t-][dynx]){0,3}",  # siglo 21, década de 1990
    r"[dynwW]{1,4}O?-?c",  # 20世纪
    r"(?:d[&t-]f?)?[dnxwW]{1,3}(?:k|P(?!w{1,6}+(?!W?w?[jk])))(?:[dwW]{1,3}j)?|K[dnx](?:&[dnw]|,x)?h|K[dn]kd?(?!e)|B[dnx](?![epuwnM&t])",  # 5 p.m., a las 5
    r"[dyn]\.?O",  # 41.º
    r"Z[dynwWx]{1,6}(?:[l&t-]Z?[dynwWx]{1,4}){0,8}",  # 第三, 第14至17
    r"Q(?:&f{0,2})?f?w|Qf?w",  # الخامس عشر
    r"\[[dnx](?:[,-][dnx]){0,5}\]",  # [12]
    r"(?:^|;)\(?[dnwx][.)](?=[eoifrtKB&\[(])",  # 1. at the head of a line
    r"[dyn]{6,}+",  # a column of numbers
    r"y-[yd](?![uwp])|\(y\)",
    r"(?<=[;.:)])d[.)](?![dyn])",  # … first. 2. Second
)  # fmt: skip
_MONTH_FIRST = r"(?<!i)M{day}|iM{day}(?![ewpu])".format(day=r"dO?(?:(?:,&|[,&t-])d){0,4}(?:,?y)?")
_AT_A_TIME = re.compile(r"[KB]n(?:[-t&]f?n)?")
_TIME = re.compile(r"(?:[1-9]|[01][0-9]|2[0-3])[.,][0-5][0-9]")
_UNITS = frozenset({"percent", "money", "duration", "measure", "times", "per", "scale", "bare", "myriad"})
_ORDINAL = re.compile(r"(?:w[-&]{0,3}){1,12}o")


@functools.cache
def _shapes(month_first: bool) -> "re.Pattern[str]":
    shapes = (*((_MONTH_FIRST,) if month_first else ()), *_SHAPES)
    return re.compile("|".join(f"(?:{shape})" for shape in shapes))


def blocked(items: list[Item], vocabulary: Vocabulary) -> set[int]:
    """The indices of the items that belong to no quantity, though they are numbers."""
    codes = "".join(item.code if item.key != "\n" else ";" for item in items)
    found = {index for index, code in enumerate(codes) if code == "x"}
    for match in _shapes(vocabulary.month_first).finditer(codes):
        if not _is_longer_than_a_day(items, codes, *match.span()):
            found.update(range(*match.span()))
    found |= _inline_list(items) | _times_of_day(items, codes)
    if not vocabulary.units_first:
        found |= _compound_ordinals(items, codes)
    return found


def _is_longer_than_a_day(items: list[Item], codes: str, start: int, end: int) -> bool:
    """Whether hours behind a word for "at" are no time of day: jusqu'à 48 heures, до 72 часов."""
    return codes[end - 1] == "h" and any((item.value or 0) >= 24 for item in items[start:end])


def _compound_ordinals(items: list[Item], codes: str) -> set[int]:
    """The number words that only begin an ordinal (twenty-third). Where units come before tens, an ordinal after a
    number stands for itself (الأسابيع الثمانية الأولى: the first eight weeks)."""
    return {
        index
        for match in _ORDINAL.finditer(codes)
        if not _is_fraction(items, match.start(), match.end() - 1)
        for index in range(*match.span())
    }


def _times_of_day(items: list[Item], codes: str) -> set[int]:
    """The times written with a point behind a word for "at", and no decimals with a unit: at 10.30, a las 9.15."""
    return {
        index
        for match in _AT_A_TIME.finditer(codes)
        for index in range(*match.span())
        if _TIME.fullmatch(items[index].key)
        and _UNITS.isdisjoint(items[match.end()].roles if match.end() < len(items) else ())
    }


def _inline_list(items: list[Item]) -> set[int]:
    """The numbers of a list inside a paragraph: "1. Ask 2. Wait 3. Leave"."""
    marked = [index for index, item in enumerate(items[:-1]) if item.code == "d" and items[index + 1].key in ".)"]
    found = set()
    for before, after in pairwise(marked):
        goes_on = items[after].value == (items[before].value or 0) + 1
        if goes_on and (items[before].value == 1 or before in found):
            found |= {before, after}
    return found


def _is_fraction(items: list[Item], start: int, end: int) -> bool:
    """Whether a number word before an ordinal is the numerator of a fraction (two thirds) after all, or the ordinal is
    spelled as a unit (treinta segundos)."""
    roles = items[end].roles
    if "seconds" in roles:
        return True
    numerator = items[start].roles.get("number")
    denominator = roles.get("parts") or (roles.get("part") if numerator == 1 else None)
    if end - start > 2 or denominator is None or numerator is None:
        return False
    return 0 < float(numerator) < float(denominator)


def is_year(items: list[Item], index: int) -> bool:
    """Whether four plain digits are a year, as long as nothing beside them says what is counted."""
    value = items[index].value
    if value is None or items[index].code != "y":
        return False
    if value in YEARS:
        return True
    before = items[index - 1].roles if index else {}
    return "year_before" in before
