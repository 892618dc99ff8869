"""Where Django looks for an app's models: they stand in records/ and review/."""

from fengtai.records.models import (
    AddedOnce,
    BinEntry,
    Citation,
    ImportBatch,
    ImportMemory,
    ImportRow,
    ImportWrite,
    Redaction,
    Source,
)
from fengtai.records.trail.entries import TrailEntry
from fengtai.review.accounts.first_passwords import FirstPassword
from fengtai.review.comments import ReviewComment
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.pending import PendingChange

__all__ = [
    "AddedOnce",
    "BinEntry",
    "Citation",
    "FirstPassword",
    "ImportBatch",
    "ImportMemory",
    "ImportRow",
    "ImportWrite",
    "Merge",
    "PairDecision",
    "PendingChange",
    "Redaction",
    "ReviewComment",
    "Source",
    "TrailEntry",
]
