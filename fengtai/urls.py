"""The site map: one line per list. The only module that names the subjects."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path

from fengtai.admin.accounts.own_password import password_urls
from fengtai.admin.asking import asking_urls
from fengtai.admin.current_source import choose_source
from fengtai.admin.desk.urls import desk_urls
from fengtai.admin.guide import guide_urls
from fengtai.admin.merging.urls import merge_urls
from fengtai.admin.offering import offered
from fengtai.admin.review.urls import review_urls
from fengtai.admin.trail.pages import trail_urls
from fengtai.admin.views import attachment, reading
from fengtai.lists.filters import SourceFilter
from fengtai.lists.tables import SourceTable
from fengtai.pages.list_views import list_urls
from fengtai.pages.openapi import description
from fengtai.pages.views import home, search
from indicators.filters import ObservationFilter
from indicators.tables import ObservationTable
from partners import filters as partner_filters
from partners import tables as partner_tables
from projects.filters import PlaceFilter, ProjectFilter
from projects.tables import PlaceTable, ProjectTable

urlpatterns = i18n_patterns(
    path("", home, name="home"),
    path("search/", search, name="search"),
    *list_urls("partners", partner_tables.PartnerTable, partner_filters.OrganisationFilter, detail=False),
    *list_urls("organisations", partner_tables.OrganisationTable, partner_filters.OrganisationFilter),
    *list_urls("memberships", partner_tables.MembershipTable, partner_filters.MembershipFilter),
    *list_urls("honours", partner_tables.HonourTable, partner_filters.HonourFilter),
    *list_urls("rosters", partner_tables.RosterTable, partner_filters.RosterFilter),
    *list_urls("places", PlaceTable, PlaceFilter),
    *list_urls("projects", ProjectTable, ProjectFilter),
    *list_urls("indicators", ObservationTable, ObservationFilter),
    *list_urls("industries", partner_tables.IndustryTable, partner_filters.IndustryFilter),
    *list_urls("policies", partner_tables.PolicyTable, partner_filters.PolicyFilter),
    *list_urls("events", partner_tables.EventTable, partner_filters.EventFilter),
    *list_urls("conferences", partner_tables.ConferenceTable, partner_filters.ConferenceFilter),
    *list_urls("sources", SourceTable, SourceFilter),
    path("api/openapi.json", description, name="openapi"),
    path("admin/current-source/", choose_source, name="current_source"),
    path("admin/reading/<slug:kind>/", reading, name="reading"),
    path("admin/attachments/<path:name>", attachment, name="attachment"),
    path("admin/autocomplete/", offered, name="autocomplete"),  # instead of the admin's own at this address
    *desk_urls,
    *asking_urls,
    *password_urls,
    *review_urls,
    *trail_urls,
    *merge_urls,
    *guide_urls,
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
handler400 = "fengtai.pages.views.bad_request"
