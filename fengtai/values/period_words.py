"""Words that keep a text from being a period, or from being the event that a period begins with."""

import re

NUMERAL = "〇零一二三四五六七八九"
RELATIVE = (
    "[今去前明后上本当次翌往同]年|[本上下当次同]个?(?:月|季|周|日)|[今昨明]天|今日|近[年日期来]|最近|前一个?[季月年]"
    f"|(?<![0-9百千{NUMERAL}])近?[0-9一二两三四五六七八九十百几数多]{{1,3}}[余多]?个?[年月]以?来|近[二两三四五六七八九十几]+年"
    f"|(?<![0-9{NUMERAL}十])日前|这一?年|[当那此届]时|[上本下][次届]|此[前后]"
    "|过去|未来|今后|将|目前|当前|现在|如今|迄今|至今|年内|同期"
)
QUOTED_NAME = re.compile('“[^”]*”|《[^》]*》|"[^"]*"|「[^」]*」|‘[^’]*’')
_COUNT = f"[{NUMERAL}十百千万两几数多]"
# What the text before 以来 may not say if it is to be the name of an event.
NO_EVENT = re.compile(
    rf"{RELATIVE}|[年月日季周旬天载节春夏秋冬初末底截至]|世纪|期间|时期|长期|一直|有史|以来|{_COUNT}个"
    rf"|{_COUNT}{{2}}(?!{_COUNT}|[大届次])"  # 十八大 and 十八届 count congresses, 十八 alone may be a year
    r"|[^\u4e00-\u9fffA-Za-z·、\s()]"
)
