"""Every refusal has one shape and says what to do."""

from __future__ import annotations

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from gatehouse.kernel.errors import (
    BusyError,
    ConflictError,
    ForbiddenError,
    GatehouseError,
    NotFoundError,
    RefusedError,
    UnreadableError,
)

STATUS: dict[type[GatehouseError], int] = {
    UnreadableError: 422,
    RefusedError: 422,
    ForbiddenError: 403,
    NotFoundError: 404,
    ConflictError: 409,
    BusyError: 503,
}


def install(api: NinjaAPI) -> None:
    """Give `api` the one shape for anticipated errors, bad input and missing tokens."""

    def anticipated(request: HttpRequest, error: GatehouseError) -> HttpResponse:
        return api.create_response(request, {"error": str(error)}, status=STATUS[type(error)])

    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        first = error.errors[0]
        place = ".".join(str(part) for part in first["loc"] if part not in ("body", "passage"))
        return api.create_response(request, {"error": f"{place}: {first['msg']}"}, status=422)

    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        """The body is no JSON."""
        return api.create_response(request, {"error": str(error)}, status=error.status_code)

    def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
        return api.create_response(request, {"error": "the body is too large: send less at once"}, status=400)

    def unknown_device(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return api.create_response(request, {"error": "no device is known by this token"}, status=401)

    api.add_exception_handler(GatehouseError, anticipated)  # type: ignore[arg-type]
    api.add_exception_handler(ValidationError, malformed)  # type: ignore[arg-type]
    api.add_exception_handler(HttpError, unreadable)  # type: ignore[arg-type]
    api.add_exception_handler(RequestDataTooBig, too_large)  # type: ignore[arg-type]
    api.add_exception_handler(AuthenticationError, unknown_device)  # type: ignore[arg-type]
