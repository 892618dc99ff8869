"""Where Django looks for an app's models: they stand in records/."""

from fengtai.records.models import Citation, ImportBatch, ImportRow, ImportWrite, Source

__all__ = ["Citation", "ImportBatch", "ImportRow", "ImportWrite", "Source"]
