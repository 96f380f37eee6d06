"""Language tags (BCP 47): one canonical short form for each language that reports come in."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ckb", "dv", "yi", "ug", "sd"})
WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "km", "my"})

UNKNOWN = "und"
"""The tag of a language that cannot be told (ISO 639-2)."""


def canonical(tag: str) -> str:
    """The primary language in lower case: "zh-Hans-CN" and "zh_hans" are "zh", "EN-gb" is "en", "" is "und"."""
    primary = tag.strip().replace("_", "-").split("-")[0].lower()
    return primary if primary.isascii() and primary.isalpha() else UNKNOWN


def direction(tag: str) -> str:
    """The writing direction of a language: "rtl" or "ltr"."""
    return "rtl" if canonical(tag) in RIGHT_TO_LEFT else "ltr"


def uses_spaces(tag: str) -> bool:
    """False for languages that write words without spaces between them."""
    return canonical(tag) not in WITHOUT_SPACES
