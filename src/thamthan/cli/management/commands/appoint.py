"""`thamthan appoint LOGIN`: a post from the command line, such as the first administrator's."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from thamthan.cli.speaking import SpeakingCommand
from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import create_person, give_post
from thamthan.organisations.queries import organisation_for, person_with_login, system_post_of
from thamthan.organisations.rules import Role

_GIVEN = [role.value for role in Role if role != Role.SYSTEM]


class Command(SpeakingCommand):
    """แต่งตั้ง: whoever may use this command line may appoint anyone, so guard the machine."""

    help = "Appoints a person, new or known, to a post; the first administrator is made so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login")
        parser.add_argument("--name", help="name and surname; needed for a new person")
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--role", default=Role.ADMINISTRATOR.value, choices=_GIVEN)
        parser.add_argument("--title", required=True, help="what the position is called")
        parser.add_argument(
            "--password-stdin", action="store_true", help="take the password from standard input"
        )

    def handle(
        self,
        *args: Any,
        login: str,
        name: str | None,
        organisation: str,
        role: str,
        title: str,
        password_stdin: bool,
        **options: Any,
    ) -> None:
        place = organisation_for(system_post_of(), organisation)
        system = system_post_of(place.path.split("/")[0])
        today = timezone.localdate()
        try:
            person = person_with_login(system, login)
        except NotFound:
            if not name:
                raise Refused("บุคคลใหม่ต้องมี --name", code="wrong_field", status=400) from None
            create_person(
                login,
                name=name,
                password=_password(from_stdin=password_stdin),
                must_change_password=False,
                organisation=place,
                role=role,
                title=title,
                from_on=today,
                by=system,
            )
        else:
            give_post(person, place, role=role, title=title, from_on=today, by=system)
        self.stdout.write(f"แต่งตั้ง {login} เป็น{title} {place.name} แล้ว")


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("รหัสผ่าน: ")
    if getpass.getpass("รหัสผ่านอีกครั้ง: ") != password:
        raise Refused("รหัสผ่านสองครั้งไม่ตรงกัน", code="wrong_field", status=400)
    return password
