"""Each figure needs a source that the reader can see, and each row links that are public."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fengtai.records.doors import public_links
from fengtai.records.fields import FigureField
from fengtai.records.findings import Finding, error, warning
from fengtai.review.gathering import Group, Release


def unproved(release: Release) -> Iterator[Finding]:
    """Figures that no public source would state."""
    for group in release.groups:
        hidden = getattr(group.model, "for_staff", ())
        fields = [field for field in group.model._meta.concrete_fields if isinstance(field, FigureField)]
        for field in (field for field in fields if field.name not in hidden):
            for row in group.rows:
                figure = getattr(row, field.name)
                if figure is not None and figure.value is not None:
                    yield from _without_proof(release, group, row, field, figure)


def _without_proof(release: Release, group: Group, row, field, figure) -> Iterator[Finding]:
    citations = _citations(release, group, row, field.name)
    if any(citation.proves_what_shows and release.shows(citation.source) for citation in citations):
        return
    told = {"field": field.verbose_name, "figure": figure}
    hidden = [citation.source for citation in citations if not release.shows(citation.source)]
    if not citations:
        message = _("%(field)s %(figure)s: no source is given for it.") % told
    elif hidden:
        told["sources"] = _(", ").join(dict.fromkeys(map(str, hidden)))
        message = _("%(field)s %(figure)s: its source is not public (%(sources)s).") % told
    else:
        message = _("%(field)s %(figure)s: its citation stays hidden, since it speaks of something not public.") % told
    yield error(message, row, field.name)


def _citations(release: Release, group: Group, row, field: str) -> list:
    """Those of the field or the row as a whole, and those by which its record proves all parts of this kind."""
    own = [citation for citation in release.citations.get(row, ()) if citation.field in ("", field)]
    if not group.relation:
        return own
    record = release.record_of[row]
    return own + [citation for citation in release.citations.get(record, ()) if citation.field == group.relation]


def unseen(release: Release) -> Iterator[Finding]:
    """What would not show for all that it is released: something that it stands on is not public."""
    for group in release.groups:
        for row in group.rows:
            for name in public_links(group.model):
                linked = getattr(row, name)
                if linked is not None and not release.shows(linked):
                    message = _("It will not show: %(link)s is not public.") % {"link": linked}
                    yield warning(message, row, name)
    for row, citations in release.citations.items():
        for source in dict.fromkeys(citation.source for citation in citations):
            if not release.shows(source):
                message = _("What cites %(source)s will not show: this source is not public.") % {"source": source}
                yield warning(message, row, "citations")
