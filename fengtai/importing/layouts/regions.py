"""Which words name a region: so that a table's rows or columns are known to be places and not what is measured."""

import re
from collections.abc import Iterable

from fengtai.values.texts import plain

PROVINCES = (
    "北京 天津 河北 山西 内蒙古 辽宁 吉林 黑龙江 上海 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 广西 海南 "
    "重庆 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏 新疆 香港 澳门 台湾"
)
OF_BEIJING = "东城 西城 朝阳 丰台 石景山 海淀 门头沟 房山 通州 顺义 昌平 大兴 怀柔 平谷 密云 延庆 经开区 亦庄 城六区"
WHOLES = "全国 全市 全省 全区 京津冀 长三角 粤港澳大湾区 珠三角 东部地区 中部地区 西部地区 东北地区"
KNOWN = frozenset(f"{PROVINCES} {OF_BEIJING} {WHOLES}".split())
SUFFIXED = re.compile(
    r"[\u4e00-\u9fff]{1,10}(?:省|市|自治区|特别行政区|自治州|自治县|自治旗|地区|盟|县|旗|街道|镇|乡|开发区|新区)"
    r"|[\u4e00-\u9fff]{2,4}区"
)
NO_REGION = re.compile("园区|社区|辖区|景区|片区|房地产|城市$|上市|股市|县域")
NAMED = re.compile(rf"(?:{'|'.join(sorted(KNOWN, key=len, reverse=True))})(?:省|市|区|县|壮族自治区|自治区)?")


def is_region(text: str) -> bool:
    """丰台区, 内蒙古自治区, 全市; a name of some other kind is one only if it is on file."""
    name = plain(text)
    return name in KNOWN or bool(SUFFIXED.fullmatch(name) and not NO_REGION.search(name))


class Places:
    """Which names are places: by themselves, or because one is on file; `book` finds the names on file."""

    def __init__(self, book):
        self.book = book

    def prepare(self, texts: Iterable[str]) -> None:
        """Looks many up together."""
        self.book.prepare([text for text in texts if not is_region(text)])

    def __call__(self, text: str) -> bool:
        return is_region(text) or bool(text and self.book.keys(text))


def region_in(text: str) -> str:
    """The one region that a title names: 2024年丰台区主要经济指标; nothing where there are several or none."""
    found = set(NAMED.findall(text))
    longest = {name for name in found if not any(name != other and name in other for other in found)}
    return longest.pop() if len(longest) == 1 else ""
