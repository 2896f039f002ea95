"""What `voorop doctor` looks at around the records: the secret file, the disk, what can be reached, numbers to call."""

import shutil
import socket
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from actions.safety.contacts import Contacts
from actions.safety.errors import SafetyDataError
from records.addresses import is_loopback
from records.errors import KeyFileError
from records.keys import Keys
from voorop.finding import Finding
from voorop.settings import PROJECT, Settings

LEAST_FREE_PART = 0.05
LEAST_FREE_BYTES = 500 * 1024**2
CONTACTS_STAND_MONTHS = 6
SECONDS_TO_ANSWER = 1.0


def about_secret(path: Path) -> Iterator[Finding]:
    """Whether the secret is there, whole, and its owner's alone."""
    if not path.exists():
        yield Finding.problem("secret", f"{path} is missing: without it nobody can read what is stored")
        return
    rights = stat.S_IMODE(path.stat().st_mode)
    if rights & 0o077:
        yield Finding.problem("secret", f"others than its owner can open {path}: chmod 600 {path}")
    try:
        Keys.load(path)
    except KeyFileError as error:
        yield Finding.problem("secret", str(error))
        return
    if not rights & 0o077:
        yield Finding.ok("secret", "whole, and readable by its owner only")


def about_disk(settings: Settings) -> Iterator[Finding]:
    """Whether there is room to write what people say."""
    folder = settings.secret_file.parent
    if settings.database_url.startswith("sqlite:///"):
        folder = Path(settings.database_url.removeprefix("sqlite:///")).parent
    if not folder.exists():
        yield Finding.problem("disk", f"the folder {folder} is missing")
        return
    usage = shutil.disk_usage(folder)
    told = f"{usage.free / 1024**3:.1f} GB free of {usage.total / 1024**3:.1f} GB"
    little = usage.free < usage.total * LEAST_FREE_PART or usage.free < LEAST_FREE_BYTES
    yield Finding.problem("disk", f"only {told}") if little else Finding.ok("disk", told)


def about_exposure(settings: Settings) -> Iterator[Finding]:
    """Whether the parts that trust each other are out of reach for everybody else."""
    actions = urlsplit(settings.actions_url)
    port = actions.port or 5055
    if settings.actions_url and is_loopback(actions.hostname or ""):
        if reached := _answers_outside(port):
            yield Finding.problem("exposure", f"the action server answers at {reached}, beyond this machine")
        else:
            yield Finding.ok("exposure", "the action server answers on this machine only")
    if settings.public_url.startswith("https://"):
        yield Finding.ok("exposure", f"people reach {settings.public_url} over TLS")
    else:
        yield Finding.warning("exposure", "VOOROP_PUBLIC_URL is not set: only this machine can be served")


def about_contacts(today: date | None = None) -> Iterator[Finding]:
    """Whether somebody looked at the numbers to call lately."""
    now = today or date.today()  # noqa: DTZ011 - months do not turn on hours
    for path in sorted((PROJECT / "data" / "contacts").glob("*.yml")):
        try:
            contacts = Contacts.load(path).all
        except SafetyDataError as error:
            yield Finding.problem("contacts", str(error))
            continue
        old = [contact.id for contact in contacts if _months_since(contact.checked, now) > CONTACTS_STAND_MONTHS]
        if old:
            yield Finding.warning("contacts", f"call these in {path.name} and note the month: {', '.join(old)}")
        else:
            yield Finding.ok("contacts", f"every number in {path.name} was checked in the last half year")


def _months_since(checked: str, today: date) -> int:
    """Months from a "2026-11"; a date that cannot be read is as old as can be."""
    year, _, month = checked.partition("-")
    if not (year.isdecimal() and month[:2].isdecimal()):
        return CONTACTS_STAND_MONTHS + 1
    return (today.year - int(year)) * 12 + today.month - int(month[:2])


def _answers_outside(port: int) -> str | None:
    """The address of this machine, other than itself, at which the port answers."""
    try:
        known = {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), port, type=socket.SOCK_STREAM)}
    except OSError:
        return None
    for host in sorted(known):
        if is_loopback(host):
            continue
        try:
            with closing(socket.create_connection((host, port), SECONDS_TO_ANSWER)):
                return f"{host}:{port}"
        except OSError:
            continue
    return None
