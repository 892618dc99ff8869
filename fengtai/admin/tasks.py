"""The queue of long work, to administrators of the server: whatever is asked of the list, it answers."""

from django.contrib import admin
from django_tasks_db.admin import DBTaskResultAdmin
from django_tasks_db.models import DBTaskResult

from fengtai.admin.guards.lists import GuardedLists

admin.site.unregister(DBTaskResult)


@admin.register(DBTaskResult)
class TaskAdmin(GuardedLists, DBTaskResultAdmin):
    pass
