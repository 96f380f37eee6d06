"""One small report of a country that does not exist, in six languages, and the events that may befall it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report as text, with the words that events replace: (what stands there, what comes instead)."""

    language: str
    text: str
    hedge: tuple[str, str]
    negation: tuple[str, str]
    figure: tuple[str, str]
    at_least: tuple[str, str]
    name: tuple[str, str] | None
    date: tuple[str, str]
    wording: tuple[str, str]
    attribution: tuple[str, str]
    heading: tuple[str, str]
    moved: str
    split_after: str
    synonym: tuple[str, str]
    new_sentence: str


ENGLISH = Report(
    language="en",
    text="""
    # Background
    Elections to the assembly of Norland took place amid floods that cut off the eastern valleys for weeks.
    According to the Norland Bar Association, nine judges were dismissed without a hearing.
    # Torture and other ill-treatment
    Guards reportedly beat prisoners in the quarry near Tilan. At least 98 people were held there on 3 March 2024, most of them miners.
    The ministry did not publish the findings of its own inquiry. The inspector Ivo Marek resigned over it.
    # Freedom of expression
    The editors of two weekly papers went into hiding after soldiers searched their offices and homes.
    # Death penalty
    Courts sentenced eleven men to death, all of them for murder under the emergency law of last year.
    """,
    hedge=("Guards reportedly beat", "Guards beat"),
    negation=("did not publish", "published"),
    figure=("98", "104"),
    at_least=("At least 98", "98"),
    name=("Marek", "Marec"),
    date=("3 March 2024", "5 March 2024"),
    wording=("weekly papers", "daily papers"),
    attribution=("According to the Norland Bar Association, nine", "Nine"),
    heading=("Torture and other ill-treatment", "Torture in custody"),
    moved="Death penalty",
    split_after="near Tilan.",
    synonym=("Guards reportedly beat", "According to reports, guards beat"),
    new_sentence="No officer was charged and the quarry allegedly stayed open.",
)

SPANISH = Report(
    language="es",
    text="""
    # Información general
    Las elecciones a la asamblea de Norlandia se celebraron mientras las inundaciones aislaban los valles del este.
    Según la asociación de juristas de Tilán, nueve jueces fueron destituidos tras una audiencia secreta.
    # Tortura y otros malos tratos
    Los guardias presuntamente golpearon a presos en la cantera cercana a Tilán. Al menos 98 personas estaban allí el 3 de marzo de 2024, en su mayoría mineros.
    El ministerio no publicó las conclusiones de su investigación. El inspector Ivo Marek dimitió por ello.
    # Libertad de expresión
    Los directores de dos semanarios se escondieron después de que los soldados registraran sus oficinas y casas.
    # Pena de muerte
    Los tribunales condenaron a muerte a once hombres, todos por asesinato en virtud de la ley de emergencia.
    """,
    hedge=("presuntamente golpearon", "golpearon"),
    negation=("no publicó", "publicó"),
    figure=("98", "104"),
    at_least=("Al menos 98", "98"),
    name=("Marek", "Marec"),
    date=("3 de marzo de 2024", "5 de marzo de 2024"),
    wording=("dos semanarios", "dos diarios"),
    attribution=("Según la asociación de juristas de Tilán, nueve", "Nueve"),
    heading=("Tortura y otros malos tratos", "Tortura bajo custodia"),
    moved="Pena de muerte",
    split_after="cercana a Tilán.",
    synonym=("Al menos 98", "Por lo menos 98"),
    new_sentence="Ningún agente fue acusado y la cantera supuestamente siguió abierta.",
)

FRENCH = Report(
    language="fr",
    text="""
    # Contexte
    Les élections à l'assemblée de Norlande ont eu lieu alors que des inondations isolaient les vallées de l'est.
    Selon l'association des juristes de Tilan, neuf juges ont été révoqués après une audience secrète.
    # Torture et autres mauvais traitements
    Les gardiens auraient frappé des détenus dans la carrière proche de Tilan. Au moins 98 personnes s'y trouvaient le 3 mars 2024, pour la plupart des mineurs de fond.
    Le ministère n'a pas publié les conclusions de son enquête. L'inspecteur Ivo Marek a démissionné.
    # Liberté d'expression
    Les directeurs de deux hebdomadaires se sont cachés après que des soldats ont fouillé leurs bureaux et leurs maisons.
    # Peine de mort
    Les tribunaux ont condamné à mort onze hommes, tous pour meurtre en vertu de la loi d'exception.
    """,
    hedge=("auraient frappé", "ont frappé"),
    negation=("n'a pas publié", "a publié"),
    figure=("98", "104"),
    at_least=("Au moins 98", "98"),
    name=("Marek", "Marec"),
    date=("3 mars 2024", "5 mars 2024"),
    wording=("deux hebdomadaires", "deux quotidiens"),
    attribution=("Selon l'association des juristes de Tilan, neuf", "Neuf"),
    heading=("Torture et autres mauvais traitements", "Torture en détention"),
    moved="Peine de mort",
    split_after="proche de Tilan.",
    synonym=("Au moins 98", "Pas moins de 98"),
    new_sentence="Aucun agent n'a été inculpé et la carrière serait restée ouverte.",
)

