"""What is wrong with several answers together: a range that holds nothing, a number whose unit nobody can tell."""

from django import forms
from django.utils.translation import gettext

from fengtai.lists.amounts import EXAMPLE, Amount

UNITS_TOLD = 6  # units that a message names


class QuestionForm(forms.Form):
    """The form of a list's questions; `asked` is the filter set that it belongs to."""

    asked = None

    def clean(self):
        amounts = {name: value for name, value in self.cleaned_data.items() if isinstance(value, Amount)}
        for name, amount in amounts.items():
            self._require_unit(name, amount)
            self._refuse_unit(name, amount)
            self._refuse_empty_range(name, amount, amounts)
        return self.cleaned_data

    def _require_unit(self, name: str, amount: Amount):
        units = [] if amount.unit else self._units_among(name, amount)
        if len(units) > 1:
            named = gettext(", ").join(units[:UNITS_TOLD])
            told = gettext("These figures are in several units (%(units)s): write the unit, too, such as %(example)s.")
            self.add_error(name, told % {"units": named, "example": EXAMPLE})

    def _refuse_unit(self, name: str, amount: Amount):
        units = self.asked.filters[name].units
        if amount.unit and units and amount.unit not in units:
            told = gettext("These figures are in %(units)s, not in %(unit)s.")
            self.add_error(name, told % {"units": gettext(", ").join(units[:UNITS_TOLD]), "unit": amount.unit})

    def _units_among(self, name: str, amount: Amount) -> list[str]:
        """The units of the figures that would answer by this number, under the other questions."""
        asked, rows = self.asked.filters[name], self.asked.queryset
        for other, answer in self.cleaned_data.items():
            if other not in ("q", name):
                rows = self.asked.filters[other].filter(rows, answer)
        column = f"{asked.figure}_unit"
        return list(asked.filter(rows, amount).order_by(column).values_list(column, flat=True).distinct())

    def _refuse_empty_range(self, name: str, amount: Amount, amounts: dict[str, Amount]):
        """Said beside the upper end, once."""
        question = self.asked.filters[name]
        for other, least in amounts.items():
            if question.compared != "lte" or not self.asked.filters[other].begins(question):
                continue
            if bool(least.unit) != bool(amount.unit) and not question.units:  # else its label says which is meant
                told = gettext("“%(least)s” and “%(most)s”: write the unit with both numbers.")
            elif least.unit and amount.unit and least.unit != amount.unit:
                told = gettext("“%(least)s” and “%(most)s” are in two units: no figure is both.")
            elif least.value > amount.value:
                told = gettext("From %(least)s up and at most %(most)s: no figure is both.")
            else:
                continue
            self.add_error(name, told % {"least": least.typed, "most": amount.typed})
