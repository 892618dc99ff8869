"""The addresses of the desk: the admin's own first page, and one for each queue."""

from django.contrib import admin
from django.urls import path

from fengtai.admin.desk.pages import desk, queue_page

_staff = admin.site.admin_view

desk_urls = [
    path("admin/", _staff(desk), name="desk"),  # instead of the admin's own at this address
    path("admin/desk/<slug:name>/", _staff(queue_page), name="desk_queue"),
]
