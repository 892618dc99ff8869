from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FengtaiConfig(AppConfig):
    name = "fengtai"
    verbose_name = _("Sources")
