"""The stages a project can pass, and the path that each kind of project takes."""

from django.db import models
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


def path_of(kind: str) -> tuple[Stage, ...]:
    """The stages that a kind of project may pass, in their order; a source may state a later one first."""
    return FUND_PATH if kind == "fund" else PATH
