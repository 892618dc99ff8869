"""The partner programme: its conferences, rosters, organisations, memberships, honours, policies and events."""

from partners.models.conferences import Conference, Event
from partners.models.industries import Industry, IndustryEntry
from partners.models.memberships import Honour, Level, Membership
from partners.models.organisations import Contact, Organisation, OrganisationName
from partners.models.policies import Policy, WorkGroup
from partners.models.rosters import NamingEntry, Roster, RosterFigure

__all__ = [
    "Conference",
    "Contact",
    "Event",
    "Honour",
    "Industry",
    "IndustryEntry",
    "Level",
    "Membership",
    "NamingEntry",
    "Organisation",
    "OrganisationName",
    "Policy",
    "Roster",
    "RosterFigure",
    "WorkGroup",
]
