"""What surrounds resources on the wire: Bundles with their links, ETag and Last-Modified, which format is asked for."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime

from fastapi import Request
from starlette.exceptions import HTTPException

from api.fhir.elements import Json
from api.fhir.query import Query
from api.fhir.searching import Page

_FORMATS = frozenset({"json", "application/fhir+json", "application/json", "text/json"})
_ACCEPTED = _FORMATS | {"*/*", "application/*", "text/*"}
_VERSIONS = frozenset({"4.0", "4.0.1"})


def check_accepts(request: Request) -> None:
    """Raises 406 when the client wants something else than JSON of R4; `_format` goes before `Accept`."""
    wished = request.query_params.get("_format")
    if wished:
        if wished.replace(" ", "+").partition(";")[0] not in _FORMATS:
            raise HTTPException(406)
        return
    accept = request.headers.get("accept", "*/*")
    if not any(_is_ours(entry) for entry in accept.split(",")):
        raise HTTPException(406)


def _is_ours(entry: str) -> bool:
    kind, *parameters = (part.strip().lower() for part in entry.split(";"))
    versions = [value for name, _, value in (part.partition("=") for part in parameters) if name == "fhirversion"]
    return kind in _ACCEPTED and all(version in _VERSIONS for version in versions)


def headers_of(resource: Json) -> dict[str, str]:
    moment = datetime.fromisoformat(resource["meta"]["lastUpdated"])
    return {
        "ETag": f'W/"{resource["meta"]["versionId"]}"',
        "Last-Modified": format_datetime(moment, usegmt=True),
    }


def is_known(request: Request, etag: str) -> bool:
    """Whether the client has this version already (weak comparison, RFC 9110 section 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    known = [tag.strip().removeprefix("W/") for tag in given.split(",")]
    return etag.removeprefix("W/") in known or "*" in known


def bundle_of_search(page: Page, query: Query, base: str) -> Json:
    """A searchset; `total` only where it is known."""
    here = f"{base}/{query.kind}"
    links = [{"relation": "self", "url": f"{here}?{query.link(query.page or None)}"}]
    if page.next:
        links.append({"relation": "next", "url": f"{here}?{query.link(page.next)}"})
    bundle: Json = {"resourceType": "Bundle", "type": "searchset"}
    if page.total is not None:
        bundle["total"] = page.total
    bundle["link"] = links
    if page.resources:
        bundle["entry"] = [
            {"fullUrl": _url(resource, base), "resource": resource, "search": {"mode": "match"}}
            for resource in page.resources
        ]
    return bundle


def bundle_of_history(versions: Sequence[Json], base: str) -> Json:
    """Newest first; what happened to each version is told by its place: the oldest was created."""
    place = f"{versions[0]['resourceType']}/{versions[0]['id']}"
    last = len(versions) - 1
    return {
        "resourceType": "Bundle",
        "type": "history",
        "total": len(versions),
        "link": [{"relation": "self", "url": f"{base}/{place}/_history"}],
        "entry": [
            {
                "fullUrl": _url(resource, base),
                "resource": resource,
                "request": {
                    "method": "PUT" if number < last else "POST",
                    "url": place if number < last else place.split("/")[0],
                },
                "response": {
                    "status": "200" if number < last else "201",
                    "etag": headers_of(resource)["ETag"],
                    "lastModified": resource["meta"]["lastUpdated"],
                },
            }
            for number, resource in enumerate(versions)
        ],
    }


def _url(resource: Json, base: str) -> str:
    return f"{base}/{resource['resourceType']}/{resource['id']}"
