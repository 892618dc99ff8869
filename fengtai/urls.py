"""The site map: one line per list. The only module that names the subjects."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from fengtai.admin.accounts.own_password import password_urls
from fengtai.admin.asking import asking_urls
from fengtai.admin.corrections.urls import correction_staff_urls
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
from fengtai.pages.corrections.urls import correction_urls
from fengtai.pages.frame_pages import frame_urls
from fengtai.pages.list_views import list_urls
from fengtai.pages.open_data.urls import data_urls, site_urls
from fengtai.pages.openapi import description
from fengtai.pages.search_page import search
from fengtai.pages.views import home
from indicators.filters import IndicatorFilter, ObservationFilter
from indicators.tables import IndicatorTable, ObservationTable
from partners import filters as partner_filters
from partners import tables as partner_tables
from projects.filters import PlaceFilter, ProjectFilter
from projects.tables import PlaceTable, ProjectTable

urlpatterns = i18n_patterns(
    path("", home, name="home"),
    path("search/", search, name="search"),
    *frame_urls,
    # In the order in which people ask: the menu shows the first eight at once, the home page all.
    *list_urls("partners", partner_tables.PartnerTable, partner_filters.PartnerFilter, detail=False),
    *list_urls("projects", ProjectTable, ProjectFilter),
    *list_urls("places", PlaceTable, PlaceFilter),
    *list_urls("policies", partner_tables.PolicyTable, partner_filters.PolicyFilter),
    # Where observations stood until 2026; no code of an indicator is a number.
    path("indicators/<int:pk>/", RedirectView.as_view(pattern_name="observations-detail", permanent=True)),
    *list_urls("indicators", IndicatorTable, IndicatorFilter),
    *list_urls("conferences", partner_tables.ConferenceTable, partner_filters.ConferenceFilter),
    *list_urls("organisations", partner_tables.OrganisationTable, partner_filters.OrganisationFilter),
    *list_urls("industries", partner_tables.IndustryTable, partner_filters.IndustryFilter),
    *list_urls("honours", partner_tables.HonourTable, partner_filters.HonourFilter),
    *list_urls("rosters", partner_tables.RosterTable, partner_filters.RosterFilter),
    *list_urls("observations", ObservationTable, ObservationFilter),
    *list_urls("memberships", partner_tables.MembershipTable, partner_filters.MembershipFilter),
    *list_urls("events", partner_tables.EventTable, partner_filters.EventFilter),
    *list_urls("sources", SourceTable, SourceFilter),
    *correction_urls,
    path("api/openapi.json", description, name="openapi"),
    *data_urls,
    path("admin/current-source/", choose_source, name="current_source"),
    path("admin/reading/<slug:kind>/", reading, name="reading"),
    path("admin/attachments/<path:name>", attachment, name="attachment"),
    path("admin/autocomplete/", offered, name="autocomplete"),  # instead of the admin's own at this address
    *desk_urls,
    *correction_staff_urls,
    *asking_urls,
    *password_urls,
    *review_urls,
    *trail_urls,
    *merge_urls,
    *guide_urls,
    path("admin/", admin.site.urls),
    prefix_default_language=False,
)
urlpatterns += site_urls("home", "data", "api")
handler400 = "fengtai.pages.views.bad_request"
handler500 = "fengtai.operations.failing.error_page"
