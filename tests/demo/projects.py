"""Projects of every kind, each as far as it has come, with amounts of several kinds and currencies."""

from projects.models import Amount, Party, Project, ProjectEntry, StageEntry
from projects.models.stages import path_of
from tests.bench.words import EXAMPLE, FIRST
from tests.demo.places import Places
from tests.demo.programme import Programme
from tests.demo.sources import EDITIONS, Sources
from tests.demo.words import INDUSTRIES, in_letters
from tests.demo.world import Unread, World

COUNT = 148
KINDS = ("industry", "industry", "industry", "commerce", "platform", "infrastructure", "fund")
CALLED = {
    "industry": (
        ("研发总部项目", "R&D Headquarters"),
        ("智能产线项目", "Smart Production Line"),
        ("区域总部项目", "Regional Headquarters"),
        ("创新基地", "Innovation Base"),
    ),
    "commerce": (
        ("商业综合体", "Shopping Complex"),
        ("消费街区更新项目", "Shopping Street Renewal"),
        ("首店集聚区", "First-Store Quarter"),
    ),
    "platform": (
        ("公共技术服务平台", "Public Technical Service Platform"),
        ("检验检测平台", "Testing Platform"),
        ("概念验证中心", "Proof-of-Concept Centre"),
    ),
    "infrastructure": (
        ("道路及管网配套工程", "Roads and Pipes"),
        ("产业用房一期工程", "Industrial Premises, Phase One"),
        ("轨道微中心", "Rail Station Centre"),
    ),
    "fund": (
        ("产业引导基金", "Industry Guidance Fund"),
        ("城市更新基金", "Urban Renewal Fund"),
        ("科创投资基金", "Innovation Investment Fund"),
    ),
}
STATUSES = (("on-track", 70), ("delayed", 10), ("suspended", 5), ("terminated", 3), ("lost", 4), ("", 8))
REASONS = {
    "delayed": ("规划指标调整，施工许可晚于计划两个月", "上游设备到货延期"),
    "suspended": ("投资方内部审批未完成，双方同意暂停", "用地性质待论证"),
    "terminated": ("投资方战略调整，双方书面终止协议",),
    "lost": ("企业选择外地同类园区", "融资未到位，转投其他区域"),
}
PROMOTED, SIGNED = {2022: 10, 2023: 16, 2024: 20}, {2022: 5, 2023: 8, 2024: 9}
INEXACT = ("{}", "{}", "{}", "约{}", "近{}", "超{}", "{}以上", "不低于{}")
EVIDENCE = {"signed": "签约协议", "registered": "营业执照", "started": "施工许可证", "producing": "投产报告"}


