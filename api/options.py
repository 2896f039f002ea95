"""What the HTTP side of the care plan must be told; the settings fill it in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApiOptions:
    """`service_secret` is what the action server sends as bearer; `public_url` is where browsers see us, if known."""

    service_secret: str
    public_url: str | None = None
