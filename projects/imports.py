"""What clerks' lists of places and projects say beside their columns."""

import re

from django.utils.translation import gettext_lazy as _

from fengtai.importing.cells import LINES, CellError, compose, split
from fengtai.importing.list_imports import ListImport
from fengtai.importing.row_fields import (
    Choice,
    Entries,
    Figure,
    Period,
    RowField,
    Text,
    cleaner,
    folded,
    labels,
    printed_value,
)
from partners.models import Organisation
from projects.batch_totals import is_total, read_total
from projects.models import Amount, Party, ProjectEntry, StageEntry
from projects.models.stages import Stage, path_of

OTHERS = re.compile(r"等(?:单位|企业|公司|[\d一二三四五六七八九十]+家)?$")
LAST_ROLE = re.compile(r"^(.+?)[（(]([^（）()]+)[）)]$")
LAST_BRACKET = re.compile(r"^(.+?)[（(]([^（）()]*\d[^（）()]*)[）)]$")
LEAP = 10  # times the earlier amount, and 万 may have been taken for 亿


class PlaceImport(ListImport):
    also = ("remark",)
    synonyms = {
        "name": "名称 楼宇名称 园区名称 楼宇园区名称 载体名称 楼宇 园区 场所名称 楼宇/园区名称 地点名称",
        "other_names": "别名 又名 曾用名 其他名称 别称",
        "kind": "类别 类型 性质 载体类型 楼宇类型 园区类型",
        "area": "面积 建筑面积 总面积 占地面积 总建筑面积 规划面积 用地面积",
        "area.unit": "面积单位 单位",
        "location": "位置 地址 坐落 建设地点 详细地址 所在位置 坐落位置",
        "region": "地区 区域 所在区 所属区 所在地区 属地",
        "as_of": "时间 统计时间 截至时间 认定时间 发布时间 时点",
        "entries": "荣誉/榜单 榜单 荣誉 所属榜单 入选榜单 名单",
        "parent": "所在片区 所属园区 所属片区 上级园区",
        "organisations": "入驻企业 入驻单位 入驻机构",
        "remark": "备注 说明",
    }
    words = {
        "kind": {
            "building": "商务楼宇 写字楼 大厦 商业楼宇 商务楼",
            "park": "特色园区 产业园 产业园区 科技园 科技园区",
            "venue": "场馆",
            "town": "镇 街道 乡镇 街镇 乡",
        }
    }


class PartiesField(RowField):
    """Who takes part, in the role that the heading says; one not on file stays as printed."""

    kind = "texts"
    parts = ("", *Party.Role.values)
    target = Organisation
    clean = staticmethod(cleaner(Party._meta.get_field("printed")))

    def __init__(self, name, label):
        super().__init__(name, label)
        self.roles = labels(Party._meta.get_field("role"))

    def names(self, said):
        texts = (self._role(text)[0] for part in said.cells for text in split(said.text(part)))
        return [_without_others(text) for text in texts]

    def read(self, said, reading):
        for part in (part for part in self.parts if part in said.changed):
            for text in split(said.text(part)):
                printed, role = self._role(text)
                self._add(self.clean(printed), part or role, said.columns[part], reading)
            if not part:
                reading.note_kept(self, said, split(said.text()))

    def _role(self, text) -> tuple[str, str]:
        """A download says the role behind the name: 中国通号（签约方）."""
        found = LAST_ROLE.match(text)
        role = self.roles.get(folded(found[2])) if found else None
        return (found[1].strip(), role) if role else (text, Party.Role.SIGNATORY)

    def _add(self, printed, role, column, reading):
        name = _without_others(printed)
        found = reading.refer(Organisation, name, column) if reading.knows(Organisation, name) else None
        if found is None:
            reading.child(Party, "project", {"printed": printed, "role": role})
        else:
            words = printed if printed != name else ""
            reading.child(Party, "project", {"organisation": found, "role": role}, printed=words)


def _without_others(printed: str) -> str:
    """北汽集团等 names 北汽集团, and does not say whom else."""
    return OTHERS.sub("", printed)


