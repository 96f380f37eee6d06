"""HTML pages into a flow. The only module that knows selectolax."""

from collections.abc import Callable, Iterator
from typing import cast

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from monitor.errors import ConfigError, LimitError
from monitor.extract.addresses import readable_address
from monitor.extract.density import main_element
from monitor.extract.flow import LINK_END, LINK_START, Flow
from monitor.extract.footnotes import footnote
from monitor.extract.limits import check_markup
from monitor.extract.walk import HEADINGS, pieces
from monitor.language.words import clean
from monitor.model.document import Footnote
from monitor.sites.profile import GENERIC, Layout, Profile, generic

_HIDDEN = (
    "[hidden]:not([hidden=until-found]), [aria-hidden=true]:not(img):not(main), [style*='display:none' i], "
    "[style*='display: none' i], [style*='visibility:hidden' i], [style*='visibility: hidden' i], .screen-reader-text, "
    ".sr-only, .visually-hidden, .visuallyhidden, .print-only, .only-print, .d-print-block, .is-hidden, .u-hidden, .skip-link"
)
_HEADINGS = ", ".join([*HEADINGS, "[role=heading]"])
_SHARE_THAT_IS_NO_NOISE = 0.5
_SHARE_THAT_IS_NO_OVERLAY = 0.9
_IN_A_REPORT = "main, article, h1"
_ENOUGH_PIECES = 3
_ENOUGH_TERMS = 2
_TERMS = {"dl > dt, dl > div > dt": "dd", "details > summary": "details"}
_SENTENCE = regex.compile(r"[.!?。！？؟۔]\s*$")
_ROLE = "[role=heading]"
_HOLDS_MORE = "p, li, tr, dt, ul, ol, table, h1, h2, h3, h4, h5, h6"
_LEVELS, _LEVEL = frozenset("123456"), 2
_UNDER_THE_TITLE = "h2, h3, h4, h5, h6, [role=heading]"
_VISIBLE = 4_000

Resolve = Callable[[str], str | None]


class Page:
    """A parsed page. Raises LimitError if parsing would cost more than a page is allowed to."""

    def __init__(self, text: str) -> None:
        text = text.replace(LINK_START, "\ufffd").replace(LINK_END, "\ufffd")
        check_markup(text)
        self._tree = _parsed(text)
        self._incomplete = _stops_early(text)

    @property
    def _body(self) -> LexborNode:
        body = self._tree.body or self._tree.root
        assert body is not None  # the parser makes a body for every text
        return body

    @property
    def canonical(self) -> str | None:
        """The address that the page itself says it has."""
        return self._attribute("link[rel=canonical]", "href") or self._attribute("meta[property='og:url']", "content")

    @property
    def language(self) -> str:
        """The language that the page says it is in; "" if it says none."""
        return (
            self._attribute("html[lang]", "lang")
            or self._attribute("meta[http-equiv=content-language i]", "content")
            or ""
        )

    def matches(self, selector: str) -> bool:
        """True if a CSS selector finds something. Raises ConfigError if it is none."""
        return bool(_find(self._tree.root, selector))

    def flow(self, profile: Profile, *, url: str | None = None) -> Flow:
        """What the page says to its reader, as the profile reads it."""
        base = url or self.canonical

        def resolve(href: str) -> str | None:
            return readable_address(href, base)

        root, layout, known = self._main(profile)
        lists = _find(self._tree.root, _joined(layout.footnotes + _common().footnotes))
        noise = _noise(root, layout)
        skip = noise | {node.mem_id for node in lists}
        found, marks = pieces(root, skip=skip, plain=_plain_headings(root, layout), heads=_heads(root), resolve=resolve)
        return Flow(
            pieces=tuple(found), marks=tuple(marks), titles=self._titles(layout), page_title=self._page_title(),
            language=self.language, alternates=tuple(self._alternates(base)), canonical=self.canonical,
            footnotes=tuple(note for node in lists for note in _footnotes(node, noise, resolve)), known=known,
            incomplete=self._incomplete, scripted=self.matches("script"),
            outside="" if len(found) > _ENOUGH_PIECES else self._visible(),
        )  # fmt: skip

    def _main(self, profile: Profile) -> tuple[LexborNode, Layout, bool]:
        """The element that holds the report, the layout that found it, and whether the site's profile knew it."""
        if profile.name != GENERIC:
            for layout in profile.layouts:
                for selector in layout.main:
                    for node in _find(self._tree.root, selector):
                        if node.css_first("p, li, div, td") is not None:
                            return node, layout, True
        layout = profile.layouts[0] if profile.layouts else _common()
        return self._main_of_any(layout), layout, False

    def _main_of_any(self, layout: Layout) -> LexborNode:
        body = self._body
        paragraphs = len(body.css("p"))
        for selector in _common().main:
            nodes = body.css(selector)
            if len(nodes) == 1 and paragraphs and len(nodes[0].css("p")) > max(2, paragraphs * 0.8):
                return nodes[0]
        return cast("LexborNode", main_element(body, _noise(body, layout)))

    def _titles(self, layout: Layout) -> tuple[str, ...]:
        selectors = (*layout.title, *_common().title)
        texts = [clean(nodes[0].text()) for selector in selectors if (nodes := _find(self._tree.root, selector))]
        return tuple(dict.fromkeys(text for text in texts if text))

    def _page_title(self) -> str:
        title = self._tree.css_first("head > title") or self._tree.css_first("title")
        return clean(title.text()) if title else clean(self._attribute("meta[property='og:title']", "content") or "")

    def _alternates(self, base: str | None) -> Iterator[tuple[str, str]]:
        for node in self._tree.css("link[rel=alternate][hreflang]"):
            attributes = node.attributes
            address = readable_address(attributes.get("href") or "", base)
            if address:
                yield attributes.get("hreflang") or "", address

    def _visible(self) -> str:
        """The beginning of everything that the page shows, for telling what a page is that holds no report."""
        body = self._body
        found, _ = pieces(body, resolve=lambda _: None)
        hints = [clean(node.text()) for node in body.css("noscript")]
        return "\n".join([piece.text for piece in found] + hints)[:_VISIBLE]

    def _attribute(self, selector: str, name: str) -> str | None:
        node = self._tree.css_first(selector)
        return node.attributes.get(name) if node else None


