"""Adds users from the command line: there is no default account."""

import getpass
import sys

from careplan.errors import CarePlanError
from careplan.people import Duty
from voorop.errors import CommandError
from voorop.installation import open_records
from voorop.settings import Settings


def add_user(settings: Settings, login: str, name: str, practice: str, administrator: bool) -> None:
    """Add a user to the practice, which is made first when there is none yet.

    Raises:
        CommandError: there is no practice and none was named, or the password or login cannot be used.
    """
    care_plan = open_records(settings).care_plan
    home = care_plan.only_practice()
    if home is None and not practice:
        raise CommandError("there is no practice yet: name it with --practice")
    password = _password()
    try:
        care_plan.create_user(
            home or care_plan.create_practice(practice),
            login,
            password,
            name=name,
            duties=(Duty.ADMINISTRATOR,) if administrator else (Duty.CLINICIAN,),
        )
    except CarePlanError as error:
        raise CommandError(f"this user cannot be added: {error.code} {error.field or ''}".rstrip()) from None
    print(f"{login} can sign in now.")


def _password() -> str:
    """From the terminal without showing it, or the first line of what is piped in."""
    if sys.stdin.isatty():
        return getpass.getpass("Password (at least 15 characters): ")
    return sys.stdin.readline().rstrip("\n")
