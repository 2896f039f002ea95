"""The pages of clinicians: read a form, ask the care plan, show a page or go and read one (303)."""

from fastapi import APIRouter

from api.care_plan import CarePlan
from web.pages import Pages


def clinician_pages(care_plan: CarePlan, pages: Pages, public_url: str) -> APIRouter:
    """All routes of the clinician's side, to be included at the root. public_url: where browsers reach us."""
    return APIRouter(include_in_schema=False)
