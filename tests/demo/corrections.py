"""What readers reported as wrong, sent and answered as readers and the office do it."""

import uuid

from fengtai.pages.corrections.subject import subject_at
from fengtai.records.models import Record
from fengtai.records.trail.acting import Way, acting
from fengtai.review.corrections.answering import answer, take_up
from fengtai.review.corrections.models import Correction
from fengtai.review.corrections.sending import send
from indicators.models import Observation
from partners.models import Organisation
from projects.models import Place, Project
from tests.bench.words import EXAMPLE

State = Correction.State


def report_and_answer(office) -> None:
    """Some wait on every desk, one is looked at, the others are answered: corrected, not taken, reported before."""
    _waiting(office)
    firms = iter(_some(_firms().exclude(region=""), 2))
    first = _sent(
        next(firms), "region", "单位已迁出，注册地址不在这里。", "以营业执照为准。", "单位来函（示例）", mail=1
    )
    _put_right(first, office, region=f"{EXAMPLE}新区")
    _answered(first, State.CORRECTED, "所在区已按登记信息更正。", office)
    named = _sent(next(firms), "name", "单位名称多了一个字。", "", "单位官网（示例）")
    _put_right(named, office, name=named.record.name.replace("有限公司", "公司"))
    _answered(named, State.CORRECTED, "单位名称已按来源原文更正。", office)
    figure = _sent(_some(Observation.objects.public(), 1)[0], "value", "这个数与公报不同。", "", "统计公报（示例）")
    _answered(figure, State.NOT_TAKEN, "来源原文即为此数，修订后的数据已另列。", office)
    again = _sent(first.record, "region", "地址已变更。", "", "单位来函（示例）")
    _answered(again, State.DUPLICATE, "", office, same_as=first)


def _waiting(office) -> None:
    in_group = _some(_firms().filter(industries__name=f"{EXAMPLE}轨道交通"), 1)[0]  # the clerk's own
    _sent(in_group, "kind", "单位类别不对。", "", "本单位工作人员（示例）", mail=2)
    project, place = (_some(model.objects.public(), 1)[0] for model in (Project, Place))
    _sent(project, "stage", "项目已经开工，页面仍写为较早的阶段。", "开工", "施工许可证公示（示例）")
    figure = Observation.objects.public().exclude(value="").order_by("-pk")[0]
    _sent(figure, "value", "数值疑似多了一位。", "", "月报（示例）")
    _sent(None, "", "英文页面的菜单有一处拼写错误。", "", "浏览时看到（示例）")
    looked_at = _sent(place, "area", "建筑面积与公示不一致。", "", "规划许可公示（示例）", mail=3)
    take_up(looked_at, by=office, seen=0)


def _sent(record: Record | None, field: str, wrong: str, right: str, how: str, mail: int = 0) -> Correction:
    """As the form sends it, with the record's name and the fact as they are shown."""
    said = {"wrong": f"{wrong}（{EXAMPLE}）", "right": right, "how": how}
    if mail:
        said["email"] = f"duzhe{mail}@example.org"
    if record is None:
        return send(uuid.uuid4(), None, address="/en/", **said)
    subject = subject_at(record.get_absolute_url(), "")
    _label, shown = subject.shown.get(field, ("", ""))
    told = {"label": subject.label, "address": subject.address, "field": field, "shown": shown}
    return send(uuid.uuid4(), subject.record, **told, **said)


def _put_right(report: Correction, by, **values) -> None:
    """As a release leaves it."""
    record = report.record
    for name, value in values.items():
        setattr(record, name, value)
    with acting(Way.RELEASE, by=by, why=f"更正（{EXAMPLE}）"):
        record.save()


def _answered(report: Correction, state: str, said: str, by, same_as: Correction | None = None) -> None:
    take_up(report, by=by, seen=report.revision)
    report.refresh_from_db()
    answer(report, state, said=said, by=by, seen=report.revision, same_as=same_as)


def _firms():
    return Organisation.objects.public().filter(kind="firm", doubt="")


def _some(rows, count: int) -> list[Record]:
    return list(rows.order_by("pk")[:count])
