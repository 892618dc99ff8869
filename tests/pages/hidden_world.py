"""Everything that is hidden, made of every model and linked from public rows in every way that the models allow."""

from fengtai.records.doors import public_links
from fengtai.records.models import Citation, Kept, Record, Source
from fengtai.records.redactions import filled, redact
from tests.pages.marked_rows import (
    fields_for_staff,
    forget_hubs,
    hidden_states,
    hub,
    links_of,
    many_links_of,
    marked,
    no_days,
    plain,
    records,
    site_models,
    somebody,
    staff_models,
    values,
)


def make_hidden_world() -> list:
    """The hidden rows; whatever else is there afterwards is public."""
    forget_hubs()
    for model in site_models():
        if model in records():
            hub(model)
    shown = [model for model in site_models() if model not in staff_models() and model is not Citation]
    hidden = [row for model in shown for row in (*_hidden(model), *_hidden_with_parents(model))]
    for model in staff_models():
        marked(model)
    for model in records():
        _replaced_while_hidden(model)
        _redacted(model)
    for model in site_models():
        _link_to_hidden(model, hidden)
    for row in [*hidden, *(hub(model) for model in records())]:
        if isinstance(row, Kept):
            _cite(row, hidden)
    return hidden


def _hidden(model) -> list:
    return [marked(model, **state) for state in hidden_states(model).values()]


def _hidden_with_parents(model) -> list:
    """Rows that nothing hides but what they are public through, such as their owner, in each of its states."""
    links = [model._meta.get_field(name) for name in public_links(model)]
    parents = [(link.name, parent) for link in links for parent in _hidden(link.related_model)]
    return [marked(model, **{name: parent}) for name, parent in parents]


def _replaced_while_hidden(model) -> None:
    """Public rows whose marked texts were typed before the public could see them."""
    for state in hidden_states(model).values():
        _say_plainly(marked(model, **state))
    for name in public_links(model):
        parent = plain(model._meta.get_field(name).related_model, state="draft")
        row = _say_plainly(marked(model, **{name: parent}))
        parent.state = Record.State.PUBLISHED
        parent.save()
        _say_plainly(row)


def _redacted(model) -> None:
    """A public row whose first version was marked, all of which was blanked; when it was checked cannot be."""
    row = marked(model, checked_on=None)
    first = row.history.last()
    _say_plainly(row)
    for name in filled(first):
        if getattr(first, name) != getattr(row, name):
            redact(version=first, field=name, by=somebody(), why="示例")


def _say_plainly(row):
    if isinstance(row, Record):
        row.publish_at = None
    for name, value in values(type(row), marked=False).items():
        setattr(row, name, value)
    row.save()
    return row


def _link_to_hidden(model, hidden: list) -> None:
    """Public rows that link to hidden ones, or did in an earlier version."""
    for link in links_of(model):
        targets = [row for row in hidden if type(row) is link.related_model]
        if link.name in public_links(model):
            continue  # such rows are hidden themselves
        for target in targets:
            row = plain(model, **{link.name: target})
            if isinstance(row, Kept):
                _cite_field(row, link.name)
        if targets and not link.unique:
            _name_no_day(model, link, targets[0])
        if targets and model in records() and not link.unique:
            turned = plain(model, **{link.name: targets[0]})
            setattr(turned, link.name, hub(link.related_model))
            turned.save()
    for link in many_links_of(model) if model in records() else ():
        targets = [row for row in hidden if type(row) is link.related_model]
        getattr(hub(model), link.name).add(*(targets or link.related_model.objects.all()))
        hub(model).save()


def _name_no_day(model, link, target) -> None:
    """Public rows without a day of their own, at the end of links of which the last is hidden."""
    row = plain(model, **{link.name: target}, **no_days(model))
    for other in site_models():
        for back in links_of(other) if other not in staff_models() else ():
            if back.related_model is model and not back.unique:
                plain(other, **{back.name: row}, **no_days(other))


def _cite_field(row, name: str) -> None:
    """What a public source says of a field that is hidden."""
    Citation.objects.create(record=row, source=hub(Source), **values(Citation, marked=True) | {"field": name})


def _cite(row, hidden: list) -> None:
    """Hidden records by a public source, public ones by hidden sources, and by citations that are held back."""
    if row in hidden:
        sources = [hub(Source)]
    else:
        Citation.objects.create(record=row, source=hub(Source), **values(Citation, marked=True) | {"held_back": True})
        Citation.objects.create(record=row, source=hub(Source), words="示例", paragraph=2)
        sources = [source for source in hidden if type(source) is Source]
        for name in (*fields_for_staff(type(row)), "state", "示例"):
            _cite_field(row, name)
    for source in sources:
        for field in ("", row._meta.concrete_fields[1].name):
            said = {**values(Citation, marked=True), "field": field}
            Citation.objects.create(record=row, source=source, **said)


def is_public(row) -> bool:
    return type(row).objects.public().filter(pk=row.pk).exists()
