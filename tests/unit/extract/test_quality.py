"""A page that is not the report is told from one that is, in six languages, and a report stays one whatever it quotes."""

import pytest

from monitor.extract.reading import read
from monitor.model.document import Document, Verdict


def _page(body: str, *, title: str = "Page", lang: str = "en") -> bytes:
    return f'<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body>{body}</body></html>'.encode()


def _verdict(content: bytes, **options: str) -> Verdict:
    return read(content, source="page.html", **options).quality.verdict  # type: ignore[arg-type]


_OTHERS = [
    ("en", "Access denied", "You do not have permission.", Verdict.BLOCK_PAGE),
    ("es", "Acceso denegado", "No tiene permiso.", Verdict.BLOCK_PAGE),
    ("fr", "Un instant", "Vérifiez que vous êtes humain.", Verdict.BLOCK_PAGE),
    ("ar", "تم رفض الوصول", "ليس لديك إذن.", Verdict.BLOCK_PAGE),
    ("zh", "访问被拒绝", "您没有权限。", Verdict.BLOCK_PAGE),
    ("ru", "Доступ запрещён", "У вас нет прав.", Verdict.BLOCK_PAGE),
    ("en", "Before you continue", "We value your privacy.", Verdict.COOKIE_WALL),
    ("es", "Privacidad", "Aceptar todas las cookies", Verdict.COOKIE_WALL),
    ("fr", "Vie privée", "Accepter tous les cookies", Verdict.COOKIE_WALL),
    ("ar", "الخصوصية", "نحن نستخدم ملفات تعريف الارتباط.", Verdict.COOKIE_WALL),
    ("zh", "隐私", "接受所有 Cookie 后继续。", Verdict.COOKIE_WALL),
    ("ru", "Конфиденциальность", "Мы используем файлы cookie.", Verdict.COOKIE_WALL),
    ("en", "Site", "We are down for maintenance.", Verdict.MAINTENANCE),
    ("es", "Sitio", "El sitio está en mantenimiento.", Verdict.MAINTENANCE),
    ("fr", "Site", "Le site est en maintenance.", Verdict.MAINTENANCE),
    ("ar", "الموقع", "الموقع تحت الصيانة.", Verdict.MAINTENANCE),
    ("zh", "网站", "网站维护，请稍后再来。", Verdict.MAINTENANCE),
    ("ru", "Сайт", "На сайте ведутся технические работы.", Verdict.MAINTENANCE),
    ("en", "Page not found", "Try the search.", Verdict.NOT_FOUND),
    ("es", "Página no encontrada", "Use el buscador.", Verdict.NOT_FOUND),
    ("fr", "Page introuvable", "Utilisez la recherche.", Verdict.NOT_FOUND),
    ("ar", "الصفحة غير موجودة", "استخدم البحث.", Verdict.NOT_FOUND),
    ("zh", "页面不存在", "请使用搜索。", Verdict.NOT_FOUND),
    ("ru", "Страница не найдена", "Воспользуйтесь поиском.", Verdict.NOT_FOUND),
]


@pytest.mark.parametrize(("lang", "heading", "text", "verdict"), _OTHERS)
def test_a_page_that_is_not_the_report_is_told(lang: str, heading: str, text: str, verdict: Verdict) -> None:
    assert _verdict(_page(f"<h1>{heading}</h1><p>{text}</p>", title=heading, lang=lang)) is verdict


_BANNER = '<div id="cookie-banner"><p>We value your privacy. Accept all cookies?</p><button>Yes</button></div>'


@pytest.mark.parametrize(
    "report",
    [
        "<h2>Piers</h2><p>The mayors closed two piers.</p>",
        f"<p>{'The mayors closed two piers of the harbour. ' * 5}</p>",
    ],
)
def test_a_short_report_behind_a_consent_banner_is_a_report(report: str) -> None:
    assert _verdict(_page(f"<main><h1>Varnia 2024</h1>{report}</main>{_BANNER}")) is Verdict.REPORT


@pytest.mark.parametrize(
    "rest", ["", "<main><h1>Varnia 2024</h1></main>", "<main><h1>Varnia</h1><p>Please wait.</p></main>"]
)
def test_a_consent_banner_with_nothing_behind_it_is_a_cookie_wall(rest: str) -> None:
    assert _verdict(_page(rest + _BANNER)) is Verdict.COOKIE_WALL


