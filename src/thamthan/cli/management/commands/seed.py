"""`thamthan seed demo|nation`: a small true place, or a whole country, to try everything out."""

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from thamthan.cli.demo import CLERK, DEMO_PASSWORD, seed_demo
from thamthan.cli.demo_circular import cascade_to_all, circular_order
from thamthan.cli.demo_letters import seed_letters
from thamthan.cli.demo_orders import seed_orders
from thamthan.cli.demo_projects import seed_projects
from thamthan.cli.demo_reports import seed_reports
from thamthan.cli.nation import seed_nation
from thamthan.cli.shipped import load_shipped_lists
from thamthan.cli.speaking import SpeakingCommand
from thamthan.organisations.queries import organisations_seen_by, system_post_of
from thamthan.organisations.rules import Level, Role
from thamthan.reports.actions import open_due_rounds

if TYPE_CHECKING:
    from thamthan.organisations.models import Post


class Command(SpeakingCommand):
    """ใส่ข้อมูลสาธิต: Ban Lat and its people, or the country down to its local governments."""

    help = "Puts the demo's organisations, people and letters in, or a country; safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["demo", "nation"])
        parser.add_argument(
            "--force", action="store_true", help="also where there are real organisations"
        )
        parser.add_argument(
            "--lists",
            metavar="FOLDER",
            type=Path,
            help="nation: provinces.csv, districts.csv, lao.csv and outlines; else an invented one",
        )
        parser.add_argument(
            "--circular",
            action="store_true",
            help="nation: the Ministry's circular in everyone's hands",
        )

    def handle(
        self,
        *args: Any,
        what: str,
        force: bool,
        lists: Path | None,
        circular: bool,
        **options: Any,
    ) -> None:
        posts = seed_demo(force=force or what == "nation")
        if what == "nation":
            self._nation(posts, lists, circular=circular)
            return
        clerk = _holder(posts, CLERK)
        added = seed_letters(clerk, today=timezone.localdate())
        load_shipped_lists(by=system_post_of())
        # Of a person with two posts the first is the one that acts for the house.
        first = {post.person.login: post for post in reversed(posts) if post.person}
        seed_orders(first, today=timezone.localdate())
        seed_projects(first, today=timezone.localdate())
        open_due_rounds(by=system_post_of())
        seed_reports(first)
        self.stdout.write(f"ข้อมูลสาธิตพร้อมแล้ว หนังสือใหม่ {added} ฉบับ รหัสผ่านของทุกคน: {DEMO_PASSWORD}")
        self.stdout.write("")
        for post in posts:
            if post.person is None:
                continue
            self.stdout.write(
                f"  {post.person.login:<18} {post.person.name} · {post.full_title}"
                f" · {post.organisation.short_name} · {Role(post.role).label}"
            )

    def _nation(self, posts: list["Post"], lists: Path | None, *, circular: bool) -> None:
        seed_nation(lists)
        seen = organisations_seen_by(system_post_of()).filter(closed_on=None)
        self.stdout.write(
            "ประเทศพร้อมแล้ว: "
            + " · ".join(f"{level.label} {seen.filter(level=level).count():,}" for level in _TOLD)
        )
        if not circular:
            return
        clerk, signer = _holder(posts, "phum"), _holder(posts, "ekkachai")
        order = circular_order(clerk, signer, today=timezone.localdate())
        done = cascade_to_all(order, by=clerk)
        self.stdout.write(
            f"ถ่ายทอดถึง {done.organisations:,} หน่วยงาน ใหม่ {done.new_organisations:,}"
            f" งานใหม่ {done.new_tasks:,} งาน"
        )


_TOLD = (Level.PROVINCE, Level.DISTRICT, Level.LAO)


def _holder(posts: list["Post"], login: str) -> "Post":
    return next(post for post in posts if post.person and post.person.login == login)
