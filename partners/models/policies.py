"""Policies and plans, and the work groups that carry them out."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fengtai.records.fields import FigureField, PeriodField
from fengtai.records.models import Bilingual, Record
from fengtai.search.fields import SearchField, SortKeyField
from partners.models.rosters import Entry


class Policy(Bilingual, Record):
    """A plan, policy, list or rule, under the short name by which sources speak of it."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("Plan")
        POLICY = "policy", _("Policy")
        SERVICE = "service", _("Service")
        LIST = "list", _("List")
        RULE = "rule", _("Rule")
        CLASSIFICATION = "classification", _("Classification")

    class Status(models.TextChoices):
        IN_FORCE = "in-force", _("In force")
        EXPIRED = "expired", _("Expired")
        REPEALED = "repealed", _("Repealed")

    name = models.CharField(_("short name"), max_length=100)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    number = models.CharField(_("document number"), max_length=100, blank=True)
    issuer = models.CharField(_("issuer"), max_length=100, blank=True)
    valid = PeriodField(_("valid"), blank=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    stated = FigureField(_("stated count"), blank=True)
    industries = models.ManyToManyField(
        "partners.Industry", blank=True, related_name="policies", verbose_name=_("industries")
    )
    summary = models.CharField(_("what is stated"), max_length=200, blank=True)

    search = SearchField(
        "name",
        "full_name",
        texts=("name_en", "number", "issuer", "summary", "valid", "stated"),
        choices_called=("kind", "status"),
    )
    sort_key = SortKeyField()

    list_name = "policies"
    may_lie_ahead = ("valid",)
    belongs_by = ("industries",)

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ("sort_key", "pk")
        indexes = [models.Index(fields=("sort_key", "id"), name="policy_order")]


class WorkGroup(Entry, Record):
    """A work group (产业工作营) that keeps the records of its own industries."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    industries = models.ManyToManyField(
        "partners.Industry", blank=True, related_name="work_groups", verbose_name=_("industries")
    )
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="work_groups", verbose_name=_("staff")
    )

    class Meta:
        verbose_name = _("work group")
        verbose_name_plural = _("work groups")
        ordering = ("name", "pk")

    def get_absolute_url(self):
        return self.roster.get_absolute_url() if self.roster else ""
