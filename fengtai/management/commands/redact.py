"""Blanks a value in every old version that holds it: `manage.py redact partners.organisation 12 --version-id 345 …`."""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from fengtai.records.models import Kept
from fengtai.records.redactions import said_done
from fengtai.review.forgetting import redact_everywhere


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("model", help="the kind of record, as app.model")
        parser.add_argument("record", type=int, help="the record's number")
        parser.add_argument("--version-id", type=int, required=True, help="as the address of its history page names it")
        parser.add_argument("--field", required=True)
        parser.add_argument("--by", required=True, help="the user name of whoever decides it")
        parser.add_argument("--why", required=True)

    def handle(self, model, record, version_id, field, by, why, **options):
        version = self._version(model, record, version_id)
        user = get_user_model().objects.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(_("There is no active user “%(name)s”.") % {"name": by})
        try:
            done = redact_everywhere(version=version, field=field, by=user, why=why)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(said_done(version, field, done))

    def _version(self, label: str, record: int, version_id: int):
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError) as error:
            raise CommandError(str(error)) from error
        if not issubclass(model, Kept):
            raise CommandError(_("“%(name)s” is no kind of record.") % {"name": label})
        version = model.history.filter(pk=version_id, **{model._meta.pk.attname: record}).first()
        if version is None:
            raise CommandError(_("The record has no such version."))
        return version
