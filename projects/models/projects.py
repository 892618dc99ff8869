"""Projects as a source states them: what is not said stays empty."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fengtai.records.constraints import Check, Unique
from fengtai.records.fields import FigureField
from fengtai.records.histories import History
from fengtai.records.models import Bilingual, Labelled, Part, Record
from fengtai.records.querysets import RecordQuerySet
from fengtai.search.fields import SearchField, SortKeyField
from fengtai.values.fitting_units import AREAS
from partners.models import Industry, NamingEntry, Organisation, Roster, WorkGroup
from projects.models.places import Place
from projects.models.stages import later_than, on_path, rank


class ProjectQuerySet(RecordQuerySet):
    def with_stage(self):
        """Adds `current_stage`, empty where no stage is known, and `stage_rank`, how far it is.

        No column keeps it: it changes with every entry, however written, and whenever one is held back.
        """
        log = _log(self.model).annotate(rank=rank("stage")).order_by("-rank")
        stage, far = (Subquery(log.values(name)[:1]) for name in ("stage", "rank"))
        return self.annotate(current_stage=Coalesce(stage, Value("")), stage_rank=far)


def _log(model):
    """What says how far projects have come."""
    return model._meta.get_field("stages").related_model.objects.reached()


class Project(Bilingual, Record):
    """A project promoted, signed or announced. Its title may be unknown: a firm signed, and nobody said what."""

    class Kind(models.TextChoices):
        COMMERCE = "commerce", _("Commerce")
        INDUSTRY = "industry", _("Industry")
        PLATFORM = "platform", _("Platform")
        INFRASTRUCTURE = "infrastructure", _("Infrastructure")
        FUND = "fund", _("Fund")

    class Status(models.TextChoices):
        ON_TRACK = "on-track", _("On track")
        DELAYED = "delayed", _("Delayed")
        SUSPENDED = "suspended", _("Suspended")
        TERMINATED = "terminated", _("Terminated")
        LOST = "lost", _("Lost")
        COMPLETED = "completed", _("Completed")

    title = models.CharField(_("title"), max_length=200, blank=True, db_index=True)
    other_names = models.TextField(_("other names"), blank=True, help_text=_("One a line; a search finds them all."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    industries = models.ManyToManyField(Industry, blank=True, related_name="projects", verbose_name=_("industries"))
    organisations = models.ManyToManyField(
        Organisation, through="projects.Party", related_name="projects", verbose_name=_("parties")
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("place")
    )
    location = models.CharField(_("location as printed"), max_length=100, blank=True)
    floor_area = FigureField(_("area"), blank=True, units=AREAS)
    floor_area_of = models.CharField(_("what the area covers"), max_length=50, blank=True)
    scale = models.CharField(
        _("scale as printed"), max_length=200, blank=True, help_text=_("Where a source says more than an area.")
    )
    claim = models.CharField(_("claim as printed"), max_length=100, blank=True)
    summary = models.TextField(_("what is stated"), blank=True)
    region = models.CharField(_("region"), max_length=50, blank=True)
    remark = models.TextField(_("internal remark"), blank=True, help_text=_("Staff only."))
    rosters = models.ManyToManyField(
        Roster, through="projects.ProjectEntry", related_name="projects", verbose_name=_("rosters")
    )
    work_group = models.ForeignKey(
        WorkGroup, models.PROTECT, null=True, blank=True, related_name="projects", verbose_name=_("work group")
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    status_reason = models.CharField(_("reason of the status"), max_length=200, blank=True)

    search = SearchField(
        "title",
        "other_names",
        texts=("name_en", "summary", "location", "claim", "floor_area", "floor_area_of", "scale", "region"),
        choices_called=("kind", "status"),
    )
    sort_key = SortKeyField("title")
    for_staff, proved_as = ("remark", "work_group", "status_reason"), ("project", "stage")

    objects = ProjectQuerySet.as_manager()
    list_name = "projects"
    belongs_by = ("industries", "work_group")

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ("sort_key", "pk")
        indexes = [
            models.Index(fields=("sort_key", "id"), name="project_order"),
            models.Index(fields=("kind", "sort_key", "id"), name="project_kind"),
            models.Index(fields=("status", "sort_key", "id"), name="project_status"),
            models.Index(fields=("location", "sort_key", "id"), name="project_location"),
        ]

    label_paths = ("title", "name_en", "party_names")

    @staticmethod
    def label(title, name_en, parties):
        return Bilingual.label(title, name_en) or gettext("%(parties)s (project not named)") % {
            "parties": parties or "—"
        }

    @classmethod
    def label_columns(cls, prefix):
        """A project without a title is known by whoever comes first."""
        shown = Party.objects.filter(Party.public_condition(known=("project",)))
        first = shown.filter(project=OuterRef(f"{prefix}pk")).order_by("pk")[:1]
        name = Coalesce(NullIf("printed", Value("")), "organisation__name")
        return [F(f"{prefix}title"), F(f"{prefix}name_en"), Subquery(first.values_list(name))]

    @classmethod
    def at_stage(cls, code: str) -> Q:
        """Projects whose current stage it is; of the empty code those of which none is known."""
        log = _log(cls)
        if not code:
            return ~Q(Exists(log))
        return Q(Exists(log.filter(stage=code))) & cls._no_further_than(code)

    @classmethod
    def entries_at_stage(cls, code: str) -> Q:
        """The same, asked by way of the log: finds the first of few projects without looking at the others."""
        released = cls._meta.get_field("stages").related_model.released_condition("stages__")
        return released & on_path("stages__stage", "kind") & Q(stages__stage=code) & cls._no_further_than(code)

    @classmethod
    def _no_further_than(cls, code: str) -> Q:
        return ~Q(Exists(_log(cls).filter(later_than(code))))

    @property
    def party_names(self) -> str:
        """As far as the public may know them."""
        names = (party.printed or party.organisation.name for party in self.parties.all() if party.is_public)
        return gettext(", ").join(dict.fromkeys(names))


class Party(Part, Labelled):
    """Who takes part in a project and as what: an organisation on file, or words of the source.

    It stands on the page of its project alone. The source's own words would name a hidden organisation too: while the
    organisation is not public, neither is the party.
    """

    class Role(models.TextChoices):
        SIGNATORY = "signatory", _("Signatory")
        INVESTOR = "investor", _("Investor")
        INITIATOR = "initiator", _("Initiator")
        BUILDER = "builder", _("Builder")
        OPERATOR = "operator", _("Operator")
        OWNER = "owner", _("Project unit")

    project = models.ForeignKey(Project, models.CASCADE, related_name="parties", verbose_name=_("project"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="parties", verbose_name=_("organisation")
    )
    printed = models.CharField(_("as printed"), max_length=100, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    search = SearchField("printed", choices_called=("role",))
    history = History()

    owner = ("project",)
    public_through = ("organisation",)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("pk",)
        constraints = [
            Check(
                condition=Q(organisation__isnull=False) | ~Q(printed=""),
                name="party_names_somebody",
                tells=_("Choose the organisation, or give the words of the source."),
            ),
            Unique(
                fields=("project", "organisation", "role"),
                name="party_once_in_a_role",
                tells=_("The organisation takes part in this role already."),
            ),
        ]

    label_paths = ("printed", "organisation__name", "organisation__name_en", "role")

    @staticmethod
    def label(printed, organisation, organisation_en, role):
        """For English readers by the name in English, where one is on file, and not by the words of the source."""
        name = Bilingual.label(printed or organisation, organisation_en)
        return gettext("%(name)s (%(role)s)") % {"name": name, "role": Party.Role(role).label}


class ProjectEntry(NamingEntry):
    """A project that a published list of promoted or signed projects names."""

    roster = models.ForeignKey(Roster, models.PROTECT, related_name="project_entries", verbose_name=_("roster"))
    project = models.ForeignKey(Project, models.CASCADE, related_name="entries", verbose_name=_("project"))

    owner = ("project",)
    counted_once_per = "project"

    class Meta(NamingEntry.Meta):
        verbose_name = _("project on a roster")
        verbose_name_plural = _("projects on rosters")
        constraints = [
            Unique(
                fields=("roster", "project"),
                name="project_once_on_a_roster",
                tells=_("This project stands on this roster already."),
            )
        ]
