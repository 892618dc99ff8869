"""What every admin page does; may import import_pages, importing, lists, naming, records, search and values."""

from fengtai.admin import people, record_admin  # noqa: F401 - the admin looks here for what to register