class Projects:
    """`at` are keys by the stage that projects have come to."""

    def __init__(self, world: World, sources: Sources, programme: Programme, places: Places):
        self.world, self.sources, self.programme, self.places = world, sources, programme, places
        self.at, self.signed = {}, {year: [] for year in EDITIONS}
        for number in range(COUNT):
            self._project(number, KINDS[number % len(KINDS)])
        self._rosters()

    def _project(self, number: int, kind: str):
        chance = self.world.chance
        path = path_of(kind)
        far = int(chance.triangular(0, len(path), len(path) * 0.6)) if number >= 21 else number // len(KINDS) * 3
        far = min(far, len(path) - 1)
        industry = chance.randrange(len(INDUSTRIES))
        status = self._status(far == len(path) - 1)
        key = self.world.put(Project, kind=kind, status=status, **self._about(number, kind, industry, status))
        self.world.link(Project.industries, key, [self.programme.industries[industry]])
        self._parties(key, kind, industry)
        self._stages(key, path[: far + 1], chance.randint(2021, 2023))
        self._amounts(key, kind, far)
        self.world.cite(Project, key, "project", self.sources.news[number % 12], number % 9 + 2)

    def _status(self, complete: bool) -> str:
        if complete:
            return "completed"
        return self.world.chance.choices([one for one, _ in STATUSES], [weight for _, weight in STATUSES])[0]

    def _about(self, number: int, kind: str, industry: int, status: str) -> dict:
        """One in thirty is signed by a firm and not named."""
        chance = self.world.chance
        stem, (called, english) = chance.choice(FIRST), chance.choice(CALLED[kind])
        is_named = number % 30 != 29
        in_english = f"Example {in_letters(stem)} {INDUSTRIES[industry][1]} {english}"
        where = chance.choice([*self.places.buildings, *self.places.parks, *self.places.areas])
        built = kind not in ("fund", "platform") and chance.random() < 0.6
        area = f"{chance.uniform(0.4, 18):.1f}万平方米"
        return {
            "title": f"{EXAMPLE}{stem}{INDUSTRIES[industry][0]}{called}" if is_named else "",
            "name_en": in_english if is_named and chance.random() < 0.7 else "",
            "place_id": where if chance.random() < 0.65 and kind != "fund" else None,
            "location": f"{EXAMPLE}大街北侧" if chance.random() < 0.3 else "",
            "floor_area": chance.choice(INEXACT[:6]).format(area) if built else "",
            "floor_area_of": "总建筑面积" if built else "",
            "claim": chance.choice(("全市首个", "国内领先", "")) if kind == "platform" else "",
            "summary": f"建设{INDUSTRIES[industry][0]}领域的{CALLED[kind][0][0]}，分期实施。" if number % 2 else "",
            "status_reason": chance.choice(REASONS.get(status, ("",))),
            "work_group_id": self.programme.work_groups[industry] if industry < 6 else None,
            "doubt": "投资总额前后两次报道不一致，待核。" if number % 41 == 7 else "",
        }

    def _parties(self, project: int, kind: str, industry: int):
        firms = self.programme.organisations_in(self.programme.industries[industry])
        roles = ["signatory", "initiator" if kind == "fund" else "investor", "operator"][
            : self.world.chance.randint(1, 3)
        ]
        for role, organisation in zip(roles, self.world.chance.sample(firms, len(roles)), strict=True):
            self.world.put(Party, project_id=project, organisation_id=organisation, role=role)
        if project % 8 == 0:
            other = self.world.chance.choice(self.programme.organisations.others)
            self.world.put(Party, project_id=project, organisation_id=other, role="builder")
        if project % 11 == 0:
            self.world.put(Party, project_id=project, printed=f"{EXAMPLE}某央企（报道未写名称）", role="owner")

    def _stages(self, project: int, reached, year: int):
        """In the order of the path, some months apart; a source leaves out the first now and then."""
        chance, month = self.world.chance, chance_month(self.world)
        self.at.setdefault(reached[-1], []).append(project)
        for stage in reached[chance.randint(0, min(2, len(reached) - 1)) :]:
            year, month = (year + month // 13, month % 13 or 1) if month > 12 else (year, month)
            if year > 2024:
                year, month = 2024, 11
            printed = f"{year}年{month}月"
            if stage == "signed":
                signed_at = next(
                    (edition for edition in EDITIONS if edition == year and len(self.signed[edition]) < 12), None
                )
                printed = EDITIONS[signed_at] if signed_at else printed
                self.signed[signed_at].append(project) if signed_at else None
            happened = printed if chance.random() < 0.92 else ""
            entry = self.world.put(
                StageEntry, project_id=project, stage=stage, happened=happened, evidence=EVIDENCE.get(stage, "")
            )
            self.world.cite(StageEntry, entry, "stage", self.sources.news[project % 12], 4, happened)
            month += chance.randint(2, 6)

    def _amounts(self, project: int, kind: str, far: int):
        chance = self.world.chance
        whole = round(chance.lognormvariate(1.3, 1.1), 1)
        unit = chance.choices(("亿元", "亿美元", "亿港元"), (90, 7, 3))[0]
        first = "intended" if far < 3 else "total" if chance.random() < 0.7 else "agreed"
        sums = [(first, chance.choice(INEXACT).format(f"{whole}{unit}"))]
        if far >= 4:
            sums.append(("registered-capital", f"{chance.choice((500, 1000, 2000, 5000))}万元"))
        if far >= 5:
            sums.append(("paid-in", f"{whole * 0.6:.2f}{unit}"))
        if far >= 6 and kind == "industry":
            sums += [("output", f"约{whole * 1.4:.1f}亿元"), ("tax", f"{whole * 300:.0f}万元")]
        if project % 37 == 5:
            sums.append(("other", Unread("若干亿元")))
        if project % 9 == 0:
            sums.append(("loan", f"{whole / 2:.1f}亿元"))
        for kind_of_sum, printed in sums[1:] if project % 14 == 0 else sums:
            amount = self.world.put(Amount, project_id=project, kind=kind_of_sum, figure=printed, as_of="2024年10月")
            self.world.cite(Amount, amount, "figure", self.sources.ledger, project % 40 + 1, printed)

    def _rosters(self):
        chance, keys = self.world.chance, range(1, COUNT + 1)
        for year in EDITIONS:
            promoted, signed = PROMOTED[year], SIGNED[year]
            self._roster(
                "promoted", year, "推介重大项目", "Major projects promoted", promoted, chance.sample(keys, promoted - 3)
            )
            known = self.signed[year][:signed]
            self._roster("signed", year, "集中签约重点项目", "Key projects signed", signed, known)

    def _roster(self, name: str, year: int, title: str, english: str, count: int, projects: list[int]):
        roster = self.programme.roster(name, year, title, english, f"{count}个")
        for position, project in enumerate(projects, 1):
            self.world.put(ProjectEntry, roster_id=roster, project_id=project, position=position)


def chance_month(world: World) -> int:
    return world.chance.randint(1, 12)
