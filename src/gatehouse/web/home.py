"""The way in, the state of the program, and the pages of what went wrong."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string

from gatehouse import __version__
from gatehouse.platform.permissions import ANYONE, SIGNED_IN
from gatehouse.web.frame import is_training, rooms_of
from gatehouse.web.permissions import permission


@permission(SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """The first room that this person may enter, or the page that says there is none."""
    rooms = rooms_of(request.user)
    return redirect(rooms[0].url) if rooms else render(request, "frame/no_room.html")


@permission(ANYONE)
def health(request: HttpRequest) -> JsonResponse:
    """Whether the program answers and reaches its database: 200, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = True
    except DatabaseError:
        database = False
    return JsonResponse({"database": database, "version": __version__}, status=200 if database else 503)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "frame/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Stands on nothing that may be what broke: no session, no database."""
    return HttpResponse(render_to_string("frame/broken.html", {"is_training": is_training()}), status=500)
