"""What pairs of editors change: records of several kinds with their rows, and what two people type in them."""

import itertools
from random import Random

from fengtai.records.models import Record
from indicators.models import Observation
from partners.models import (
    Conference,
    Contact,
    Membership,
    Organisation,
    OrganisationName,
    Policy,
    Roster,
    RosterFigure,
)
from projects.models import Amount, Party, Place, Project
from tests import factories

FIELDS = {
    Organisation: ("address", "region", "website", "introduction", "remark"),
    Project: ("summary", "location", "claim", "region", "remark"),
    Place: ("location", "region", "area", "remark"),
    Roster: ("note", "name_en", "stated"),
    Observation: ("comparison", "coverage", "value", "remark"),
    Policy: ("issuer", "number", "summary"),
    Conference: ("venue", "theme", "aim"),
}
ROWS = {  # of which rows what is typed, on which page
    Membership: (Organisation, ("printed", "since")),
    OrganisationName: (Organisation, ("name",)),
    Contact: (Organisation, ("post", "phone")),
    Party: (Project, ("printed",)),
    Amount: (Project, ("figure", "as_of")),
    RosterFigure: (Roster, ("name",)),
}
IMPORTED = ("address", "region", "website", "introduction")
MADE = {
    OrganisationName: {"kind": "former"},
    Contact: {"name": "示例人"},
    Party: {"role": "signatory"},
    RosterFigure: {"figure": "三成以上"},
}
SPECIAL = {
    "website": "https://example.com/{}",
    "area": "{}平方米",
    "stated": "{}家",
    "value": "{}亿元",
    "figure": "{}亿元",
    "phone": "010-{}",
    "since": "{}年",
    "as_of": "{}年",
}
FACTORIES = {OrganisationName: "organisation_name", RosterFigure: "roster_figure"}
PROVED = (Amount, RosterFigure)  # figures, none of which is published without a source
YEARS = ("since", "as_of")
_numbers = itertools.count(1000)


def new_value(name: str) -> str:
    """Typed by nobody else, as far as a field goes."""
    number = next(_numbers)
    return SPECIAL.get(name, "示例{}").format(1960 + number % 60 if name in YEARS else number)


def record(model: type[Record], *, state: str) -> Record:
    """One that may be released: all that is typed in it has a source."""
    names = {field.name for field in model._meta.fields} & {"name", "title"}
    named = {name: f"示例{next(_numbers)}号单位" for name in names}  # two alike ask for a second look
    if model is Observation:
        named = {"indicator": factories.indicator(code=f"pair-{next(_numbers)}", name=f"示例指标{next(_numbers)}")}
    maker = getattr(factories, model._meta.model_name)
    found = maker(state=state, **named)
    source = factories.source()
    for field in FIELDS[model]:
        if field != "remark":
            factories.citation(found, field=field, source=source)
    return found


def row(model, parent):
    name = ROWS[model][1][0]
    start = {} if name == "figure" else {name: new_value(name)}
    found = getattr(factories, FACTORIES.get(model, model._meta.model_name))(**{_link(model): parent}, **start)
    if model in PROVED:
        factories.citation(found, field="figure")
    return found


def typed_beside(model) -> dict:
    """What a row that is added says besides."""
    if model is Membership:
        return {"level": factories.level().pk}
    return {"kind": "agreed"} if model is Amount else MADE[model]


def _link(model) -> str:
    return ROWS[model][0]._meta.model_name


def some_fields(rng: Random, names: tuple[str, ...], *, same: bool) -> tuple[list[str], list[str]]:
    """What each of two changes: at least one field in common, or none."""
    shuffled = rng.sample(names, len(names))
    first, second, *others = shuffled
    if same:
        return [first, *others[:1]], [second, first][-1 - rng.randrange(2) :]
    return [first, *others[:1]], [second, *others[1:2]]
