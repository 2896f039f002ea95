"""The session cookie of a clinician's browser, and whether a request comes from our own page.

`__Host-` and `Secure` everywhere but on plain-http loopback, where browsers and plain clients would not send it back.
"""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response

from careplan.errors import NotAllowed
from records.addresses import is_loopback

NAME = "voorop_clinician"
SECURE_NAME = f"__Host-{NAME}"


def session_token(connection: HTTPConnection, public_url: str | None) -> str | None:
    """The token a browser sent, if any."""
    return connection.cookies.get(_name(connection, public_url))


def set_session(connection: HTTPConnection, response: Response, token: str, public_url: str | None) -> None:
    """Have the browser keep the token until it is closed; the server ends it earlier."""
    response.set_cookie(
        _name(connection, public_url),
        token,
        path="/",
        secure=not is_plain_loopback(connection, public_url),
        httponly=True,
        samesite="lax",
    )


def clear_session(connection: HTTPConnection, response: Response, public_url: str | None) -> None:
    response.delete_cookie(
        _name(connection, public_url),
        path="/",
        secure=not is_plain_loopback(connection, public_url),
        httponly=True,
        samesite="lax",
    )


def is_plain_loopback(connection: HTTPConnection, public_url: str | None) -> bool:
    """Whether the browser talks plain http to its own machine; the settings' public URL goes before the request."""
    try:
        url = urlsplit(public_url or str(connection.url))
        return url.scheme == "http" and is_loopback(url.hostname or "")
    except ValueError:  # a Host header that is no host
        return False


def check_own_page(connection: HTTPConnection, public_url: str | None, *, origin_needed: bool = True) -> None:
    """Refuse what another site made a browser send.

    Raises:
        NotAllowed: `Origin` is not ours (or missing though needed), or `Sec-Fetch-Site` tells of another site.
    """
    if connection.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise NotAllowed("foreign_origin")
    origin = connection.headers.get("origin")
    if origin is None:
        if origin_needed:
            raise NotAllowed("foreign_origin")
        return
    scheme, _, host = origin.partition("://")
    if public_url is None:  # a proxy may have ended TLS, so only the host tells
        ours = scheme in {"http", "https"} and host == connection.headers.get("host")
    else:
        ours = (scheme, host) == urlsplit(public_url)[:2]
    if not (ours and host):
        raise NotAllowed("foreign_origin")


def _name(connection: HTTPConnection, public_url: str | None) -> str:
    return NAME if is_plain_loopback(connection, public_url) else SECURE_NAME
