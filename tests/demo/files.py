"""Two workbooks as work groups send them: one with problems, which waits for decisions, and one that was taken."""

import io

from django.core.files import File
from openpyxl import Workbook

from fengtai.importing.reading.answers import Answers
from fengtai.importing.taking.steps import commit, preview, receive
from fengtai.lists.site import page_of
from fengtai.records.batches import ImportBatch
from projects.models import Place
from tests.bench.words import EXAMPLE
from tests.demo.words import DISTRICT

HEADING = ["序号", "单位名称", "单位性质", "产业领域", "地区", "注册地址"]
PROBLEMS = (
    [f"{EXAMPLE}轨道交通产业工作营　伙伴名录（2024年第四季度）"],
    ["填报单位：示例轨道交通产业工作营", None, None, None, None, "填报日期：2024年11月25日"],
    [*HEADING, "坐落何处"],
    [1, f"{EXAMPLE}磐石轨道装备有限公司", "企业", f"{EXAMPLE}轨道交通", DISTRICT, f"{EXAMPLE}科技园路18号", "科技园"],
    [2, f"{EXAMPLE}驭风信号控制有限公司", "企业", f"{EXAMPLE}低空经济", DISTRICT, None, "商务区"],
    [3, f"{EXAMPLE}问天智能装备研究院", "科研院所", f"{EXAMPLE}智能制造", DISTRICT, f"{EXAMPLE}总部环路5号", None],
    [4, f"{EXAMPLE}轨道交通产业联盟", "协会组织", f"{EXAMPLE}轨道交通", DISTRICT, None, None],
    [5, f"{EXAMPLE}汇流新能源有限公司", "企业", f"{EXAMPLE}绿色能源", f"{EXAMPLE}东区", None, None],
    ["合计", "5家"],
)
TAKEN = (
    [f"{EXAMPLE}科技园片区　新增楼宇园区"],
    ["序号", "名称", "类型", "面积", "地区", "位置"],
    [1, f"{EXAMPLE}听涛总部大厦", "楼宇", "约4.2万平方米", DISTRICT, f"{EXAMPLE}大街12号"],
    [2, f"{EXAMPLE}凌霄科创产业园", "园区", "近9万平方米", DISTRICT, f"{EXAMPLE}大街66号"],
    [3, f"{EXAMPLE}观澜商务中心", "楼宇", "2.85万平方米", DISTRICT, None],
)


def bring(by) -> None:
    """The second also says something new of a building that is published, which waits with the rest."""
    preview(_received("organisations", "示例轨道交通产业工作营_名录.xlsx", PROBLEMS, by))
    known = Place.objects.public().filter(location="", kind="building").order_by("pk").first()
    more = [4, known.name, None, None, None, f"{DISTRICT}{EXAMPLE}总部环路9号"]
    batch = _received("places", "示例科技园片区_新增楼宇园区.xlsx", (*TAKEN, more), by)
    preview(batch)
    commit(batch, by=by, submit=True)


def _received(to: str, name: str, rows, by) -> ImportBatch:
    book, saved = Workbook(), io.BytesIO()
    book.active.title = "名录"
    for row in rows:
        book.active.append(row)
    book.save(saved)
    saved.seek(0)
    return receive(page_of(to), File(saved, name), by=by, answers=Answers())
