"""Fictional report pages in six languages, for tests of what happens to pages and not of how they are read."""

LANGUAGES = ("en", "es", "fr", "ar", "zh", "ru")

_HEADINGS = {
    "en": ("Background", "Freedom of expression", "Right to water"),
    "es": ("Información general", "Libertad de expresión", "Derecho al agua"),
    "fr": ("Contexte", "Liberté d’expression", "Droit à l’eau"),
    "ar": ("خلفية", "حرية التعبير", "الحق في الماء"),
    "zh": ("背景", "言论自由", "用水权"),
    "ru": ("Краткая справка", "Свобода выражения мнений", "Право на воду"),
}

_TEXTS = {
    "en": "The council of Maravel closed {figure} wells in the dry season. Villagers of the upper valley reportedly walked"
    " for hours to the river, and the courts heard none of their complaints before the autumn.",
    "es": "El consejo de Maravel cerró {figure} pozos en la estación seca. Los habitantes del valle alto caminaron, según"
    " se dijo, durante horas hasta el río, y los tribunales no atendieron sus quejas antes del otoño.",
    "fr": "Le conseil de Maravel a fermé {figure} puits pendant la saison sèche. Les villageois de la haute vallée ont"
    " marché, semble-t-il, des heures jusqu’à la rivière, et les tribunaux n’ont entendu aucune de leurs plaintes.",
    "ar": "أغلق مجلس مارافيل {figure} بئراً في موسم الجفاف. وأفاد سكان الوادي الأعلى بأنهم ساروا ساعات طويلة إلى النهر،"
    " ولم تنظر المحاكم في أي من شكاواهم قبل حلول الخريف.",
    "zh": "马拉维尔议会在旱季关闭了{figure}口水井。据称，上游山谷的村民步行数小时前往河边取水，而法院在秋天之前没有审理他们的任何申诉。",
    "ru": "Совет Маравеля закрыл {figure} колодцев в засушливый сезон. Жители верхней долины, по сообщениям, часами шли"
    " к реке, а суды до осени не рассмотрели ни одной их жалобы.",
}


def report(
    language: str = "en", *, figure: int = 12, edition: int = 2024, noise: str = "0", length: int = 1, sections: int = 3
) -> bytes:
    """A page of a report: `figure` stands in its text, `noise` only in its markup; `length` multiplies its text, of which
    it has the first `sections`."""
    direction = "rtl" if language == "ar" else "ltr"
    body = "".join(
        f'<h2 class="wp-block-heading">{heading}</h2>\n'
        + "".join(f"<p>{_TEXTS[language].format(figure=figure + 10 * place + step)}</p>\n" for step in range(length))
        for place, heading in enumerate(_HEADINGS[language][:sections])
    )
    return (
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><meta charset="utf-8">'
        f"<title>Maravel {edition}</title><meta name=nonce content={noise}></head><body><nav id=n{noise}>…</nav>"
        f'<main id="main"><article class="article-content"><h1>Maravel {edition}</h1>\n{body}</article></main>'
        f"<footer>© {noise}</footer></body></html>"
    ).encode()


GONE = (
    b"<!doctype html><html lang=en><head><title>Page not found</title></head><body><h1>Page not found</h1>"
    b"<p>We have moved, and this page with us.</p></body></html>"
)
BLOCKED = (
    b"<!doctype html><html lang=en><head><title>Access denied</title></head><body><h1>Access denied</h1>"
    b"<p>You have been refused.</p></body></html>"
)
MAINTENANCE = (
    b"<!doctype html><html lang=en><head><title>Down for maintenance</title></head><body><h1>Down for maintenance</h1>"
    b"<p>We will be back soon.</p></body></html>"
)
