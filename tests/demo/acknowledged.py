"""What was announced around the programme: honours, policies, events."""

from partners.models import Event, Honour, Policy
from tests.bench.words import EXAMPLE
from tests.demo.programme import LEADER, Programme
from tests.demo.sources import EDITIONS, Sources
from tests.demo.words import DISTRICT, INDUSTRIES
from tests.demo.world import Unread, World

HONOURED = {2022: (6, 20), 2023: (8, 30), 2024: (10, 40)}  # leaders, and other partners
# Short name, kind, full name, number, valid, status, industries by their order.
POLICIES = (
    (
        "伙伴计划",
        "plan",
        "发展伙伴计划实施方案（2022—2026年）",
        "示例发改发〔2022〕8号",
        "至2026年12月31日",
        "in-force",
        (),
    ),
    ("倍增计划", "plan", "重点企业倍增行动计划", "示例政发〔2023〕5号", "至2025年12月31日", "in-force", ()),
    ("稳增长九条", "policy", "关于促进经济平稳增长的九条措施", "示例政办发〔2023〕12号", "2023年", "expired", ()),
    (
        "轨道十条",
        "policy",
        "支持轨道交通产业创新发展的若干措施",
        "示例政发〔2023〕9号",
        Unread("自印发之日起三年"),
        "in-force",
        (0,),
    ),
    ("航天八条", "policy", "支持商业航天产业发展的若干措施", "示例政发〔2024〕3号", "2024年3月1日起", "in-force", (1,)),
    (
        "数字金融措施",
        "policy",
        "促进数字金融集聚发展的若干措施",
        "示例金发〔2022〕2号",
        "至2024年6月30日",
        "expired",
        (2,),
    ),
    ("医药健康措施", "policy", "促进医药健康产业协同创新的若干措施", "", "2024年", "in-force", (4,)),
    ("算力券", "service", "人工智能算力券实施细则", "示例科发〔2024〕6号", "2024年5月起", "in-force", (5,)),
    ("楼宇服务包", "service", "商务楼宇“一楼一策”服务包", "", "", "in-force", (3,)),
    ("人才发展清单", "list", "高层次人才发展机会清单", "", "2024年", "", ()),
    (
        "链长遴选办法",
        "rule",
        "链长单位遴选和管理办法（试行）",
        "示例发改规〔2022〕1号",
        "至2024年3月31日",
        "repealed",
        (),
    ),
    ("“2+4+6”产业体系", "classification", "“2+4+6”现代化产业体系目录", "", "", "in-force", (0, 1)),
)
POLICIES_EN = {
    "伙伴计划": "Example Partner Plan",
    "倍增计划": "Example Doubling Plan",
    "稳增长九条": "Example Nine Measures for Steady Growth",
    "轨道十条": "Example Ten Measures for Rail Transit",
    "航天八条": "Example Eight Measures for Aerospace",
    "数字金融措施": "Example Measures for Digital Finance",
    "算力券": "Example Computing Vouchers",
    "链长遴选办法": "Example Rules for Choosing Chain Leaders",
}
# Title, kind, when, industry by its order, claim, figure, what it counts.
EVENTS = (
    ("轨道信号联合实验室揭牌", "founding", "2022年9月", 0, "全市首家", "", ""),
    ("可重复使用火箭完成百米级垂直起降", "achievement", "2023年7月", 1, "国内首次", "3项", "刷新的纪录"),
    ("数字人民币供应链结算上线", "achievement", "2023年5月", 2, "行业内首次", "约2.6亿元", "首月结算额"),
    ("国际商务服务联盟成立", "founding", "2023年11月8日", 3, "", "40余家", "首批成员"),
    ("创新药获批上市", "achievement", "2024年2月", 4, "全球首款", "2款", "获批新药"),
    ("工业大模型发布", "achievement", "2024年4月23日", 5, "全国首个", "1500亿元以上", "目标产业规模"),
    ("百千瓦级激光器下线", "achievement", "2024年4月", 6, "全球首台", "150千瓦", "功率"),
    ("智能建造示范工地观摩", "achievement", "2024年6月", 7, "", "近30家", "参与单位"),
    ("新材料中试基地启用", "founding", "2024年8月", 8, "", "1.2万平方米", "建筑面积"),
    ("绿电交易服务站挂牌", "founding", "2024年9月", 9, "全区首个", "", ""),
    ("数字艺术周开幕", "achievement", "2023年10月", 10, "", "超12万人次", "参观人次"),
    ("首店经济集中开业", "achievement", "2024年5月", 11, "", "26家", "首店数"),
)


