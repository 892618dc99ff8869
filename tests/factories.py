"""The smallest valid row of every model: `organisation(name="示例甲")`."""

from functools import partial

from fengtai.lists.site import site_lists
from fengtai.records.models import Citation, Part, Record, Source
from indicators.models import Indicator, Observation, Scope
from partners.models import (
    Conference,
    Contact,
    Event,
    Honour,
    Industry,
    Level,
    Membership,
    Organisation,
    OrganisationName,
    Policy,
    Roster,
    RosterFigure,
    WorkGroup,
)
from projects.models import Amount, Party, Place, Project, StageEntry
from tests.pages.marked_rows import forget_hubs, plain

PUBLISHED = Record.State.PUBLISHED


def _published(model, defaults: dict, given: dict):
    state = {} if issubclass(model, Part) else {"state": PUBLISHED}
    return model.objects.create(**{**state, **defaults, **given})


def source(**given):
    return _published(Source, {"title": "示例来源", "kind": "news"}, given)


def citation(record, **given):
    given.setdefault("source", Source.objects.first() or source())
    return Citation.objects.create(record=record, **{"paragraph": 1, "words": "示例", **given})


def industry(**given):
    return _published(Industry, {"name": f"示例产业{Industry.objects.count()}"}, given)


def conference(**given):
    return _published(Conference, {"name": "示例大会", "held": "2024年4月23日"}, given)


def roster(**given):
    return _published(Roster, {"title": "示例名单", "stated": "600家"}, given)


def roster_figure(**given):
    given.setdefault("roster", Roster.objects.first() or roster())
    return _published(RosterFigure, {"name": "示例占比", "figure": "三成以上"}, given)


def organisation(**given):
    return _published(Organisation, {"name": "示例单位"}, given)


def organisation_name(**given):
    given = given | {"organisation": given.get("organisation") or organisation()}
    return OrganisationName.objects.create(**{"name": "示例别名", "kind": "short", **given})


def contact(**given):
    given = given | {"organisation": given.get("organisation") or organisation()}
    return Contact.objects.create(**{"name": "示例联系人", **given})


def level(**given):
    return Level.objects.get_or_create(code=given.pop("code", "partner"), defaults={"name": "示例伙伴", **given})[0]


def membership(**given):
    given = given | {"organisation": given.get("organisation") or organisation()}
    given = given | {"level": given.get("level") or level()}
    return _published(Membership, {}, given)


def partner(**given):
    """An organisation with a membership."""
    found = organisation(**given)
    membership(organisation=found)
    return found


def honour(**given):
    return _published(Honour, {"title": "示例荣誉", "printed": "示例单位"}, given)


def policy(**given):
    return _published(Policy, {"name": "示例政策", "kind": "policy"}, given)


def work_group(**given):
    return _published(WorkGroup, {"name": "示例工作营"}, given)


def event(**given):
    return _published(Event, {"title": "示例事件", "kind": "achievement"}, given)


def place(**given):
    return _published(Place, {"name": "示例大厦"}, given)


def project(**given):
    return _published(Project, {"title": "示例项目"}, given)


def party(**given):
    given = given | {"project": given.get("project") or project()}
    return Party.objects.create(**{"printed": "示例单位", "role": "signatory", **given})


def amount(**given):
    given = given | {"project": given.get("project") or project()}
    return _published(Amount, {"kind": "total", "figure": "3.5亿元"}, given)


def stage_entry(**given):
    given = given | {"project": given.get("project") or project()}
    return _published(StageEntry, {"stage": "signed"}, given)


def scope(**given):
    return Scope.objects.get_or_create(name=given.get("name", "示例区"))[0]


def indicator(**given):
    number = Indicator.objects.count()
    return _published(Indicator, {"name": f"示例指标{number}", "code": f"example-{number}"}, given)


def observation(**given):
    given = given | {"indicator": given.get("indicator") or indicator()}
    given = given | {"scope": given.get("scope") or scope()}
    return _published(Observation, {"value": "2187.5亿元", "period": "2023年"}, given)


class ListRows(dict):
    """A factory per list of the site map; of a list without one, its row is made from the model's fields."""

    def __missing__(self, name: str):
        model = next(page.table.model() for page in site_lists() if page.name == name)
        return partial(made_row, model)


def made_row(model, **given):
    """A row of a model without a factory of its own, as its fields ask for it."""
    forget_hubs()
    return plain(model, **given)


LIST_ROWS = ListRows(
    partners=partner,
    organisations=organisation,
    memberships=membership,
    honours=honour,
    rosters=roster,
    places=place,
    projects=project,
    indicators=indicator,
    observations=observation,
    industries=industry,
    policies=policy,
    events=event,
    conferences=conference,
    sources=source,
)
