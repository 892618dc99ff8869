"""What a number is called beside it: 占地97亩 is 97亩 of land, 协议投资额约3.5亿元 an amount that was agreed.

The words stay as printed, the kind that they mean stands apart; words that say no known kind are `OTHER`, and none at
all the empty kind. `MONEY` and `AREA` are the two grammars: each knows the words of which its labels are made.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from fengtai.values.figure_pattern import FOLD
from fengtai.values.figures import Figure, FigureError, parse_figure

OTHER = "other"
# Between figures of one text; a comma before three digits may be part of a number.
SEPARATOR = re.compile(r"[、;。\n]\s*|,(?![0-9]{3}(?![0-9]))\s*")
BRACKETED = re.compile(r"(?P<outside>.+)\((?P<inside>[^()]*)\)")
# Words that make of one kind another figure: 新增税收 is no 税收, 一期占地 not the 占地 of the whole.
APART = ["其中", "新增", "净增", "增加", "累计", "已", "预计", "年均", "首期", "一期", "二期", "三期"]
LINKING = " :：为\t\n\u3000"  # between a label and its number, no part of what it is called


class Labelled(NamedTuple):
    """One figure of a text, as printed: 总建筑面积约202万平方米 is words 总建筑面积, figure 约202万平方米."""

    words: str
    kind: str
    figure: str


class Labels:
    """A grammar of labels: `atoms` are the words of which they are made, `kinds` what some of these mean, the first
    before the others; a label of nothing but `plain` ones says no kind."""

    def __init__(self, atoms: str, kinds: dict[str, str], plain: str):
        self.kinds = {word: kind for kind, words in kinds.items() for word in words.split()}
        words = sorted({*atoms.split(), *plain.split()}, key=len, reverse=True)
        self.label = re.compile(rf"(?>(?:{'|'.join(words)}|[\s:])+)")
        self.plain = re.compile(rf"(?:{'|'.join(sorted(plain.split(), key=len, reverse=True))}|[\s:])*")

    def kinds_in(self, words: str) -> list[str]:
        """Every kind that some words name, the surest first."""
        return list(dict.fromkeys(kind for word, kind in self.kinds.items() if word in words))

    def kinds_around(self, text: str) -> list[str]:
        """What the words around a figure call it, those in brackets before all others: 总投资约3.5亿元（拟投资）."""
        label, _bracket, note = text.translate(FOLD).partition("(")
        return list(dict.fromkeys([*self.kinds_in(note), *self.kinds_in(label)]))

    def kind_of(self, words: str) -> str:
        """What a label means; empty where it says only that a number follows."""
        folded = words.translate(FOLD)
        if self.plain.fullmatch(folded):
            return ""
        return next(iter(self.kinds_in(folded)), OTHER)

    def is_label(self, words: str) -> bool:
        return bool(self.label.fullmatch(words.translate(FOLD)))

    def split(self, text: str) -> tuple[str, str]:
        """The words before a figure, and the figure; a text without such words is a figure alone."""
        found = self.label.match(text.translate(FOLD))
        if not found or found.end() == len(text):
            return "", text
        words, behind = text[: found.end()], text[found.end() :]
        return words.strip(LINKING), behind

    def read(self, text: str, reads: Callable[[str], object]) -> list[Labelled]:
        """The figures of a text, one or several. `reads` tries one and raises ValueError where it cannot; what is not
        wholly understood raises the error of the text behind its label."""
        try:
            return [self.one(text, reads)]
        except ValueError:
            for pieces in self._ways_apart(text):
                try:
                    return [self.one(piece, reads) for piece in pieces]
                except ValueError:
                    continue
            raise

    def one(self, text: str, reads: Callable[[str], object]) -> Labelled:
        """One figure with or without a label; words that the figure's own grammar has (累计3亿元) stay with it."""
        try:
            reads(text)
            return Labelled("", "", text)
        except ValueError:
            words, figure = self.split(text)
            if not words:
                raise
        reads(figure)
        kind = self.kind_of(words)
        return Labelled(words if kind else "", kind, figure)

    def _ways_apart(self, text: str) -> Iterator[list[str]]:
        """By what stands between the figures, or by a last bracket whose figures all have a label."""
        if len(pieces := _cut(text)) > 1:
            yield pieces
        if bracket := BRACKETED.fullmatch(text.translate(FOLD)):
            outside, inside = (text[slice(*bracket.span(name))] for name in ("outside", "inside"))
            if all(self.split(piece)[0] for piece in _cut(inside)):
                yield [*_cut(outside), *_cut(inside)]


def _cut(text: str) -> list[str]:
    pieces, start = [], 0
    for between in SEPARATOR.finditer(text.translate(FOLD)):
        pieces.append(text[start : between.start()])
        start = between.end()
    return list(filter(None, (piece.strip() for piece in [*pieces, text[start:]])))


MONEY = Labels(
    "其中 协议 合同 签约 意向 拟 将 总 年 注册 实缴 认缴 实际 到位 贷款 授信 融资 募资 增资 扩股 增加 新增 净增 累计 "
    "固定 资产 资本 外资 使用 利用 已 完成 基金 产值 总产值 营收 营业 收入 销售 税收 纳税 税 利润 产出 首期 一期 二期 "
    "三期 预计",
    {
        "intended": "意向 拟 将",
        "capital-increase": "增资 增加注册资 资本增加",
        "agreed": "协议 合同 签约",
        "registered-capital": "注册资",
        "paid-in": "到位",
        "loan": "贷款",
        "output": "产值",
        "revenue": "营收 营业收入 销售收入 销售额",
        "tax": "税",
        "total": "总投资 投资总额",
    },
    "项目 计划 投资 投入 投资规模 总额 资金 金额 额 款 金 规模 为",
)
AREA = Labels(
    "其中 项目 园区 楼宇 总 规划 拟建 新建 在建 占地 用地 土地 建设 建筑 建面 地上 地下 部分 实际 可 已 使用 租赁 出租 "
    "经营 营业 商业 办公 商办 绿地 绿化 厂房 标准层 单层 核心区 核心 一期 二期 三期 首期",
    {
        OTHER: "一期 二期 三期 首期 核心 标准层 单层",
        "planned": "规划 拟建",
        "above-ground": "地上",
        "below-ground": "地下",
        "total-floor-area": "总建筑 建筑总",
        "floor-area": "建筑 建面",
        "land": "占地 用地 土地",
        "total": "总面积",
    },
    "面积 为",
)


def are_of_one(kind: str, words: str, others: str) -> bool:
    """Whether two labels of one kind call the same thing: 用地面积 and 占地面积 do, 税收 and 新增税收 do not."""
    if kind in ("", OTHER):
        return words == others
    return all((word in words) == (word in others) for word in APART)


def parse_labelled(text: str) -> Figure:
    """A figure with or without what it is called, whatever that is. Raises FigureError."""
    try:
        return parse_figure(text)
    except FigureError:
        behind = [figure for words, figure in (labels.split(text) for labels in (MONEY, AREA)) if words]
        if not behind:
            raise
        return parse_figure(min(behind, key=len))
