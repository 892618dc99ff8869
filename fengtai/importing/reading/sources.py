"""The import of sources: a list of its own, and a sheet beside the rows of every other list."""

from fengtai.importing.reading.headings import MARKS
from fengtai.importing.reading.list_imports import ListImport


class SourceImport(ListImport):
    marks = MARKS | {"来源编号", "出处编号", "资料编号", "来源序号"}
    synonyms = {
        "source": "标题 来源标题 题名 来源名称 资料名称 文件名称 文章标题",
        "publisher": "发布单位/媒体 发布单位 媒体 发布机构 发布媒体 来源单位 发布方 刊发媒体",
        "published": "发布日期 日期 发布时间 刊发日期",
        "url": "网址 链接 来源网址 原文链接 url",
        "kind": "类型 来源类型 类别 资料类型",
        "number": "文号 发文字号",
    }
    words = {
        "kind": {
            "news": "新闻 报道 新闻报道 媒体报道 新闻稿",
            "official-list": "名单 公示 名单公示 公告名单",
            "statistical-bulletin": "公报 统计公报 统计数据",
            "work-report": "工作报告 政府工作报告",
            "conference-report": "会议报道 大会报道",
            "ledger": "台账 内部台账",
            "other": "其他 其它",
        }
    }
