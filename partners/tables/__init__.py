"""The columns of the programme's lists."""

from partners.tables.conferences import ConferenceTable, EventTable
from partners.tables.industries import IndustryTable, PolicyTable
from partners.tables.organisations import OrganisationTable, PartnerTable
from partners.tables.rosters import HonourTable, MembershipTable, RosterTable

__all__ = [
    "ConferenceTable",
    "EventTable",
    "HonourTable",
    "IndustryTable",
    "MembershipTable",
    "OrganisationTable",
    "PartnerTable",
    "PolicyTable",
    "RosterTable",
]
