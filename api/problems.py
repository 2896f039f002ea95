"""Every error as `{"error": {"code", "message", "field"}}`, in the reader's language, without what was typed."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.messages import message_for
from careplan import errors
from locales import negotiate, translate

STATUS: tuple[tuple[type[errors.CarePlanError], int], ...] = (
    (errors.Invalid, 422),
    (errors.NotSignedIn, 401),
    (errors.NotAllowed, 403),
    (errors.NotFound, 404),
    (errors.TooManyAttempts, 429),
    (errors.Conflict, 412),
    (errors.TransitionRefused, 409),
    (errors.KeyReused, 409),
    (errors.Unavailable, 503),
)
CODES = {
    400: "not_json",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    428: "version_needed",
}


def problem(
    status: int,
    code: str,
    *,
    accept_language: str | None,
    field: str | None = None,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """An error answer; `more` joins beside code, message and field."""
    message = translate(negotiate(accept_language), message_for(code))
    content = {"error": {"code": code, "message": message, "field": field} | dict(more or {})}
    return JSONResponse(content, status, headers=dict(headers or {}) | {"Cache-Control": "no-store"})


def install(app: FastAPI) -> None:
    """Have the app answer every error in this shape."""
    app.exception_handler(errors.CarePlanError)(_care_plan_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)


async def _care_plan_error(request: Request, error: errors.CarePlanError) -> JSONResponse:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), 400)
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, errors.Conflict):
        more = {
            "current_version": error.current_version,
            "current_text": error.current_text,
            "your_text": error.your_text,
        }
    if isinstance(error, errors.TooManyAttempts):
        headers = {"Retry-After": str(error.retry_after)}
    if isinstance(error, errors.Unavailable):
        headers = {"Retry-After": "5"}
    return _answer(request, status, error.code, error.field, more, headers)


async def _validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
    first = error.errors()[0]
    kind = first["type"]
    place = [str(part) for part in first["loc"][1:]]
    if kind == "json_invalid":
        return _answer(request, 400, "not_json")
    code = {"missing": "missing", "string_too_long": "too_long", "string_unicode": "characters"}.get(kind, "value")
    # An unknown field's name is something the sender typed: it is not repeated.
    field = None if kind == "extra_forbidden" else ".".join(place) or None
    return _answer(request, 422, code, field)


async def _http_error(request: Request, error: HTTPException) -> JSONResponse:
    code = CODES.get(error.status_code, "invalid")
    return _answer(request, error.status_code, code, headers=error.headers)


def _answer(
    request: Request,
    status: int,
    code: str,
    field: str | None = None,
    more: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    return problem(
        status,
        code,
        accept_language=request.headers.get("accept-language"),
        field=field,
        more=more,
        headers=headers,
    )
