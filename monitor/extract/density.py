"""Where the report stands in a page that no profile knows: the smallest element that holds nearly all of its running
text. After the idea of scoring ancestors by the paragraphs under them (arc90 Readability), with shares, not points."""

from collections import Counter
from collections.abc import Collection

import regex

from monitor.extract.node import Node

_NEARLY_ALL = 0.85
_MOST = 0.5
_SHORT = 40
_MAX_LINKED = 0.4
_RUNNING = "p, li, dd, blockquote, pre"
_BARE = "td, div, section, article, center, font, body, span"
_SEMANTIC = ("article", "main")
_WIDE = regex.compile(r"\p{Han}|\p{Hiragana}|\p{Katakana}|\p{Hangul}")


def main_element(body: Node, noise: Collection[int]) -> Node:
    """The element that holds the report: the nearest `article` or `main` around it, else the nearest that also holds
    a first-level heading, else the body. `noise` (by mem_id) is not counted."""
    held: Counter[int] = Counter()
    chains: dict[int, list[Node]] = {}
    total = _weigh(body.css(_RUNNING), noise, held, chains, deep=True)
    if total < _SHORT * 3:
        total += _weigh(body.css(_BARE), noise, held, chains, deep=False)
    if not total:
        return body
    return _with_heading(_smallest(chains, held, total, body), body)


def _weigh(
    nodes: list[Node], noise: Collection[int], held: Counter[int], chains: dict[int, list[Node]], *, deep: bool
) -> int:
    total = 0
    for node in nodes:
        weight = _weight(node, deep=deep)
        if not weight:
            continue
        chain = _ancestors(node)
        if any(element.mem_id in noise for element in chain):
            continue
        total += weight
        chains[node.mem_id] = chain
        held.update({element.mem_id: weight for element in chain})
    return total


def _weight(node: Node, *, deep: bool) -> int:
    """The length of the node's running text; nothing for short or mostly linked text."""
    text = node.text(deep=deep).strip()
    length = len(text) + 2 * len(_WIDE.findall(text[:400]))
    if length < _SHORT:
        return 0
    linked = sum(len(link.text()) for link in node.css("a")) if deep else 0
    return length if linked < _MAX_LINKED * len(text) else 0


def _ancestors(node: Node) -> list[Node]:
    """The node's ancestors, itself first, up to the body."""
    chain = [node]
    while node.parent is not None and node.tag != "body":
        node = node.parent
        chain.append(node)
    return chain


def _smallest(chains: dict[int, list[Node]], held: Counter[int], total: int, body: Node) -> Node:
    heaviest = max(chains.values(), key=lambda chain: held[chain[0].mem_id])
    for element in heaviest[1:] or heaviest:
        if held[element.mem_id] >= (_MOST if _is_main(element) else _NEARLY_ALL) * total:
            return element
    return body


def _is_main(element: Node) -> bool:
    return element.tag == "main" or element.attributes.get("role") == "main"


def _with_heading(element: Node, body: Node) -> Node:
    chain = _ancestors(element)
    for tag in _SEMANTIC:
        for ancestor in chain:
            if ancestor.tag == tag or (tag == "main" and _is_main(ancestor)):
                return ancestor
    for ancestor in chain:
        if ancestor.mem_id == body.mem_id:
            break
        if ancestor.css_first("h1") is not None:
            return ancestor
    return element
