"""What the views of this room share: who reads, and one clear page where there is no such year, plan or figure."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gatehouse.kernel.errors import NotFoundError, UnreadableError
from gatehouse.platform.actors import Actor

View = TypeVar("View", bound=Callable[..., HttpResponse])


def reader_of(request: HttpRequest) -> Actor:
    return Actor.of(request.user)  # type: ignore[arg-type]


def clearly(view: View) -> View:
    """Says in one sentence that something does not exist or is of another calendar, with the way back."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (NotFoundError, UnreadableError) as error:
            return render(request, "performance/none.html", {"reason": error.reason}, status=404)

    return answered  # type: ignore[return-value]
