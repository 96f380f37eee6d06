"""Comparisons built by hand, of a fictional country, for the tests of the reports."""

import re

from monitor.model.comparison import (
    Change,
    ChangeClass,
    Comparison,
    ComparisonKind,
    Finding,
    Hunk,
    Operation,
    SectionLink,
    SectionStatus,
)
from monitor.model.document import Block, BlockKind, Document, Footnote, Quality, Section, SectionId, Verdict
from monitor.model.statistic import Qualifier, Statistic, StatisticChange, StatisticEvent, StatisticKind

_MARK = re.compile(r"\[-(.*?)-\]|\{\+(.*?)\+\}", re.DOTALL)
SHA_OLD, SHA_NEW = "9f2c" * 16, "41aa" * 16


def hunks(marked: str) -> tuple[Hunk, ...]:
    """Hunks from a text with [-removed-] and {+added+} runs."""
    found, position = [], 0
    for mark in _MARK.finditer(marked):
        found.append(Hunk(Operation.EQUAL, marked[position : mark.start()]))
        found.append(Hunk(Operation.DELETE, mark[1]) if mark[1] is not None else Hunk(Operation.INSERT, mark[2]))
        position = mark.end()
    found.append(Hunk(Operation.EQUAL, marked[position:]))
    return tuple(hunk for hunk in found if hunk.text)


def sides(marked: str) -> tuple[str, str]:
    """The old and the new text of a marked text."""
    found = hunks(marked)
    old = "".join(hunk.text for hunk in found if hunk.operation is not Operation.INSERT)
    return old, "".join(hunk.text for hunk in found if hunk.operation is not Operation.DELETE)


