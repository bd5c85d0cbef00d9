"""The demo's organisations and people, put in through the same doors as real ones."""

import csv
import io
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.organisations.actions import create_person, give_post, load_organisations
from thamthan.organisations.queries import (
    organisation_for,
    organisations_seen_by,
    people_seen_by,
    posts_at,
    system_post_of,
)
from thamthan.organisations.rules import INSTALLATION, Level

if TYPE_CHECKING:
    from thamthan.organisations.models import Person, Post

DEMO_PASSWORD = "thamthan-demo"  # noqa: S105 – printed for everyone; the demo holds nothing private
# The first day of the fiscal year 2569, before every letter of the demo.
IN_POST_SINCE = date(2025, 10, 1)
CLERK = "somjai"

_FOLDER = files("thamthan") / "data" / "organisations"


@dataclass(frozen=True, slots=True)
class DemoPost:
    """หนึ่งบรรทัดของตารางผู้ใช้: who logs in how, and in what position."""

    login: str
    name: str
    organisation: str
    role: str
    title: str
    acting: str


def demo_posts() -> list[DemoPost]:
    """ผู้ใช้ของระบบสาธิต, as the data file has them."""
    text = (_FOLDER / "demo_people.csv").read_text(encoding="utf-8")
    return [
        DemoPost(
            login=row["login"],
            name=row["name"],
            organisation=row["organisation"],
            role=row["role"],
            title=row["title"],
            acting=row["acting"],
        )
        for row in csv.DictReader(io.StringIO(text))
    ]


def ministry_list() -> bytes:
    """บัญชีที่มีเพียงรากของต้นไม้, for an installation that has no tree yet."""
    return (_FOLDER / "ministry.csv").read_bytes()


def shipped_organisations() -> dict[str, str]:
    """The names of the organisations that the product itself knows, by their codes."""
    text = (_FOLDER / "demo.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(io.StringIO(text))}


def seed_demo(*, force: bool) -> list["Post"]:
    """Put in what is lacking of the demo's organisations and people; gives their posts.

    Refuses where there are organisations that are not the demo's, but with `force`.
    """
    content = (_FOLDER / "demo.csv").read_bytes()
    try:
        root = system_post_of()
    except NotFound:
        load_organisations(content, by=INSTALLATION, as_of=timezone.localdate(), write_it=True)
        root = system_post_of()
    else:
        # Official lists loaded into a demo leave it a demo, which starts again tomorrow.
        logins = {person.login for person in people_seen_by(root)}
        if not force and not {line.login for line in demo_posts()} <= logins:
            _refuse_real_tree(root, content)
        load_organisations(content, by=root, as_of=timezone.localdate(), write_it=True)
    people = {person.login: person for person in people_seen_by(root)}
    return [_seed_post(line, people, by=root) for line in demo_posts()]


def _refuse_real_tree(root: "Post", content: bytes) -> None:
    codes = {row["code"] for row in csv.DictReader(io.StringIO(content.decode()))}
    others = organisations_seen_by(root).exclude(code__in=codes)
    # Divisions may be added while trying the demo out; they do not make the tree a real one.
    real = others.exclude(level=Level.DIVISION).first()
    if real is not None:
        raise Refused(
            f"ฐานข้อมูลนี้มีหน่วยงานจริงแล้ว เช่น {real.name} จึงไม่ใส่ข้อมูลสาธิต (ใช้ --force หากต้องการ)",
            code="not_a_demo",
        )


def _seed_post(line: DemoPost, people: dict[str, "Person"], *, by: "Post") -> "Post":
    organisation = organisation_for(by, line.organisation)
    person = people.get(line.login)
    if person is None:
        people[line.login] = create_person(
            line.login,
            name=line.name,
            password=DEMO_PASSWORD,
            must_change_password=False,
            organisation=organisation,
            role=line.role,
            title=line.title,
            from_on=IN_POST_SINCE,
            by=by,
        )
    held = posts_at(by, organisation).filter(person=people[line.login], role=line.role).first()
    if held is not None:
        return held
    return give_post(
        people[line.login],
        organisation,
        role=line.role,
        title=line.title,
        acting=line.acting,
        from_on=IN_POST_SINCE,
        by=by,
    )
