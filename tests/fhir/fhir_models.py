"""The models of fhir.resources (R4B), with what they leave out: required codes and the types that references may name.

Their own metadata holds both; nothing in the library looks at it (nazrulworld/fhir.resources#76).
"""

from collections.abc import Iterator
from typing import Any

from fhir.resources.R4B import get_fhir_model_class

OPEN = {"+", "mime"}  # a list that goes on elsewhere


def check_model(resource: dict[str, Any]) -> list[str]:
    """What is wrong with a resource of R4; reading it must also lose nothing."""
    model = get_fhir_model_class(resource["resourceType"]).model_validate(resource)
    found = list(_walk(model, resource["resourceType"]))
    if model.model_dump(exclude_none=True, mode="json").keys() - {"resource_type"} != resource.keys():
        found.append(f"{resource['resourceType']}: reading it loses something")
    return found


def _walk(model: Any, path: str) -> Iterator[str]:
    for name, information in type(model).model_fields.items():
        value = getattr(model, name, None)
        if value is None:
            continue
        extra = information.json_schema_extra or {}
        for one in value if isinstance(value, list) else [value]:
            here = f"{path}.{name}"
            codes = extra.get("enum_values")
            if codes and not OPEN & set(codes) and str(one) not in codes:
                yield f"{here}: {one} is none of the required codes"
            targets = extra.get("enum_reference_types")
            if targets and getattr(one, "reference", None) and "Resource" not in targets:
                kind = one.reference.split("/")[0]
                if not one.reference.startswith("urn:uuid:") and kind not in targets:
                    yield f"{here}: may not refer to {kind}"
            if hasattr(type(one), "model_fields"):
                yield from _walk(one, here)
