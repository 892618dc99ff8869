"""What stands below the desk: the lists, with what can be added or imported, and what changed this week."""

from datetime import timedelta

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from fengtai.import_pages.access import importable_lists

LAST = ("auth", "axes")  # accounts after the records
LEFT_OUT = ("django_tasks_database",)
WEEK = timedelta(days=6)  # and today


def ways_on(request) -> dict:
    apps = [app for app in admin.site.get_app_list(request) if app["app_label"] not in LEFT_OUT]
    imports = {page.table.model(): page.name for page in importable_lists(request.user) if page.detail}
    for app in apps:
        for model in app["models"]:
            model["import_list"] = imports.get(model["model"], "")
            model["name_in_page"] = model["object_name"].lower()
    return {"apps": sorted(apps, key=lambda app: app["app_label"] in LAST), "week_address": _this_week()}


def _this_week() -> str:
    """Nothing where the site has no such page."""
    try:
        return f"{reverse('trail')}?since={timezone.localdate() - WEEK}"
    except NoReverseMatch:
        return ""
