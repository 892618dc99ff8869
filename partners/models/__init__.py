"""The partner programme: its conferences, rosters, organisations, memberships, honours, policies and events."""

from partners.models.conferences import Conference, Event
from partners.models.industries import Industry, IndustryEntry
from partners.models.memberships import Honour, Level, Membership
from partners.models.organisations import Contact, Organisation, OrganisationName
from partners.models.policies import Policy, WorkGroup
from partners.models.rosters import Entry, Roster, RosterFigure

__all__ = [
    "Conference",
    "Contact",
    "Entry",
    "Event",
    "Honour",
    "Industry",
    "IndustryEntry",
    "Level",
    "Membership",
    "Organisation",
    "OrganisationName",
    "Policy",
    "Roster",
    "RosterFigure",
    "WorkGroup",
]
