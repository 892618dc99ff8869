"""Lifts every lock on signing in, and enters each in the trail: for where no administrator can sign in."""

from django.core.management.base import BaseCommand

from fengtai.operations.telling import in_both
from fengtai.review.accounts.lockouts import locked_out, unlock
from fengtai.values.translatable import N_


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        lifted = sum(unlock(lockout, by=None) for lockout in locked_out())
        self.stdout.write(in_both(N_("Locks lifted: %(count)d"), count=lifted))
