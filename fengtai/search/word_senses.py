"""Words that stand for others: abbreviations that many write and few sources print, English units and plurals."""

import re

# Plain words by what they stand for; each is looked for as written, too.
STAND_FOR = {
    "gdp": ("生产总值",),
    "rd": ("研发",),
    "fai": ("固定资产投资",),
    "cpi": ("居民消费价格",),
    "fdi": ("外商直接投资", "利用外资"),
    "sme": ("中小企业",),
    "ai": ("人工智能",),
    "soe": ("国有企业", "国企"),
    "固投": ("固定资产投资",),
    "社零": ("社会消费品零售",),
    "高企": ("高新技术企业",),
    "高新企业": ("高新技术企业",),
    "国高新": ("国家高新技术企业",),
    "规上": ("规模以上",),
    "航空航天": ("航天航空",),
    "航天航空": ("航空航天",),
    "cny": ("元",),
    "rmb": ("元",),
    "yuan": ("元",),
    "sqm": ("平方米",),
    "链主": ("链长",),
    "growth": ("增长",),
    "top": ("十大", "五大"),
    "增速": ("增长",),
    "增幅": ("增长",),
    "涨幅": ("增长",),
    "增长率": ("增长",),
    "发改委": ("发展改革委", "发展和改革委员会"),
}
# 2023年度, 2023全年 and 2023年全年 are what sources print as 2023年.
WHOLE_YEAR = re.compile(r"(\d{4})(?:年度|全年度?|年全年度?)")
# English words that say nothing by themselves, or only ask; looked for where nothing else is typed.
PASSED_OVER = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "since", "the", "to", "with"),
) | frozenset(("how", "many", "much", "number", "what", "when", "where", "which", "who", "are", "was", "were", "does"))
# What asks and says nothing by itself: 链长单位有多少家, 丰台区2023年GDP是多少, 京东MALL在哪里.
ASKING = re.compile(
    "(?:一共|总共|共)?有?多少(?:[家个户项位名]|(?=的?$|\\s))|(?:是|为)(?:多少|什么|谁|哪[家个里])|在(?:哪里|哪儿|何处)|有(?:哪些|哪几[家个])"
    "|(?<=.)[吗呢](?=\\s|$)"
)
SHORTEST_PLURAL = 5  # letters: "leaders" is a leader, "gas" no ga


def without_asking(text: str) -> str:
    """The words of a question without what only asks; all of them where nothing else is asked."""
    left = ASKING.sub(" ", text)
    return left if left.strip() else text


def senses(word: str) -> tuple[str, ...]:
    """Other words that mean the same, in plain characters."""
    if word in STAND_FOR:
        return STAND_FOR[word]
    if whole := WHOLE_YEAR.fullmatch(word):
        return (f"{whole[1]}年",)
    return other_number(word)


def other_number(word: str) -> tuple[str, ...]:
    """Of an English plural the singular; of a singular the plural where that does not begin with it."""
    if len(word) < SHORTEST_PLURAL or not word.isascii() or not word.isalpha() or word.endswith("ss"):
        return ()
    if word.endswith("ies"):
        return (f"{word[:-3]}y",)
    if word.endswith("y") and word[-2] not in "aeiou":
        return (f"{word[:-1]}ies",)
    if word.endswith(("ses", "xes", "zes", "ches", "shes")):
        return (word[:-1], word[:-2])
    return (word[:-1],) if word.endswith("s") else ()
