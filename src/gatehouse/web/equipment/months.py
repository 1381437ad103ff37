"""The month that a page of equipment is about; it stands in the address."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from gatehouse.platform.profile import profile
from gatehouse.web.clock import CLOCK

#: Months that can be chosen, the running one included.
_OFFERED = 24


class MonthForm(forms.Form):
    month = forms.ChoiceField(label=gettext_lazy("Month"))

    def __init__(self, data: object, *, today: date) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(_name(month), _name(month)) for month in _months(today)]


def chosen(request: HttpRequest) -> tuple[MonthForm, date | None, tuple[date, date] | None]:
    """The form, the first day of the month (None where the address names none that is offered), and its days that are
    over, first and last; None where none is over yet."""
    today = profile().agency.day(CLOCK.now())
    form = MonthForm(request.GET if "month" in request.GET else {"month": _name(today)}, today=today)
    if not form.is_valid():
        return form, None, None
    first = date.fromisoformat(f"{form.cleaned_data['month']}-01")
    last = min(_next(first) - timedelta(days=1), today - timedelta(days=1))
    return form, first, None if last < first else (first, last)


def _months(today: date) -> list[date]:
    found = [today.replace(day=1)]
    while len(found) < _OFFERED:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def _next(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
