"""The rows themselves: what surrounds the organisations first, then organisations and what hangs on them."""

from collections.abc import Iterator
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction

from fengtai.records.models import Citation, Source
from fengtai.search.index import tidy_statements
from indicators.models import Indicator, Observation, Scope
from partners.models import Industry, Level, Membership, Organisation, OrganisationName, Roster
from tests.bench import words
from tests.bench.organisations import PUBLISHED, ROSTERS, Organisations
from tests.bench.own_database import MARK
from tests.bench.writing import prepared, write

SOURCES, INDICATORS, SCOPES = 5, 40, 10
PERIODS = [f"{year}年{month}月" for year in range(2015, 2025) for month in range(1, 13)]


@transaction.atomic
def write_rows(count: int, seed: int) -> dict[str, int]:
    _write_surroundings()
    made = Organisations(count, seed)
    cited = ContentType.objects.get_for_model(Organisation)
    counts = {
        "organisations": write(Organisation, made.organisations(), state=PUBLISHED),
        "industry links": write(Organisation.industries.through, made.industry_links()),
        "names": write(OrganisationName, made.names(), kind="short"),
        "memberships": write(Membership, made.memberships()),
        "citations": write(Citation, made.citations(SOURCES), content_type=cited, field="name"),
        "observations": write(Observation, _observations(count // 25, Random(seed))),
    }
    _reset_sequences()
    return counts


def tidy():
    """As after any large change: a compact index, and statistics of what the tables hold."""
    with connection.cursor() as cursor:
        for model in (Citation, Organisation, OrganisationName, Observation):
            for statement in tidy_statements(connection, model):
                cursor.execute(statement)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _write_surroundings():
    titles = [MARK, *(f"{words.EXAMPLE}来源{number}" for number in range(2, SOURCES + 1))]
    write(Source, ({"id": n, "title": title} for n, title in enumerate(titles, 1)), kind="news", state=PUBLISHED)
    write(Industry, ({"id": n, "name": name} for n, name in enumerate(words.INDUSTRIES, 1)), state=PUBLISHED)
    levels = [("partner", "示例伙伴"), ("leader", "示例链长")]
    write(Level, ({"id": n, "code": code, "name": name, "rank": n} for n, (code, name) in enumerate(levels, 1)))
    write(Roster, _numbered("title", "名单", ROSTERS), stated="600家", state=PUBLISHED)
    write(Scope, _numbered("name", "范围", SCOPES))
    named = ({**row, "code": f"example-{row['id']}"} for row in _numbered("name", "指标", INDICATORS))
    write(Indicator, named, state=PUBLISHED)


def _numbered(field: str, word: str, count: int) -> Iterator[dict]:
    for number in range(1, count + 1):
        yield {"id": number, field: f"{words.EXAMPLE}{word}{number:02d}"}


def _observations(count: int, chance: Random) -> Iterator[dict]:
    for number in range(1, count + 1):
        yield prepared(
            Observation,
            id=number,
            indicator_id=chance.randint(1, INDICATORS),
            scope_id=chance.randint(1, SCOPES),
            period=chance.choice(PERIODS),
            value=f"{chance.randint(1, 9999)}.{chance.randint(1, 9)}亿元",
            growth=f"{chance.randint(1, 20)}.{chance.randint(1, 9)}%",
            state=PUBLISHED,
        )


def _reset_sequences():
    """Keys were given: PostgreSQL has to be told where to go on counting."""
    models = [Source, Industry, Level, Roster, Scope, Indicator, Observation, Organisation]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
