"""The cookie that makes a device a tablet of the practice."""

from datetime import timedelta

from fastapi import Request
from starlette.responses import Response

from bot.channel.cookies import ChatCookies

NAME = "voorop_tablet"
STAYS = timedelta(days=400)  # the longest that browsers keep one


class TabletCookies:
    """Sets and reads it, under the same rule as the chat's cookie."""

    def __init__(self, public_url: str) -> None:
        self.secure = ChatCookies(public_url).secure
        self.name = f"__Host-{NAME}" if self.secure else NAME

    def read(self, request: Request) -> str | None:
        return request.cookies.get(self.name)

    def give(self, response: Response, token: str) -> None:
        response.set_cookie(
            self.name,
            token,
            max_age=int(STAYS.total_seconds()),
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="strict",
        )


def is_tablet(request: Request) -> bool:
    """Whether the device calls itself one: enough to show the page of a tablet, never enough to open anything."""
    return NAME in request.cookies or f"__Host-{NAME}" in request.cookies
