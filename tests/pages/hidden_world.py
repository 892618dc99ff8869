"""Everything that is hidden, made of every model and linked from public rows in every way that the models allow."""

from fengtai.records.models import Citation, Record, Source
from tests.pages.marked_rows import (
    HIDDEN_STATES,
    forget_hubs,
    hub,
    links_of,
    many_links_of,
    marked,
    plain,
    records,
    site_models,
    staff_models,
    values,
)


def make_hidden_world() -> list[Record]:
    """The hidden rows; whatever else is there afterwards is public."""
    forget_hubs()
    for model in site_models():
        if model in records():
            hub(model)
    hidden = [row for model in records() for row in _hidden(model)]
    hidden += [row for model in site_models() if model not in staff_models() for row in _hidden_with_parents(model)]
    for model in staff_models():
        marked(model)
    for model in records():
        _replaced_while_hidden(model)
    for model in site_models():
        _link_to_hidden(model, hidden)
    for row in [*hidden, *(hub(model) for model in records())]:
        _cite(row, hidden)
    return hidden


def _hidden(model) -> list[Record]:
    return [marked(model, **state) for state in HIDDEN_STATES.values()]


def _hidden_with_parents(model) -> list:
    """Published rows, each hidden with one of those that it is public through."""
    links = [model._meta.get_field(name) for name in getattr(model, "public_through", ())]
    if model is Citation:
        return []
    return [marked(model, **{link.name: marked(link.related_model, state="draft")}) for link in links]


def _replaced_while_hidden(model) -> None:
    """Public rows whose marked texts were typed before the public could see them."""
    for state in ("draft", "embargoed"):
        _say_plainly(marked(model, **HIDDEN_STATES[state]))
    for name in model.public_through:
        parent = plain(model._meta.get_field(name).related_model, state="draft")
        row = _say_plainly(marked(model, **{name: parent}))
        parent.state = Record.State.PUBLISHED
        parent.save()
        _say_plainly(row)


def _say_plainly(row):
    for name, value in {**values(type(row), marked=False), "publish_at": None}.items():
        setattr(row, name, value)
    row.save()
    return row


def _link_to_hidden(model, hidden: list) -> None:
    """Public rows that link to hidden ones, or did in an earlier version."""
    for link in links_of(model):
        targets = [row for row in hidden if type(row) is link.related_model]
        if link.name in getattr(model, "public_through", ()):
            continue  # such rows are hidden themselves
        for target in targets:
            plain(model, **{link.name: target})
        if targets and model in records() and not link.unique:
            turned = plain(model, **{link.name: targets[0]})
            setattr(turned, link.name, hub(link.related_model))
            turned.save()
    for link in many_links_of(model) if model in records() else ():
        targets = [row for row in hidden if type(row) is link.related_model]
        getattr(hub(model), link.name).add(*(targets or link.related_model.objects.all()))
        hub(model).save()


def _cite(row, hidden: list) -> None:
    """Hidden records by a public source, public ones by hidden sources."""
    if row in hidden:
        sources = [hub(Source)]
    else:
        Citation.objects.create(record=row, source=hub(Source), words="示例", paragraph=2)
        sources = [source for source in hidden if type(source) is Source]
    for source in sources:
        for field in ("", row._meta.concrete_fields[1].name):
            said = {**values(Citation, marked=True), "field": field}
            Citation.objects.create(record=row, source=source, **said)


def is_public(row) -> bool:
    return type(row).objects.public().filter(pk=row.pk).exists()
