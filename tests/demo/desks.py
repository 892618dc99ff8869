"""What waits on every desk: typed by one person, submitted, returned, released for a day to come, brought as files."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.utils import timezone

from fengtai.records.trail.acting import Way, acting
from fengtai.records.trail.watching import watched
from fengtai.review.actions import give_back, submit, withdraw
from fengtai.review.bin import put_in
from fengtai.review.holding import Held
from fengtai.review.merging.merging import merge
from fengtai.review.pending import PendingChange
from fengtai.review.releasing import release
from fengtai.review.terms import Terms
from indicators.models import Indicator, Observation, Scope
from partners.models import Event, Industry, Organisation, OrganisationName, Policy
from projects.models import Place, Project
from tests.bench.words import EXAMPLE
from tests.demo.corrections import report_and_answer
from tests.demo.files import bring
from tests.demo.growing_old import grow_old
from tests.demo.words import DISTRICT


def leave_waiting(people: dict) -> None:
    """`people` by the name of their account."""
    _Desks(people).fill()


class _Desks:
    def __init__(self, people: dict):
        self.office, self.reviewer = people["office"], people["reviewer"]
        self.statistics, self.clerk = people["statistics"], people["workgroup"]

    def fill(self) -> None:
        self._drafts()
        self._changes()
        self._ahead()
        self._gone()
        self._same()
        bring(self.office)
        report_and_answer(self.office)
        grow_old()

    def _typed(self, by, row: models.Model) -> models.Model:
        """As its form saves it: a draft, with whoever typed it in its history."""
        row._history_user = by
        with acting(Way.FORM, by=by, page=type(row)), watched():
            row.save()
        return row

    def _changed(self, by, row: models.Model, why: str = "", **values) -> PendingChange:
        """Of what is published nothing changes before a second person releases it."""
        with Held(by=by, why=why, record=row) as held:
            for name, value in values.items():
                setattr(row, name, value)
            row.save()
        return held.changes[0]

    def _released(self, target, **terms) -> None:
        release(target, Terms(by=self.reviewer, accepted=True, **terms))

    def _drafts(self) -> None:
        for name in ("云帆数据科技有限公司", "初心生物技术有限公司", "合力会展服务有限公司"):
            self._typed(self.office, Organisation(name=f"{EXAMPLE}{name}", kind="firm", region=DISTRICT))
        for name in ("长虹储能技术有限公司", "知行信号控制研究院", "拓新复合材料有限公司", "启航金融信息有限公司"):
            submit(self._typed(self.office, Organisation(name=f"{EXAMPLE}{name}", region=DISTRICT)), by=self.office)
        event = Event(
            title=f"{EXAMPLE}伙伴开放日举行",
            kind="achievement",
            happened="2024年11月",
            figure="200余家",
            figure_of="参加单位",
        )
        submit(self._typed(self.office, event), by=self.office)
        place = self._typed(self.office, Place(name=f"{EXAMPLE}望山创新中心", kind="building", area="约6.5万平方米"))
        give_back(submit(place, by=self.office), by=self.reviewer, comment="请写明面积的口径，并补上来源和段落。")
        project = self._typed(self.clerk, Project(title=f"{EXAMPLE}轨道智能运维基地", kind="industry"))
        project.industries.set(Industry.objects.filter(name=f"{EXAMPLE}轨道交通"))
        submit(project, by=self.clerk)
        for code, value in (("example-revenue", "129.64亿元"), ("example-retail", "1081.6亿元")):
            figure = Observation(
                indicator=Indicator.objects.get(code=code),
                scope=Scope.objects.first(),
                period="2024年1—11月",
                value=value,
            )
            submit(self._typed(self.statistics, figure), by=self.statistics)

    def _changes(self) -> None:
        """Some being typed, some waiting, one returned, and some released, whose page tells what it said before."""
        firms = iter(_firms())
        self._changed(self.office, next(firms), address=f"{DISTRICT}{EXAMPLE}创新大街66号")
        for region in ("东", "西", "南"):
            submit(self._changed(self.office, next(firms), "迁址", region=f"{EXAMPLE}{region}区"), by=self.office)
        back = submit(self._changed(self.office, next(firms), standing="独角兽企业"), by=self.office)
        give_back(back, by=self.reviewer, comment="来源没有这个说法，请核对。")
        for number in range(1, 4):
            moved = self._changed(
                self.office, next(firms), "办公地址变更", address=f"{DISTRICT}{EXAMPLE}伙伴路{number}号"
            )
            self._released(submit(moved, by=self.office))
        late = Project.objects.filter(status="on-track").exclude(title="").order_by("pk")
        for project in late[:2]:
            submit(self._changed(self.office, project, "季度调度", status="delayed"), by=self.office)

    def _ahead(self) -> None:
        """Released for a day to come: a change, and a record that nobody has seen yet."""
        firms = iter(_firms(50))
        for days in (2, 9):
            change = submit(
                self._changed(self.office, next(firms), "更名公告", kind_as_printed="示范企业"), by=self.office
            )
            self._released(change, at=timezone.now() + timedelta(days=days))
        policy = Policy(name=f"{EXAMPLE}低空经济措施", kind="policy", number="示例政发〔2024〕18号", status="in-force")
        self._released(submit(self._typed(self.office, policy), by=self.office), at=timezone.now() + timedelta(days=14))

    def _gone(self) -> None:
        firms = iter(Organisation.objects.public().filter(memberships=None).order_by("pk"))  # rosters stay whole
        for why in ("单位要求撤下", "重复录入"):
            self._released(withdraw(next(firms), by=self.office, why=why))
        withdraw(next(firms), by=self.office, why="已注销，待复核")
        for project in Project.objects.filter(status="lost").order_by("pk")[:1]:
            self._released(withdraw(project, by=self.office, why="项目流失，不再公布"))
        draft = self._typed(self.office, Organisation(name=f"{EXAMPLE}误录单位"))
        with acting(Way.BIN, by=self.office), watched():
            put_in(draft, by=self.office)
            draft.delete()

    def _same(self) -> None:
        """Two pairs that may be one, a pair that was made one, and a merge that waits for its release."""
        firms = iter(_firms(90))
        self._twin(next(firms), "有限公司", "有限责任公司")
        self._twin(next(firms), EXAMPLE, f"{EXAMPLE}（集团）")
        for is_released in (True, False):
            firm = next(firms)
            twin = self._twin(firm, "有限公司", "公司")
            done = merge(firm, twin, by=self.office, why="同一单位的两种写法")
            if is_released and done.change is not None:
                self._released(done.change)

    def _twin(self, firm: Organisation, part: str, other: str) -> Organisation:
        """The same firm entered once more, under a name that a source wrote otherwise."""
        twin = self._typed(self.office, Organisation(name=firm.name.replace(part, other, 1), kind=firm.kind))
        self._typed(self.office, OrganisationName(organisation=twin, name=firm.name, kind="former"))
        self._released(submit(twin, by=self.office))
        return twin


def _firms(start: int = 0) -> Iterable[Organisation]:
    """Public firms, so many of them left out; none that somebody doubts."""
    return Organisation.objects.public().filter(kind="firm", doubt="").order_by("pk")[start : start + 12]
