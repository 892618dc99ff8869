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
from fengtai.review.accounts.used_passwords import UsedPassword
from fengtai.review.comments import ReviewComment
from fengtai.review.corrections.models import Correction, PublishedCorrection
from fengtai.review.merges import Merge, PairDecision
from fengtai.review.pending import PendingChange

__all__ = [
    "AddedOnce",
    "BinEntry",
    "Citation",
    "Correction",
    "FirstPassword",
    "ImportBatch",
    "ImportMemory",
    "ImportRow",
    "ImportWrite",
    "Merge",
    "PairDecision",
    "PendingChange",
    "PublishedCorrection",
    "Redaction",
    "ReviewComment",
    "Source",
    "TrailEntry",
    "UsedPassword",
]
