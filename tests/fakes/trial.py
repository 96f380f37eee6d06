"""A section full of figures in four languages, each of which puts them elsewhere in its sentences."""

from monitor.model.document import Document
from tests.unit.align.norvania import document

TRIAL = {
    "en": (
        "Trials",
        (
            "The editor of a weekly paper was sentenced to five years in prison after a trial that lasted two days. "
            "One in three hearings was closed to the public. At least 1,240 people waited for a lawyer, and 14 of them died."
        ),
    ),
    "zh": (
        "审判",
        "一家周报的编辑在两天的审判后被判处五年监禁。三分之一的庭审不公开。至少1240人等待律师，其中14人死亡。",
    ),
    "ru": (
        "Судебные процессы",
        (
            "Редактора еженедельника приговорили к пяти годам лишения свободы после процесса, длившегося два дня. "
            "Закрытым было каждое третье заседание. Ждали адвоката по меньшей мере 1240 человек, умерли из них 14 человек."
        ),
    ),
    "ar": (
        "المحاكمات",
        (
            "وحُكم على محرر صحيفة أسبوعية بالسجن خمس سنوات بعد محاكمة استمرت يومين. وكانت جلسة من كل ثلاث جلسات مغلقة. "
            "وانتظر ما لا يقل عن 1,240 شخصًا محاميًا، وتوفي منهم 14 شخصًا."
        ),
    ),
}


def trial(language: str, *edits: tuple[str, str]) -> Document:
    """The section with some of its words replaced."""
    heading, text = TRIAL[language]
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    return document((heading, [text]), language=language)