class Acknowledged:
    def __init__(self, world: World, sources: Sources, programme: Programme):
        self.world, self.sources, self.programme = world, sources, programme
        for year, (leaders, others) in HONOURED.items():
            self._honours(year, leaders, others)
        for number, row in enumerate(POLICIES):
            self._policy(number, *row)
        for year in EDITIONS:
            self._outcomes(year)
        for number, row in enumerate(EVENTS):
            self._event(number, *row)

    def _honours(self, year: int, leaders: int, others: int):
        programme, chance = self.programme, self.world.chance
        plain = [key for key in programme.partners[year] if key not in programme.leaders[year]]
        lists = (
            ("链长单位", "Chain leaders", leaders, programme.leaders[year]),
            ("发展伙伴", "Partners", others, plain),
        )
        for category, english, count, from_whom in lists:
            title = f"贡献突出市场主体·{category}"
            roster = programme.roster(f"honours {category}", year, title, f"Outstanding: {english}", f"{count}家")
            named = count if year > 2022 else count - 2  # of the first edition two names were never found
            for position, key in enumerate(chance.sample(from_whom, named), 1):
                self._honour(year, category, roster, position, key)

    def _honour(self, year: int, category: str, roster: int, position: int, organisation: int):
        printed = self.programme.organisations.short[organisation]
        key = self.world.put(
            Honour,
            title=f"{DISTRICT}贡献突出市场主体",
            organisation_id=organisation,
            roster_id=roster,
            position=position,
            printed=printed,
            category=category,
            awarded=EDITIONS[year],
            awarded_by=f"{DISTRICT}人民政府" if position % 2 else "",
            revoked=(year, category, position) == (2022, "发展伙伴", 7),
        )
        self.world.cite(Honour, key, "organisation", self.sources.report[year], 21, printed, "区委书记")

    def _policy(self, number: int, short: str, kind: str, full: str, code: str, valid: str, status: str, fields: tuple):
        summary = f"由{DISTRICT}人民政府印发，" + (
            "明确支持对象、标准和申报方式。" if kind == "policy" else "按年度更新。"
        )
        key = self.world.put(
            Policy,
            name=f"{EXAMPLE}{short}",
            name_en=POLICIES_EN.get(short, ""),
            full_name=f"{DISTRICT}{full}",
            kind=kind,
            number=code,
            issuer=f"{DISTRICT}人民政府" if code else "",
            valid=valid,
            status=status,
            stated="九条" if "九条" in short else "",
            summary=summary,
            doubt="" if valid or kind != "list" else "有效期未写。",
        )
        self.world.link(Policy.industries, key, [self.programme.industries[at] for at in fields])
        self.world.cite(Policy, key, "name", self.sources.policies, number + 1, f"{EXAMPLE}{short}")

    def _outcomes(self, year: int):
        for number, (title, claim) in enumerate(
            (("推介重大项目", ""), ("集中签约一批重点项目", ""), ("发布链长单位名单", "新一批")), 1
        ):
            key = self.world.put(
                Event,
                title=f"{EXAMPLE}{year}年大会{title}",
                kind="outcome",
                happened=EDITIONS[year],
                conference_id=self.programme.conference[year],
                claim=claim,
            )
            if number == LEADER:
                self.world.link(Event.organisations, key, self.programme.leaders[year][:4])
            self.world.cite(Event, key, "event", self.sources.report[year], 12 + number, title)

    def _event(self, number: int, title: str, kind: str, when: str, field: int, claim: str, figure: str, counts: str):
        industry = self.programme.industries[field]
        key = self.world.put(
            Event,
            title=f"{EXAMPLE}{INDUSTRIES[field][0]}：{title}",
            kind=kind,
            happened=when,
            industry_id=industry,
            claim=claim,
            figure=figure,
            figure_of=counts,
        )
        taking_part = self.programme.organisations_in(industry)
        self.world.link(Event.organisations, key, self.world.some(taking_part, 3, 1))
        self.world.cite(Event, key, "event", self.sources.news[number], 2, title)
        if figure:
            self.world.cite(Event, key, "figure", self.sources.news[number], 3, f"{counts}{figure}")
