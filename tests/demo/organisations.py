"""Firms and institutes under invented names: what each does, where it sits, by which names it goes."""

from partners.models import Contact, Organisation, OrganisationName
from tests.bench.organisations import credit_code
from tests.bench.words import EXAMPLE
from tests.demo.sources import Sources
from tests.demo.words import DISTRICT, FORMS, INDUSTRIES, REGIONS, in_letters, of_hundred, stems
from tests.demo.world import Unread, World

FURTHER = 48  # named in projects and news, and no partners
KINDS_PRINTED = {"institute": "科研院所", "alliance": "产业联盟", "chamber": "商会"}


class Organisations:
    """By key: `name`, `kind`, `industry`, `short`. `keys` are of those that become partners, `others` of all else."""

    def __init__(self, world: World, sources: Sources, industries: list[int], count: int):
        self.world, self.sources, self.industries = world, sources, industries
        self.name, self.kind, self.industry, self.short = {}, {}, {}, {}
        weights = [14, 11, 12, 8, 10, 12, 9, 6, 5, 6, 4, 3]
        for first, second in stems(world.chance, count + FURTHER):
            self._organisation(first + second, world.chance.choices(range(len(industries)), weights)[0])
        self.keys, self.others = [*self.name][:count], [*self.name][count:]
        for key in world.chance.sample(self.keys, 60):
            self._contact(key)

    def _organisation(self, stem: str, number: int):
        chance = self.world.chance
        does, does_english = chance.choice(INDUSTRIES[number][3])
        form, kind, form_english, _weight = of_hundred(chance, FORMS)
        name = f"{EXAMPLE}{stem}{does}{form}"
        english = f"Example {in_letters(stem)} {does_english} {form_english}"
        named = {"name": name, "name_en": english if chance.random() < 0.6 else ""}
        key = self.world.put(Organisation, kind=kind, **named, **self._about(kind, does))
        self.name[key], self.kind[key], self.industry[key] = name, kind, self.industries[number]
        self.short[key] = f"{EXAMPLE}{stem}"
        self._industries(key, number)
        self._names(key, stem, does_english)
        if key % 3:
            where = chance.choice([*self.sources.members.values()])
            self.world.cite(Organisation, key, "name", where, key // 12 + 2, name)

    def _about(self, kind: str, does: str) -> dict:
        """Sources say little of most: a third of the regions, half of the addresses."""
        chance, number = self.world.chance, self.world.numbers[Organisation] + 1
        region = chance.choices(REGIONS, (60, 6, 5, 4, 3))[0] if chance.random() < 0.75 else ""
        street = chance.choice(("创新大街", "伙伴路", "链长路", "科技园路", "总部环路"))
        address = f"{region or DISTRICT}{EXAMPLE}{street}{number % 88 + 1}号" if chance.random() < 0.5 else ""
        tells = chance.random() < 0.2
        told = f"主要从事{does}研发与服务，在{DISTRICT}设有总部或区域总部。（示例简介）"
        return {
            "kind_as_printed": KINDS_PRINTED.get(kind, ""),
            "credit_code": credit_code(number) if chance.random() < 0.55 else None,
            "region": region,
            "address": address,
            "website": f"https://example.org/shili/{number}" if chance.random() < 0.15 else "",
            "introduction": told if tells else "",
            "standing": chance.choice(("龙头企业", "国家级专精特新“小巨人”", "独角兽企业"))
            if chance.random() < 0.08
            else "",
            "standing_since": Unread("2023年前后") if number % 150 == 9 else "",
            "doubt": "名录与大会报道所用名称不一致，待向单位核对全称。" if number % 97 == 0 else "",
        }

    def _industries(self, key: int, number: int):
        """One in twelve is of no industry that a source names, one in six of two."""
        if key % 12 == 0:
            return
        second = [(number + 1 + key) % len(self.industries)] if key % 6 == 1 else []
        self.world.link(Organisation.industries, key, {self.industries[at] for at in (number, *second)})

    def _names(self, key: int, stem: str, does: str):
        """Now and then also a short one in English; the full one stands with the name."""
        names = [
            (self.short[key], "short", 0.4),
            (f"Example {in_letters(stem)} {does}", "english", 0.1),
            (f"{EXAMPLE}{stem}科技发展中心", "former", 0.05),
        ]
        for name, kind, share in names:
            if self.world.chance.random() < share:
                self.world.put(OrganisationName, organisation_id=key, name=name, kind=kind)

    def _contact(self, key: int):
        number = self.world.numbers[Contact] + 1
        post = self.world.chance.choice(("办公室主任", "政府事务经理", "综合部部长", "投资总监"))
        phone, email = f"1380000{number:04d}", f"shili{number}@example.org"
        self.world.put(Contact, organisation_id=key, name=f"示例联系人{number}", post=post, phone=phone, email=email)
