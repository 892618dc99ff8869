"""The last passwords of a person, as the framework keeps the present one: they can be checked and not read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UsedPassword(models.Model):
    """One that its owner chose, the present one too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="used_passwords")
    password = models.CharField(_("password"), max_length=128)  # hashed
    at = models.DateTimeField(_("chosen"), default=timezone.now)

    class Meta:
        verbose_name = _("used password")
        verbose_name_plural = _("used passwords")
        ordering = ("-at", "-pk")
        default_permissions = ()

    def __str__(self):
        return str(self.user)


def was_used(user, password: str) -> bool:
    """Slow by intent, as every check of a password is: a third of a second for each that is remembered."""
    kept = user.used_passwords.values_list("password", flat=True)[: settings.PASSWORDS_REMEMBERED]
    return any(check_password(password, one) for one in kept)


def keep_used(user) -> None:
    """One is kept in any case: it tells how old the password is."""
    user.used_passwords.create(password=user.password)
    kept = user.used_passwords.values_list("pk", flat=True)[: max(settings.PASSWORDS_REMEMBERED, 1)]
    user.used_passwords.exclude(pk__in=[*kept]).delete()


def is_too_old(user) -> bool:
    """Whether it was chosen longer ago than passwords last here; they last for ever unless PASSWORD_DAYS is set."""
    if not settings.PASSWORD_DAYS:
        return False
    last = user.used_passwords.values_list("at", flat=True).first() or user.date_joined
    return last < timezone.now() - timedelta(days=settings.PASSWORD_DAYS)
