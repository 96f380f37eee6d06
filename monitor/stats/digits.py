"""What a run of digits is: a number, and which; a day, a year; or no quantity at all. The only module that knows
how numbers are grouped and pointed."""

FRACTIONS = {"½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8}

PATTERN = (
    r"(?P<digits>"
    r"[0-9]{1,3}(?P<mark>[., '])[0-9]{3}(?:(?P=mark)[0-9]{3})*+(?![0-9])(?:[.,][0-9]++)?+(?![.,/]?[0-9])"  # 12,300.5
    r"|(?P<never>"
    r"[0-9]{1,4}(?P<part>[./-])[0-9]{1,2}(?P=part)[0-9]{1,4}(?![0-9])"  # 12.05.2024
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?+(?![0-9])"  # 10:30
    r"|[0-9]{4}/[0-9]{2,4}(?![0-9])"  # 2023/24
    r"|(?:9/11|24/7)(?![0-9])"  # the day, and day and night
    r"|(?:19|20)[0-9]{2}[-–][0-9]{2}(?![0-9%]|[.,][0-9])"  # 1979-80
    r"|[0-9]{1,2}[·•・][0-9]{1,2}(?![0-9])"  # 9·11
    r"|[0-9]++(?:(?:\.[0-9]++){2,}+|(?:,[0-9]++){2,}+|(?:/[0-9]++){2,}+|(?:-[0-9]++){2,}+)"  # 1.2.3 1,2,3,4
    r"|[0-9]{3}-[0-9]{4}(?![0-9])"  # 555-0123
    r"|0[0-9]*+(?:[ -][0-9]++){2,}+)"  # 020 7946 0958
    r"|[0-9]++(?:[.,][0-9]++"
    r"|(?<![0-9]{4})(?: ?[½⅓⅔¼¾⅕⅛]| (?:1/[2-58]|2/[35]|3/[458]|4/5|[57]/8)(?![0-9/]|[.,][0-9])))?+)"  # 1½, 2 1/2
    r"|(?P<mark_up><sup>[^<\n]{0,12}</sup>)"
    r"|(?P<phone>\+ ?[0-9]++(?:[ ()-]{1,2}[0-9]++)++)"  # +44 20 7946 0958
)
"""ASCII digits (see `view`) as they may be written: a number grouped by threes; digits that state no quantity, whatever
stands around them; any other number with or without decimals or a fraction."""

_LONGEST = 24


def value(written: str, decimal: str) -> int | float | None:
    """The number that digits with separators state; None if they state none ("1,2,3,4", four hundred digits).

    A separator before exactly three digits groups, before one or two it is the decimal point; where both stand the
    last is the decimal one. "2 1/2" and "2½" are two and a half. `decimal` is the language's own, which settles a leading zero ("0,125").
    """
    if len(written) > _LONGEST:
        return None
    if written[-1] in FRACTIONS:
        return int(written[:-1]) + FRACTIONS[written[-1]]
    if "/" in written:
        full, above, below = map(int, written.replace("/", " ").split())
        return full + above / below
    plain = written.replace(" ", "").replace("'", "")
    last = max(plain.rfind("."), plain.rfind(","))
    if last < 0:
        return int(plain)
    mark, places = plain[last], len(plain) - last - 1
    if plain.count(mark) > 1 or (places == 3 and not _is_decimal(plain, mark, decimal)):
        return int(plain.replace(".", "").replace(",", "")) if _is_grouped(plain) else None
    whole = plain[:last]
    if not _is_grouped(whole):
        return None
    return float(whole.replace(".", "").replace(",", "") + "." + plain[last + 1 :])


def _is_decimal(plain: str, mark: str, decimal: str) -> bool:
    """Whether a mark before three digits is the decimal one after all: after a zero, after another mark, after more
    than three digits."""
    whole = plain[: plain.rfind(mark)]
    if "." in whole or "," in whole:
        return True
    return whole == "0" or len(whole) > 3 or (whole.startswith("0") and mark == decimal)


def _is_grouped(plain: str) -> bool:
    groups = plain.replace(",", ".").split(".")
    return len(groups) == 1 or (1 <= len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
