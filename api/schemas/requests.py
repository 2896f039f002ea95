"""What clients send. Unknown fields are refused; texts are checked for characters that no store keeps."""

from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


def _plain(text: str) -> str:
    if "\x00" in text:
        raise PydanticCustomError("string_unicode", "U+0000")
    return text


Short = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Password = Annotated[str, Field(min_length=1, max_length=1_000), AfterValidator(_plain)]
Words = Annotated[str, Field(min_length=1, max_length=4_000), AfterValidator(_plain)]


class Request(BaseModel):
    """Every request body."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Login(Request):
    login: Short
    password: Password
    code: Short | None = None


class NewVisit(Request):
    """`reference` is the patient's number in the practice's own record: who has it comes again."""

    time: Annotated[AwareDatetime, Field(strict=False)]
    reference: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_plain)] | None = None
    name: Short | None = None


class NewUser(Request):
    login: Short
    name: Short
    password: Password
    duties: Annotated[list[Literal["clinician", "administrator"]], Field(min_length=1, max_length=2)]
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class VisitMark(Request):
    state: Literal["new", "read", "discussed"]


class InvitationRequest(Request):
    role: Literal["patient", "caregiver"]
    language: Short


class ReviewRequest(Request):
    decision: Literal["accept", "change", "to_discuss", "decline"]
    wording: Words | None = None
    reason: Words | None = None
