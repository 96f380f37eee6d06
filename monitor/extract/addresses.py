"""Link addresses as a reader would copy them: absolute where that is known, without tracking."""

import re

_TRACKING = re.compile(r"(?<=[?&])(?:utm_[^=&#]*|fbclid|gclid|mc_cid|mc_eid)=?[^&#]*&?", re.IGNORECASE)
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_FOLLOWED = frozenset({"http", "https", "ftp"})


def readable_address(href: str, base: str | None) -> str | None:
    """The address that a link leads to; None for a place on the same page, a script, a mailbox or nothing at all."""
    href = href.strip()
    if not href or href.startswith("#"):
        return None
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() not in _FOLLOWED:
        return None
    if "?" in href:
        href = _TRACKING.sub("", href)
        path, _, query = href.partition("?")
        href = f"{path}?{query.rstrip('&')}" if query.strip("&") and not query.startswith("#") else path + query
    if base is None or scheme:
        return href
    from urllib.parse import urljoin

    try:
        return urljoin(base, href)
    except ValueError:
        return href
