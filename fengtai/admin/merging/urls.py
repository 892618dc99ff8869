"""The addresses of merging, below the admin's own."""

from django.contrib import admin
from django.urls import path

from fengtai.admin.merging.choosing_page import choosing_page
from fengtai.admin.merging.done_page import done_page
from fengtai.admin.merging.list_page import merge_list, take_decision_back
from fengtai.admin.merging.pair_page import pair_page

_staff = admin.site.admin_view

merge_urls = [
    path("admin/merge/", _staff(merge_list), name="merge"),
    path("admin/merge/done/<str:key>/", _staff(done_page), name="merge_done"),
    path("admin/merge/decided/<str:key>/take-back/", _staff(take_decision_back), name="merge_take_back"),
    path("admin/merge/<str:kind>/<str:key>/", _staff(choosing_page), name="merge_with"),
    path("admin/merge/<str:kind>/<str:first>/<str:second>/", _staff(pair_page), name="merge_pair"),
]
