"""The password that an account begins with: made here, told once, and to be changed by whoever signs in with it."""

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import models, transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from fengtai.records.trail.entering import Act, Way, enter
from fengtai.review.accounts.used_passwords import is_too_old

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is read as another: no 0 or o, no 1, i or l
PARTS, LENGTH = 4, 4  # xk7m-pq4n-rt9w-hd3e: 79 bits


class FirstPassword(models.Model):
    """That an account still has the password it was given; never the password."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="first_password"
    )
    given_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("first password")
        verbose_name_plural = _("first passwords")
        default_permissions = ()

    def __str__(self):
        return str(self.user)


@transaction.atomic
def give_password(user, *, by) -> str:
    """A new password, which nobody can read again; with it all sessions of the account end."""
    password = "-".join(get_random_string(LENGTH, LETTERS) for _part in range(PARTS))
    user.password = make_password(password)
    user.save(update_fields=["password"])
    FirstPassword.objects.update_or_create(user=user)
    enter(Act.PASSWORD, by=by, record=user, way=Way.ACCOUNTS, why=str(_("first password given")))
    return password


@transaction.atomic
def own_password_chosen(user) -> None:
    FirstPassword.objects.filter(user=user).delete()
    enter(Act.PASSWORD, by=user, record=user, way=Way.ACCOUNTS, why=str(_("chosen by its owner")))


def must_change(user) -> bool:
    """Before anything else opens."""
    return was_given(user) or is_too_old(user)


def was_given(user) -> bool:
    return FirstPassword.objects.filter(user_id=user.pk).exists()