def section(number: int, heading: str, *texts: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Section:
    """A section with its id s1, s2 … from its place."""
    blocks = tuple(Block(kind=kind, text=text) for text in texts)
    return Section(id=SectionId(f"s{number}"), position=number, level=2, heading=heading, blocks=blocks)


def document(*sections: Section, title: str = "Norvania 2024", language: str = "en", **values: object) -> Document:
    """A reading of the Norvania report."""
    base = Document(
        source="norvania.html", sha256=SHA_NEW, language=language, direction="rtl" if language == "ar" else "ltr",
        title=title, sections=sections, quality=Quality(verdict=Verdict.REPORT), country=None, edition=2024,
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]


def change(
    change_class: ChangeClass, marked: str, *, old: tuple[str, int | None] | None, new: tuple[str, int | None] | None,
    findings: tuple[tuple[ChangeClass, str, str], ...] = (), statistics: tuple[StatisticChange, ...] = (),
    moved: bool = False,
) -> Change:  # fmt: skip
    """A change from a marked text; `old` and `new` are (section, block)."""
    texts = sides(marked)
    return Change(
        change_class=change_class, old_section=SectionId(old[0]) if old else None, old_block=old[1] if old else None,
        new_section=SectionId(new[0]) if new else None, new_block=new[1] if new else None,
        old_text=texts[0], new_text=texts[1], hunks=hunks(marked), moved=moved, statistics=statistics,
        findings=tuple(Finding(change_class=name, old=before, new=after) for name, before, after in findings),
    )  # fmt: skip


def link(old: str, new: str, status: SectionStatus, *, renamed: bool = False, moved: bool = False) -> SectionLink:
    """A link from ids written with spaces between."""
    return SectionLink(
        old=tuple(map(SectionId, old.split())), new=tuple(map(SectionId, new.split())), status=status,
        renamed=renamed, moved=moved, similarity=0.9,
    )  # fmt: skip


def statistic(text: str, quote: str, value: int, counted: str, *, at: tuple[str, int], **values: object) -> Statistic:
    """A statistic that stands in the text as the quote."""
    start = text.index(quote)
    base = Statistic(
        start=start, end=start + len(quote), quote=quote, value=value, low=value, high=value, magnitude=None,
        qualifier=Qualifier.EXACT, kind=StatisticKind.COUNT, counted=counted, section=at[0], block=at[1],
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]


WORDS = {
    "en": {
        "title": "Norvania 2024",
        "headings": ["Background", "Violations of international humanitarian law", "Impunity", "Freedom of expression",
                     "Right to education", "Freedom of assembly", "Torture and other ill-treatment", "Refugees",
                     "Death penalty", "Right to a healthy environment"],
        "renamed": "Refugees and migrants", "added_heading": "Women’s rights",
        "plain": "The government of Norvania announced a review of the law in spring; the review was still pending at the end of the year.",
        "more": "Civil society groups said that the commission had met twice and had published no minutes.",
        "hedge": "In October, nine prisoners of war were [-reportedly -]shot dead by border troops near Halden; no investigation was opened.",
        "hedge_word": "reportedly ",
        "figure": "[-At least -]98 new criminal cases were opened and [-171-]{+186+} people were sentenced under the “wartime speech” laws.",
        "bound": "At least ", "old_bound": "At least 98", "counted": ("new criminal cases", "people sentenced under the “wartime speech” laws"),
        "negation": "The authorities did [-not -]allow independent observers into the camp at Brisk.", "negation_word": "not ",
        "gone": "A draft law on the press was withdrawn in March.", "come": "In December the Supreme Court upheld the ban on the newspaper Morning of Halden.",
        "moved": "Teachers in the border districts were paid three months late.",
        "note": "“Norvania: [-Closed-]{+Shut+} borders”, 14 May",
    },
    "ar": {
        "title": "نورفانيا 2024",
        "headings": ["خلفية", "انتهاكات القانون الدولي الإنساني", "الإفلات من العقاب", "حرية التعبير", "الحق في التعليم",
                     "حرية التجمع", "التعذيب وغيره من ضروب المعاملة السيئة", "اللاجئون", "عقوبة الإعدام", "الحق في بيئة صحية"],
        "renamed": "اللاجئون والمهاجرون", "added_heading": "حقوق المرأة",
        "plain": "أعلنت حكومة نورفانيا في الربيع مراجعة القانون، وكانت المراجعة لا تزال معلّقة في نهاية العام.",
        "more": "وقالت منظمات المجتمع المدني إن اللجنة اجتمعت مرتين ولم تنشر أي محاضر.",
        "hedge": "في أكتوبر، قُتل تسعة من أسرى الحرب رميًا بالرصاص [-بحسب ما ورد -]على أيدي حرس الحدود قرب هالدن (Halden)، ولم يُفتح أي تحقيق.",
        "hedge_word": "بحسب ما ورد ",
        "figure": "فُتحت [-ما لا يقل عن -]98 قضية جنائية جديدة وصدرت أحكام بحق [-171-]{+186+} شخصًا بموجب قوانين «خطاب الحرب».",
        "bound": "ما لا يقل عن ", "old_bound": "ما لا يقل عن 98", "counted": ("قضية جنائية جديدة", "شخصًا بموجب قوانين «خطاب الحرب»"),
        "negation": "[-لم -]تسمح السلطات لمراقبين مستقلين بدخول المخيم في بريسك.", "negation_word": "لم ",
        "gone": "سُحب مشروع قانون الصحافة في مارس.", "come": "في ديسمبر، أيّدت المحكمة العليا حظر صحيفة «صباح هالدن».",
        "moved": "تأخرت رواتب المعلمين في المناطق الحدودية ثلاثة أشهر.",
        "note": "«نورفانيا: حدود [-مغلقة-]{+موصدة+}»، 14 مايو",
    },
    "zh": {
        "title": "诺瓦尼亚2024",
        "headings": ["背景", "违反国际人道法的行为", "有罪不罚", "言论自由", "受教育权", "集会自由", "酷刑和其他虐待", "难民", "死刑", "健康环境权"],
        "renamed": "难民和移民", "added_heading": "妇女权利",
        "plain": "诺瓦尼亚政府于春季宣布审查该法律；截至年底，审查仍未完成。",
        "more": "民间社会团体称，该委员会只开过两次会，且未公布任何会议记录。",
        "hedge": "10月，九名战俘[-据报-]在哈尔登附近被边防部队枪杀；当局没有展开任何调查。", "hedge_word": "据报",
        "figure": "当局新立[-至少-]98起刑事案件，并根据“战时言论”法判处[-171-]{+186+}人有罪。",
        "bound": "至少", "old_bound": "至少98", "counted": ("起刑事案件", "人根据“战时言论”法被判有罪"),
        "negation": "当局[-不-]允许独立观察员进入布里斯克的营地。", "negation_word": "不",
        "gone": "一项新闻法草案于3月被撤回。", "come": "12月，最高法院维持了对《哈尔登晨报》的禁令。",
        "moved": "边境地区教师的工资被拖欠三个月。", "note": "《诺瓦尼亚：[-关闭-]{+封闭+}的边境》，5月14日",
    },
}  # fmt: skip


def correction(language: str = "en", **values: object) -> Comparison:
    """The silent correction: a reservation and a "not" dropped, a figure raised, a bound dropped, a section moved,
    one renamed, one new, one gone; a paragraph added, one removed, one moved; a footnote."""
    w = WORDS[language]
    headings = w["headings"]
    plain, more = w["plain"], w["more"]
    hedge, figure, negation = sides(w["hedge"]), sides(w["figure"]), sides(w["negation"])
    old = document(
        section(0, w["title"], plain), section(1, headings[0], plain, more), section(2, headings[1], more, hedge[0], plain),
        section(3, headings[2], plain), section(4, headings[3], plain, figure[0], more, w["gone"], plain),
        section(5, headings[5], plain, w["moved"], more), section(6, headings[6], negation[0], plain),
        section(7, headings[4], plain, more), section(8, headings[7], plain), section(9, headings[8], w["gone"]),
        section(10, headings[9], plain, more), title=w["title"], language=language, sha256=SHA_OLD,
        source="https://norvania.example/en/report", footnotes=(Footnote(mark="1", text=sides(w["note"])[0]),),
    )  # fmt: skip
    new = document(
        section(0, w["title"], plain), section(1, headings[0], plain, more), section(2, headings[1], more, hedge[1], plain),
        section(3, headings[2], plain), section(4, headings[3], plain, figure[1], more, plain, w["come"]),
        section(5, headings[4], plain, more), section(6, headings[5], w["moved"], plain, more),
        section(7, headings[6], negation[1], plain), section(8, w["renamed"], plain), section(9, w["added_heading"], w["come"], more),
        section(10, headings[9], plain, more), title=w["title"], language=language,
        source="https://norvania.example/en/report?v=2", footnotes=(Footnote(mark="1", text=sides(w["note"])[1]),),
    )  # fmt: skip
    raised = StatisticChange(
        change=StatisticEvent.CHANGED, delta=15, ratio=186 / 171,
        old=statistic(figure[0], "171", 171, w["counted"][1], at=("s4", 1)),
        new=statistic(figure[1], "186", 186, w["counted"][1], at=("s4", 1)),
        old_sentence=figure[0], new_sentence=figure[1],
    )  # fmt: skip
    unbound = StatisticChange(
        change=StatisticEvent.CHANGED, delta=0, ratio=1.0, qualifier_changed=True,
        old=statistic(figure[0], w["old_bound"], 98, w["counted"][0], at=("s4", 1), qualifier=Qualifier.AT_LEAST, high=None),
        new=statistic(figure[1], "98", 98, w["counted"][0], at=("s4", 1)),
        old_sentence=figure[0], new_sentence=figure[1],
    )  # fmt: skip
    edited, same = SectionStatus.EDITED, SectionStatus.UNCHANGED
    base = Comparison(
        kind=ComparisonKind.REVISION, old=old, new=new,
        alignment=(
            link("s0", "s0", same), link("s1", "s1", same), link("s2", "s2", edited), link("s3", "s3", same),
            link("s4", "s4", edited), link("s7", "s5", same, moved=True), link("s5", "s6", edited), link("s6", "s7", edited),
            link("s8", "s8", same, renamed=True), link("", "s9", SectionStatus.ADDED), link("s10", "s10", same),
            link("s9", "", SectionStatus.REMOVED),
        ),
        changes=(
            change(ChangeClass.HEDGING, w["hedge"], old=("s2", 1), new=("s2", 1), findings=((ChangeClass.HEDGING, w["hedge_word"], ""),)),
            change(ChangeClass.HEDGING, w["figure"], old=("s4", 1), new=("s4", 1), statistics=(unbound, raised),
                   findings=((ChangeClass.HEDGING, w["bound"], ""), (ChangeClass.NUMBER, "171", "186"))),
            change(ChangeClass.REMOVED, f"[-{w['gone']}-]", old=("s4", 3), new=None),
            change(ChangeClass.ADDED, f"{{+{w['come']}+}}", old=None, new=("s4", 4)),
            change(ChangeClass.MOVED, w["moved"], old=("s5", 1), new=("s6", 0), moved=True),
            change(ChangeClass.NEGATION, w["negation"], old=("s6", 0), new=("s7", 0), findings=((ChangeClass.NEGATION, w["negation_word"], ""),)),
            change(ChangeClass.ADDED, f"{{+{w['come']}+}}", old=None, new=("s9", 0)),
            change(ChangeClass.ADDED, f"{{+{more}+}}", old=None, new=("s9", 1)),
            change(ChangeClass.REMOVED, f"[-{w['gone']}-]", old=("s9", 0), new=None),
            change(ChangeClass.FOOTNOTE, w["note"], old=None, new=None),
        ),
        statistics=(unbound, raised),
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]


def unchanged(**values: object) -> Comparison:
    """Two readings that say the same."""
    text = WORDS["en"]["plain"]
    side = document(section(0, "Norvania 2024", text), section(1, "Background", text, text))
    base = Comparison(
        kind=ComparisonKind.REVISION, old=side, new=side, changes=(), changed=False,
        alignment=(link("s0", "s0", SectionStatus.UNCHANGED), link("s1", "s1", SectionStatus.UNCHANGED)),
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]


def one_edit(marked: str, change_class: ChangeClass = ChangeClass.WORDING, **values: object) -> Comparison:
    """One changed paragraph between two that stand still."""
    texts = sides(marked)
    old = document(section(0, "Norvania 2024", "Before.", texts[0], "After."))
    new = document(section(0, "Norvania 2024", "Before.", texts[1], "After."))
    base = Comparison(
        kind=ComparisonKind.REVISION, old=old, new=new, alignment=(link("s0", "s0", SectionStatus.EDITED),),
        changes=(change(change_class, marked, old=("s0", 1), new=("s0", 1)),),
    )  # fmt: skip
    return base._replace(**values)  # type: ignore[arg-type]
