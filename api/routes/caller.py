"""Who calls: the action server with its secret, or a clinician's browser with its cookie and our own page's Origin."""

import hmac
from collections.abc import Callable

from fastapi import Request

from api.care_plan import CarePlan
from api.cookies import check_own_page, session_token
from api.options import ApiOptions
from careplan.errors import NotSignedIn
from careplan.people import SERVICE, Actor

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def caller_of(service: CarePlan, options: ApiOptions) -> Callable[[Request], Actor]:
    """A dependency that gives the actor of a request."""

    def caller(request: Request) -> Actor:
        given = request.headers.get("authorization")
        if given is not None:
            return _service(given, options.service_secret)
        actor = service.actor_for(session_token(request, options.public_url))
        if request.method not in READING:
            check_own_page(request, options.public_url)
        return actor

    return caller


def _service(given: str, secret: str) -> Actor:
    scheme, _, token = given.partition(" ")
    fits = hmac.compare_digest(token.strip().encode("utf-8", "replace"), secret.encode())
    if not (fits and secret and scheme.lower() == "bearer"):
        raise NotSignedIn
    return SERVICE