RUSSIAN = Report(
    language="ru",
    text="""
    # Общая информация
    Выборы в собрание Норландии прошли во время наводнений, отрезавших восточные долины на несколько недель.
    По данным коллегии юристов Тилана, девять судей были уволены после закрытого заседания.
    # Пытки и другие виды жестокого обращения
    Охранники якобы избивали заключённых в карьере близ Тилана. Не менее 98 человек находились там 3 марта 2024 года, большинство из них шахтёры.
    Министерство не опубликовало выводы своего расследования. Инспектор Иво Марек подал из-за этого в отставку.
    # Свобода выражения мнений
    Редакторы двух еженедельных газет скрылись после того, как солдаты обыскали их конторы и дома.
    # Смертная казнь
    Суды приговорили к смерти одиннадцать мужчин, всех за убийство по закону о чрезвычайном положении.
    """,
    hedge=("Охранники якобы избивали", "Охранники избивали"),
    negation=("не опубликовало", "опубликовало"),
    figure=("98", "104"),
    at_least=("Не менее 98", "98"),
    name=("Марек", "Марекс"),
    date=("3 марта 2024 года", "5 марта 2024 года"),
    wording=("еженедельных газет", "ежедневных газет"),
    attribution=("По данным коллегии юристов Тилана, девять", "Девять"),
    heading=("Пытки и другие виды жестокого обращения", "Пытки под стражей"),
    moved="Смертная казнь",
    split_after="близ Тилана.",
    synonym=("Не менее 98", "По меньшей мере 98"),
    new_sentence="Никто не был привлечён к ответственности, и карьер предположительно не закрыли.",
)

ARABIC = Report(
    language="ar",
    text="""
    # خلفية
    جرت انتخابات مجلس نورلاند بينما عزلت الفيضانات الوديان الشرقية عن بقية البلاد أسابيع عدة.
    وبحسب نقابة المحامين في تيلان، أُقيل تسعة قضاة بعد جلسة سرية.
    # التعذيب وغيره من ضروب المعاملة السيئة
    ويُزعم أن الحراس ضربوا السجناء في المحجر القريب من تيلان. وكان ما لا يقل عن 98 شخصًا هناك في 3 مارس/آذار 2024، ومعظمهم من عمال المناجم.
    ولم تنشر الوزارة نتائج تحقيقها الخاص. واستقال المفتش إيفو ماريك بسبب ذلك.
    # حرية التعبير
    اختبأ محررو صحيفتين أسبوعيتين بعد أن فتش الجنود مكاتبهم ومنازلهم في العاصمة.
    # عقوبة الإعدام
    حكمت المحاكم بالإعدام على أحد عشر رجلًا، جميعهم بتهمة القتل بموجب قانون الطوارئ.
    """,
    hedge=("ويُزعم أن الحراس ضربوا", "وضرب الحراس"),
    negation=("ولم تنشر الوزارة", "ونشرت الوزارة"),
    figure=("98", "104"),
    at_least=("ما لا يقل عن 98", "98"),
    name=None,
    date=("3 مارس/آذار 2024", "5 مارس/آذار 2024"),
    wording=("صحيفتين أسبوعيتين", "صحيفتين يوميتين"),
    attribution=("وبحسب نقابة المحامين في تيلان، أُقيل", "أُقيل"),
    heading=("التعذيب وغيره من ضروب المعاملة السيئة", "التعذيب في الحجز"),
    moved="عقوبة الإعدام",
    split_after="القريب من تيلان.",
    synonym=("ما لا يقل عن 98", "98 على الأقل"),
    new_sentence="ولم يُتهم أي ضابط وقيل إن المحجر ظل مفتوحًا على ما يبدو.",
)

CHINESE = Report(
    language="zh",
    text="""
    # 背景
    诺兰国议会选举期间，洪水使东部山谷与外界隔绝了数周之久。
    据蒂兰律师协会称，九名法官在秘密听证后被解职。
    # 酷刑和其他虐待
    据报道，看守在蒂兰附近的采石场殴打囚犯。2024年3月3日，至少98人被关在那里，其中大部分是矿工。
    该部没有公布自己的调查结果。督察伊沃·马雷克因此辞职。
    # 表达自由
    士兵搜查了两家周报编辑的办公室和住所，编辑们随后躲藏起来。
    # 死刑
    法院依据紧急状态法判处十一名男子死刑，罪名全部是谋杀。
    """,
    hedge=("据报道，看守", "看守"),
    negation=("没有公布", "公布了"),
    figure=("98", "104"),
    at_least=("至少98", "98"),
    name=("马雷克", "马列克"),
    date=("2024年3月3日", "2024年3月5日"),
    wording=("两家周报", "两家日报"),
    attribution=("据蒂兰律师协会称，九名", "九名"),
    heading=("酷刑和其他虐待", "羁押中的酷刑"),
    moved="死刑",
    split_after="殴打囚犯。",
    synonym=("至少98", "不少于98"),
    new_sentence="没有任何官员受到指控，据称采石场仍在运作。",
)

REPORTS = (ENGLISH, SPANISH, FRENCH, RUSSIAN, ARABIC, CHINESE)
