"""The header by which something sent again counts once (api.once)."""

from typing import Annotated

from fastapi import Header

from api.once import FIELD

Key = Annotated[str | None, Header(alias=FIELD)]
NeededKey = Annotated[str, Header(alias=FIELD)]
