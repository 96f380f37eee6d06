"""The life of the fictional site, stage by stage. Pure: a stage in, the whole site out, the same bytes every time."""

from dataclasses import dataclass
from enum import IntEnum

from monitor.demo import site
from monitor.demo.manuscript import LANGUAGES, Manuscript, corrected, manuscript


class Stage(IntEnum):
    """What has happened on the site so far."""

    FIRST_EDITION = 1
    NOISE = 2
    SILENT_CORRECTION = 3
    TRANSLATION_LAGS = 4
    MAINTENANCE = 5
    TRANSLATIONS_FOLLOW = 6
    NEW_EDITION = 7
    NEW_EDITION_TRANSLATED = 8


class _Text(IntEnum):
    """The states that the report of one language goes through."""

    PUBLISHED = 0
    CORRECTED_WITH_SLIP = 1
    CORRECTED = 2
    NEXT_EDITION = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """What a stage changes: the texts of some languages, or the look of the site."""

    texts: dict[str, _Text]
    disguised: bool = False
    unavailable: frozenset[str] = frozenset()
    relaunched: bool = False


_TURNS = {
    Stage.FIRST_EDITION: _Turn(texts=dict.fromkeys(LANGUAGES, _Text.PUBLISHED)),
    Stage.NOISE: _Turn(texts={}, disguised=True),
    Stage.SILENT_CORRECTION: _Turn(texts=dict.fromkeys(("en", "es", "zh"), _Text.CORRECTED)),
    Stage.TRANSLATION_LAGS: _Turn(texts={"fr": _Text.CORRECTED_WITH_SLIP}),
    Stage.MAINTENANCE: _Turn(texts={}, unavailable=frozenset({"ru"}), relaunched=True),
    Stage.TRANSLATIONS_FOLLOW: _Turn(texts=dict.fromkeys(("fr", "ar", "ru"), _Text.CORRECTED)),
    Stage.NEW_EDITION: _Turn(texts={"en": _Text.NEXT_EDITION}),
    Stage.NEW_EDITION_TRANSLATED: _Turn(texts=dict.fromkeys(LANGUAGES, _Text.NEXT_EDITION)),
}


def pages(stage: Stage) -> dict[str, bytes]:
    """The site at a stage: path → body, robots.txt included.

    A stage builds on those before it. From the maintenance stage on, the site wears its block theme.
    """
    theme = site.Theme.BLOCK if any(_TURNS[turn].relaunched for turn in _until(stage)) else site.Theme.CLASSIC
    found = {"/robots.txt": site.robots()}
    for language in LANGUAGES:
        seed = f"{stage.name} {language}"
        report = report_at(stage, language)
        found |= {
            site.index_path(language): site.index_page(language),
            site.country_path(language): site.country_page(report, language, seed=seed),
        }
        if language in _TURNS[stage].unavailable:
            found[site.report_path(language)] = site.maintenance_page(language, seed=seed)
        else:
            found[site.report_path(language)] = site.report_page(
                report, language, seed=seed, theme=theme, disguised=_TURNS[stage].disguised
            )
    return found


def report_at(stage: Stage, language: str) -> Manuscript:
    """The text of the report as the publisher has it at a stage, whether or not the page can be had."""
    state = next(_TURNS[turn].texts[language] for turn in reversed(_until(stage)) if language in _TURNS[turn].texts)
    match state:
        case _Text.PUBLISHED:
            return manuscript(2024, language)
        case _Text.NEXT_EDITION:
            return manuscript(2025, language)
        case _:
            return corrected(2024, language, slip=state is _Text.CORRECTED_WITH_SLIP)


def _until(stage: Stage) -> list[Stage]:
    return [turn for turn in Stage if turn <= stage]
