"""`thamthan token LOGIN`: a key with which a program acts as one of that person's posts."""

from argparse import ArgumentParser
from typing import Any

from thamthan.cli.posts import post_of_login
from thamthan.cli.speaking import SpeakingCommand
from thamthan.organisations.actions import give_token


class Command(SpeakingCommand):
    """ออกกุญแจสำหรับโปรแกรม: whoever may use this command line may do so, so guard the machine."""

    help = "Gives a program a key to the API; the key is shown once and cannot be asked for again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("login", help="whose post the program acts as")
        parser.add_argument("--organisation", required=True, metavar="CODE")
        parser.add_argument("--name", required=True, help="what the key is for")

    def handle(self, *args: Any, login: str, organisation: str, name: str, **options: Any) -> None:
        post = post_of_login(login, organisation)
        # The key alone on the output, so that a script can take it.
        self.stdout.write(give_token(post, name=name, by=post))
