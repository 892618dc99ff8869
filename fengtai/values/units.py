"""Units of figures: what each is called, and how it becomes the base unit in which figures are compared.

Only exact conversions are made (公顷 to 平方米). 亩 stays 亩, a currency stays that currency, 千瓦 is its own unit.
A multiplier (万, 亿) is no part of a unit; `split_unit` takes it off what a list's unit column says.
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from fengtai.values.numerals import NUMERAL, SCALES

# Replaces in a text the unit that its column declares where no table here has it. The character is in the private
# area of Unicode, so no text that is accepted contains it.
DECLARED = "\ue000"

CURRENCIES = ("元", "美元", "港元", "澳门元", "新台币", "欧元", "日元", "英镑", "韩元", "卢布", "加元", "澳元")
CURRENCIES += ("新加坡元", "瑞士法郎")
_OWN_UNITS = f"""
    {" ".join(CURRENCIES)}
    家 个 项 人 户 名 件 条 栋 幢 座 处 所 场 次 套 辆 架 艘 颗 台 部 款 种 类 批 期 届 只 支 份 宗 笔 门 位 间
    层 张 枚 片 块 头 匹 株 棵 册 本 篇 幅 首 例 起 单 组 对 双 岁 周岁 股 席 箱 瓶 盒 标准箱 轮 步 分 字 企 村 校
    批次 人次 户次 家次 件次 班次 车次 架次 台次 场次 车公里 人日 工位 车位 床位 台套 例次 标段 车道
    年 个月 周 天 小时 分钟 秒 个工作日 工作日 课时 学时
    % ‰ 个百分点 个千分点 个基点 倍
    平方米 亩 米 厘米 毫米 微米 纳米 公里 千米 海里 立方米
    吨 千克 公斤 斤 克 毫克 微克 吨标准煤 千克标准煤 升 毫升 桶 人公里 吨公里
    千瓦 兆瓦 吉瓦 千瓦时 兆瓦时 吉瓦时 度 千伏 千伏安 兆伏安 焦耳 吉焦 伏 安时 赫兹 兆赫 吉赫 摄氏度 分贝
    比特 字节 兆 千字节 兆字节 吉字节 太字节 兆比特 吉比特 {DECLARED}
"""
_SAME_UNITS = """
    元: 元人民币 人民币元 圆 RMB
    美元: 美金 USD
    港元: 港币 HKD
    澳门元: 澳门币
    欧元: EUR
    %: ％
    个百分点: 百分点
    个千分点: 千分点
    个基点: 基点 BP bp
    平方米: 平米 ㎡ m² m2
    公顷: hm²
    平方公里: 平方千米 ㎢ km² km2
    立方米: m³ m3 ㎥
    公里: km KM ㎞
    千克: kg KG ㎏
    千瓦: kW KW kw
    兆瓦: MW
    吉瓦: GW
    千瓦时: kWh kwh KWh
    兆瓦时: MWh
    摄氏度: ℃
    吨标准煤: 吨标煤
    标准箱: TEU
    小时: 个小时
    周: 个星期
    个: 大
"""
_MADE_OF = {"公顷": ("平方米", 10**4), "平方公里": ("平方米", 10**6), "成": ("%", 10)}

# Units of a distance between two rates: a percentage point is not a per cent.
POINTS = ("个百分点", "个千分点", "个基点")
CANONICAL = {name: name for name in (*_OWN_UNITS.split(), *_MADE_OF)} | {
    other: line.partition(":")[0].strip()
    for line in _SAME_UNITS.strip().splitlines()
    for other in line.partition(":")[2].split()
}
_NAMES = "|".join(re.escape(name) for name in sorted(CANONICAL, key=len, reverse=True))
UNIT = rf"(?:{_NAMES})(?:/[百千万亿]?(?:{_NAMES}|日|月))?"

_KNOWN = re.compile(rf"(?P<scale>[{SCALES}]*?)(?P<name>{UNIT})")
_UNHEARD_OF = re.compile(rf"(?P<scale>[{SCALES}]*)(?P<name>(?:(?![{NUMERAL}半几数第])[A-Za-z\u4e00-\u9fff]){{1,10}})")


class Unit(NamedTuple):
    base: str
    factor: Decimal


def is_known(name: str) -> bool:
    return bool(_KNOWN.fullmatch(name))


@lru_cache(maxsize=1024)
def unit_of(name: str) -> Unit:
    """A name that UNIT matched in its base unit, and the factor to it; of a rate (元/亩) the first is converted."""
    name, slash, over = name.partition("/")
    name = CANONICAL[name]
    base, factor = _MADE_OF.get(name, (name, 1))
    return Unit(base + slash + CANONICAL.get(over, over), Decimal(factor))


@lru_cache(maxsize=1024)
def base_of(text: str) -> str:
    """The base unit of a unit as a column declares it: of 万港币 港元; what is not known is its own."""
    split = split_unit(text.strip()) if text.strip() else None
    return "" if not split else unit_of(split[1]).base if is_known(split[1]) else split[1]


@lru_cache(maxsize=1024)
def split_unit(text: str) -> tuple[str, str] | None:
    """Multiplier and name of a unit as a column declares it: 万千瓦 is (万, 千瓦), 千瓦 is ("", 千瓦)."""
    if text and not text.strip(SCALES):
        return text, ""
    match = _KNOWN.fullmatch(text) or _UNHEARD_OF.fullmatch(text)
    return match and (match["scale"], match["name"])
