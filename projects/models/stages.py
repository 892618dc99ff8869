"""The stages a project can pass, and the path that each kind of project takes."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    LEAD = "lead", _("Lead")
    TALKS = "talks", _("In talks")
    ANNOUNCED = "announced", _("Announced")
    PROPOSED = "proposed", _("Proposed")
    SIGNED = "signed", _("Signed")
    REGISTERED = "registered", _("Registered")
    STARTED = "started", _("Construction started")
    PRODUCING = "producing", _("In production")
    FULL = "full", _("At full capacity")


# Announced (将建设) is not built, and says nothing of a contract: it stands before signing.
PATH = (
    Stage.LEAD,
    Stage.TALKS,
    Stage.ANNOUNCED,
    Stage.SIGNED,
    Stage.REGISTERED,
    Stage.STARTED,
    Stage.PRODUCING,
    Stage.FULL,
)
# A fund is proposed, agreed and registered; nothing is built.
FUND_PATH = (Stage.LEAD, Stage.TALKS, Stage.PROPOSED, Stage.SIGNED, Stage.REGISTERED)


FUND = "fund"  # the kind of project that passes the other path


def path_of(kind: str) -> tuple[Stage, ...]:
    """The stages that a kind of project may pass, in their order; a source may state a later one first."""
    return FUND_PATH if kind == FUND else PATH


def on_path(stage: str, kind: str) -> Q:
    """Entries of a stage that their project passes; both are the columns' paths."""
    is_fund = Q(**{kind: FUND})
    passed = [code for code in FUND_PATH if code in PATH]
    aside = [(is_fund, set(FUND_PATH) - set(PATH)), (~is_fund, set(PATH) - set(FUND_PATH))]
    condition = Q(**{f"{stage}__in": passed})
    for kinds, codes in aside:
        condition |= kinds & Q(**{f"{stage}__in": sorted(codes)})
    return condition


def later_than(code: str) -> Q:
    """Entries of a stage after one, on whichever path; stages are declared in their order.

    Said by what they are not: SQLite would look for each later stage, and not once among the few of a project.
    """
    return ~Q(stage__in=Stage.values[: Stage.values.index(code) + 1])


def rank(stage: str) -> Case:
    """How far a stage is, to compare entries by; `stage` is the column's path."""
    whens = [When(**{stage: code, "then": Value(number)}) for number, code in enumerate(Stage.values)]
    return Case(*whens, output_field=models.IntegerField())
