"""The pages of a fictional publisher's site, in markup like the real one. Pure: a manuscript and a seed in, HTML out.
Every rendering carries its own ids, tokens, order of related links and the like, drawn from the seed."""

import functools
import html
import json
import re
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from string import Template
from typing import Any

import tomli

from monitor.demo.manuscript import LANGUAGES, Chapter, Figure, Manuscript, Note
from monitor.demo.noise import Noise
from monitor.language.tag import direction

_FOLDER = Path(__file__).parent
_WITH_OWN_LEVEL = {"background": 3}  # as on the real pages, where this heading alone is an h3 among h2
_ACTION_AFTER = "association"
_MARK = re.compile(r"\[\^(\d)\]")

Spelling = Callable[[str], str]


class Theme(StrEnum):
    """The two generations of the site's markup."""

    CLASSIC = "classic"
    BLOCK = "block"


def report_path(language: str) -> str:
    """The path of the country's report in a language, the same for every edition."""
    return f"{country_path(language)}report-norvania/"


def index_path(language: str) -> str:
    """The path of a language's home page."""
    return f"/{_chrome(language)['path']}/"


def country_path(language: str) -> str:
    """The path of the country's own page in a language."""
    return f"{index_path(language)}location/europe-and-central-asia/norvania/"


def report_page(
    report: Manuscript, language: str, *, seed: str, theme: Theme = Theme.CLASSIC, disguised: bool = False
) -> bytes:
    """The page of a report. With `disguised`, its text is also spelt differently for the machine, not for readers."""
    noise = Noise(seed)
    spell = noise.disguised if disguised else html.escape
    marks = {note.mark: noise.uuid() for note in report.notes}
    holes = _frame(report, language, noise) | {
        "content": _content(report, language, noise, marks, spell),
        "footnotes": _footnotes(report.notes, marks),
        "cookie_banner": _cookie_banner(language, noise, changed=disguised),
    }
    return _filled(theme.value, holes | {"article": _template("article").substitute(holes)})


def country_page(report: Manuscript, language: str, *, seed: str) -> bytes:
    """The country's own page, which repeats the lead of its latest report."""
    return _filled("country", _frame(report, language, Noise(seed)) | {"lead": html.escape(report.lead)})


def index_page(language: str) -> bytes:
    """The home page of a language: a link to the country, no more."""
    chrome = _chrome(language)
    link = f'<p><a href="{country_path(language)}">{html.escape(chrome["country"])}</a></p>'
    head = f'<meta charset="utf-8"><title>{html.escape(chrome["publisher"])}</title>'
    page = f'<!DOCTYPE html>\n<html lang="{chrome["tag"]}" dir="{direction(language)}"><head>{head}</head><body>{link}</body></html>'
    return page.encode()


def maintenance_page(language: str, *, seed: str) -> bytes:
    """What the site answers, with status 200, while it is being worked on."""
    return _filled(
        "maintenance", _texts(_chrome(language)) | {"direction": direction(language), "token": Noise(seed).uuid()}
    )


def robots() -> bytes:
    """The site's rules for robots: everything but the machine room is open."""
    return b"User-agent: *\nDisallow: /wp-admin/\nDisallow: /search/\n"


def _frame(report: Manuscript, language: str, noise: Noise) -> dict[str, str]:
    """Everything on a page that is not the report: the holes of the templates, filled."""
    chrome = _chrome(language)
    other = _chrome(next(tag for tag in ("fr", "en") if tag != language))
    return _texts(chrome) | {f"hex{number}": noise.hex() for number in range(1, 9)} | {
        "title": html.escape(report.title), "edition": str(report.edition), "year": str(report.edition + 1),
        "direction": direction(language), "page_path": report_path(language), "country_path": country_path(language),
        "other_path": other["path"], "other_name": html.escape(other["name"]),
        "alternates": _alternates(), "languages": _languages(), "linked_data": _linked_data(report, language, noise),
        "menu": _links(chrome["menu"], chrome["path"]), "footer": _links(chrome["footer"], chrome["path"]),
        "related": _links(noise.shuffled(chrome["related"]), chrome["path"]),
        "news": _links(noise.shuffled(chrome["related"])[:2], chrome["path"]),
        "nonce": noise.hex(10), "token": noise.uuid(), "host": "rights-observatory.example",
        "version": f"6.{noise.number(1, 9)}.{noise.number(1, 99)}",
    }  # fmt: skip


def _content(report: Manuscript, language: str, noise: Noise, marks: dict[str, str], spell: Spelling) -> str:
    parts = [f"<p>{spell(report.lead)}</p>"]
    for chapter in report.chapters:
        parts.append(_chapter(chapter, noise, marks, spell))
        if chapter.key == _ACTION_AFTER:
            parts.append(_action(language, noise))
    return "\n".join(parts)


