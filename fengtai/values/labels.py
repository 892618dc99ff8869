"""What an amount is called before its number: 协议投资额约3.5亿元 is 约3.5亿元, and its kind is said by 协议投资额."""

import re

from fengtai.values.figures import Figure, FigureError, parse_figure

_WORDS = "协议 合同 意向 计划 拟 将 总 注册 实缴 认缴 实际 到位 贷款 投资 投入 资本 资金 金额 总额 额 金 为 : ："
_LABEL = re.compile(rf"(?>(?:{'|'.join(_WORDS.split())}|\s)+)")


def split_label(text: str) -> tuple[str, str]:
    """The words of money before a figure, and the figure; what has none, or nothing behind it, is a figure alone."""
    found = _LABEL.match(text)
    label, figure = (found[0].strip(" :："), text[found.end() :]) if found else ("", text)
    return (label, figure) if label and figure else ("", text)


def parse_labelled(text: str) -> Figure:
    """A figure with or without what it is called. Raises FigureError."""
    try:
        return parse_figure(text)
    except FigureError:
        label, figure = split_label(text)
        if not label:
            raise
        return parse_figure(figure)
