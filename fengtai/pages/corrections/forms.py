"""The form of a report: what no reader sees is refused at its field, and nothing typed is lost."""

import time
import uuid
from functools import partial

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fengtai.records.text_rules import check_text
from fengtai.review.corrections.models import LONGEST

SALT = "fengtai.pages.corrections"
LEAST = 2  # seconds in which nobody reads the form and fills it in
MOST = 7 * 24 * 3600  # seconds for which a form that is left open may be sent
TRAP = "website"  # a field that nobody sees and robots fill in


class Words(forms.CharField):
    """A text that shows all it holds. Lines are counted as the browser counts them."""

    def __init__(self, *, has_lines: bool = False, **kwargs):
        widget = forms.Textarea({"rows": 4}) if has_lines else forms.TextInput()
        super().__init__(**{"widget": widget, **kwargs})
        self.validators = [one for one in self.validators if not isinstance(one, ProhibitNullCharactersValidator)]
        self.validators.append(partial(check_text, has_lines=has_lines))

    def to_python(self, value):
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class Email(Words, forms.EmailField):
    def __init__(self, **kwargs):
        super().__init__(widget=forms.EmailInput({"autocomplete": "email"}), **kwargs)


class ReportForm(forms.Form):
    """`subject` is what the address names, if it names anything public."""

    about = Words(
        label=gettext_lazy("Which page?"),
        max_length=300,
        help_text=gettext_lazy("Its address, or in words what is shown there."),
    )
    field = forms.ChoiceField(label=gettext_lazy("Which of its facts?"), required=False)
    wrong = Words(label=gettext_lazy("What is wrong?"), max_length=LONGEST, has_lines=True)
    right = Words(
        label=gettext_lazy("What is right?"),
        max_length=LONGEST,
        has_lines=True,
        required=False,
        help_text=gettext_lazy("If you know it; as it should stand here."),
    )
    how = Words(
        label=gettext_lazy("How do you know?"),
        max_length=LONGEST,
        has_lines=True,
        help_text=gettext_lazy("A document, the address of a page, or that it is your own firm."),
    )
    email = Email(label=gettext_lazy("E-mail"), max_length=254, required=False)
    telephone = Words(
        label=gettext_lazy("Telephone"), max_length=40, required=False, widget=forms.TextInput({"autocomplete": "tel"})
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, subject=None, **kwargs):
        super().__init__(*args, auto_id="report-%s", **kwargs)
        self.subject = subject
        named = [(name, label) for name, (label, _text) in subject.shown.items()] if subject else []
        self.fields["field"].choices = [("", _("the whole page")), *named]
        if not named:
            del self.fields["field"]

    def clean_about(self):
        """What looks like an address must lead to something public; anything else is said in words."""
        said = self.cleaned_data["about"]
        if self.subject is None and said.startswith(("/", "http:", "https:")):
            raise ValidationError(_("There is no public page of this site at that address."), code="unknown")
        return said

    def clean(self):
        """Who fills in what nobody sees, or is faster than anybody reads, is told what to do."""
        if self.data.get(TRAP):
            raise ValidationError(_("Leave the field that is marked so empty, and send the form again."), code="trap")
        token, age = read_stamp(self.data.get("stamp", ""))
        if token is None or not LEAST <= age <= MOST:
            raise ValidationError(
                _("The form was sent too quickly, or was open for too long: send it again."), code="age"
            )
        return {**self.cleaned_data, "token": token}


def new_stamp() -> str:
    """What a form carries along: its token, and when it was shown, signed."""
    return signing.dumps([str(uuid.uuid4()), time.time()], salt=SALT)


def read_stamp(stamp: str) -> tuple[uuid.UUID | None, float]:
    """The token, and how many seconds ago the form was shown; no token where the stamp is not ours."""
    try:
        token, shown_at = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return None, 0
    return uuid.UUID(token), time.time() - shown_at


def kept_stamp(stamp: str) -> str:
    """The same for a form that is shown again, so that it stays one report; another where it is not good any more."""
    token, age = read_stamp(stamp)
    return stamp if token is not None and age <= MOST else new_stamp()
