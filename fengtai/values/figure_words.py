"""The words around a number: what bounds it, what turns its sign, and what may stand there and change nothing."""

import re
from enum import StrEnum

from fengtai.values.numerals import NUMERAL, SCALES


class Bound(StrEnum):
    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    NOT_GIVEN = "not_given"
    UNREAD = "unread"  # kept as printed on a person's word: nobody knows what it says


class Role(StrEnum):
    UP = "up"
    DOWN = "down"
    TO = "to"
    LEVEL = "level"
    LEAD = "lead"


CHANGES = (Role.UP, Role.DOWN, Role.TO)
# The named groups of the pattern for 高于 and 低于 something, 比…多 and 比…少.
GAPS = {"more": Role.UP, "above": Role.UP, "less": Role.DOWN, "below": Role.DOWN}
# 下降2.1%以上 bounds the fall, so the signed value is bounded from the other side.
MIRROR = {
    Bound.AT_LEAST: Bound.AT_MOST,
    Bound.AT_MOST: Bound.AT_LEAST,
    Bound.MORE_THAN: Bound.LESS_THAN,
    Bound.LESS_THAN: Bound.MORE_THAN,
}

UP_VERBS = "增 增长 增加 升 上升 上涨 上浮 上调 涨 提高 提升 回升 攀升 加快"
DOWN_VERBS = "降 降低 下降 减 减少 下滑 下跌 下调 跌 回落 缩减 压减 放缓 萎缩 收缩"
LEVEL_VERBS = f"{UP_VERBS} {DOWN_VERBS} 扩大 缩小 收窄 发展 净增 净增长 净增加 净减 净减少".split()
# Before another word of change these are only its subject: 增速回落0.2个百分点 is a fall.
RATES = ["增速", "增幅", "涨幅", "增长率", "增长幅度"]
SCALE_NEXT = f"(?=[{SCALES[1:]}半])"
# 高于5亿元 bounds a number; 高于2023年同期 and 高于一季度 compare with a time.
NUMBER_NEXT = rf"(?=[\s{NUMERAL}])(?!\s*(?:\d+[年月日]|[一二三四]季度|十[一二三四五]五))"
ALONE = r"\s*(?:$|\()"
# 首次突破500亿元 bounds the figure; 首次 before anything else is an ordinal.
FIRST = " ".join(f"{word}(?=突破|超|达|破|站上)" for word in ("首次", "首度", "一举", "历史性"))

BEFORE = {
    Bound.ABOUT: "约 大约 大概 ≈ 基本(?=持平) 基本上(?=持平) 大致(?=持平) 大体(?=持平) 总体(?=持平)",
    Bound.AT_LEAST: f"站上 不少于 不低于 不小于 至少 最少 最低 ≥ 上{SCALE_NEXT}",
    Bound.MORE_THAN: f"超 超过 突破 逾 大于 多于{NUMBER_NEXT} 高于{NUMBER_NEXT} > 破 过{SCALE_NEXT}",
    Bound.NEARLY: "近 接近 将近 逼近",
    Bound.AT_MOST: "不超过 不超 至多 最多 最高 不高于 不多于 不大于 ≤",
    Bound.LESS_THAN: f"不足 不到 低于{NUMBER_NEXT} 少于{NUMBER_NEXT} 小于 未达 未达到 未满 不满 <",
    Role.UP: f"{UP_VERBS} {' '.join(RATES)} 净增 净增长 净增加",
    Role.DOWN: f"{DOWN_VERBS} 降幅 跌幅 下降幅度 净减 净减少 负增长(?!{ALONE})",
    Role.TO: " ".join(f"{verb}{to}" for verb in LEVEL_VERBS for to in "至到为成"),
    Role.LEVEL: "达 达到 达成 高达 多达 可达 将达 已 已达 完成 共 一共 总共 共计 合计 总计 累计 总额 总量 总数 累计数 "
    "为 是 有 共有 已有 现有 新增 相当于",
    Role.LEAD: f"预计 预期 实现 保持 出现 了 仍 全年 大幅 大幅度 小幅 明显 略 略有 微 稳步 持续 {FIRST}",
}
AFTER = {
    Bound.ABOUT: "左右 上下",
    Bound.AT_LEAST: "以上 及以上 或以上 起",
    Bound.MORE_THAN: "余 多 有余 出头",
    Bound.AT_MOST: "以内 之内 以下 及以下",
    Bound.LESS_THAN: "不到",
    Bound.BETWEEN: "之间",
    Role.LEAD: "大关 之多 整",
}
# Idioms that carry a bound of their own.
IDIOM_BOUNDS = {"正增长": Bound.MORE_THAN, "负增长": Bound.LESS_THAN}
SIGNS = {"US$": "美元", "HK$": "港元", "MOP$": "澳门元", "NT$": "新台币", "€": "欧元", "£": "英镑", "JP¥": "日元"}
SIGNS |= {"₩": "韩元", "₽": "卢布", "CA$": "加元", "A$": "澳元", "S$": "新加坡元", "CHF": "瑞士法郎"}
FRONTS = {"人民币": "元", "¥": "元", "RMB": "元", **SIGNS, "百分之": "%", "千分之": "‰"}


def _by_word(table: dict) -> dict:
    return {word.partition("(?")[0]: meaning for meaning, words in table.items() for word in words.split()}


def _longest_first(words) -> str:
    return "|".join(sorted(words, key=lambda word: len(word.partition("(?")[0]), reverse=True))


def _run_of(table: dict) -> str:
    """A run of words, matched as a whole: otherwise each further 约 in a text would double the time to refuse it."""
    return rf"(?>(?:(?:{_longest_first(word for words in table.values() for word in words.split())})\s*)*)"


MEANING_BEFORE, MEANING_AFTER = _by_word(BEFORE), _by_word(AFTER)
WORD_BEFORE, WORD_AFTER = re.compile(_longest_first(MEANING_BEFORE)), re.compile(_longest_first(MEANING_AFTER))
WORDS_BEFORE, WORDS_AFTER = _run_of(BEFORE), _run_of(AFTER)
