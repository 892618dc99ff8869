"""The addresses of corrections below the admin's own."""

from django.contrib import admin
from django.urls import path

from fengtai.admin.corrections.list_page import correction_list
from fengtai.admin.corrections.one_page import correction_page

correction_staff_urls = [
    path("admin/corrections/", admin.site.admin_view(correction_list), name="corrections_of_staff"),
    path("admin/corrections/<str:key>/", admin.site.admin_view(correction_page), name="correction_of_staff"),
]