def _common() -> Layout:
    return generic().layouts[0]


def _joined(selectors: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(selectors))


def _find(node: LexborNode | None, selector: str) -> list[LexborNode]:
    if node is None or not selector:
        return []
    try:
        return node.css(selector)
    except SelectolaxError as error:
        raise ConfigError([f"{selector!r} is no CSS selector: correct it in the site's profile"]) from error


def _noise(root: LexborNode, layout: Layout) -> set[int]:
    """The nodes that a reader of the report does not look at. What holds most of the text cannot be noise, whatever
    its class says, and an overlay cannot hold the report; what is hidden, is noise."""
    skip = {node.mem_id for node in root.css(_HIDDEN)}
    total = len(root.text())
    for node in _find(root, _joined(layout.noise + _common().noise)):
        if len(node.text()) <= total * _SHARE_THAT_IS_NO_NOISE:
            skip.add(node.mem_id)
    for node in _find(root, _joined(layout.overlays + _common().overlays)):
        if len(node.text()) <= total * _SHARE_THAT_IS_NO_OVERLAY and node.css_first(_IN_A_REPORT) is None:
            skip.add(node.mem_id)
    return skip - {root.mem_id}


def _plain_headings(root: LexborNode, layout: Layout) -> set[int]:
    """The headings in containers whose headings are mere text; not in those of a kind that hold most of the text."""
    plain: set[int] = set()
    most = len(root.text()) * _SHARE_THAT_IS_NO_NOISE
    for selector in dict.fromkeys(layout.plain + _common().plain):
        headed = [node for node in _find(root, selector) if node.css_first(_HEADINGS) and node.mem_id != root.mem_id]
        if sum(len(node.text()) for node in headed) <= most:
            plain.update(heading.mem_id for node in headed for heading in node.css(_HEADINGS))
    return plain


def _heads(root: LexborNode) -> dict[int, int]:
    """The levels of what heads a section and is no heading element: by its role, if it holds no other block, or as a
    term or a summary."""
    roles = (node for node in root.css(_ROLE) if node.css_first(_HOLDS_MORE) is None)
    levels = {node.mem_id: node.attributes.get("aria-level") or "" for node in roles}
    return {
        **dict.fromkeys(_terms(root), _LEVEL),
        **{head: int(level) if level in _LEVELS else _LEVEL for head, level in levels.items()},
    }


def _terms(root: LexborNode) -> set[int]:
    """The terms of description lists, or the summaries of folded parts, if what stands under them is most of the text,
    in sentences, and nothing else heads it."""
    if root.css_first(_UNDER_THE_TITLE):
        return set()
    most = len(root.text()) * _SHARE_THAT_IS_NO_NOISE
    for selector, parts in _TERMS.items():
        terms = root.css(selector)
        told = (text for node in root.css(parts) if _SENTENCE.search(text := node.text()))
        if len(terms) >= _ENOUGH_TERMS and sum(map(len, told)) > most:
            return {node.mem_id for node in terms}
    return set()


def _footnotes(node: LexborNode, noise: set[int], resolve: Resolve) -> Iterator[Footnote]:
    for number, item in enumerate(node.css("li"), 1):
        found, _ = pieces(item, skip=noise, resolve=resolve)
        links = [link for piece in found for link in piece.links]
        note = footnote(str(number), " ".join(piece.text for piece in found), links)
        if note.text:
            yield note


def _parsed(text: str) -> LexborHTMLParser:
    """The tree. Lexbor fails on no text but for want of memory."""
    try:
        return LexborHTMLParser(text)
    except SelectolaxError as error:
        raise LimitError("reading it takes more memory than a page may", cause="parse_memory") from error


def _stops_early(text: str) -> bool:
    """True if a whole page was begun and its end is missing."""
    tail = text[-2_000:].lower()
    if "</html" in tail or "</body" in tail:
        return False
    head = text[:4_000].lower()
    return ("<html" in head or "<body" in head) and "</html" not in text.lower()
