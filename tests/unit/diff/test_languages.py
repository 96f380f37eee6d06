"""The languages of a report side by side: who lags, who stands alone, who carries another edition."""

from datetime import UTC, datetime, timedelta

import pytest

from monitor.demo.manuscript import LANGUAGES
from monitor.demo.stages import Stage
from monitor.diff.lags import Stand
from monitor.diff.languages import Languages, side_by_side
from monitor.model.document import Document
from tests.fakes.norvania import document
from tests.unit.report import samples

BEGIN = datetime(2025, 5, 1, tzinfo=UTC)


def stands(*documents: Document, days: float = 1, start: datetime = BEGIN) -> list[Stand]:
    """Each text for a day, seen at its beginning and its end."""
    return [
        Stand(
            document=one, since=start + timedelta(days=days * place), until=start + timedelta(days=days * (place + 0.9))
        )
        for place, one in enumerate(documents)
    ]


def story(language: str, *stages: Stage) -> list[Stand]:
    return stands(*(document(stage, language) for stage in stages))


def late(found: Languages) -> set[tuple[str, str]]:
    source = found.matrix.documents[0]
    return {(lag.language, source.section(lag.section).topic or "") for lag in found.lags}


CORRECTED = (Stage.FIRST_EDITION, Stage.TRANSLATION_LAGS)


def test_a_language_that_has_not_followed_a_change_of_the_source_lags() -> None:
    held = {"en": story("en", *CORRECTED), "ar": story("ar", Stage.FIRST_EDITION, Stage.FIRST_EDITION)}
    found = side_by_side([held["en"][-1].document, held["ar"][-1].document], "en", held)

    assert {section for _, section in late(found)} >= {"freedom_of_expression", "impunity"}
    assert {language for language, _ in late(found)} == {"ar"}
    lag = next(
        lag for lag in found.lags if found.matrix.documents[0].section(lag.section).topic == "freedom_of_expression"
    )
    assert (lag.before, lag.since) == (held["en"][0].until, held["en"][1].since)
    assert any("186" in change.new_text and "171" in change.old_text for change in lag.changes)


def test_a_language_that_followed_does_not_lag_even_if_it_was_captured_before_the_source_was_seen_to_change() -> None:
    followed = stands(*(document(stage, "es") for stage in CORRECTED), start=BEGIN - timedelta(minutes=1))
    held = {"en": story("en", *CORRECTED), "es": followed}
    found = side_by_side([held["en"][-1].document, held["es"][-1].document], "en", held)

    assert found.lags == ()
    assert found.agree


def test_a_language_first_captured_after_the_change_is_not_blamed() -> None:
    newcomer = stands(document(Stage.FIRST_EDITION, "ar"), start=BEGIN + timedelta(days=1))
    held = {"en": story("en", *CORRECTED), "ar": newcomer}

    assert side_by_side([held["en"][-1].document, newcomer[0].document], "en", held).lags == ()


def test_a_change_that_was_taken_back_is_a_change_again() -> None:
    back = story("en", Stage.FIRST_EDITION, Stage.TRANSLATION_LAGS, Stage.FIRST_EDITION)
    held = {"en": back, "ru": story("ru", Stage.FIRST_EDITION)}
    found = side_by_side([back[-1].document, held["ru"][0].document], "en", held)

    assert {lag.since for lag in found.lags} == {back[2].since}


def without(language: str, topic: str) -> Document:
    """The first edition in a language without one section."""
    whole = document(Stage.FIRST_EDITION, language)
    return whole._replace(sections=tuple(section for section in whole.sections if section.topic != topic))


def test_a_section_that_the_source_dropped_is_told_with_the_day_it_went() -> None:
    held = {
        "en": stands(document(Stage.FIRST_EDITION, "en"), without("en", "death_penalty")),
        "fr": story("fr", Stage.FIRST_EDITION, Stage.FIRST_EDITION),
    }
    found = side_by_side([held["en"][-1].document, held["fr"][-1].document], "en", held)

    (drop,) = found.drops
    assert (drop.language, drop.heading) == ("fr", "Death penalty")
    assert (drop.before, drop.since) == (held["en"][0].until, held["en"][1].since)
    assert [held["fr"][-1].document.section(name).topic for name in drop.sections] == ["death_penalty"]


def test_a_section_that_the_source_never_had_is_not_said_to_be_dropped() -> None:
    held = {
        "en": stands(without("en", "death_penalty"), without("en", "death_penalty")._replace(sha256="other")),
        "fr": story("fr", Stage.FIRST_EDITION),
    }

    assert side_by_side([held["en"][-1].document, held["fr"][-1].document], "en", held).drops == ()


def test_a_language_first_captured_after_a_section_was_dropped_is_not_said_to_have_kept_it() -> None:
    newcomer = stands(document(Stage.FIRST_EDITION, "fr"), start=BEGIN + timedelta(days=2))
    held = {"en": stands(document(Stage.FIRST_EDITION, "en"), without("en", "death_penalty")), "fr": newcomer}

    assert side_by_side([held["en"][-1].document, newcomer[0].document], "en", held).drops == ()


def test_a_section_that_the_source_added_and_a_language_has_not_yet_is_new() -> None:
    held = {
        "en": stands(without("en", "death_penalty"), document(Stage.FIRST_EDITION, "en")),
        "fr": stands(without("fr", "death_penalty")),
    }
    found = side_by_side([held["en"][-1].document, held["fr"][-1].document], "en", held)

    assert [(lag.sections, lag.is_new, lag.since) for lag in found.lags] == [((), True, held["en"][1].since)]


