"""What stands below the desk: the lists, with what can be added or imported, and what changed this week."""

from django.contrib import admin
from django.urls import reverse

from fengtai.admin.imports.access import importable_lists

LAST = ("auth", "axes")  # accounts after the records
LEFT_OUT = ("django_tasks_database",)
WEEK = "week"


def ways_on(request) -> dict:
    apps = [app for app in admin.site.get_app_list(request) if app["app_label"] not in LEFT_OUT]
    imports = {page.table.model(): page.name for page in importable_lists(request.user) if page.detail}
    for app in apps:
        for model in app["models"]:
            model["import_list"] = imports.get(model["model"], "")
            model["name_in_page"] = model["object_name"].lower()
    week = f"{reverse('trail')}?when={WEEK}"
    return {"apps": sorted(apps, key=lambda app: app["app_label"] in LAST), "week_address": week}
