"""The addresses of review, below the admin's own."""

from django.contrib import admin
from django.urls import path

from fengtai.admin.review.bulk import many
from fengtai.admin.review.one_page import review_page
from fengtai.admin.review.preview import preview
from fengtai.admin.review.queue_page import queue
from fengtai.admin.review.withdrawing import withdrawing

_staff = admin.site.admin_view

review_urls = [
    path("admin/review/", _staff(queue), name="review"),
    path("admin/review/many/", _staff(many), name="review_many"),
    path("admin/review/<str:kind>/<str:key>/", _staff(review_page), name="review_page"),
    path("admin/review/<str:kind>/<str:key>/preview/", _staff(preview), name="review_preview"),
    path("admin/review/<str:kind>/<str:key>/withdraw/", _staff(withdrawing), name="review_withdraw"),
]
