"""What clerks' lists of the programme say beside their columns: other headings and words, and what tells a record."""

from django.utils.translation import gettext_lazy as _

from fengtai.importing.reading.list_imports import ENGLISH_NAME, ListImport
from partners.import_fields import ContactsField, HonoursField, NamesField, OrganisationNaming, StandingField


class OrganisationImport(ListImport):
    keys = (("credit_code",), ("name",))
    also = ("remark",)
    synonyms = {
        "name": "单位名称 企业名称 名称 单位 企业 机构名称 公司名称 公司 伙伴名称 发展伙伴名称 成员单位 单位全称 "
        "企业全称 组织名称 name company companyname organisationname organizationname",
        "name_en": ENGLISH_NAME,
        "kind": "单位性质 企业性质 性质 单位类型 企业类型 机构类型 类别 单位类别 type",
        "credit_code": "统一社会信用代码 信用代码 社会信用代码 统一代码 组织机构代码 统一信用代码",
        "industries": "产业领域 所属产业 行业 所属行业 产业 领域 行业领域 所属领域 产业方向 主导产业",
        "region": "地区 区域 所在地区 所属区 注册地 所在区 属地",
        "address": "地址 所在园区/楼宇/地址 注册地址 办公地址 单位地址 企业地址 详细地址 通讯地址 所在园区 "
        "所在楼宇 经营地址",
        "website": "网站 网址 官网 官方网站 企业网址",
        "introduction": "简介 单位简介 企业简介 介绍 企业介绍 主营业务 业务简介",
        "memberships": "身份 伙伴身份 伙伴级别 层级 级别 伙伴类型 身份类型 身份类别 level",
        "memberships.since": "时间 加入时间 加入日期 入选时间 入选日期 入库时间 签约时间 授予时间 成为伙伴时间 "
        "认定时间 since",
        "names": "其他名称 别名 别称 又名",
        "names.short": "简称 企业简称 单位简称",
        "names.former": "曾用名 原名 曾用名称",
        "names.english": "其他英文名称 英文简称 英文别名",
        "names.full": "全称 完整名称",
        "honours": "荣誉/资质 荣誉 资质 荣誉资质 所获荣誉 称号",
        "contacts": "联系人 联系人姓名",
        "contacts.post": "职务 联系人职务",
        "contacts.phone": "联系电话 电话 手机 联系方式 手机号 办公电话",
        "contacts.email": "邮箱 电子邮箱 邮件 email 联系邮箱",
        "contacts.legal": "法定代表人 法人 法人代表 企业法人 法定代表人姓名",
        "remark": "备注 说明 内部备注 remarks notes",
    }
    words = {
        "kind": {
            "firm": "企业 公司 企业总部 总部 央企 国企 民企 外企 国有企业 民营企业 外资企业 中央企业 上市公司 企业单位",
            "institute": "科研院所 研究院 研究所 研究机构 科研机构 院所",
            "university": "高校 大学 高等院校 院校 高等学校",
            "body": "机构 事业单位 社会组织 民办非企业单位 中介机构",
            "government": "政府机关 政府部门 机关 行政机关 党政机关",
            "alliance": "联盟 产业联盟",
            "chamber": "商会 商协会",
            "platform": "平台",
        }
    }

    def declare(self):
        own = {
            "name": OrganisationNaming,
            "names": NamesField,
            "memberships": StandingField,
        }
        found = [self._own(own[field.name], field) if field.name in own else field for field in super().declare()]
        return [
            *found,
            HonoursField("honours", _("honours")),
            ContactsField("contacts", _("contacts")),
        ]

    def _own(self, kind, field):
        if kind is StandingField:
            return kind(field.name, field.lazy_label, self.model._meta.get_field("memberships"), "level")
        return kind(field.name, field.lazy_label, field.model_field)

    def finish(self, said, reading):
        """Another code is another organisation, unless the row says by its number which it is."""
        code = reading.item.before.get("credit_code")
        if code and not reading.by_number:
            column = said["credit_code"].columns[""]
            reading.problem("other_code", column, name=str(reading.record), known=code)


