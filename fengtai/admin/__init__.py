"""What every admin page does; may import import_pages, importing, review, lists, naming, records, search and values."""

from fengtai.admin import bin_pages, people, record_admin  # noqa: F401 - the admin looks here for what to register