class AmountsField(Figure):
    """A sum of money, of the kind that its heading or its own note says."""

    parts = ("", *Amount.Kind.values, "unit", "qualifier")
    KINDS = {
        "意向": Amount.Kind.INTENDED,
        "拟": Amount.Kind.INTENDED,
        "将": Amount.Kind.INTENDED,
        "协议": Amount.Kind.AGREED,
        "注册资": Amount.Kind.REGISTERED_CAPITAL,
        "到位": Amount.Kind.PAID_IN,
        "贷款": Amount.Kind.LOAN,
    }

    def __init__(self, name, label):
        super().__init__(name, label, Amount._meta.get_field("figure"))
        self.attribute = ""  # a field of another model
        self.kinds = labels(Amount._meta.get_field("kind"))

    def read(self, said, reading):
        for part in ("", *Amount.Kind.values):
            if part in said.cells and {part, "unit", "qualifier"} & said.changed:
                self._add(part, said, reading)

        if "" in said.changed:
            reading.note_kept(self, said, split(said.text(), LINES))

    def _add(self, part, said, reading):
        texts = split(said.text(part), LINES) if isinstance(said.cells[part], str) else [said.text(part)]
        for text in texts:
            kind, figure = self._kind(text)
            self._state(kind or part, self.figure(part, said, figure), part, said, reading)

    def _kind(self, text) -> tuple[str, str]:
        """A download says the kind before the figure: 总投资 3.5亿元."""
        word, blank, figure = text.partition(" ")
        kind = self.kinds.get(folded(word)) if blank else None
        return (kind, figure.strip()) if kind else ("", text)

    def _state(self, kind, figure, part, said, reading):
        kind = kind or self.kind_of(figure)
        earlier = [row for row in reading.hanging(Amount, "project") if row.kind == kind]
        if figure.value is None or any(row.figure == figure for row in earlier):
            return
        amount = reading.child(Amount, "project", {"kind": kind}, {"figure": figure})
        for row in earlier:
            _warn_of_leap(amount, row.figure, figure, said.columns[part], reading)

    def figure(self, part, said, text=None):
        text = said.text(part) if text is None else text
        unit = said.text("unit") or said.unit(part)
        figure = printed_value(self.model_field, compose(text, unit, said.text("qualifier"), self.model_field.read))
        if figure.value is not None and not figure.unit:
            raise CellError("unit_missing", text=figure.printed)
        return figure

    def kind_of(self, figure) -> str:
        """拟投资 is intended; where nothing is said it is the total."""
        note = figure.note or figure.printed
        return next((kind for word, kind in self.KINDS.items() if word in note), Amount.Kind.TOTAL)


def _warn_of_leap(amount, old, new, column, reading):
    if old.value and new.value and old.unit == new.unit:
        times = new.value / old.value
        if not 1 / LEAP <= times <= LEAP:
            reading.warn("amount_leap", column, new=new, old=old, times=f"{times:.2g}")


class ScaleField(Text):
    """建设规模: an area where it is one, else the words."""

    def read(self, said, reading):
        area = reading.item.model._meta.get_field("floor_area")
        try:
            figure = Figure("", "", area).value(said, reading)
        except CellError:
            return super().read(said, reading)
        reading.set("floor_area", figure)
        return None


class StageField(Choice):
    """The stage that a project has reached, with its date; kept in the log of stages, to be reviewed there."""

    def __init__(self, name, label, words):
        super().__init__(name, label, StageEntry._meta.get_field("stage"), words)
        self.attribute, self.required = "", False

    def read(self, said, reading):
        text = said.text()
        code = self.code(text)
        if code is None:
            raise CellError("unknown_choice", text=text, choices="、".join(self.choices))
        self.reach(code, text, None, reading)

    def reach(self, code, text, happened, reading):
        if code not in path_of(reading.now("kind") or ""):
            raise CellError("not_on_path", text=text)
        evidence = text if text and text != Stage(code).label else ""
        dated = {"happened": happened} if happened else {}
        reading.child(StageEntry, "project", {"stage": code}, dated, evidence=evidence)


class StatusField(Choice):
    """状态: the status, or the stage that was reached at the row's 时间; 开工时间 says a stage by itself."""

    parts = ("", "happened", *Stage.values)
    beside = ("happened",)
    happened = Period("happened", "", StageEntry._meta.get_field("happened"))

    def __init__(self, name, label, model_field, stage: StageField):
        super().__init__(name, label, model_field)
        self.stage = stage

    def read(self, said, reading):
        text = said.text()
        code = self.stage.code(text) if text else None
        if code:
            self.stage.reach(code, text, self._date("happened", said, reading), reading)
        elif "happened" in said.cells:
            reading.problem("dates_nothing", said.columns["happened"])
        if text and not code:
            super().read(said, reading)
        for part in Stage.values:
            if part in said.cells:
                self.stage.reach(part, "", self._date(part, said, reading), reading)

    def _date(self, part, said, reading):
        return self.happened.value(said.only(part), reading) if part in said.cells else None


class BatchField(Entries):
    """活动批次: a roster; what stands in brackets behind its name (100个，现场30个) is a note, not the name."""

    def names(self, said):
        return [said.text(), _named(said.text())[0]]

    def read(self, said, reading):
        roster = self.roster(said, reading)
        if roster is not None:
            reading.child(ProjectEntry, "project", {"roster": roster})
        reading.note_kept(self, said, [said.text(), _named(said.text())[0]])

    def roster(self, said, reading):
        text = said.text()
        if reading.knows(self.target, text):
            return reading.refer(self.target, text, said.columns[""])
        name, note = _named(text)
        roster = reading.refer(self.target, name, said.columns[""])
        if note and roster is not None and not isinstance(roster, int):
            roster.values.setdefault("note", note)
        return roster


