"""`thamthan receive FILE`: a letter that came as a file enters an organisation's registry."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from thamthan.cli.posts import post_of_login
from thamthan.cli.speaking import SpeakingCommand, content_of_file, moment_from
from thamthan.letters.actions import IncomingFile, read_letter, receive_letter
from thamthan.letters.queries import letter_for, readings_of
from thamthan.letters.rules import LetterState
from thamthan.organisations.queries import system_post_of


class Command(SpeakingCommand):
    """รับหนังสือเข้าจากไฟล์ ของหน่วยงานหนึ่ง."""

    help = "Brings a letter into an organisation's registry; a clerk confirms it on the page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="+", help="the letter, then its enclosures")
        parser.add_argument("--organisation", required=True, metavar="CODE", help="who receives")
        parser.add_argument("--received", help='when: "2569-03-20 14:00" or ISO 8601; else now')
        parser.add_argument("--as", dest="login", metavar="LOGIN", help="who brings it in")
        parser.add_argument("--now", action="store_true", help="read it here, without the worker")

    def handle(
        self,
        *args: Any,
        file: list[str],
        organisation: str,
        received: str | None,
        login: str | None,
        now: bool,
        **options: Any,
    ) -> None:
        received_at = moment_from(received) if received else timezone.now()
        by = post_of_login(login, organisation) if login else system_post_of(organisation)
        incoming = [IncomingFile(name=_name(name), content=content_of_file(name)) for name in file]
        letter = receive_letter(incoming, by=by, received_at=received_at)
        waiting = readings_of(by, letter).machine
        if now and waiting is not None:
            read_letter(waiting.pk, by=by)
            letter = letter_for(by, letter.pk)
        state = LetterState(letter.state).label
        self.stdout.write(f"หนังสือ {letter.pk} · {state} · {letter}")


def _name(path: str) -> str:
    return "" if path == "-" else path.replace("\\", "/").rsplit("/", 1)[-1]
