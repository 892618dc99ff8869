"""Users and groups: the frame's own pages, with lists that answer as all others do."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User

from fengtai.import_pages.admin_lists import GuardedLists

admin.site.unregister([User, Group])


@admin.register(User)
class GuardedUserAdmin(GuardedLists, UserAdmin):
    pass


@admin.register(Group)
class GuardedGroupAdmin(GuardedLists, GroupAdmin):
    pass
