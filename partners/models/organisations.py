"""Organisations by every name they go by, and the people to call, who stay on the staff side."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as pgettext

from fengtai.records.constraints import Check, Unique
from fengtai.records.fields import PeriodField
from fengtai.records.histories import History
from fengtai.records.mergeable import Mergeable
from fengtai.records.models import Bilingual, Labelled, Part
from fengtai.records.naming.name_keys import NameKeyField
from fengtai.records.querysets import RecordQuerySet
from fengtai.search.fields import SearchField, SortKeyField
from partners.credit_codes import check_credit_code, normalise_credit_code
from partners.merging import OrganisationMerging
from partners.models.memberships import Membership


class CreditCodeField(models.CharField):
    """A credit code, normalised when it is read from a form, a fixture or a workbook; absent codes are NULL."""

    default_validators = [check_credit_code]
    text_only = True  # a spreadsheet that takes it for a number loses its last digits

    def deconstruct(self):
        """Migrations see a plain text."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def to_python(self, value):
        return normalise_credit_code(value) or None if value is not None else None

    def get_prep_value(self, value):
        return self.to_python(value)


class OrganisationQuerySet(RecordQuerySet):
    def partners(self):
        """Those with a public membership: being named in a report does not make a firm a partner."""
        return self.filter(Exists(Membership.objects.public().filter(organisation=OuterRef("pk"))))


class Organisation(Bilingual, Mergeable):
    """A firm, institute, alliance or office under the name a source gives it."""

    class Kind(models.TextChoices):
        FIRM = "firm", _("Firm")
        INSTITUTE = "institute", _("Research institute")
        UNIVERSITY = "university", _("University")
        BODY = "body", _("Body")
        GOVERNMENT = "government", _("Government office")
        ALLIANCE = "alliance", _("Alliance")
        CHAMBER = "chamber", _("Chamber of commerce")
        PLATFORM = "platform", _("Platform")

    name = models.CharField(_("name as published"), max_length=100, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    kind_as_printed = models.CharField(_("kind as printed"), max_length=50, blank=True)
    credit_code = CreditCodeField(_("credit code"), max_length=18, null=True, blank=True)
    industries = models.ManyToManyField(
        "partners.Industry", blank=True, related_name="organisations", verbose_name=_("industries")
    )
    region = models.CharField(_("region"), max_length=50, blank=True)
    standing = models.CharField(
        _("standing as printed"),
        max_length=100,
        blank=True,
        help_text=_("What a source calls it, where that is no level."),
    )
    standing_since = PeriodField(_("standing since"), blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    website = models.URLField(_("website"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    remark = models.TextField(_("internal remark"), blank=True, help_text=_("Staff only."))

    search = SearchField("name", texts=("name_en", "credit_code", "standing"), choices_called=("kind",))
    sort_key = SortKeyField()
    name_key = NameKeyField()
    for_staff = ("remark",)
    belongs_by = ("industries",)
    merging = OrganisationMerging(names="names", printed="printed")

    objects = OrganisationQuerySet.as_manager()
    list_name = "organisations"

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("sort_key", "pk")
        indexes = [
            models.Index(fields=("sort_key", "id"), name="organisation_order"),
            models.Index(fields=("kind", "sort_key", "id"), name="organisation_kind"),
            models.Index(fields=("region", "sort_key", "id"), name="organisation_region"),
            models.Index(fields=("credit_code", "sort_key", "id"), name="organisation_credit_code"),
            models.Index(fields=("name_key", "id"), name="organisation_name_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("credit_code",),
                name="organisation_credit_code_unique",
                violation_error_message=_("Another organisation has this credit code."),
            ),
            Check(
                condition=Q(credit_code=None) | Q(credit_code__gt=Value("")),
                name="organisation_credit_code_absent_is_null",
                tells=_("A code that is not known is left empty."),
            ),
        ]


class OrganisationName(Part, Labelled):
    """Another name of an organisation. Similar names never merge two organisations by themselves."""

    class Kind(models.TextChoices):
        FULL = "full", _("Full name")
        SHORT = "short", _("Short name")
        FORMER = "former", _("Former name")
        ENGLISH = "english", _("English name")
        OTHER = "other", _("Other name")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=100, db_index=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    search = SearchField("name")
    name_key = NameKeyField()
    history = History()

    owner = ("organisation",)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ("pk",)  # as they were entered
        indexes = [models.Index(fields=("name_key", "organisation"), name="organisation_other_name_key")]
        constraints = [
            Unique(
                fields=("organisation", "name"),
                name="organisation_name_once",
                tells=_("The organisation has this name already."),
            ),
        ]


class Contact(Labelled):
    """A person to call at an organisation: personal data, for staff only."""

    staff_only = True  # no public page shows it
    personal = ("phone", "email")

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="contacts", verbose_name=_("organisation")
    )
    name = models.CharField(pgettext("person", "name"), max_length=50)
    post = models.CharField(_("post"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("kept by")
    )

    owner = ("organisation",)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ("name", "pk")
