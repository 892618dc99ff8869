"""What clerks' lists of places and projects say beside their columns: other headings and words, what tells a record."""

from django.utils.translation import gettext_lazy as _

from fengtai.importing.reading.list_imports import ENGLISH_NAME, ListImport
from projects.area_fields import AreasField, FloorAreaField, FurtherAreasField, ScaleField
from projects.figure_fields import AmountsField
from projects.import_fields import PartiesField, SigningField, StageField, StatusField
from projects.signing_totals import is_total, read_total


class PlaceImport(ListImport):
    also = ("remark",)
    synonyms = {
        "name": "名称 楼宇名称 园区名称 楼宇园区名称 载体名称 楼宇 园区 场所名称 楼宇/园区名称 地点名称 placename",
        "name_en": ENGLISH_NAME,
        "other_names": "别名 又名 曾用名 其他名称 别称",
        "kind": "类别 类型 性质 载体类型 楼宇类型 园区类型",
        "area": "area floorarea 面积",
        "area.total": "总面积 园区总面积",
        "area.land": "占地面积 用地面积 占地 总占地面积 土地面积",
        "area.planned": "规划面积 规划用地面积 规划建筑面积",
        "area.floor-area": "建筑面积 建筑规模",
        "area.total-floor-area": "总建筑面积 建筑总面积",
        "area.above-ground": "地上建筑面积 地上面积",
        "area.below-ground": "地下建筑面积 地下面积",
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

    def declare(self):
        found = {field.name: field for field in super().declare()}
        area = found["area"]
        own = {
            "area": AreasField("area", area.lazy_label, area.model_field),
            "further_areas": FurtherAreasField("further_areas", found["further_areas"].lazy_label),
        }
        return (found | own).values()


class ProjectImport(ListImport):
    totals_of = "entries"
    also = ("status_reason", "work_group", "remark")
    synonyms = {
        "project": "项目名称 名称 项目 工程名称 签约项目 推介项目 项目全称 name projectname title",
        "name_en": ENGLISH_NAME,
        "other_names": "别名 又名 项目简称 简称 曾用名",
        "kind": "类型 项目类型 类别 项目类别",
        "parties": "签约方 签约单位 签约企业 合作方 签约主体 合作单位 参与单位 party",
        "parties.owner": "项目单位 企业名称 单位名称 实施主体 项目主体 申报单位 项目法人 项目业主 企业 公司名称 "
        "建设主体 实施单位",
        "parties.investor": "投资方 投资单位 投资主体 投资企业 投资人",
        "parties.builder": "建设单位 承建单位 施工单位",
        "parties.operator": "运营单位 运营主体 运营商",
        "parties.initiator": "发起单位 发起人 发起机构",
        "amounts": "投资额 投资金额 金额 投资 计划投资 计划投资额 投资规模 amount investment",
        "amounts.total": "totalinvestment 总投资 总投资额 投资总额 项目总投资 计划总投资 总投资金额",
        "amounts.intended": "拟投资额 意向投资额 意向金额 拟投资",
        "amounts.agreed": "协议金额 合同金额 合同额 协议投资额 签约金额 协议投资",
        "amounts.registered-capital": "注册资本 注册资金",
        "amounts.capital-increase": "增资 增资额 增资金额",
        "amounts.paid-in": "到位资金 实际到位资金 到位金额",
        "amounts.loan": "贷款 贷款金额 贷款额",
        "amounts.output": "年产值 产值 预计年产值 达产产值",
        "amounts.revenue": "年营收 年营业收入 营业收入 营收 年销售收入 销售收入",
        "amounts.tax": "年税收 税收 预计年税收 纳税额",
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
        status, scale, area = found["status"], found["scale"], found["floor_area"]
        return {
            **found,
            "parties": PartiesField("parties", found["parties"].lazy_label),
            "amounts": AmountsField("amounts", found["amounts"].lazy_label),
            "scale": ScaleField("scale", scale.lazy_label, scale.model_field),
            "floor_area": FloorAreaField("floor_area", area.lazy_label, area.model_field),
            "stage": stage,
            "status": StatusField("status", status.lazy_label, status.model_field, stage),
            "entries": SigningField(
                "entries", found["entries"].lazy_label, self.model._meta.get_field("entries"), "roster"
            ),
        }.values()

    def set_aside(self, said, reading):
        """The total of a signing is no project: its figures are the roster's, where it names one."""
        if reading.is_total and not (said.get("entries") and said["entries"].cells):
            return ""
        if reading.record is not None or not is_total(said, reading):
            return ""
        read_total(self, said, reading)
        return "roster_total"

    def finish(self, said, reading):
        is_left = reading.record is not None and "title" not in reading.item.values  # one on file may have none
        if not is_left and not reading.now("title"):
            column = said["project"].columns.get("") if "project" in said else None
            reading.problem("required", column, heading=_("project"))
