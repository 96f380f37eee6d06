"""One report of a fictional country in six languages, for the tests of both alignments."""

from monitor.model.document import Block, BlockKind, Document, Quality, Section, SectionId, Verdict
from monitor.sites.topics import topic

LANGUAGES = ("en", "es", "fr", "ar", "zh", "ru")

TEXTS: dict[str, list[tuple[str, list[str]]]] = {
    "en": [
        ("Norvania 2024", ["The year was marked by strikes in the harbours of Halden."]),
        ("Background", ["In March, a new government took office after the elections. Prices rose by 17% within six months."]),
        ("Freedom of expression", [
            ("The editor Ilya Marek was fined 4,200 crowns for an article about the harbour strike. The police searched "
            "the offices of 12 newspapers and took away their computers."),
            "In September, the Supreme Court quashed the fine."]),
        ("Torture and other ill-treatment", [
            ("At least 31 detainees told their lawyers that guards had beaten them in the prison of Tolmin. "
            "No guard was charged by the end of the year.")]),
        ("Refugees’ and migrants’ rights", [
            ("Border guards pushed back 950 people at the river Vessa, among them 88 children. The Halden Refugee Council "
            "counted 7 deaths in the river.")]),
        ("Right to a healthy environment", [
            ("The government allowed 3 new coal mines. Farmers near Brenk took the company Orlan to court over polluted "
            "wells in 26 villages.")]),
        ("Death penalty", ["Courts sentenced 5 people to death. No executions took place for the 11th year in a row."]),
    ],
    "es": [
        ("Norvania 2024", ["El año estuvo marcado por las huelgas en los puertos de Halden."]),
        ("Información general", [
            "En marzo tomó posesión un nuevo gobierno tras las elecciones. Los precios subieron un 17% en seis meses."]),
        ("Libertad de expresión", [
            ("El director Ilya Marek fue multado con 4.200 coronas por un artículo sobre la huelga del puerto. La policía "
            "registró las redacciones de 12 periódicos y se llevó sus ordenadores."),
            "En septiembre, el Tribunal Supremo anuló la multa."]),
        ("Tortura y otros malos tratos", [
            ("Al menos 31 detenidos contaron a sus abogados que los guardias los habían golpeado en la prisión de Tolmin. "
            "Al final del año no se había acusado a ningún guardia.")]),
        ("Derechos de las personas refugiadas y migrantes", [
            ("Los guardias de fronteras devolvieron a 950 personas en el río Vessa, entre ellas 88 niños. El Consejo de "
            "Refugiados de Halden contó 7 muertes en el río.")]),
        ("Derecho a un medio ambiente saludable", [
            ("El gobierno autorizó 3 nuevas minas de carbón. Campesinos de Brenk llevaron a los tribunales a la empresa "
            "Orlan por los pozos contaminados de 26 pueblos.")]),
        ("Pena de muerte", [
            "Los tribunales condenaron a muerte a 5 personas. Por 11º año consecutivo no hubo ejecuciones."]),
    ],
    "fr": [
        ("Norvanie 2024", ["L’année a été marquée par des grèves dans les ports de Halden."]),
        ("Contexte", [
            ("En mars, un nouveau gouvernement est entré en fonction après les élections. Les prix ont augmenté de 17 % en "
            "six mois.")]),
        ("Liberté d’expression", [
            ("Le rédacteur en chef Ilya Marek a été condamné à une amende de 4 200 couronnes pour un article sur la grève "
            "du port. La police a fouillé les rédactions de 12 journaux et emporté leurs ordinateurs."),
            "En septembre, la Cour suprême a annulé l’amende."]),
        ("Torture et autres mauvais traitements", [
            ("Au moins 31 détenus ont raconté à leurs avocats que des gardiens les avaient battus à la prison de Tolmin. "
            "À la fin de l’année, aucun gardien n’était inculpé.")]),
        ("Droits des personnes réfugiées ou migrantes", [
            ("Les gardes-frontières ont refoulé 950 personnes au bord de la Vessa, dont 88 enfants. Le Conseil des "
            "réfugiés de Halden a compté 7 morts dans le fleuve.")]),
        ("Droit à un environnement sain", [
            ("Le gouvernement a autorisé 3 nouvelles mines de charbon. Des paysans de Brenk ont poursuivi l’entreprise "
            "Orlan pour les puits pollués de 26 villages.")]),
        ("Peine de mort", [
            "Les tribunaux ont condamné 5 personnes à mort. Aucune exécution n’a eu lieu pour la 11e année consécutive."]),
    ],
    "ar": [
        ("نورفانيا 2024", ["شهد العام إضرابات في موانئ هالدن."]),
        ("خلفية", ["في مارس/آذار تولت حكومة جديدة مهامها بعد الانتخابات. وارتفعت الأسعار بنسبة 17% خلال ستة أشهر."]),
        ("حرية التعبير", [
            ("فُرضت على رئيس التحرير إيليا ماريك غرامة قدرها 4200 كرونة بسبب مقال عن إضراب الميناء. وفتشت الشرطة مكاتب "
            "12 صحيفة وصادرت أجهزة الكمبيوتر."),
            "وفي سبتمبر/أيلول ألغت المحكمة العليا الغرامة."]),
        ("التعذيب وغيره من ضروب المعاملة السيئة", [
            ("أبلغ ما لا يقل عن 31 محتجزًا محاميهم بأن الحراس ضربوهم في سجن تولمين. ولم توجه التهم إلى أي حارس بحلول نهاية "
            "العام.")]),
        ("حقوق اللاجئين والمهاجرين", [
            "دفع حرس الحدود 950 شخصًا إلى الوراء عند نهر فيسا، بينهم 88 طفلًا. وأحصى مجلس هالدن للاجئين 7 وفيات في النهر."]),
        ("الحق في بيئة صحية", [
            ("سمحت الحكومة بفتح 3 مناجم فحم جديدة. ورفع مزارعون قرب برينك دعوى ضد شركة أورلان بسبب الآبار الملوثة في "
            "26 قرية.")]),
        ("عقوبة الإعدام", ["حكمت المحاكم على 5 أشخاص بالإعدام. ولم تُنفذ أي عملية إعدام للسنة الحادية عشرة على التوالي."]),
    ],
    "zh": [
        ("诺凡尼亚 2024", ["这一年，哈尔登的港口罢工不断。"]),
        ("背景", ["3月，新政府在选举后上任。物价在六个月内上涨了17%。"]),
        ("表达自由", [
            "编辑伊利亚·马雷克因一篇关于港口罢工的文章被罚款4200克朗。警方搜查了12家报纸的办公室，并拿走了电脑。",
            "9月，最高法院撤销了罚款。"]),
        ("酷刑和其他虐待", ["至少31名被拘留者告诉律师，看守在托尔明监狱殴打了他们。到年底，没有一名看守被起诉。"]),
        ("难民和移民的权利", ["边防人员在维萨河推回了950人，其中有88名儿童。哈尔登难民委员会统计有7人死于河中。"]),
        ("健康环境权", ["政府批准了3座新煤矿。布伦克附近的农民就26个村庄的水井污染起诉了奥兰公司。"]),
        ("死刑", ["法院判处5人死刑。连续第11年没有执行死刑。"]),
    ],
    "ru": [
        ("Норвания 2024", ["Год прошёл под знаком забастовок в портах Хальдена."]),
        ("Краткая справка", [
            "В марте после выборов к работе приступило новое правительство. За шесть месяцев цены выросли на 17%."]),
        ("Свобода выражения мнений", [
            ("Редактора Илью Марека оштрафовали на 4200 крон за статью о забастовке в порту. Полиция обыскала редакции "
            "12 газет и забрала компьютеры."),
            "В сентябре Верховный суд отменил штраф."]),
        ("Пытки и другие виды жестокого обращения", [
            ("По меньшей мере 31 задержанный рассказал адвокатам, что охранники избивали их в тюрьме Тольмина. К концу "
            "года обвинения не предъявили ни одному охраннику.")]),
        ("Права беженцев и мигрантов", [
            ("Пограничники вытолкнули обратно у реки Весса 950 человек, среди них 88 детей. Совет по делам беженцев "
            "Хальдена насчитал в реке 7 погибших.")]),
        ("Право на здоровую окружающую среду", [
            ("Правительство разрешило 3 новые угольные шахты. Фермеры под Бренком подали в суд на компанию «Орлан» из-за "
            "загрязнённых колодцев в 26 деревнях.")]),
        ("Смертная казнь", ["Суды приговорили к смерти 5 человек. Казней не было 11-й год подряд."]),
    ],
}  # fmt: skip


def report(language: str, *numbers: int, edition: int = 2024) -> Document:
    """The report in a language; with `numbers` only those sections, in that order (0 is the lead)."""
    chosen = numbers or range(len(TEXTS[language]))
    return document(*(TEXTS[language][number] for number in chosen), language=language, edition=edition)


def document(*sections: tuple[str, list[str]], language: str = "en", edition: int | None = 2024) -> Document:
    """A document of these sections; the first is the lead."""
    made = tuple(
        Section(
            id=SectionId(f"s{number}"), position=number, level=2 if number else 1, heading=heading,
            blocks=tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts),
            topic=topic(heading, language) if number else None,
        )
        for number, (heading, texts) in enumerate(sections)
    )  # fmt: skip
    return Document(
        source=f"{language}.html", sha256=f"{hash((language, sections and sections[0][0], len(sections))):x}",
        language=language, direction="rtl" if language == "ar" else "ltr", title=sections[0][0] if sections else "",
        sections=made, quality=Quality(verdict=Verdict.REPORT), edition=edition,
    )  # fmt: skip
