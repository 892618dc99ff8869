"""How a record's sentences begin, in the words of more than one list."""

from django.utils.translation import gettext_lazy as _

IN, SINCE, LISTED = _("in %(fact)s"), _("since %(fact)s"), _("listed in %(fact)s")
ALSO_CALLED, IN_INDUSTRY = _("also called %(fact)s"), _("in the industry %(fact)s")
