"""The programme over three editions: who joined, who left, who rose to lead an industry chain."""

from partners.models import Conference, Industry, IndustryEntry, Level, Membership, Roster, RosterFigure, WorkGroup
from tests.bench.words import EXAMPLE
from tests.demo.organisations import Organisations
from tests.demo.sources import EDITIONS, Sources
from tests.demo.words import DISTRICT_EN, INDUSTRIES
from tests.demo.world import World

ORDINAL = {2022: "首届", 2023: "第二届", 2024: "第三届"}
THEMES = {2022: "聚链成势", 2023: "向新而行", 2024: "共创倍增"}
# Stated of each edition, and on file: the list of the first was never found whole.
PARTNERS = {2022: ("320家", 306), 2023: ("456家", 456), 2024: ("600家", 600)}
LEADERS = {2022: ("24家", 24), 2023: ("41家", 41), 2024: ("65家", 65)}
LEAVE = {2023: 37, 2024: 52}  # before that edition
STARTS = {2022: "2022年4月", 2023: "2023年3月", 2024: "2024年4月23日"}
ENDS = {2023: "2023年2月28日", 2024: "2024年3月31日"}
PARTNER, LEADER = 1, 2
TOTAL = PARTNERS[2024][1] + sum(LEAVE.values())


class Programme:
    """`conference[2024]`, `rosters["partners", 2024]`; `partners[2024]` and `leaders[2024]` are organisations' keys."""

    def __init__(self, world: World, sources: Sources):
        self.world, self.sources, self.rosters = world, sources, {}
        self._levels()
        self.industries = [self._industry(*row[:3]) for row in INDUSTRIES]
        self.conference = {year: self._conference(year) for year in EDITIONS}
        for year in EDITIONS:
            self.roster("partners", year, "发展伙伴", "Development partners", PARTNERS[year][0], headline=1)
            self.roster("leaders", year, "链长单位", "Chain leaders", LEADERS[year][0], headline=2)
        self._classification()
        self.organisations = Organisations(world, sources, self.industries, TOTAL)
        self._who_belongs()
        self._memberships()
        self._work_groups()

    def _levels(self):
        self.world.put(Level, code="partner", name="发展伙伴", name_en="Development partner", rank=1)
        definition = "从发展伙伴中遴选、引领产业链发展的单位"
        self.world.put(
            Level, code="chain-leader", name="链长单位", name_en="Chain leader", rank=2, definition=definition
        )

    def _industry(self, name: str, english: str, tier: str) -> int:
        key = self.world.put(Industry, name=f"{EXAMPLE}{name}", name_en=english, tier=tier, edition="2+4+6")
        self.world.cite(Industry, key, "name", self.sources.report[2024], 9, f"{EXAMPLE}{name}")
        return key

    def _conference(self, year: int) -> int:
        name = f"{EXAMPLE}{ORDINAL[year]}“聚势共赢 伙伴同行”发展大会"
        key = self.world.put(
            Conference,
            name=name,
            name_en=f"{DISTRICT_EN} Partner Conference {year}",
            other_names=f"{EXAMPLE}{year}年伙伴发展大会",
            edition=ORDINAL[year],
            held=EDITIONS[year],
            venue=f"{EXAMPLE}会议中心",
            theme=THEMES[year],
            aim="以产业链聚合创新资源，以伙伴关系共享发展机遇",
            attended_by="市有关部门负责人；区主要领导；链长单位和发展伙伴代表",
        )
        report = self.sources.report[year]
        for paragraph, (field, words) in enumerate(
            (("name", name), ("held", EDITIONS[year]), ("theme", THEMES[year])), 1
        ):
            self.world.cite(Conference, key, field, report, paragraph, words)
        return key

    def roster(self, name: str, year: int, title: str, english: str, stated: str, headline=None, **more) -> int:
        key = self.world.put(
            Roster,
            title=f"{EXAMPLE}{title}（{year}）",
            name_en=f"{english} ({year}), example",
            series=f"{EXAMPLE}{title}",
            conference_id=self.conference[year],
            as_of=EDITIONS[year],
            stated=stated,
            headline=headline if year == 2024 else None,
            **more,
        )
        self.rosters[name, year] = key
        self.world.cite(Roster, key, "stated", self.sources.report[year], 4 + key % 8, f"{title}{stated}", "区长")
        return key

    def _classification(self):
        key = self.roster("leading", 2024, "主导产业", "Leading industries", "两大")
        for position, industry in enumerate(self.industries[:2], 1):
            self.world.put(IndustryEntry, roster_id=key, industry_id=industry, position=position)
        partners = self.rosters["partners", 2024]
        self.world.link(Roster.industries, partners, self.industries[:4])
        share = self.world.put(RosterFigure, roster_id=partners, name="高新技术企业占比", figure="六成以上")
        self.world.cite(RosterFigure, share, "figure", self.sources.report[2024], 6, "高新技术企业占六成以上")
        self.world.put(RosterFigure, roster_id=partners, name="年营业收入合计", figure="超2600亿元", as_of="2023年")

    def _who_belongs(self):
        """Each leaves once, after the edition before; newcomers fill the number of the next."""
        chance, keys = self.world.chance, iter(self.organisations.keys)
        self.partners, self.left, present = {}, {}, []
        for year in EDITIONS:
            for key in chance.sample(present, LEAVE.get(year, 0)):
                present.remove(key)
                self.left[key] = year
            while len(present) < PARTNERS[year][1]:
                present.append(next(keys))
            self.partners[year] = sorted(present)
        self.joined = {key: next(year for year in EDITIONS if key in {*self.partners[year]}) for key in present}
        self.joined |= {key: next(year for year in EDITIONS if key in {*self.partners[year]}) for key in self.left}
        self._who_leads(chance)

    def _who_leads(self, chance):
        self.leaders, leading = {}, []
        for year in EDITIONS:
            here = {*self.partners[year]}
            leading = [key for key in leading if key in here]
            firms = [
                key for key in self.partners[year] if key not in leading and self.organisations.kind[key] == "firm"
            ]
            leading += chance.sample(firms, LEADERS[year][1] - len(leading))
            self.leaders[year] = [*leading]
        self.risen = {key: next(year for year in EDITIONS if key in self.leaders[year]) for key in leading}

    def _memberships(self):
        for year in EDITIONS:
            for position, key in enumerate(self.partners[year], 1):
                self._membership(key, PARTNER, "partners", year, self.joined[key], position)
            for position, key in enumerate(self.leaders[year], 1):
                since = next(first for first in EDITIONS if key in self.leaders[first])
                self._membership(key, LEADER, "leaders", year, since, position)

    def _membership(self, organisation: int, level: int, name: str, year: int, since: int, position: int):
        chain = self.organisations.industry[organisation] if level == LEADER else None
        key = self.world.put(
            Membership,
            organisation_id=organisation,
            level_id=level,
            chain_id=chain,
            roster_id=self.rosters[name, year],
            position=position,
            printed=self.organisations.name[organisation],
            since=STARTS[since],
            until=ENDS.get(self.left.get(organisation), ""),
        )
        words = self.organisations.name[organisation]
        self.world.cite(Membership, key, "level", self.sources.members[year], position // 12 + 2, words)

    def _work_groups(self):
        """Fifteen are stated and six named."""
        roster = self.roster("groups", 2024, "产业工作营", "Industry work groups", "15个")
        self.work_groups = []
        for position, (industry, row) in enumerate(zip(self.industries[:6], INDUSTRIES, strict=False), 1):
            name = f"{EXAMPLE}{row[0]}产业工作营"
            group = self.world.put(WorkGroup, name=name, roster_id=roster, position=position)
            self.world.link(WorkGroup.industries, group, [industry])
            self.work_groups.append(group)

    def organisations_in(self, industry: int) -> list[int]:
        return [key for key in self.partners[2024] if self.organisations.industry[key] == industry]
