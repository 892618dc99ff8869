"""One sentence for each code of what can be wrong or doubtful in a clerk's file (problems.py)."""

from fengtai.values.translatable import N_

MESSAGES = {
    # of the file
    "unknown_list": N_("There is no list “%(name)s”; there are: %(known)s."),
    "no_file": N_("The file cannot be opened: %(reason)s"),
    "not_returned": N_("The marked file cannot be written: %(reason)s"),
    "unknown_user": N_("There is no user “%(name)s”."),
    "database": N_("The database does not answer, or was not migrated: %(reason)s"),
    "no_sheet": N_("No sheet fits this list: its heading row must name “%(heading)s”."),
    "unknown_sheet": N_("The file has no sheet “%(name)s”; it has: %(sheets)s."),
    "unknown_column": N_("The column is not known: say which column of the list it is, or leave it out."),
    "unknown_map": N_("The list has no column “%(name)s”."),
    "duplicate_column": N_("Two columns say the same: “%(other)s” and “%(heading)s”. Leave one out."),
    "missing_column": N_("The column “%(heading)s” is missing; a new record needs it."),
    "too_many_figures": N_("The table holds more than %(most)d figures: bring it in parts."),
    "unmatched": N_("The decision “%(topic)s:%(key)s” is about nothing in the file: correct it, or take it away."),
    "unfit": N_("“%(answer)s” does not answer “%(topic)s:%(key)s”; the answers are: %(choices)s."),
    "undecided": N_("A person must decide first: %(text)s"),
    # of a row
    "required": N_("“%(heading)s” is empty; a new record needs it."),
    "duplicate": N_("The same record stands in row %(rows)s too."),
    "repeat": N_("The row says what row %(row)d says, in every cell: they are one record."),
    "ambiguous": N_("More than one record answers to this: %(names)s."),
    "unknown_id": N_("No record has the platform number %(id)s."),
    "merged_id": N_("The record with the platform number %(id)s was merged into number %(other)s."),
    "id_of_another": N_("The platform number is that of “%(name)s”, but the row describes “%(other)s”."),
    "keys_disagree": N_("The row's cells belong to different records: %(names)s."),
    "other_code": N_("“%(name)s” is on file with the credit code %(known)s: another organisation, or a mistake?"),
    "ends_before_start": N_("It ends before it starts."),
    "nobody_named": N_("The row names nobody who received it."),
    "dates_nothing": N_("The date belongs to no stage: name the stage, or leave the column out."),
    "not_yet": N_("“%(text)s” does not say that it happened: leave the word out, or state when it did."),
    "not_on_path": N_("A project of this kind does not pass the stage “%(text)s”."),
    "nothing_stated": N_("The row states no figure, growth or comparison."),
    "seen_another": N_("The preview was made anew meanwhile: look at it before you take it."),
    "changed_since": N_("The record was changed after the preview."),
    "may_not_add": N_("You have no right to add: %(kind)s. Rows that need it: %(rows)d. %(where)s"),
    "may_not_change": N_("You have no right to change: %(kind)s. Rows that need it: %(rows)d. %(where)s"),
    "may_not_delete": N_("You have no right to delete: %(kind)s. Entries that would be deleted: %(rows)d."),
    "waits_first": N_(
        "%(kind)s “%(name)s” is new and must be reviewed and released before another record can name it: "
        "import it first, without this column."
    ),
    "needs_refused": N_("It needs what row %(row)d of “%(sheet)s” says, and that row is refused."),
    "fault": N_(
        "A fault of the platform, not of the file (%(error)s): nothing was taken, and the file is kept. "
        "Tell whoever runs the platform, and check the file again after the fault is mended."
    ),
    "conflict": N_("The database refused the row: %(reason)s"),
    "other_table": N_("Another table begins here: put it on a sheet of its own, or remove it."),
    "too_many_cells": N_(
        "The row has more cells than there are headings: a text with a separator in it must stand in quotes."
    ),
    "no_remark": N_("The list has no remark to keep what several rows share: choose another answer."),
    "group_or_record": N_(
        "The row is numbered %(mark)s among rows numbered 1, 2, 3: the total of a group? Remove it, or number it alike."
    ),
    "mark_twice": N_("The number %(mark)s stands in row %(rows)s too: two sources of one number."),
    # of a cell
    "excel_error": N_("The cell holds the spreadsheet error %(text)s instead of a value."),
    "not_computed": N_(
        "The formula was never computed (%(text)s): open the file in Excel or WPS, save it there, and send it again."
    ),
    "unknown_format": N_(
        "The cell's number format is not understood (%(text)s), so what it shows is not known: type it as plain text."
    ),
    "sign_hidden": N_("The number is negative, and its format (%(text)s) shows no minus: type what is meant."),
    "year_as_day": N_(
        "A year was typed where the number format (%(text)s) makes a day of it, long ago: type the year as text."
    ),
    "unit_beside": N_(
        "The cell beside it has no heading and states a unit (%(text)s): give its column the heading “单位”."
    ),
    "number_split": N_(
        "A comma cuts the number %(text)s into two cells: put it in quotes, or write it without commas."
    ),
    "unknown_currency": N_("The currency of the cell's number format (%(text)s) is not known: type it with its name."),
    "ditto": N_("“%(text)s” stands under nothing that it could repeat."),
    "wrong_type": N_("The cell holds %(text)s, which this column cannot mean."),
    "too_long": N_("The text has %(length)d characters; %(most)d are kept."),
    "control_character": N_("The text holds a character that cannot be shown."),
    "hidden_character": N_("The text holds a character that no reader sees (%(character)s): type it anew without it."),
    "code_kept": N_("“%(text)s” is left out, and kept as printed in the remark."),
    "damaged": N_("A spreadsheet turned the code into a number and lost digits; type it as text."),
    "day_in_text": N_("A spreadsheet made a date of the text (%(text)s): type the cell anew as text."),
    "no_value": N_("“%(text)s” is how a program writes a missing value: empty the cell, or type what belongs there."),
    "unknown_choice": N_("“%(text)s” is none of: %(choices)s."),
    "kept_as_printed": N_("“%(text)s” is no kind that the list knows; it is kept as printed and the kind not stated."),
    "ring": N_("“%(text)s” leads in a ring back to the record itself."),
    "not_a_number": N_("“%(text)s” is not a whole number."),
    "not_a_date": N_("“%(text)s” is not a date."),
    "not_yes": N_("“%(text)s” is neither yes nor no."),
    "units_disagree": N_("The heading says %(heading_unit)s and the column of units %(unit)s: which?"),
    "replaces_another": N_("A revision speaks of the same indicator, scope and period as what it replaces."),
    "companion": N_("This cell follows “%(heading)s”: change that one."),
    "not_writable": N_("The platform works this column out itself; it cannot be imported."),
    "not_erasable": N_("This cannot be erased."),
    "two_of_a_kind": N_(
        "“%(figure)s” is of the kind of which “%(other)s” states another figure: say of what kind this column is, "
        "or leave it out."
    ),
    "several_on_file": N_(
        "Several figures of this kind are on file (%(names)s): change them on the record's own page."
    ),
    "not_removed": N_("An import does not remove “%(names)s”; remove it on the record's own page."),
    "kept_too": N_("On file stays also: %(names)s."),
    "unknown_reference": N_("%(kind)s “%(text)s” is not on file: create it, name an existing one, or leave it out."),
    "ambiguous_reference": N_("More than one %(kind)s is called “%(text)s”: %(names)s."),
    "cannot_create": N_("%(kind)s “%(text)s” cannot be created by an import."),
    "unknown_source": N_("“%(text)s” is neither in the file's sheet of sources nor on file."),
    "near_match": N_("Is it %(names)s? Until that is said, the row is a new record."),
    "not_kept": N_("There is no place for this in the list; it is not kept."),
    "total_counts": N_("“%(total)s” counts %(stated)s, and %(count)d rows stand there."),
    "total_differs": N_("“%(total)s” states %(stated)s under “%(heading)s”, and its rows come to %(sum)s."),
    "roster_total": N_("The total of a signing, not a record: its figures go to the roster “%(roster)s”."),
    "amount_leap": N_("%(new)s is %(times)s times the earlier %(old)s: 万 or 亿?"),
    "revision": N_("%(old)s stands on file for the same period. A revision must give its reason."),
    "growth_unlike": N_("From %(earlier)s (%(period)s) to %(level)s is %(change)s, not %(growth)s."),
}
