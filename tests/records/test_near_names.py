"""Names that are almost the same: which are offered, with what reason, and which are not."""

import pytest
from django.utils.translation import override

from fengtai.records.naming.near_names import near_each_other, near_names

TRADES = ("科技", "轨道交通", "生物医药", "航天装备", "信息技术", "文化传媒")
BRANDS = ("天元", "天润", "汇智", "星河", "银河", "瑞丰", "博创", "恒泰", "云天", "凯盛", "启明", "长虹")
ON_FILE = [f"北京{brand}{trade}有限公司" for brand in BRANDS for trade in TRADES]


def offered(name: str, *on_file: str) -> list[tuple[str, str]]:
    with override("en"):
        found = near_names([name], lambda: [(number, each, each) for number, each in enumerate(on_file)])
    return [(near.name, near.reason) for near in found.get(name, ())]


@pytest.mark.parametrize(
    ("name", "known", "reason"),
    [
        ("北京丙股份有限公司", "北京丙有限公司", "the same but for 股份"),
        ("北京乙 公司", "北京乙公司", "the same but for blanks or capitals"),
        ("ABC公司", "abc公司", "the same but for blanks or capitals"),
        ("中讯科技有限公司", "中迅科技有限公司", "one character differs: 讯/迅"),
        ("示例通信公司", "中国通号（示例通信公司）", "the name in brackets"),
        ("中国通号（示例通信公司）", "示例通信公司", "the name in brackets"),
        ("同仁堂", "北京同仁堂健康药业有限公司", "one name holds the other"),
        ("示例同堂健康科技", "示例同仁堂健康科技", "one character more: 仁"),
    ],
)
def test_what_is_almost_the_same_is_offered_with_its_reason(name, known, reason):
    assert offered(name, *ON_FILE, known) == [(known, reason)]
    with override("en"):
        later = near_each_other([*ON_FILE, known, name]).get(name, [])
    expected = [] if "holds" in reason else [(len(ON_FILE), known, reason)]
    assert later == expected  # a short name beside a long one in one file is no repeat


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("首元科技有限公司", "首润科技有限公司"),
        ("天坛科技有限公司", "天海科技有限公司"),
        ("北京科技", "北京示例科技有限公司"),
        ("示例项目（一期）", "示例项目（二期）"),
        ("示例2023年", "示例2024年"),
        ("交通", "轨道交通"),
        ("示例（北京）公司", "另一家（北京）公司"),
    ],
)
def test_what_many_names_hold_makes_no_two_the_same(name, known):
    assert offered(name, known) == offered(name, *ON_FILE, known) == []
    assert near_each_other([known, name]) == {}


def test_new_firms_of_known_trades_are_no_known_firms():
    fresh = [
        f"北京{brand}{trade}有限公司" for brand in ("天坛", "天海", "星源", "瑞明", "博元", "长明") for trade in TRADES
    ]
    assert near_names(fresh, lambda: [(number, each, each) for number, each in enumerate(ON_FILE)]) == {}


def test_the_three_best_are_offered():
    known = [f"北京同仁堂{more}有限公司" for more in ("健康", "药业", "国药")] + ["同仁堂股份有限公司"]
    found = offered("同仁堂", *known)
    assert len(found) == 3 and found[0][0] == "同仁堂股份有限公司"
