"""The current source: chosen once by a member of staff, it stays on top of every form, and pins cite it.

It is kept in the session. A form sends back which source it showed, so that what is cited is what its reader saw, also
where another one was chosen in another window meanwhile.
"""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fengtai.admin.guards.keys import is_key
from fengtai.importing.taking.rights import ADD, may, may_view
from fengtai.records.models import Citation, Source

KEPT = "current_source"  # in the session
SHOWN = "pin_source"  # as a form says which one it was shown with
ACT_FORM = "act_form"  # the form of a record's button, which has no pins
OFFERED = 10  # sources to choose from at once


def may_pin(user) -> bool:
    return may(user, Citation, ADD) and may_view(user, Source)


def shown_with(request) -> Source | None:
    """The source that the form sent was shown with: what its pins cite."""
    if not hasattr(request, "shown_source"):
        request.shown_source = _source(request.POST.get(SHOWN, ""))
    return request.shown_source


def current_source(request) -> Source | None:
    return shown_with(request) or _source(request.session.get(KEPT, ""))


def _source(key) -> Source | None:
    if not is_key(str(key)):
        return None
    return Source.objects.filter(pk=int(key)).defer("full_text").first()


@dataclass
class Bar:
    """What stands on top of a form: `form` is the HTML id of the form whose pins it rules, "" on a page of its own."""

    source: Source | None
    back: str = ""
    form: str = ""
    pins_all: bool = False
    sought: str = ""
    offered: tuple | list = ()
    told: str = ""

    @property
    def has_pins(self) -> bool:
        return self.form not in ("", ACT_FORM)


@staff_member_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_source(request):
    """Chooses or clears the current source: a part of the page for a script, else a page that leads back."""
    if not may_pin(request.user):
        raise PermissionDenied
    bar = Bar(current_source(request), _address(request), request.POST.get("form", "")[:100])
    is_settled = request.method == "POST" and _settle(request, bar)
    if request.headers.get("X-Requested-With") == "fetch":
        return render(request, "admin/_current_source.html", {"bar": bar})
    if is_settled and bar.back:
        return redirect(bar.back)
    title = {**admin.site.each_context(request), "title": _("Current source")}
    return render(request, "admin/current_source.html", {**title, "bar": bar})


def _address(request) -> str:
    """Where the page leads back to: a path on this site, or nowhere."""
    said = request.POST.get("next", "") or request.GET.get("next", "")
    is_here = url_has_allowed_host_and_scheme(said, allowed_hosts=None) and said.startswith("/")
    return said if is_here and said != reverse("current_source") else ""


def _settle(request, bar: Bar) -> bool:
    """Whether the choice is made; if not, the bar offers what could be meant, or tells that there is nothing."""
    if "clear" in request.POST:
        request.session.pop(KEPT, None)
        bar.source = None
        return True
    bar.sought = request.POST.get("q", "").strip()[:200]
    found = _meant(request, bar.sought)
    if len(found) == 1:
        [bar.source] = found
        request.session[KEPT] = bar.source.pk
        bar.sought = ""
        return True
    bar.offered = found[:OFFERED]
    if not found:
        bar.told = _("No source is found by this.")
    elif len(found) > OFFERED:
        bar.told = _("More are found: type more of the title.")
    return False


def _meant(request, sought: str) -> list[Source]:
    """The source pressed, the one of exactly this title, or those that the admin's own search finds."""
    if "source" in request.POST:
        pressed = _source(request.POST["source"])
        return [pressed] if pressed else []
    rows = Source.objects.defer("full_text")
    exact = list(rows.filter(title=sought.replace("\x00", ""))[:2])
    if len(exact) == 1:
        return exact
    return list(admin.site.get_model_admin(Source).offered(rows, sought)[: OFFERED + 1])
