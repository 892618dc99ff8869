"""What every admin page does; may import imports, importing, review, lists, naming, records, search and values."""

from fengtai.admin import accounts, bin_pages, record_admin, tasks  # noqa: F401 - the admin looks here for what to register