def _chapter(chapter: Chapter, noise: Noise, marks: dict[str, str], spell: Spelling) -> str:
    level = _WITH_OWN_LEVEL.get(chapter.key, 2)
    slug = html.escape("-".join(chapter.heading.lower().split(" ")))
    heading = f'<h{level} class="wp-block-heading" id="h-{slug}">{spell(chapter.heading)}</h{level}>'
    blocks = [
        _figure(block, noise) if isinstance(block, Figure) else f"<p>{_with_marks(block, marks, spell)}</p>"
        for block in chapter.blocks
    ]
    return "\n".join([heading, *blocks])


def _with_marks(text: str, marks: dict[str, str], spell: Spelling) -> str:
    """A paragraph's HTML, with its footnote marks as links. Every second part of the split text is a mark."""
    parts = _MARK.split(text)
    parts[::2] = [spell(part) for part in parts[::2]]
    parts[1::2] = [
        f'<sup data-fn="{marks[mark]}" class="fn"><a href="#{marks[mark]}" id="{marks[mark]}-link">{mark}</a></sup>'
        for mark in parts[1::2]
    ]
    return "".join(parts)


def _figure(figure: Figure, noise: Noise) -> str:
    return (
        f'<figure class="wp-block-image size-large" id="image-{noise.hex()}">'
        f'<img loading="lazy" src="{figure.address}?v={noise.hex(6)}" alt="{html.escape(figure.alternative)}">'
        f'<div class="image-metadata"><span class="image-copyright">{html.escape(figure.credit)}</span></div></figure>'
    )


def _footnotes(notes: tuple[Note, ...], marks: dict[str, str]) -> str:
    items = "".join(
        f'<li id="{marks[note.mark]}"><a href="{note.address}">{html.escape(note.text)}</a> '
        f'<a href="#{marks[note.mark]}-link" aria-label="{note.mark}">↩︎</a></li>'
        for note in notes
    )
    return f'<ol class="wp-block-footnotes">{items}</ol>'


def _action(language: str, noise: Noise) -> str:
    chrome = _texts(_chrome(language))
    facts = "".join(f"<li>{html.escape(fact)}</li>" for fact in _chrome(language)["facts"])
    return (
        f'<div class="wp-block-amnesty-core-block-call-to-action callToAction" id="action-{noise.hex()}">'
        f'<h2 class="callToAction-title">{chrome["action_heading"]}</h2><p>{chrome["action_text"]}</p>'
        f'<a class="btn" href="/{chrome["path"]}/act/">{chrome["action_button"]}</a></div>\n'
        f'<aside class="wp-block-amnesty-core-key-facts keyFacts"><h2>{chrome["facts_heading"]}</h2><ol>{facts}</ol></aside>'
    )


def _cookie_banner(language: str, noise: Noise, *, changed: bool) -> str:
    chrome = _chrome(language)
    text, button = html.escape(chrome["cookies"][changed]), html.escape(chrome["cookie_button"])
    return (
        f'<div id="cookie-banner-{noise.hex()}" class="cookie-banner" role="dialog" aria-live="polite">'
        f"<p>{text}</p><button>{button}</button></div>"
    )


def _linked_data(report: Manuscript, language: str, noise: Noise) -> str:
    day = f"{report.edition + 1}-04-{noise.number(10, 28)}T{noise.number(10, 23)}:{noise.number(10, 59)}:00+00:00"
    data = {"@context": "https://schema.org", "@type": "Article", "headline": report.title, "inLanguage": language,
            "dateModified": day, "identifier": noise.uuid()}  # fmt: skip
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def _alternates() -> str:
    rows = [(_chrome(tag)["tag"], report_path(tag)) for tag in LANGUAGES] + [("x-default", report_path("en"))]
    return "\n".join(f'<link rel="alternate" hreflang="{tag}" href="{path}">' for tag, path in rows)


def _languages() -> str:
    return "".join(
        f'<li><a hreflang="{_chrome(tag)["tag"]}" href="{report_path(tag)}">{html.escape(_chrome(tag)["name"])}</a></li>'
        for tag in LANGUAGES
    )


def _texts(chrome: dict[str, Any]) -> dict[str, str]:
    return {name: html.escape(text) for name, text in chrome.items() if isinstance(text, str)}


def _links(labels: list[str], path: str) -> str:
    return "".join(
        f'<li><a href="/{path}/page-{number}/">{html.escape(label)}</a></li>' for number, label in enumerate(labels)
    )


def _filled(name: str, holes: dict[str, str]) -> bytes:
    return _template(name).substitute(holes).encode()


@functools.cache
def _template(name: str) -> Template:
    return Template((_FOLDER / "templates" / f"{name}.html").read_text(encoding="utf-8"))


@functools.cache
def _chrome(language: str) -> dict[str, Any]:
    return tomli.loads((_FOLDER / "chrome" / f"{language}.toml").read_text(encoding="utf-8"))
