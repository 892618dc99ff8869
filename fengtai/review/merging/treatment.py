"""What a merge does with all that names a record by anything but a link: each with the reason.

Links move by themselves (`links_to`). A test asks that every other field that can name a record stands here.
"""

MOVES = "It moves to the record that stays."
LED_ON = "It is not rewritten: whoever reads it is led on to the record that stays, and back once the merge is undone."
STAYS = "It tells what was, under the name and number that the record had then."

BY_NUMBER = {  # models that name a row by its kind and its number
    "admin.logentry": STAYS,
    "fengtai.addedonce": STAYS,
    "fengtai.binentry": LED_ON,
    "fengtai.citation": MOVES,
    "fengtai.correction": LED_ON,
    "fengtai.importrow": STAYS,  # a file is planned anew before it is taken
    "fengtai.importwrite": STAYS,
    "fengtai.merge": STAYS,
    "fengtai.pairdecision": LED_ON,
    "fengtai.pendingchange": LED_ON,
    "fengtai.publishedcorrection": LED_ON,
    "fengtai.redaction": STAYS,
    "fengtai.reviewcomment": STAYS,
    "fengtai.trailentry": STAYS,
}
AS_JSON = {  # fields that may hold keys of rows
    "fengtai.binentry.rows": LED_ON,
    "fengtai.importbatch.answers": LED_ON,
    "fengtai.importbatch.counts": STAYS,
    "fengtai.importbatch.notes": STAYS,
    "fengtai.importmemory.answers": LED_ON,
    "fengtai.importmemory.headings": STAYS,
    "fengtai.importrow.changes": STAYS,
    "fengtai.importrow.near": LED_ON,
    "fengtai.importrow.problems": STAYS,
    "fengtai.importwrite.after": STAYS,
    "fengtai.importwrite.before": STAYS,
    "fengtai.merge.stays": STAYS,
    "fengtai.pendingchange.conflicts": STAYS,
    "fengtai.pendingchange.edits": LED_ON,
    "fengtai.trailentry.new": STAYS,
    "fengtai.trailentry.old": STAYS,
}
