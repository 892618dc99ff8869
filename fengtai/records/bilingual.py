"""Records with a name in each language."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fengtai.records.labelled import Labelled
from fengtai.records.paths import value_at


class Bilingual(Labelled):
    """Something named in Chinese, and in English where somebody does name it so: English readers are told both.

    Its label is made of the name, the name in English, and whatever else tells it.
    """

    name_en = models.CharField(_("name in English"), max_length=200, blank=True)

    label_paths = ("name", "name_en")

    class Meta:
        abstract = True

    @staticmethod
    def label(name, name_en):
        return name_en if name_en and get_language() == "en" else name

    @classmethod
    def published_name(cls, *parts):
        name, name_en, *_others = parts
        return name if name_en and name_en != name and get_language() == "en" else ""

    @property
    def name_beside(self) -> str:
        """The name as published, for pages that say the English one."""
        return self.published_name(*(value_at(self, path) for path in self.label_paths))
