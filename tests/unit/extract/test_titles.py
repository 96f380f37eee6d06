"""The title says the edition and the country, in any of the six languages."""

import pytest

from monitor.extract.flow import Piece
from monitor.extract.titles import country, edition, title_of


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Varnia 2024", 2024), ("Varnia 2024/25", 2024), ("Varnia 2006–2007", 2006), ("Varnie : rapport 2023", 2023),
        ("قمارة ٢٠٢٣", 2023), ("وارنیا ۲۰۲۲", 2022), ("瓦尼亚2024年", 2024), ("瓦尼亚 二〇二四年", 2024), ("Варния, 2021 год", 2021),
        ("Varnia", None), ("Room 10245", None), ("Article 3000", None), ("", None),
    ],
)  # fmt: skip
def test_the_edition_is_the_year_in_the_title(title: str, year: int | None) -> None:
    assert edition(title) == year


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("RUSSIA 2024", "RU"), ("Federación de Rusia 2023", "RU"), ("Russie 2022", "RU"), ("روسيا ٢٠٢٤", "RU"), ("俄罗斯 2024", "RU"),
        ("俄罗斯2024年", "RU"), ("Российская Федерация 2024", "RU"), ("Swaziland 2012", "SZ"), ("Eswatini 2023", "SZ"), ("Burma 1999", "MM"),
        ("Democratic Republic of the Congo 2024", "CD"), ("Congo 2024", "CG"), ("Guinea-Bissau 2020", "GW"), ("Papua New Guinea", "PG"),
        ("Côte d'Ivoire 2021", "CI"), ("Cote d’Ivoire", "CI"), ("Türkiye 2024", "TR"), ("Turkey 2019", "TR"), ("Annual report: Chile 2019", "CL"),
        ("Human rights in Chile 2019", "CL"), ("Israel and Occupied Palestinian Territories 2023", "IL"), ("Киргизия 2020", "KG"),
        ("Varnia 2024", None), ("New Georgia 2024", None), ("قمارة ٢٠٢٣", None), ("瓦尼亚 2024", None), ("Niger River 2024", None), ("", None),
    ],
)  # fmt: skip
def test_the_country_is_known_by_its_names(title: str, code: str | None) -> None:
    assert country(title) == code


def test_the_address_names_the_country_if_the_title_does_not() -> None:
    assert country("Annual entry", "https://www.amnesty.org/en/location/americas/chile/report-chile/") == "CL"


def test_a_heading_with_the_year_beats_the_bare_name() -> None:
    pieces = [Piece(text="VARNIA", level=1), Piece(text="VARNIA 2024", level=2), Piece(text="Text. " * 60)]
    assert title_of((), pieces, "") == "VARNIA 2024"


def test_a_section_that_names_a_year_is_not_the_title() -> None:
    pieces = [Piece(text="Varnia", level=1), Piece(text="Elections in 2024", level=2), Piece(text="Text. " * 60)]
    assert title_of((), pieces, "") == "Varnia"


def test_the_page_title_serves_without_the_name_of_the_site() -> None:
    assert title_of((), [Piece(text="Text.")], "Varnia 2024 | The Watchers") == "Varnia 2024"
