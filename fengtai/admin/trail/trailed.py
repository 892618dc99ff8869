"""Admin classes whose writes stand in the trail, and so not in Django's log as well."""


class Trailed:
    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None
