"""Buildings, parks and areas, what they measure and who sits there."""

from partners.models import Honour
from projects.models import Place, PlaceArea, PlaceEntry
from tests.bench.words import EXAMPLE, FIRST
from tests.demo.programme import Programme
from tests.demo.sources import Sources
from tests.demo.words import DISTRICT, in_letters
from tests.demo.world import Unread, World

# Names, or what they end with, in Chinese and English.
AREAS = (
    ("科技园片区", "Science Park Area"),
    ("商务区", "Business District"),
    ("南部新城", "Southern New Town"),
    ("中轴片区", "Central Axis Area"),
    ("铁路枢纽片区", "Railway Hub Area"),
)
BUILDINGS = (
    ("国际广场", "International Plaza"),
    ("创新中心", "Innovation Centre"),
    ("金融大厦", "Finance Building"),
    ("总部大厦", "Headquarters Building"),
    ("商务中心", "Business Centre"),
    ("云谷大厦", "Cloud Valley Building"),
)
PARKS = (
    ("科创产业园", "Science and Innovation Park"),
    ("文智园", "Culture and Intelligence Park"),
    ("健康科技园", "Health Technology Park"),
    ("智造园", "Smart Manufacturing Park"),
    ("数字创意园", "Digital Creativity Park"),
)
ON_ROSTERS = {2023: (8, 3), 2024: (10, 5)}
# As sources print an area; {} stands for the number, in units of ten thousand square metres.
PRINTED = ("约{}万平方米", "{}万平方米", "近{}万平方米", "超{}万平方米", "{}万余平方米")


class Places:
    """`areas`, `buildings` and `parks` are keys."""

    def __init__(self, world: World, sources: Sources, programme: Programme):
        self.world, self.sources, self.programme = world, sources, programme
        self.names = iter(world.chance.sample(FIRST, len(FIRST)))
        self.areas = [self._area(number, *names) for number, names in enumerate(AREAS)]
        self.buildings = [self._place("building", "商务楼宇", BUILDINGS) for _each in range(22)]
        self.parks = [self._place("park", "特色园区", PARKS) for _each in range(11)]
        self._described()
        called = {"name": f"{EXAMPLE}会议中心", "name_en": "Example Convention Centre"}
        self.venue = world.put(Place, kind="venue", region=DISTRICT, **called)
        for town in ("东河镇", "西山镇"):
            world.put(Place, name=f"{EXAMPLE}{town}", kind="town", region=DISTRICT)
        self._organisations()
        for year, (buildings, parks) in ON_ROSTERS.items():
            self._roster(
                year, "商务楼宇", "Business buildings", self.buildings, buildings, "十大" if year == 2024 else "8座"
            )
            self._roster(year, "特色园区", "Specialty parks", self.parks, parks, "五大" if year == 2024 else "3个")
        self._honoured()

    def _described(self):
        """An area that nothing reads, and a name that may be cut in two ways."""
        about = {"kind": "park", "area": Unread("三五栋小楼"), "as_of": Unread("2024年落成")}
        self.parks.append(self.world.put(Place, name=f"{EXAMPLE}河畔文创园", region=DISTRICT, **about))
        doubt = "原文两个园区连写，有两种断法，名称待核。"
        self.parks.append(self.world.put(Place, name=f"{EXAMPLE}和义科创园", kind="park", doubt=doubt))

    def _area(self, number: int, name: str, english: str) -> int:
        area = ("8.41平方公里", "约2.81平方公里", "", "近17平方公里", "162公顷")[number]
        kind = "planned" if number < 2 else "land" if area else ""
        return self.world.put(
            Place,
            name=f"{EXAMPLE}{name}",
            name_en=f"Example {english}",
            kind="area",
            kind_as_printed="片区",
            area=area,
            area_kind=kind,
            region=DISTRICT,
        )

    def _place(self, kind: str, printed: str, suffixes: tuple) -> int:
        chance = self.world.chance
        stem, (suffix, english) = next(self.names), chance.choice(suffixes)
        name = f"{EXAMPLE}{stem}{suffix}"
        number = f"{chance.uniform(1.2, 24):.1f}".removesuffix(".0")
        known = chance.random() < 0.85
        key = self.world.put(
            Place,
            name=name,
            name_en=f"Example {in_letters(stem)} {english}" if chance.random() < 0.7 else "",
            other_names=f"{name}一期" if chance.random() < 0.2 else "",
            kind=kind,
            kind_as_printed=printed,
            parent_id=chance.choice(self.areas) if chance.random() < 0.7 else None,
            as_of=chance.choice(("2023年", "2024年4月", "2024年6月底")) if known else "",
            area=chance.choice(PRINTED).format(number) if known else "",
            area_kind=("total-floor-area" if kind == "building" else "land") if known else "",
            area_kind_as_printed=("总建筑面积" if kind == "building" else "占地") if known else "",
            location=f"{DISTRICT}{EXAMPLE}大街{chance.randint(1, 99)}号" if chance.random() < 0.6 else "",
            region=DISTRICT,
        )
        self.world.cite(Place, key, "name", self.sources.report[2024], 24, name)
        if known and key % 3 == 0:
            self._further(key, chance)
        return key

    def _further(self, place: int, chance):
        floors = (("above-ground", "地上建筑面积", 0.7), ("below-ground", "地下建筑面积", 0.3))
        whole = chance.uniform(2, 9)
        for kind, words, share in floors:
            self.world.put(
                PlaceArea, place_id=place, kind=kind, kind_as_printed=words, figure=f"{whole * share:.2f}万平方米"
            )

    def _organisations(self):
        """Two of five partners sit in a building or park that a source names."""
        where = [*self.buildings, *self.parks]
        for organisation in self.programme.partners[2024]:
            if self.world.chance.random() < 0.4:
                place = where[min(int(self.world.chance.expovariate(0.12)), len(where) - 1)]
                self.world.link(Place.organisations, place, [organisation])

    def _roster(self, year: int, title: str, english: str, places: list[int], count: int, stated: str):
        roster = self.programme.roster(title, year, title, english, stated, note="按原文列序，报道未说是名次。")
        for position, place in enumerate(self.world.chance.sample(places, count), 1):
            entry = self.world.put(PlaceEntry, roster_id=roster, place_id=place, position=position)
            self.world.cite(PlaceEntry, entry, "place", self.sources.report[year], 24)

    def _honoured(self):
        title = f"{EXAMPLE}国家新型工业化产业示范基地"
        honour = self.world.put(Honour, title=title, printed=f"{EXAMPLE}科技园片区", awarded="2023年")
        self.world.link(Place.honours, self.areas[0], [honour])
