"""Errors as OperationOutcome, in the reader's language and without what was typed."""

import json

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.fhir import names
from api.fhir.elements import Json, coding, concept
from api.fhir.facade import Gone
from api.messages import message_for
from api.problems import STATUS
from careplan import errors
from locales import negotiate, translate

CONTENT_TYPE = "application/fhir+json; charset=utf-8"
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept, Authorization, Cookie",
}
_ISSUE = {
    "not_signed_in": "login",
    "not_allowed": "forbidden",
    "foreign_origin": "forbidden",
    "not_found": "not-found",
    "gone": "deleted",
    "method_not_allowed": "not-supported",
    "format": "not-supported",
    "search_modifier": "not-supported",
    "search_unknown": "not-supported",
    "search_value": "value",
    "too_large": "too-long",
    "unavailable": "transient",
}
_CODES = {401: "not_signed_in", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed", 406: "format"}


def refusal(
    status: int,
    code: str,
    accept_language: str | None,
    field: str | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """The answer for an error code; `field` is a search parameter that we know."""
    outcome = operation_outcome(code, translate(negotiate(accept_language), message_for(code)), field)
    return Response(json.dumps(outcome), status, {**HEADERS, **(headers or {})}, CONTENT_TYPE)


def operation_outcome(code: str, message: str, field: str | None = None) -> Json:
    issue: Json = {
        "severity": "error",
        "code": _ISSUE.get(code, "invalid"),
        "details": concept(coding(names.PROBLEM, code), text=message),
    }
    if field:
        issue["expression"] = [f"http.{field}"]
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def install(app: FastAPI) -> None:
    """Have the app answer every error as an OperationOutcome."""
    app.exception_handler(errors.CarePlanError)(_care_plan_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(RequestValidationError)(_validation_error)


async def _care_plan_error(request: Request, error: errors.CarePlanError) -> Response:
    status = 410 if isinstance(error, Gone) else 400
    if not isinstance(error, errors.Invalid):
        status = next((status for kind, status in STATUS if isinstance(error, kind)), status)
    headers = {"Retry-After": "5"} if isinstance(error, errors.Unavailable) else {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return refusal(status, error.code, request.headers.get("accept-language"), error.field, headers)


async def _http_error(request: Request, error: HTTPException) -> Response:
    code = _CODES.get(error.status_code, "invalid")
    return refusal(error.status_code, code, request.headers.get("accept-language"), headers=dict(error.headers or {}))


async def _validation_error(request: Request, _: RequestValidationError) -> Response:
    return refusal(400, "invalid", request.headers.get("accept-language"))
