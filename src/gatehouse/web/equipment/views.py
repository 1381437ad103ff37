from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gatehouse.kernel.errors import ConflictError, RefusedError
from gatehouse.monitoring.api import (
    Account,
    AssetClass,
    Availability,
    Target,
    amendments_of,
    availability_of,
    groups_of,
    month_publish,
    targets,
)
from gatehouse.monitoring.domain import demand, groups
from gatehouse.monitoring.domain.states import State
from gatehouse.platform.actors import Actor
from gatehouse.platform.permissions import allowed
from gatehouse.web.clock import CLOCK
from gatehouse.web.equipment.demand import demand_of, hours_of
from gatehouse.web.equipment.months import MonthForm, chosen
from gatehouse.web.equipment.words import CLASSES, REACHED
from gatehouse.web.passkeys.confirming import fresh
from gatehouse.web.permissions import permission
from gatehouse.web.templatetags.gatehouse import said
from gatehouse.web.words import Status

if TYPE_CHECKING:
    from gatehouse.web.words import Word

#: Devices of a class that are listed, the least available first.
_LISTED = 50


@dataclass(frozen=True)
class ClassRow:
    asset_class: AssetClass
    word: Word
    found: Availability
    target: Target | None

    @property
    def reached(self) -> Status | None:
        """None without a target, or where nothing is known."""
        ratio = self.found.total.availability
        return None if self.target is None or ratio is None else REACHED[ratio >= self.target.share]


@permission("monitoring.read")
def overview(request: HttpRequest) -> HttpResponse:
    """Each class of equipment with its availability in a month against its target."""
    reader = reader_of(request)
    form, month, days = chosen(request)
    if month is None:
        return render(request, "equipment/overview.html", {"form": form}, status=400)
    rows = [row for kind in CLASSES if (row := _row(kind, days, reader)) is not None] if days else []
    published = bool(rows) and all(each.published for each in rows[0].found.months)
    over = days is not None and (days[1] + timedelta(days=1)).day == 1
    context = {
        "form": form,
        "month": month,
        "days": days,
        "rows": rows,
        "published": published,
        "may_publish": over and not published and allowed(request.user, "monitoring.publish"),
        "waiting": len(amendments_of(reader=reader, waiting=True)),
    }
    return render(request, "equipment/overview.html", context)


@permission("monitoring.read")
def one_class(request: HttpRequest, asset_class: AssetClass) -> HttpResponse:
    """The halls of a class as k of n, and its devices, the least available first."""
    reader = reader_of(request)
    form, month, days = chosen(request)
    context: dict[str, object] = {"form": form, "asset_class": asset_class, "word": CLASSES[asset_class]}
    if month is None or days is None:
        return render(request, "equipment/class.html", context, status=200 if month else 400)
    row = _row(asset_class, days, reader)
    devices = sorted(row.found.devices.items(), key=_least_available) if row else []
    hours = hours_of(asset_class, days, reader) if row else None
    context |= {
        "row": row,
        "days": days,
        "halls": groups_of(asset_class, days, reader=reader, demand=demand_of(hours)),
        "hours": hours,
        "traveller_definition": demand.DEFINITION,
        "devices": [(tag, account, _hours(account)) for tag, account in devices[:_LISTED]],
        "more": max(0, len(devices) - _LISTED),
        "group_definition": groups.DEFINITION,
    }
    return render(request, "equipment/class.html", context)


@permission("monitoring.publish")
@require_POST
@fresh
def publish(request: HttpRequest) -> HttpResponse:
    """Publish a month: what comes later does not change it any more."""
    form = MonthForm(request.POST, today=CLOCK.now().date())
    if not form.is_valid():
        return redirect("equipment")
    month = date.fromisoformat(f"{form.cleaned_data['month']}-01")
    try:
        month_publish(clock=CLOCK, actor=reader_of(request), month=month)
    except (ConflictError, RefusedError) as error:
        messages.error(request, said(error.reason))
    else:
        messages.success(request, _("Published: what is recorded from now on stands beside this month."))
    return redirect(f"{reverse('equipment')}?month={month:%Y-%m}")


def reader_of(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]


def _row(kind: AssetClass, days: tuple[date, date] | None, reader: Actor) -> ClassRow | None:
    """None where no device of the class was in service."""
    if days is None:
        return None
    found = availability_of(kind, days, clock=CLOCK, reader=reader)
    return ClassRow(kind, CLASSES[kind], found, targets().get(kind)) if found.devices else None


def _least_available(each: tuple[str, Account]) -> tuple[float, str]:
    tag, account = each
    return (2.0 if account.lower_bound is None else float(account.lower_bound)), tag


def _hours(account: Account) -> dict[str, timedelta]:
    states = (State.DOWN, State.UNKNOWN, State.PLANNED)
    return {state.value: timedelta(milliseconds=account.buckets[state]) for state in states}
