"""Words of the invented district. Every name begins with 示例, so none can be taken for a real one."""

from random import Random

from pypinyin import lazy_pinyin

from tests.bench.words import EXAMPLE, FIRST, SECOND

DISTRICT, DISTRICT_EN = f"{EXAMPLE}区", "Example District"
# Name, in English, tier, and what its firms do, in Chinese and English.
INDUSTRIES = (
    ("轨道交通", "Rail transit", "leading", (("轨道装备", "Rail Equipment"), ("信号控制", "Signalling"))),
    ("航天航空", "Aerospace", "leading", (("航天科技", "Space Technology"), ("航空电子", "Avionics"))),
    ("数字金融", "Digital finance", "specialty", (("金融信息", "Financial Data"), ("融资租赁", "Leasing"))),
    ("商务服务", "Business services", "specialty", (("会展服务", "Exhibitions"), ("商务咨询", "Consulting"))),
    ("生物医药", "Biomedicine", "specialty", (("生物技术", "Biotech"), ("医疗器械", "Medical Devices"))),
    ("人工智能", "Artificial intelligence", "specialty", (("智能科技", "Intelligence"), ("数据科技", "Data"))),
    ("智能制造", "Intelligent manufacturing", "other", (("智能装备", "Smart Equipment"), ("机器人", "Robotics"))),
    (
        "智能建造",
        "Intelligent construction",
        "other",
        (("建筑科技", "Building Technology"), ("工程设计", "Engineering")),
    ),
    ("新材料", "New materials", "other", (("新材料", "Materials"), ("复合材料", "Composites"))),
    ("绿色能源", "Green energy", "other", (("新能源", "New Energy"), ("储能技术", "Energy Storage"))),
    ("文化创意", "Culture and creativity", "other", (("文化传媒", "Media"), ("数字创意", "Digital Arts"))),
    ("商贸消费", "Trade and consumption", "other", (("供应链管理", "Supply Chain"), ("商贸", "Trading"))),
)
# What a name ends with, the kind, in English, and how many of a hundred.
FORMS = (
    ("有限公司", "firm", "Co., Ltd.", 62),
    ("股份有限公司", "firm", "Joint Stock Co., Ltd.", 14),
    ("集团有限公司", "firm", "Group Co., Ltd.", 10),
    ("研究院", "institute", "Institute", 8),
    ("产业联盟", "alliance", "Alliance", 3),
    ("商会", "chamber", "Chamber of Commerce", 2),
    ("公共服务平台", "platform", "Service Platform", 1),
)
REGIONS = (DISTRICT, *(f"{EXAMPLE}{side}区" for side in "东西南北"))


def stems(chance: Random, count: int) -> list[tuple[str, str]]:
    """So many pairs of words that names are made of, no two alike."""
    pairs = [(first, second) for first in FIRST for second in SECOND]
    return chance.sample(pairs, count)


def in_letters(words: str) -> str:
    """星河智联 as Xinghe Zhilian: two characters to a word."""
    read = lazy_pinyin(words)
    return " ".join("".join(read[start : start + 2]).capitalize() for start in range(0, len(read), 2))


def of_hundred(chance: Random, choices):
    """One of several, by the weights that stand last in each."""
    return chance.choices(choices, weights=[choice[-1] for choice in choices])[0]
