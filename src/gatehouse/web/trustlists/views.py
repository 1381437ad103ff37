from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gatehouse.device.trusting import Trusted
from gatehouse.documents.pki.coverage import Authority, Country, coverage
from gatehouse.documents.pki.difference import by_country, difference
from gatehouse.documents.pki.masterlist import MasterList
from gatehouse.documents.pki.sources import Kind, Source
from gatehouse.kernel.errors import NotFoundError, UnreadableError
from gatehouse.platform.trust import list_store, trusted
from gatehouse.web import words
from gatehouse.web.permissions import permission

_MONTHS = (3, 6, 12, 24)
#: How a certificate that names no country stands in an address.
_NAMELESS = "--"


class MonthsForm(forms.Form):
    """It stands in the address, so that a view can be cited."""

    months = forms.TypedChoiceField(label=gettext_lazy("Expiring within"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["months"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(months, _("%(months)d months") % {"months": months}) for months in _MONTHS]


@permission("documents.read_trust")
def countries(request: HttpRequest) -> HttpResponse:
    """Every country with a CSCA that is trusted here: how many, what expires, what is weak, from which list."""
    form = MonthsForm(request.GET if "months" in request.GET else {"months": 6})
    if not form.is_valid():
        return render(request, "trustlists/countries.html", {"form": form}, status=400)
    try:
        trust = trusted()
    except UnreadableError as error:
        return render(request, "trustlists/countries.html", {"form": form, "broken": error.reason})
    months = form.cleaned_data["months"]
    found = coverage(trust.anchors, on=timezone.localdate(), months=months)
    context = {
        "form": form,
        "months": months,
        "countries": [(each, each.code or _NAMELESS) for each in found],
        "certificates": len(trust.anchors.certificates),
        "expiring": sum(each.expiring for each in found),
        "sources": _sources(trust),
        "rejected": trust.anchors.rejected,
    }
    return render(request, "trustlists/countries.html", context)


@permission("documents.read_trust")
def country(request: HttpRequest, code: str) -> HttpResponse:
    """The certificates of one country."""
    found = {each.code or _NAMELESS: each for each in coverage(trusted().anchors, on=timezone.localdate())}
    if code not in found:
        raise Http404
    context = {"code": code, "country": found[code], "rows": _rows(found[code])}
    return render(request, "trustlists/country.html", context)


@permission("documents.read_trust")
def history(request: HttpRequest) -> HttpResponse:
    """Who imported which list when, the latest first."""
    store = list_store()
    try:
        versions, current = store.history(), set(store.current())
    except UnreadableError as error:
        return render(request, "trustlists/history.html", {"broken": error.reason})
    rows = [
        (each, words.SOURCE_KINDS[each.source.kind], words.IN_USE if each in current else words.SUCCEEDED)
        for each in reversed(versions)
    ]
    return render(request, "trustlists/history.html", {"rows": rows})


@permission("documents.read_trust")
def changes(request: HttpRequest, number: int) -> HttpResponse:
    """What one master list changed against the one that it succeeds."""
    store = list_store()
    try:
        version = store.version(str(number))
    except NotFoundError as error:
        raise Http404 from error
    if version.source.kind is not Kind.MASTER_LIST or version.succeeds is None:
        raise Http404
    older = next(each for each in store.history() if each.source.sha256 == version.succeeds)
    lists = [MasterList.read(store.read(each)).certificates for each in (older, version)]
    found = difference(lists[0], lists[1], version.imported_at.date())
    context = {"version": version, "older": older, "changes": found, "by_country": by_country(found)}
    return render(request, "trustlists/changes.html", context)


def _sources(trust: Trusted) -> list[tuple[Source, words.Word]]:
    used = [
        *trust.anchors.origins,
        *(each.source for each in trust.anchors.defects),
        *(each.source for each in trust.anchors.deviations),
    ]
    lists = (*trust.anchors.crls, *trust.crls)
    named = {source: words.SOURCE_KINDS[source.kind] for source in (*used, *(crl.source for crl in lists))}
    return list(named.items())


def _rows(found: Country) -> list[tuple[Authority, words.Status]]:
    return [(each, _state(each)) for each in found.authorities]


def _state(authority: Authority) -> words.Status:
    if authority.expired:
        return words.EXPIRED
    return words.EXPIRING if authority.expiring else words.VALID
