"""What units are called in English, for a gloss beside a printed figure: singular and plural where these differ.

A unit that no table knows keeps its Chinese name. 个 has no word: English counts things without one.
"""

from functools import lru_cache

_CODES = "元:CNY 美元:USD 港元:HKD 澳门元:MOP 新台币:TWD 欧元:EUR 日元:JPY 英镑:GBP 韩元:KRW 卢布:RUB 加元:CAD "
_CODES += "澳元:AUD 新加坡元:SGD 瑞士法郎:CHF"
CURRENCIES = dict(pair.split(":") for pair in _CODES.split())
_NAMES = """
家 enterprise enterprises | 个 | 项 item items | 人 person people | 户 household or firm, households or firms
名 person people | 位 person people | 件 item items | 条 item items | 栋 building buildings | 幢 building buildings
座 building or site, buildings or sites | 处 site sites | 所 institution institutions | 场 event events
次 time times | 套 set sets | 辆 vehicle vehicles | 架 aircraft, aircraft | 艘 vessel vessels | 颗 piece pieces
台 machine machines | 部 item items | 款 product products | 种 kind kinds | 类 category categories | 批 batch batches
期 phase phases | 届 edition editions | 只 item items | 支 item items | 份 copy copies | 宗 case cases
笔 transaction transactions | 门 subject subjects | 间 room rooms | 层 storey storeys | 张 sheet sheets
枚 piece pieces | 片 piece pieces | 块 piece pieces | 头 head, head | 匹 horse horses | 株 plant plants
棵 tree trees | 册 volume volumes | 本 volume volumes | 篇 article articles | 幅 picture pictures
首 piece pieces | 例 case cases | 起 case cases | 单 order orders | 组 group groups | 对 pair pairs | 双 pair pairs
岁 year of age, years of age | 周岁 full year of age, full years of age | 股 share shares | 席 seat seats
箱 box boxes | 瓶 bottle bottles | 盒 box boxes | 标准箱 TEU, TEU | 轮 round rounds | 步 step steps
分 point points | 字 character characters | 企 enterprise enterprises | 村 village villages | 校 school schools
批次 batch batches | 人次 person-time person-times | 户次 household-time household-times
家次 enterprise-time enterprise-times | 件次 item-time item-times | 班次 run runs | 车次 vehicle run, vehicle runs
架次 flight flights | 台次 machine-time machine-times | 场次 session sessions
车公里 vehicle-kilometre vehicle-kilometres | 人日 person-day person-days
工位 workstation workstations | 车位 parking space, parking spaces | 床位 bed beds
台套 machine or set, machines or sets | 例次 case-time case-times | 标段 contract section, contract sections
车道 lane lanes | 年 year years | 个月 month months | 月 month months | 周 week weeks | 天 day days | 日 day days
小时 hour hours | 分钟 minute minutes | 秒 second seconds | 个工作日 working day, working days
工作日 working day, working days | 课时 class hour, class hours | 学时 class hour, class hours | % %, % | ‰ ‰, ‰
个百分点 percentage point, percentage points | 个千分点 per mille point, per mille points
个基点 basis point, basis points | 倍 time times | 成 tenth tenths | 平方米 square metre, square metres | 亩 mu, mu
公顷 hectare hectares | 平方公里 square kilometre, square kilometres | 米 metre metres | 厘米 centimetre centimetres
毫米 millimetre millimetres | 微米 micrometre micrometres | 纳米 nanometre nanometres | 公里 kilometre kilometres
千米 kilometre kilometres | 海里 nautical mile, nautical miles | 立方米 cubic metre, cubic metres | 吨 tonne tonnes
千克 kilogram kilograms | 公斤 kilogram kilograms | 斤 jin, jin | 克 gram grams | 毫克 milligram milligrams
微克 microgram micrograms | 吨标准煤 tonne of coal equivalent, tonnes of coal equivalent
千克标准煤 kilogram of coal equivalent, kilograms of coal equivalent | 升 litre litres | 毫升 millilitre millilitres
桶 barrel barrels | 人公里 passenger-kilometre passenger-kilometres | 吨公里 tonne-kilometre tonne-kilometres
千瓦 kilowatt kilowatts | 兆瓦 megawatt megawatts | 吉瓦 gigawatt gigawatts | 千瓦时 kilowatt-hour kilowatt-hours
兆瓦时 megawatt-hour megawatt-hours | 吉瓦时 gigawatt-hour gigawatt-hours
度 kilowatt-hour or degree, kilowatt-hours or degrees | 千伏 kilovolt kilovolts
千伏安 kilovolt-ampere kilovolt-amperes | 兆伏安 megavolt-ampere megavolt-amperes
焦耳 joule joules | 吉焦 gigajoule gigajoules | 伏 volt volts | 安时 ampere-hour ampere-hours | 赫兹 hertz, hertz
兆赫 megahertz, megahertz | 吉赫 gigahertz, gigahertz | 摄氏度 degree Celsius, degrees Celsius
分贝 decibel decibels | 比特 bit bits | 字节 byte bytes | 兆 megabyte megabytes | 千字节 kilobyte kilobytes
兆字节 megabyte megabytes | 吉字节 gigabyte gigabytes | 太字节 terabyte terabytes | 兆比特 megabit megabits
吉比特 gigabit gigabits
"""


def _read(entry: str) -> tuple[str, tuple[str, str]]:
    """A name, and behind it both its forms; a comma parts forms of several words."""
    name, _blank, forms = entry.strip().partition(" ")
    one, many = (forms.split(", ") if "," in forms else forms.split()) if forms else ("", "")
    return name, (one, many)


UNITS = dict(_read(entry) for line in _NAMES.strip().splitlines() for entry in line.split("|"))


@lru_cache(maxsize=1024)
def in_english(unit: str, *, one: bool) -> str:
    """A unit's name behind a number, of a rate with what it is over: 平方米/人 is square metres per person."""
    if not unit:
        return ""
    name, slash, over = unit.partition("/")
    shown = UNITS[name][not one] if name in UNITS else CURRENCIES.get(name, name)
    if not slash:
        return shown
    counted = over if over in UNITS else over.lstrip("百千万亿")
    scale = over[: len(over) - len(counted)]  # 元/万人: the scale of what it is over is no part of its name
    per = UNITS[counted][bool(scale)] or "item" if counted in UNITS else CURRENCIES.get(counted, counted)
    return f"{shown} per {_SCALES.get(scale, scale)}{per}".strip()


_SCALES = {"": "", "百": "hundred ", "千": "thousand ", "万": "ten thousand ", "亿": "hundred million "}