class MembershipImport(ListImport):
    keys = (("organisation", "level", "roster"),)
    loose = frozenset(("roster",))
    needs = ("organisation", "level")
    synonyms = {
        "organisation": "单位名称 企业名称 名称 企业 成员单位 伙伴名称 发展伙伴",
        "level": "身份 层级 级别 伙伴身份 伙伴类型",
        "chain": "产业链 所属产业链 牵头产业链 链条",
        "since": "时间 加入时间 加入日期 入选时间 起始时间 开始时间 授予时间 任期开始",
        "until": "退出时间 终止时间 结束时间 截止时间 任期结束",
        "roster": "名单 批次 所属名单 来源名单",
        "printed": "原文名称 印刷名称",
    }

    def finish(self, said, reading):
        since, until = reading.now("since"), reading.now("until")
        if since and until and since.start and until.start and until.start < since.start:
            reading.problem("ends_before_start", said["until"].columns.get("") if "until" in said else None)


class HonourImport(ListImport):
    keys = (("honour", "organisation", "printed", "roster"),)
    loose = frozenset(("organisation", "printed", "roster"))
    synonyms = {
        "honour": "荣誉 荣誉名称 称号 奖项 荣誉称号 奖项名称",
        "organisation": "单位名称 企业名称 获奖单位 获得单位 单位 企业",
        "printed": "获奖者 获奖对象 原文名称 名称",
        "category": "类别 类型 分类",
        "roster": "名单 批次 所属名单",
        "awarded": "时间 授予时间 获奖时间 获得时间 颁发时间",
        "awarded_by": "授予单位 颁发单位 授奖单位 颁奖单位",
        "revoked": "是否撤销 撤销",
    }

    def finish(self, said, reading):
        if not reading.now("organisation") and not reading.now("printed"):
            reading.problem("nobody_named")


class RosterImport(ListImport):
    synonyms = {
        "name": "名单 名单名称 名称 标题 批次 批次名称",
        "name_en": ENGLISH_NAME,
        "conference": "大会 会议 所属会议 发布会议",
        "as_of": "时间 截止时间 截至时间 发布时间",
        "stated": "公布数 公布数量 数量 家数 总数",
        "stated.unit": "单位",
        "series": "系列",
        "note": "备注 说明",
    }


class IndustryImport(ListImport):
    synonyms = {
        "name": "产业 产业名称 名称 行业 行业名称 产业领域",
        "name_en": ENGLISH_NAME,
        "tier": "层级 产业层级 类别 类型 定位",
        "edition": "分类版本 产业体系 体系",
        "other_names": "别名 其他名称 又名",
        "entries": "名单 所属名单",
    }
    words = {
        "tier": {
            "leading": "主导产业 主导",
            "specialty": "特色产业 特色",
            "other": "其他产业 其他",
        }
    }


class PolicyImport(ListImport):
    synonyms = {
        "name": "政策名称 名称 简称 政策 文件名称 政策简称",
        "name_en": ENGLISH_NAME,
        "full_name": "全称 文件全称 政策全称",
        "kind": "类型 类别 政策类型",
        "issuer": "发文单位 发布单位 发文机关 印发单位 制定单位",
        "number": "文号 发文字号",
        "valid": "有效期 有效期限 执行期限 实施期限",
        "status": "状态 效力 时效",
        "stated": "条数 数量",
        "industries": "适用产业 产业 行业 产业领域",
        "summary": "内容摘要 主要内容 摘要 简介",
    }
    words = {
        "kind": {
            "plan": "规划 计划 行动计划 行动方案",
            "policy": "措施 若干措施 意见 实施意见",
            "rule": "办法 管理办法 细则 规定",
            "service": "服务事项 服务",
            "list": "清单 目录",
        },
        "status": {
            "in-force": "有效 现行有效 执行中 在行",
            "expired": "失效 已失效 到期",
            "repealed": "废止 已废止",
        },
    }


class ConferenceImport(ListImport):
    synonyms = {
        "name": "会议名称 大会名称 名称 会议 大会",
        "name_en": ENGLISH_NAME,
        "edition": "届次 届",
        "held": "举办时间 时间 日期 召开时间 会议时间",
        "venue": "地点 举办地点 会议地点 会场",
        "theme": "主题 会议主题",
        "attended_by": "出席 参会单位 出席单位",
        "other_names": "别名 其他名称",
    }


class EventImport(ListImport):
    synonyms = {
        "event": "事项 事件 名称 活动名称 事项名称 标题 活动",
        "name_en": ENGLISH_NAME,
        "kind": "类型 类别",
        "happened": "时间 日期 发生时间 活动时间",
        "organisations": "单位 参与单位 单位名称 企业 相关单位 主办单位",
        "claim": "原文评价 评价 提法",
        "figure": "数字 数值 数量",
        "figure.unit": "单位（数值） 计量单位",
        "figure_of": "数字含义 指标",
        "industry": "产业 行业 领域",
        "conference": "大会 会议 所属会议",
    }
