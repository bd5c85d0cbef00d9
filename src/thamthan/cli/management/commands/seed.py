"""`thamthan seed demo`: a small true place with invented people, to try everything out."""

from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from thamthan.cli.demo import CLERK, DEMO_PASSWORD, seed_demo
from thamthan.cli.demo_letters import seed_letters
from thamthan.cli.speaking import SpeakingCommand
from thamthan.directives.actions import load_policies
from thamthan.directives.listed import shipped_policies
from thamthan.organisations.queries import system_post_of
from thamthan.organisations.rules import Role


class Command(SpeakingCommand):
    """ใส่ข้อมูลสาธิต: the Ministry down to Ban Lat's local governments, people, letters."""

    help = "Puts the demo's organisations, people and letters in; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["demo"])
        parser.add_argument(
            "--force", action="store_true", help="also where there are real organisations"
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        posts = seed_demo(force=force)
        clerk = next(post for post in posts if post.person and post.person.login == CLERK)
        added = seed_letters(clerk, today=timezone.localdate())
        load_policies(shipped_policies(), by=system_post_of(), write_it=True)
        self.stdout.write(f"ข้อมูลสาธิตพร้อมแล้ว หนังสือใหม่ {added} ฉบับ รหัสผ่านของทุกคน: {DEMO_PASSWORD}")
        self.stdout.write("")
        for post in posts:
            if post.person is None:
                continue
            acting = " (รักษาราชการแทน)" if post.is_acting else ""
            self.stdout.write(
                f"  {post.person.login:<18} {post.person.name} · {post.title}{acting}"
                f" · {post.organisation.short_name} · {Role(post.role).label}"
            )
