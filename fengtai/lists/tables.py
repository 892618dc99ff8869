"""A list's columns, named once: the page, the files, the detail page and the API are read from them."""

from dataclasses import dataclass
from functools import cache

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from fengtai.lists.citation_columns import CitationsColumn
from fengtai.lists.columns import ChoiceColumn, Column
from fengtai.lists.ordering import Order
from fengtai.lists.record_columns import RecordColumn
from fengtai.lists.sentences import Sentence, told_by
from fengtai.lists.value_columns import DateColumn, PeriodColumn
from fengtai.records.anchors import proof_address
from fengtai.records.models import Source
from fengtai.records.paths import joined, links_read
from fengtai.search.fields import SortKeyField, following


@dataclass(frozen=True)
class Headline:
    """A figure for the home page: its order there, what it is, and the record that holds it in the field `held_as`.

    `subject` is what the figure is one of many of; then its page tells more than that of the one record.
    """

    order: int
    label: str
    figure: object
    growth: object
    period: object
    record: object
    held_as: str = "value"
    subject: object = None

    @property
    def address(self) -> str:
        return (self.subject or self.record).get_absolute_url()

    @property
    def proof(self) -> str:
        return proof_address(self.record, self.held_as)

    @property
    def growth_proof(self) -> str:
        return proof_address(self.record, "growth")


class ListTable(tables.Table):
    """The columns of one list. Subclasses declare columns and `Meta.model`.

    What stands in a list of `staff` shows what is hidden, too.
    """

    staff = False
    do_not_call_in_templates = True  # templates read what the class says
    title = ""  # the list's own title where it is not the model's plural
    intro = ""
    asked_as = ""  # words by which readers ask for this list beside its title, parted by blanks
    card = ""  # the template that prints one of its records large, on the page of a conference
    thing = ""  # what schema.org calls one of its records, if it knows such things
    thing_says: dict[str, str] = {}  # by the name of schema.org, the column that says it
    sentences: tuple[Sentence, ...] = ()  # in which a record's page tells of it, before the other facts
    told_above: tuple[str, ...] = ()  # columns that a page of its own tells before the other facts in another way
    beside_figures: tuple[str, ...] = ()  # columns that tell what any of its figures speaks of
    import_title = ""  # what is imported into it, where its title would promise something else
    import_names: tuple[str, ...] = ()  # what the command that imports calls it, where that is not the list's own name
    charts = ()  # what is drawn above the list and on the pages of its records (fengtai.pages.charts.declared)
    newest_card = ""  # the template that shows its newest record at the top of the home page

    @classmethod
    def rows(cls):
        """The rows of the list."""
        return cls.base()

    @classmethod
    def base(cls):
        """All rows, with what the columns read beside the model's own; which of them is asked elsewhere."""
        return cls.model().objects.all()

    @classmethod
    def loaded(cls, rows):
        """Rows with what their labels and cards read beside them."""
        return joined(rows, links_read(cls.model()))

    @classmethod
    def in_order(cls, rows):
        """Rows in the list's own order, as far as the public may know what tells it; rows ordered otherwise stay so."""
        return rows if rows.query.order_by else cls.order(cls.model()._meta.ordering).apply(rows)

    @classmethod
    def order(cls, paths, *, descending: bool = False) -> Order:
        """Such an order of the list, as far as those who see it may know what tells it."""
        return Order(cls.model(), paths, descending=descending, staff=cls.staff)

    @classmethod
    def sources_of(cls, rows):
        """The sources that state any of some rows."""
        return ()

    @classmethod
    @cache
    def told(cls) -> set[str]:
        """The columns that a record's page tells before its other facts."""
        return {*cls.told_above, *told_by(cls.sentences)}

    @classmethod
    def siblings(cls, record):
        """Other rows of the list that belong together with a record; None where the list knows no such thing."""
        return

    @classmethod
    def revised(cls, record) -> tuple[object, str] | None:
        """What a record has taken the place of and, in words, what that changed; None of one that replaces nothing
        that the public may see."""
        return None

    @classmethod
    def beside(cls, record) -> dict:
        """What a record's own template tells beside what all pages of records tell."""
        return {}

    @classmethod
    def headlines(cls) -> list[Headline]:
        """Figures of this list for the home page."""
        return []

    @classmethod
    def kept_as(cls) -> str:
        """What of it is remembered is named by this: what staff see must never be taken for what all see."""
        return f"{cls.__module__}.{cls.__qualname__}"

    @classmethod
    def model(cls):
        return cls._meta.model

    @classmethod
    def list_title(cls) -> str:
        return str(cls.title or cls.model()._meta.verbose_name_plural)

    @classmethod
    @cache
    def seen_rows(cls):
        """The same rows, for questions to start from; stating them anew costs as much as reading a page of them."""
        return cls.rows()

    @classmethod
    @cache
    def declared(cls, *, detail: bool = True) -> dict[str, Column]:
        """The columns by name, in order; without those that only detail pages and files show if `detail` is False."""
        columns = {name: cls.base_columns[name] for name in cls.in_sequence()}
        return {name: column for name, column in columns.items() if detail or not column.detail_only}

    @classmethod
    def in_sequence(cls) -> list[str]:
        """The names of the columns as they follow each other."""
        return list(cls.base_columns)

    @classmethod
    @cache
    def names(cls, *, detail: bool = True) -> tuple[str, ...]:
        return tuple(cls.declared(detail=detail))

    @classmethod
    @cache
    def sortable(cls) -> dict[str, tuple[str, ...]]:
        """Columns that the list can be sorted by, and their database columns; none that a reader cannot see."""
        columns = {name: column.sort_by(name) for name, column in cls.may_be_sorted().items()}
        named = [field.name for field in following(cls.model()) if isinstance(field, SortKeyField)]
        # What is equal stands in the order of names.
        return {name: (*paths, *(key for key in named if key not in paths)) for name, paths in columns.items() if paths}

    @classmethod
    def may_be_sorted(cls) -> dict[str, Column]:
        return cls.declared(detail=False)

    @classmethod
    def label(cls, name: str) -> str:
        return str(cls.lazy_label(name))

    @classmethod
    def lazy_label(cls, name: str):
        column = cls.base_columns[name]
        return column.verbose_name or cls.model()._meta.get_field(name).verbose_name


class RecordTable(ListTable):
    """A list of records: the public ones alone. Every such list ends with its sources."""

    doubt = Column(verbose_name=_("to be checked"), detail_only=True)
    checked_on = DateColumn(verbose_name=_("checked against the source"), detail_only=True)
    sources = CitationsColumn(verbose_name=_("source"))

    @classmethod
    def rows(cls):
        return cls.model().objects.public()

    @classmethod
    def in_sequence(cls):
        return [*(name for name in cls.base_columns if name not in COMMON), *COMMON]

    @classmethod
    def sources_of(cls, rows):
        return Source.objects.cited_by(rows, staff=cls.staff)


COMMON = list(RecordTable.base_columns)  # the columns that every list ends with


class SourceTable(RecordTable):
    source = RecordColumn(verbose_name=_("title of the source"), itself=True, sort=("sort_key",))
    kind = ChoiceColumn()
    publisher = Column()
    published = PeriodColumn()
    number = Column(applies="number")
    url = Column(detail_only=True)

    intro = _("What the figures and names on this site were taken from.")
    thing = "CreativeWork"
    thing_says = {"publisher": "publisher", "datePublished": "published", "url": "url"}
    asked_as = _("reports documents")

    class Meta:
        model = Source
        fields = ()