def test_a_report_that_quotes_the_words_of_a_block_page_stays_a_report() -> None:
    sections = "".join(
        f"<h2>Topic {n}</h2><p>Visitors were told “access denied”; page not found.</p>" for n in range(4)
    )
    assert _verdict(_page(f"<main><h1>Varnia 2024</h1><p>The lead.</p>{sections}</main>")) is Verdict.REPORT


def test_a_long_page_without_headings_stays_a_report_too() -> None:
    text = "<p>The captains closed the port and answered every complaint with access denied.</p>" * 30
    assert _verdict(_page(f"<h1>Varnia 2024</h1>{text}")) is Verdict.REPORT


def test_a_short_document_is_a_report() -> None:
    assert _verdict(_page("<h1>Varnia</h1><p>One sentence only.</p>")) is Verdict.REPORT


def test_a_shell_that_scripts_fill_is_empty() -> None:
    shell = '<div id="root"></div><noscript>Please enable JavaScript to read this.</noscript><script src=a.js></script>'
    assert _verdict(_page(shell)) is Verdict.EMPTY


def test_a_page_without_text_is_empty() -> None:
    assert _verdict(_page("<div></div>", title="")) is Verdict.EMPTY


def test_a_page_that_breaks_off_is_truncated() -> None:
    whole = _page("<h1>Varnia 2024</h1>" + "<h2>Topic</h2><p>The council closed the port again.</p>" * 9)
    assert _verdict(whole[:-60]) is Verdict.TRUNCATED


def test_an_untranslated_page_is_in_the_wrong_language() -> None:
    text = "<p>The council of the harbour closed the port, and the people of the town were told to go home.</p>" * 4
    document = read(_page(f"<h1>قمارة 2024</h1>{text}", lang="ar"), source="page.html", language="ar")
    assert document.quality.verdict is Verdict.WRONG_LANGUAGE
    assert document.language == "ar"
    assert "en" in document.quality.reason


def test_a_home_page_in_place_of_the_report_is_not_found() -> None:
    home = '<link rel="canonical" href="https://www.amnesty.org/ar/"><main><h1>Welcome</h1><p>Latest news of the week.</p></main>'
    url = "https://www.amnesty.org/ar/location/north/varnia/report-varnia/"
    assert _verdict(_page(home), url=url) is Verdict.NOT_FOUND


_SPOKEN = {
    "en": "The council of the harbour closed the port, and the people of the town were told by officials to go home.",
    "es": "El consejo del puerto cerró los muelles y las personas de la ciudad fueron enviadas a sus casas por la policía.",
    "fr": "Le conseil du port a fermé les quais et les habitants de la ville ont été renvoyés chez eux par la police.",
    "ar": "أغلق مجلس الميناء الأرصفة، وقد طُلب من سكان المدينة أن يعودوا إلى منازلهم في المساء بعد أن تدخلت الشرطة.",
    "zh": "港口委员会关闭了码头，警察要求城里的居民立刻回家，没有人说明原因。",
    "ru": "Совет порта закрыл причалы, и жители города были отправлены по домам, как и в прошлом году, но не все.",
}


@pytest.mark.parametrize("language", _SPOKEN)
def test_the_language_is_heard_when_nobody_names_it(language: str) -> None:
    document: Document = read(f"<h1>X 2024</h1><p>{_SPOKEN[language]}</p>".encode(), source="x.html")
    assert document.language == language
    assert document.direction == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("language", _SPOKEN)
def test_a_text_in_the_language_asked_for_is_never_in_the_wrong_one(language: str) -> None:
    assert _verdict(_page(f"<h1>X</h1><p>{_SPOKEN[language]}</p>"), language=language) is Verdict.REPORT


def test_an_unknown_language_is_undetermined_and_said_so() -> None:
    document = read(b"# Zob\n\nZxq wvb krt plm ngh dfg hjk zzt qwp.\n", source="x.md")
    assert document.language == "und"
    assert any("--language" in str(note) for note in document.notes)
