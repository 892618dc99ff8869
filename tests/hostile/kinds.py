"""What requests are sent to, as reports count it."""

PUBLIC, LISTS, HISTORY, STAFF = "public", "admin lists", "histories", "other pages of staff"
FORMS = "forms"
KINDS = (PUBLIC, LISTS, HISTORY, STAFF, FORMS)
