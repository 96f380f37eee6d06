"""Hostile characters made visible. The one place that knows which characters could act on a reader's screen."""

_ACTING = [
    *range(0x20),  # C0, with ESC and NUL
    *range(0x7F, 0xA0),  # DEL and C1
    *range(0x202A, 0x202F),  # embeddings and overrides of direction
    *range(0x2066, 0x206A),  # isolates of direction
    *range(0xFFF9, 0xFFFC),  # interlinear annotation
    *range(0xD800, 0xE000),  # lone surrogates: no encoder takes them
]
_VISIBLE = {code: f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" for code in _ACTING} | {
    code: f"\\U{code:08x}" for code in range(0xE0000, 0xE0080)
}
_VISIBLE |= dict.fromkeys([0x09, 0x0A, 0x0D, 0x85, 0x2028, 0x2029], " ")


def visible(text: str) -> str:
    """The text with control characters, lone surrogates and overrides of direction as escapes, breaks as spaces.

    Joiners and direction marks stay: words of Arabic and Indic scripts need them and they reorder nothing else.
    """
    return text.translate(_VISIBLE)


def web_address(text: str) -> str:
    """The text if a browser may follow it as http or https, else ""."""
    if not text.lower().startswith(("http://", "https://")):
        return ""
    return "" if any(character in text for character in "\"'<>\\` ") or visible(text) != text else text
