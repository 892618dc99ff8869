"""Words that invented names are made of. Every name begins with 示例, so none can be taken for a real one."""


def _pairs(text: str) -> list[str]:
    """Words of two characters each, written without blanks."""
    return [text[start : start + 2] for start in range(0, len(text), 2)]


EXAMPLE = "示例"
FIRST = _pairs(
    "星河云岭北辰青松远山长风明月金谷玉泉白塔翠微锦绣鸿雁飞鹰蓝海红叶"
    "春晖秋实夏至冬青朝阳晚霞晨曦银杏紫藤丹桂碧波沧浪昆仑泰岳峨眉武夷"
    "雪松竹影兰亭梅园荷塘柳岸麦田稻香钟鼓琴台书院墨池砚山纸鸢画舫棋盘"
)
SECOND = _pairs(
    "智联恒通华创中科天行宇航轨交新能数字信达博远嘉禾同心致远卓越领航"
    "凌云启明开元瑞丰安康永泰盛世宏图汇智融创联合聚力众诚精工匠心国风"
)
SECTORS = _pairs("科技轨道航空金融商务文化医药装备材料软件能源物流设计检测咨询教育")
FORMS = ["有限公司", "股份公司", "研究院", "集团公司", "事务所", "联合会"]
INDUSTRIES = [f"{EXAMPLE}产业{number:02d}" for number in range(1, 31)]
REGIONS = [f"{EXAMPLE}{side}区" for side in "东南西北中"]
# Asked by the searches: a word as it stands in names, how it is read, initials, and one that stands in none.
HIT, PINYIN, INITIALS, MISS = "星河", "xinghe", "xhzl", "鑫鑫"
