"""What states it all: a report of each conference, a bulletin of each year, lists, policies, the news."""

from fengtai.records.models import Source
from tests.bench.words import EXAMPLE
from tests.demo.words import DISTRICT
from tests.demo.world import World

MARK = f"{EXAMPLE}数据说明"  # the source that says: all rows here are invented
OFFICE, STATISTICS, MEDIA = (f"{DISTRICT}{name}" for name in ("发展和改革委员会", "统计局", "融媒体中心"))
EDITIONS = {2022: "2022年4月", 2023: "2023年3月28日", 2024: "2024年4月23日"}
YEARS = range(2019, 2025)


class Sources:
    """Their keys: `report[2024]` of the conference, `bulletin[2023]` on that year, and so on."""

    def __init__(self, world: World):
        self.world, self.made = world, 0
        self.mark = self._put(MARK, "other", OFFICE, "2024年", number="示例说明〔2024〕1号")
        self.report = {
            year: self._put(f"{EXAMPLE}{year}年伙伴发展大会报道", "conference-report", MEDIA, held)
            for year, held in EDITIONS.items()
        }
        self.members = {
            year: self._put(f"{DISTRICT}发展伙伴名录（{year}年）", "official-list", OFFICE, held)
            for year, held in EDITIONS.items()
        }
        self.bulletin = {year: self._bulletin(year) for year in YEARS[:-1]}
        self.yearbook = {year: self._yearbook(year) for year in YEARS[1:-1]}
        self.work = {year: self._work_report(year) for year in YEARS}
        self.running = self._put(
            f"{DISTRICT}2024年1—10月经济运行情况", "statistical-bulletin", STATISTICS, "2024年11月20日"
        )
        self.census = self._put(
            f"{DISTRICT}第五次全国经济普查公报", "statistical-bulletin", STATISTICS, "2024年12月27日", number="第一号"
        )
        self.policies = self._put(f"{DISTRICT}产业政策汇编（2024年版）", "official-list", OFFICE, "2024年6月")
        self.ledger = self._put(f"{EXAMPLE}重点项目调度台账", "ledger", OFFICE, "2024年10月")
        self.news = [self._news(number) for number in range(1, 13)]

    def _put(self, title: str, kind: str, publisher: str, published: str, **more) -> int:
        self.made += 1
        address = f"https://example.org/shili/{self.made}.html" if self.made % 3 else ""
        return self.world.put(
            Source, title=title, kind=kind, publisher=publisher, published=published, url=address, **more
        )

    def _bulletin(self, year: int) -> int:
        title = f"{DISTRICT}{year}年国民经济和社会发展统计公报"
        return self._put(title, "statistical-bulletin", STATISTICS, f"{year + 1}年3月{15 + year % 7}日")

    def _yearbook(self, year: int) -> int:
        return self._put(f"{DISTRICT}统计年鉴{year + 1}", "yearbook", STATISTICS, f"{year + 1}年11月")

    def _work_report(self, year: int) -> int:
        title = f"{DISTRICT}政府工作报告（{year}年）"
        return self._put(title, "work-report", f"{DISTRICT}人民政府", f"{year}年1月{5 + year % 9}日")

    def _news(self, number: int) -> int:
        """Two of twelve name neither who published them nor when."""
        titles = ("项目开工", "平台揭牌", "企业走访", "楼宇经济", "园区招商", "科技成果")
        title = f"{EXAMPLE}新闻：{titles[number % 6]}现场（{number}）"
        known = number % 6 != 5
        day = f"2024年{number % 9 + 1}月{number + 7}日" if known else ""
        doubt = "" if known else "来源未载明发布单位和日期，待核。"
        return self._put(title, "news", MEDIA if known else "", day, doubt=doubt)