def _named(text: str) -> tuple[str, str]:
    found = LAST_BRACKET.match(text)
    return (found[1], found[2]) if found else (text, "")


class ProjectImport(ListImport):
    also = ("status_reason", "work_group", "remark")
    synonyms = {
        "project": "项目名称 名称 项目 工程名称 签约项目 推介项目 项目全称",
        "other_names": "别名 又名 项目简称 简称 曾用名",
        "kind": "类型 项目类型 类别 项目类别",
        "parties": "签约方 签约单位 签约企业 合作方 签约主体 合作单位 参与单位",
        "parties.owner": "项目单位 企业名称 单位名称 实施主体 项目主体 申报单位 项目法人 项目业主 企业 公司名称 建设主体 实施单位",
        "parties.investor": "投资方 投资单位 投资主体 投资企业 投资人",
        "parties.builder": "建设单位 承建单位 施工单位",
        "parties.operator": "运营单位 运营主体 运营商",
        "parties.initiator": "发起单位 发起人 发起机构",
        "amounts": "投资额 投资金额 金额 投资 计划投资 计划投资额 投资规模",
        "amounts.total": "总投资 总投资额 投资总额 项目总投资 计划总投资 总投资金额",
        "amounts.intended": "拟投资额 意向投资额 意向金额 拟投资",
        "amounts.agreed": "协议金额 合同金额 协议投资额 签约金额 协议投资",
        "amounts.registered-capital": "注册资本 注册资金",
        "amounts.paid-in": "到位资金 实际到位资金 到位金额",
        "amounts.loan": "贷款 贷款金额 贷款额",
        "amounts.unit": "单位 金额单位 币种单位 投资单位（金额）",
        "floor_area": "占地面积 建筑面积 用地面积 总建筑面积 规划面积",
        "floor_area.unit": "面积单位",
        "scale": "建设规模 规模 建设内容及规模 建设规模及内容",
        "industries": "行业 产业 所属行业 产业领域 行业类别 所属产业 产业方向 行业领域",
        "location": "落地位置 建设地点 项目地点 地点 项目地址 建设地址 选址 落地地点 位置 地址 落地园区 项目选址",
        "status": "状态 项目状态 进展 进展阶段 项目阶段 阶段 进展情况 项目进展 当前进展",
        "status.happened": "时间 日期",
        "status.signed": "签约时间 签约日期",
        "status.registered": "注册时间 注册日期 落地时间",
        "status.started": "开工时间 开工日期",
        "status.producing": "投产时间 投产日期",
        "status_reason": "原因 滞后原因 存在问题",
        "entries": "活动批次 批次 签约批次 签约活动 活动名称 活动 所属活动",
        "region": "地区 区域 所在区 所属区 所在地区 属地",
        "summary": "建设内容 主要建设内容 项目内容 项目简介 简介 项目概况 内容 主要内容",
        "work_group": "产业工作营 工作营 工作组",
        "remark": "备注 说明",
    }
    words = {
        "kind": {
            "commerce": "商业项目",
            "industry": "产业项目 工业 工业项目",
            "platform": "平台项目",
            "infrastructure": "基础设施项目",
            "fund": "基金项目",
        }
    }
    STAGES = {
        "lead": "储备 储备项目",
        "talks": "洽谈中 在谈",
        "announced": "拟建",
        "signed": "已签约 现场签约 签订 集中签约 签约项目 意向签约",
        "registered": "已注册 已落地 注册 落地",
        "started": "已开工 在建 建设中 开工建设",
        "producing": "已投产 投产 运营 已运营",
        "full": "已达产 达产",
    }

    def declare(self):
        stage = StageField("stage", self.table.lazy_label("stage"), self.STAGES)
        found = {field.name: field for field in super().declare()}
        status, scale = found["status"], found["scale"]
        return {
            **found,
            "parties": PartiesField("parties", found["parties"].lazy_label),
            "amounts": AmountsField("amounts", found["amounts"].lazy_label),
            "scale": ScaleField("scale", scale.lazy_label, scale.model_field),
            "stage": stage,
            "status": StatusField("status", status.lazy_label, status.model_field, stage),
            "entries": BatchField(
                "entries", found["entries"].lazy_label, self.model._meta.get_field("entries"), "roster"
            ),
        }.values()

    def set_aside(self, said, reading):
        """A batch's total is no project: its figures are the roster's."""
        if reading.record is not None or not is_total(said):
            return ""
        read_total(self, said, reading)
        return "roster_total"

    def finish(self, said, reading):
        if not reading.now("title"):
            column = said["project"].columns.get("") if "project" in said else None
            reading.problem("required", column, heading=_("project"))