def test_a_new_section_that_changed_before_it_was_translated_is_awaited_since_it_came() -> None:
    whole = document(Stage.FIRST_EDITION, "en")
    held = {
        "en": stands(without("en", "freedom_of_expression"), whole, document(Stage.SILENT_CORRECTION, "en")),
        "fr": stands(without("fr", "freedom_of_expression")),
    }
    found = side_by_side([held["en"][-1].document, held["fr"][-1].document], "en", held)

    assert [lag.since for lag in found.lags if lag.is_new] == [held["en"][1].since]


def test_links_footnotes_and_typography_need_no_translation() -> None:
    old = samples.document(samples.section(0, "Norvania 2024", "The “wells” of Maravel were closed in the dry season."))
    new = samples.document(samples.section(0, "Norvania 2024", 'The "wells" of Maravel were closed in the dry season.'))
    other = samples.document(samples.section(0, "Norvania 2024", "Los pozos de Maravel se cerraron."), language="es")
    held = {"en": stands(old, new), "es": stands(other)}

    assert side_by_side([new, other], "en", held).lags == ()


def test_languages_that_lag_have_no_say_in_who_is_wrong() -> None:
    documents = [document(Stage.TRANSLATION_LAGS, language) for language in LANGUAGES]
    held = {language: story(language, *CORRECTED) for language in LANGUAGES}
    alone = side_by_side(documents, "en")
    dated = side_by_side(documents, "en", held)

    assert [judgement.outliers for judgement in alone.judgements] == [()]
    (judgement,) = dated.judgements
    assert set(judgement.lagging) == {"ar", "ru"}
    assert judgement.outliers == ("fr",)


def test_a_language_of_another_edition_stands_apart() -> None:
    documents = [document(Stage.NEW_EDITION, language) for language in ("en", "fr", "zh")]
    found = side_by_side(documents, "en")

    assert [one.language for one in found.matrix.documents] == ["en"]
    assert [(one.language, one.edition) for one in found.apart] == [("fr", 2024), ("zh", 2024)]
    assert not found.agree


def test_the_first_document_is_the_source_if_the_one_wanted_is_missing() -> None:
    found = side_by_side([document(Stage.FIRST_EDITION, "fr"), document(Stage.FIRST_EDITION, "ru")], "en")

    assert found.matrix.source_language == "fr"


def test_no_document_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="no document"):
        side_by_side([])


@pytest.mark.parametrize(
    ("russian", "lagging", "open_to_question"), [("1240", {"es", "ru"}, False), ("1300", {"es"}, True)]
)
def test_a_language_that_changed_its_figure_to_another_does_not_lag(
    russian: str, lagging: set[str], open_to_question: bool
) -> None:
    def of(language: str, text: str) -> Document:
        return samples.document(samples.section(0, "Norvania", text), language=language)

    old = of("en", "The state of siege went on. At least 1,240 people were held.")
    new = of("en", "The state of siege went on. At least 1,420 people were held.")
    spanish = of("es", "Hubo estado de sitio. Se detuvo al menos a 1.240 personas.")
    before = of("ru", "Осадное положение продолжалось, как и раньше. Задержали по меньшей мере 1240 человек.")
    after = of("ru", f"Осадное положение продолжалось, как и раньше. Задержали по меньшей мере {russian} человек.")
    held = {"en": stands(old, new), "es": stands(spanish), "ru": stands(*dict.fromkeys((before, after)))}
    (judgement,) = side_by_side([new, spanish, after], "en", held).judgements

    assert [figure.value for _, figure, _ in judgement.disagreement.stated] == [1240, int(russian)]
    assert set(judgement.lagging) == lagging
    assert judgement.is_open is open_to_question


def held_people(language: str, figure: str, rest: str = "") -> Document:
    text = {
        "en": f"The state of siege went on. At least {figure} people were held. {rest}",
        "es": f"Hubo estado de sitio. Se detuvo al menos a {figure} personas.",
    }[language]
    return samples.document(samples.section(0, "Norvania", text), language=language)


@pytest.mark.parametrize("figures", [("1,240", "1,420"), ("1,420", "1,240", "1,420"), ("1,100", "1,240", "1,420")])
def test_a_language_that_says_already_what_the_source_was_corrected_to_is_not_late(figures: tuple[str, ...]) -> None:
    english = stands(*(held_people("en", figure) for figure in figures))
    spanish = held_people("es", "1.420")
    found = side_by_side([english[-1].document, spanish], "en", {"en": english, "es": stands(spanish)})

    assert found.agree


@pytest.mark.parametrize("rest", ["The army left Halden.", "No soldier was charged with 12 killings."])
def test_a_language_that_has_the_figures_but_not_the_new_words_of_the_source_is_late(rest: str) -> None:
    english = stands(held_people("en", "1,240"), held_people("en", "1,240", rest), held_people("en", "1,420", rest))
    spanish = held_people("es", "1.420")
    found = side_by_side([english[-1].document, spanish], "en", {"en": english, "es": stands(spanish)})

    assert [lag.language for lag in found.lags] == ["es"]


def test_languages_that_have_one_number_in_two_units_do_not_agree_on_it() -> None:
    texts = {
        "en": "The ban lasted five months.", "es": "La prohibición duró cinco años.",
        "fr": "L’interdiction a duré cinq semaines.",
    }  # fmt: skip
    documents = [samples.document(samples.section(0, "Norvania", text), language=tag) for tag, text in texts.items()]
    (judgement,) = side_by_side(documents).judgements

    assert judgement.is_open
