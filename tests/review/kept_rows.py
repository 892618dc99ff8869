"""Rows of every model that stand in one industry, or in none: what a clerk of that industry keeps, and what not."""

from fengtai.records.models import Citation, Record
from fengtai.review.roots import root_of
from partners.models import Contact, Honour, RosterFigure, WorkGroup
from tests import factories
from tests.admin.admin_pages import MODELS, row


def rows_in(industry=None) -> dict[type, object]:
    """One of every model, its record standing in the industry; a contact and a citation among them."""
    found = {model: _made(model) for model in MODELS}
    found[Contact] = factories.contact(organisation=factories.organisation())
    found[Citation] = factories.citation(factories.organisation())
    for one in found.values():
        place_in(root_of(one), industry)
    return found


def place_in(record, industry) -> None:
    """By the first of its links that tell whose it is; of most kinds none does."""
    names = record.belongs_by if isinstance(record, Record) else ()
    link = record._meta.get_field(names[0]) if names else None
    if link is None:
        return
    if link.many_to_many:
        getattr(record, link.name).set([industry] if industry else [])
    else:
        setattr(record, link.name, industry)
        record.save()


def is_kept(one) -> bool:
    """Whether rows like this belong to industries at all, by what its record's model declares."""
    return bool(getattr(type(root_of(one)), "belongs_by", ()))


def _made(model):
    if model is Honour:
        return factories.honour(organisation=factories.organisation())
    if model is RosterFigure:
        return factories.roster_figure(roster=factories.roster())
    if model is WorkGroup:
        return factories.work_group(name=f"示例工作营{WorkGroup.objects.count()}")
    return row(model)
