"""Invented organisations and what hangs on them, each a function of its number and the seed."""

from collections.abc import Iterator
from random import Random

from stdnum.cn import uscc

from partners.credit_codes import organisation_check_digit
from partners.models import Membership
from tests.bench import words
from tests.bench.writing import prepared

PUBLISHED = "published"
KINDS = ["firm", "institute", "firm", "alliance", "firm"]  # every fifth an institute: a fifth of all rows, exactly
ROSTERS = 12
SINCE = ["", "2022年", "2023年3月", "2024年上半年", "2024年4月23日"]


class Organisations:
    """`count` organisations; every method yields rows by attribute name, in the order of their keys."""

    def __init__(self, count: int, seed: int):
        self.numbers, self.seed = range(1, count + 1), seed

    def organisations(self) -> Iterator[dict]:
        chance = Random(self.seed)
        for number in self.numbers:
            yield {
                "id": number,
                "name": _name(chance),
                "kind": KINDS[number % 5],
                "credit_code": credit_code(number) if number % 5 < 3 else None,
                "region": chance.choice(words.REGIONS),
                "address": f"{words.EXAMPLE}路{number % 900 + 1}号",
                "introduction": f"{words.EXAMPLE}简介：为性能测试而造。" if number % 4 == 0 else "",
            }

    def industry_links(self) -> Iterator[dict]:
        """One industry for each, a second for every third; none for every tenth."""
        chance = Random(self.seed)
        for number in self.numbers:
            amount = 0 if number % 10 == 0 else 2 if number % 3 == 0 else 1
            for industry in chance.sample(range(1, len(words.INDUSTRIES) + 1), amount):
                yield {"organisation_id": number, "industry_id": industry}

    def names(self) -> Iterator[dict]:
        """A short name for every fifth."""
        chance = Random(self.seed + 1)
        for number in self.numbers[::5]:
            short = f"{words.EXAMPLE}{chance.choice(words.FIRST)}{chance.choice(words.SECTORS)}"
            yield {"organisation_id": number, "name": short}

    def memberships(self) -> Iterator[dict]:
        """A third are partners; every tenth of these leads an industry chain."""
        chance = Random(self.seed)
        since = [_columns_of_since(text) for text in SINCE]
        for order, number in enumerate(self.numbers[::3]):
            leads = order % 10 == 0
            yield {
                "organisation_id": number,
                "level_id": 2 if leads else 1,
                "chain_id": chance.randint(1, len(words.INDUSTRIES)) if leads else None,
                "roster_id": order % ROSTERS + 1,
                **chance.choice(since),
            }

    def citations(self, sources: int) -> Iterator[dict]:
        """Every organisation is stated by one source."""
        for number in self.numbers:
            yield {"source_id": number % sources + 1, "object_id": number, "paragraph": number % 60 + 1}


def credit_code(number: int) -> str:
    """Valid by both check digits, in a region (000000) that no real code has."""
    body = f"{number:08d}"
    code = f"91000000{body}{organisation_check_digit(body)}"
    return code + uscc.calc_check_digit(code)


def _name(chance: Random) -> str:
    parts = (words.FIRST, words.SECOND, words.SECTORS, words.FORMS)
    return words.EXAMPLE + "".join(chance.choice(part) for part in parts)


def _columns_of_since(text: str) -> dict:
    row = prepared(Membership, since=text)
    return {name: value for name, value in row.items() if name.startswith("since")}
