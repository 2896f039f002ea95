"""The cookie that holds a chat session's token.

`__Host-` and Secure everywhere, except on plain-http loopback, where browsers and programs would not send it back.
"""

from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request, Response

from records.addresses import is_loopback

NAME = "voorop_chat"


class ChatCookies:
    """Sets and reads the chat cookie for one public address."""

    def __init__(self, public_url: str) -> None:
        parsed = urlsplit(public_url)
        self.secure = not (parsed.scheme == "http" and is_loopback(parsed.hostname or ""))
        self.name = f"__Host-{NAME}" if self.secure else NAME

    def read(self, request: Request) -> str | None:
        """The session token that came with a request."""
        return request.cookies.get(self.name)

    def give(self, response: Response, token: str, expires: datetime | None) -> None:
        """`expires`: None keeps it only until the browser is closed."""
        response.set_cookie(
            self.name, token, expires=expires, path="/", secure=self.secure, httponly=True, samesite="lax"
        )

    def take_back(self, response: Response) -> None:
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")
