"""What clerks' lists of figures say beside their columns: qualifiers, vintages, and figures that contradict others."""

from fengtai.importing.planning.items import Item
from fengtai.importing.reading.axes import Axes
from fengtai.importing.reading.cells import split
from fengtai.importing.reading.headings import BRACKETS, folded
from fengtai.importing.reading.list_imports import ListImport
from fengtai.importing.reading.printed_fields import period_key
from fengtai.importing.reading.sheets import shown
from indicators.checks import check
from indicators.import_fields import CoverageField, GrowthField, ValueField
from indicators.models import Observation

Vintage = Observation.Vintage
EXPECTED, TARGETED = ("预计", "预期", "预测", "有望"), ("目标", "力争")
TELLING = ("value", "qualifier"), ("value", ""), ("growth", "")  # cells whose words may tell a vintage
COPIED = [
    "indicator",
    "scope",
    "period",
    "value",
    "growth",
    "growth_basis",
    "comparison",
    "vintage",
    "coverage",
    "reason",
    "remark",
    "checked_on",
    "doubt",
]


class ObservationImport(ListImport):
    also = ("remark",)
    keys = (("indicator", "scope", "period", "vintage"),)
    optional = frozenset(("period", "vintage"))
    axes = Axes("indicator", "scope", "period", "value", "growth")
    synonyms = {
        "indicator": "指标名称 指标 统计指标 名称 项目指标 项目 指标项 主要指标 主要经济指标",
        "scope": "地区 范围 区域 统计范围 地区范围 行政区 "
        "省份 省市 省区市 省市区 城市 地市 区县 区 地区名称 各地区 分地区 分区",
        "period": "期间 时间 时期 年份 统计期 报告期 年度 统计时间 季度 月份 年月",
        "value": "数值 数据 值 指标值 数额 总量 完成值 绝对值",
        "value.unit": "单位 计量单位 unit",
        "value.qualifier": "修饰词 限定词 修饰 限定",
        "growth": "growthrate 同比增减 同比 增速 同比增长 同比增速 增长率 增幅 增长 同比增幅 比上年增长 增减",
        "comparison": "比较/排名 比较 排名 全市排名 对比",
        "vintage": "数据版本 数据性质 数据类型",
        "coverage": "口径 统计口径 口径说明 说明",
        "reason": "修订原因 修订说明",
        "remark": "备注",
    }
    words = {
        "vintage": {
            Vintage.EXPECTED: "预计 预计数 预期 预测数",
            Vintage.PRELIMINARY: "初步核算 初步核算数 初步数 初步",
            Vintage.FINAL: "最终核实 最终核实数 最终数 核实数",
            Vintage.CENSUS: "普查修订 普查修订数 经济普查修订",
            Vintage.TARGET: "目标 目标值 计划目标 年度目标",
        }
    }

    def declare(self):
        found = {field.name: field for field in super().declare()}
        value, growth, coverage = found["value"], found["growth"], found["coverage"]
        found["value"] = ValueField("value", value.lazy_label, value.model_field)
        found["growth"] = GrowthField("growth", growth.lazy_label, growth.model_field)
        found["coverage"] = CoverageField(
            *("coverage", coverage.lazy_label, coverage.model_field), found["vintage"], self._covered
        )
        return found.values()

    def cited_field(self, reading):
        return next((name for name in ("value", "growth", "comparison") if reading.now(name)), "")

    def candidates(self):
        """A figure that was replaced is history: rows are about the one that stands."""
        return super().candidates().filter(superseded_by=None)

    def key(self, name, said, reading):
        return self.vintage(said, reading) if name == "vintage" else super().key(name, said, reading)

    def vintage(self, said, reading=None) -> str | None:
        """By its own column, by a word of the coverage, or by what the figure itself says (预计突破…)."""
        choice = self.fields["vintage"]
        stated, coverage = (shown(said(name).cells.get("")) for name in ("vintage", "coverage"))
        by_person = reading is not None and stated
        told = choice.key(said("vintage"), reading) if by_person else choice.code(stated)
        found = [told] if stated else [choice.code(word) for word in split(coverage)]
        if code := next(filter(None, found), None):
            return code
        text = "".join(shown(said(name).cells.get(part)) for name, part in TELLING)
        if any(word in text for word in EXPECTED):
            return Vintage.EXPECTED
        return Vintage.TARGET if any(word in text for word in TARGETED) else None

    def finish(self, said, reading):
        vintage = self.vintage(lambda name: said.get(name) or EMPTY)
        if vintage and not reading.now("vintage"):
            reading.set("vintage", vintage)
        self.fields["coverage"].add(reading)
        if not any(reading.now(name) for name in ("value", "growth", "comparison")) and not reading.plan.has_errors:
            reading.problem("nothing_stated")
        if reading.record is not None:
            self._refuse_another(said, reading)
            self._revise(said, reading)

    def _covered(self, said) -> list[str]:
        """What the value and the growth cover by their own words; of the growth alone with what it is."""
        value, growth = (
            self.fields[name].coverage(said[name], said) if name in said else [] for name in ("value", "growth")
        )
        if "value" in said and said["value"].cells.keys() & {"", "number"}:
            label = BRACKETS.sub("", folded(said["growth"].columns[""].heading)) if growth else ""
            growth = [f"{label}：{word}" for word in growth if word not in value]
        return list(dict.fromkeys([*value, *growth]))

    def _refuse_another(self, said, reading):
        """A row that revises another, found by its number, goes on to speak of the same."""
        same_days = period_key(reading.now("period")) == period_key(reading.record.period)
        named = ("indicator", "scope") if same_days else ("indicator", "scope", "period")
        moved = next((name for name in named if name in reading.item.values and name in said), "")
        if moved and reading.record.supersedes_id and not reading.plan.has_errors:
            reading.problem("replaces_another", next(iter(said[moved].columns.values())))

    def _revise(self, said, reading):
        """What was published is not written over: another figure is a new row that names what it replaces, and why."""
        replaced = {name: reading.item.before[name] for name in ("value", "growth") if reading.item.before.get(name)}
        if not replaced:
            return None
        if "reason" not in reading.item.values:
            name, old = next(iter(replaced.items()))
            column = next(iter(said[name].columns.values())) if name in said else None
            return reading.problem("revision", column, old=old)
        values = {name: reading.now(name) for name in COPIED}
        revision = Item(Observation, **{name: value for name, value in values.items() if value not in (None, "")})
        revision.values["supersedes"] = reading.record.pk
        reading.plan.item = reading.item = revision
        return None

    def check(self, readings):
        check(self, readings)


class _Nothing:
    """A field that the sheet has no column for."""

    cells: dict = {}

    def text(self, part=""):
        return ""


EMPTY = _Nothing()
