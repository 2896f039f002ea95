"""Small parts that resources are made of."""

import hashlib
import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

from api.fhir import names

Json = dict[str, Any]


def coding(system: str, code: str) -> Json:
    return {"system": system, "code": code}


def concept(*codings: Json, text: str | None = None) -> Json:
    """A CodeableConcept."""
    return {"coding": list(codings)} | ({"text": text} if text else {})


def reference(kind: str, record: str, version: str | None = None) -> Json:
    """A reference to a record of ours, to one version of it when a version is named."""
    return {"reference": f"{kind}/{record}" + (f"/_history/{version}" if version else "")}


def identifier(kind: str, record: str) -> Json:
    return {"system": names.id_system(kind), "value": record}


def instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def meta(
    moment: datetime, version: str | None = None, *, profile: str | None = None, security: Json | None = None
) -> Json:
    """`version` is left out where `stamped` names it by the content."""
    made: Json = {"versionId": version} if version else {}
    made["lastUpdated"] = instant(moment)
    if profile:
        made["profile"] = [profile]
    if security:
        made["security"] = [security]
    return made


def stamped(resource: Json) -> Json:
    """The resource with a version that changes when its content does: for what the tables keep no versions of."""
    content = {name: value for name, value in resource.items() if name != "text"}
    told = json.dumps(content, sort_keys=True, ensure_ascii=False)
    version = hashlib.sha256(told.encode()).hexdigest()[:16]
    return resource | {"meta": {"versionId": version, **resource["meta"]}}


def language_tag(lang: str) -> str:
    """BCP 47 writes `nl-BE`, others also `nl_BE`."""
    return lang.replace("_", "-")


def annotation(text: str, *, author: Json, time: datetime, lang: str | None = None) -> Json:
    """A note, with its language where that is known."""
    made: Json = {"authorReference": author, "time": instant(time), "text": text}
    if lang:
        made["extension"] = [{"url": names.LANGUAGE_OF_NOTE, "valueCode": language_tag(lang)}]
    return made


def is_text(words: str) -> bool:
    """Whether FHIR's `string` can hold it: something must be visible."""
    return any(unicodedata.category(character)[0] not in "ZC" for character in words)


def without_nothing(resource: Json) -> Json:
    """FHIR knows no null and no empty list."""
    return {name: value for name, value in resource.items() if value is not None and value != []}
