"""The public addresses of corrections."""

from django.urls import path

from fengtai.pages.corrections.views import corrections, new_report, receipt

correction_urls = [
    path("corrections/", corrections, name="corrections"),
    path("corrections/new/", new_report, name="correction_new"),
    path("corrections/<str:number>/", receipt, name="correction"),
]
