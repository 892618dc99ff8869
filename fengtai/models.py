"""Where Django looks for an app's models: they stand in records/."""

from fengtai.records.models import AddedOnce, BinEntry, Citation, ImportBatch, ImportRow, ImportWrite, Redaction, Source

__all__ = ["AddedOnce", "BinEntry", "Citation", "ImportBatch", "ImportRow", "ImportWrite", "Redaction", "Source"]
