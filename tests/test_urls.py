"""Who may open what: each address is tried by nobody, a stranger, the wrong role, the right one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from tests import (
    url_rows_of_notices,
    url_rows_of_orders,
    url_rows_of_projects,
    url_rows_of_reports,
    url_rows_of_tasks,
)
from tests.letters.drafts import numbered, open_books
from tests.papers import paper
from tests.url_keys import steps_of, written
from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.url_rows_of_notices import keys_of_notices
from tests.url_rows_of_orders import is_of_orders, keys_of_orders
from tests.url_rows_of_projects import keys_of_projects
from tests.url_rows_of_reports import keys_of_reports
from tests.url_rows_of_tasks import keys_of_tasks
from tests.web.conftest import PNG
from tests.world import World
from thamthan.letters.actions import (
    IncomingFile,
    confirm_reading,
    open_register,
    receive_letter,
    reserve_numbers,
    send_letter,
)
from thamthan.letters.models import Letter, Register, RegisterNumber
from thamthan.letters.queries import readings_of
from thamthan.letters.rules import Direction
from thamthan.organisations.models import Post

pytestmark = pytest.mark.django_db

KEPT: dict[str, Any] = {"wrong_post": "clerk", "right_post": "administrator"}
NONG_KAPU = {"code": "nong_kapu.code"}
# What the district wrote and sent; its administrator reads no letters.
WRITTEN: dict[str, Any] = {
    "wrong_post": "district_administrator", "right_post": "district_officer",
}  # fmt: skip
SENT = WRITTEN
MALEE = {"pk": "officer.person.pk"}

# A stranger is the clerk of an organisation in another district; to them our letters do not exist.
# Where an address is about the house of whoever asks, a stranger sees their own and that is right.
TABLE = [
    Row("healthz", OPEN, OPEN, OPEN, OPEN),
    Row("log-in", OPEN, 302, 302, 302),
    Row("log-out", TO_LOG_IN, 302, 302, 302, posts=True),
    Row("desk", TO_LOG_IN, OPEN, OPEN, OPEN),
    Row("account", TO_LOG_IN, OPEN, OPEN, OPEN),
    Row("change-own-password", TO_LOG_IN, 422, 422, 422, posts=True),
    Row("switch-post", TO_LOG_IN, 404, 404, 302, posts=True, form={"post": "own"}),
    Row("register", TO_LOG_IN, OPEN, 403, OPEN),
    Row("sent-register", TO_LOG_IN, OPEN, 403, OPEN),
    Row("book-print", TO_LOG_IN, 404, 403, OPEN),
    Row("registers", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("register-new", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("register-settings", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("number-reserve", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("number-release", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("number-cancel", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    # Without a register of one's own one is sent to open it.
    Row("sent-new", TO_LOG_IN, 302, 403, OPEN, wrong_post="officer"),
    Row("letter-stamp", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-stamped", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-division", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("register-finished", TO_LOG_IN, OPEN, 403, OPEN),
    Row("register-aside", TO_LOG_IN, OPEN, 403, OPEN),
    Row("register-opening", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("receive", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("letter", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-file", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-reading", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-confirmation", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("letter-page", TO_LOG_IN, 404, 404, OPEN),
    Row("letter-doubts", TO_LOG_IN, 404, 403, OPEN, posts=True, wrong_post="officer"),
    Row("letter-twin", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer"),
    Row(
        "letter-aside", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        form={"note": "ส่งผิดหน่วยงาน"},
    ),
    Row("letter-return", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("letter-finish", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("letter-reopen", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("letter-put-up", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("letter-slip", TO_LOG_IN, 404, 404, OPEN),
    # A letter on its way waits for the chief clerk; the clerk put it up.
    Row(
        "step-sign", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        right_post="chief_clerk",
        form={"phrase": "own", "onward": "next", "instruction": "agree"},
    ),
    Row(
        "step-take", TO_LOG_IN, 404, 403, 400, posts=True, wrong_post="officer",
        right_post="chief_clerk",
    ),
    Row(
        "step-return", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        right_post="chief_clerk", form={"to": "the first", "reason": "ขอเอกสารเพิ่ม"},
    ),
    Row("step-recall", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer"),
    Row(
        "step-skip", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        form={"reason": "ไปราชการ"},
    ),
    Row("step-signature", TO_LOG_IN, 404, 404, 404),
    # Each sets its own house's.
    Row("chains", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("chain", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("phrases", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("own-signature", TO_LOG_IN, 400, 400, 400, posts=True),
    Row("own-signature-picture", TO_LOG_IN, 404, 404, 404),
    Row("own-signature-removal", TO_LOG_IN, 302, 302, 302, posts=True),
    Row("storage", TO_LOG_IN, OPEN, 403, OPEN),
    Row("storage-list", TO_LOG_IN, OPEN, 403, OPEN),
    Row("letter-keeping", TO_LOG_IN, 404, 404, OPEN),
    Row(
        "letter-loan-return", TO_LOG_IN, 404, 404, 404, posts=True, wrong_post="officer",
        kwargs={"loan_pk": "officer.pk"},
    ),
    Row("disposals", TO_LOG_IN, OPEN, 403, OPEN),
    # No list stands in the world yet: whoever may ask is told so, tests of disposals try the rest.
    Row("disposal", TO_LOG_IN, 404, 403, 404, kwargs={"pk": "officer.pk"}),
    Row("disposal-table", TO_LOG_IN, 404, 403, 404, kwargs={"pk": "officer.pk"}),
    Row("disposal-export", TO_LOG_IN, 404, 403, 404, kwargs={"pk": "officer.pk"}),
    Row("disposal-committee", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}),
    Row("disposal-judgements", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}),
    Row("disposal-archives", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}),
    Row("disposal-answer", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}),
    Row("disposal-approval", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}),
    Row(
        "disposal-destruction", TO_LOG_IN, 404, 403, 404, posts=True, kwargs={"pk": "officer.pk"}
    ),
    Row("letter-disclosure", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("letter-redaction", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row(
        "letter-redacted", TO_LOG_IN, 404, 404, 404, wrong_post="officer",
        kwargs={"copy_pk": "officer.pk"},
    ),
    Row("secrets", TO_LOG_IN, OPEN, 403, OPEN, right_post="chief_clerk"),
    Row("letter-secrecy", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    # Naming readers is the registrar's: a clerk may not, a wrong choice is told to the registrar.
    Row(
        "letter-reader-new", TO_LOG_IN, 404, 403, 400, posts=True, wrong_post="clerk",
        right_post="chief_clerk",
    ),
    Row(
        "letter-reader-end", TO_LOG_IN, 404, 403, 404, posts=True, wrong_post="clerk",
        right_post="chief_clerk", kwargs={"reader_pk": "officer.pk"},
    ),
    Row("letter-links", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("letter-unlinking", TO_LOG_IN, 404, 403, 400, posts=True, wrong_post="officer"),
    Row("letter-matter", TO_LOG_IN, 404, 404, OPEN),
    Row("search", TO_LOG_IN, OPEN, 403, OPEN),
    Row(
        "saved-search", TO_LOG_IN, 302, 403, 302, posts=True,
        form={"name": "ขยะ", "asked": "q=ขยะ"},
    ),
    # A search is its post's own: nobody else's can be removed, whatever their role.
    Row(
        "saved-search-removal", TO_LOG_IN, 404, 404, 404, posts=True,
        kwargs={"pk": "officer.pk"}, wrong_post="officer",
    ),
    # Drafts and sendings are of one house; a sent letter's are tried at the district, who sent it.
    Row("letter-answer", TO_LOG_IN, 404, 404, 302, posts=True),
    Row("letter-registering", TO_LOG_IN, 404, 403, 409, posts=True, wrong_post="officer"),
    Row("drafts", TO_LOG_IN, OPEN, 403, OPEN),
    Row("draft-new", TO_LOG_IN, OPEN, 403, OPEN),
    Row("letterhead", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    Row("draft", TO_LOG_IN, 404, 404, OPEN, **WRITTEN),
    Row("draft-save", TO_LOG_IN, 404, 404, 409, posts=True, **WRITTEN),
    Row("draft-state", TO_LOG_IN, 404, 404, OPEN, **WRITTEN),
    Row("draft-preview", TO_LOG_IN, 404, 404, OPEN, posts=True, **WRITTEN),
    Row("draft-paper", TO_LOG_IN, 404, 404, OPEN, **WRITTEN),
    Row("draft-versions", TO_LOG_IN, 404, 404, OPEN, **WRITTEN),
    Row("draft-version", TO_LOG_IN, 404, 404, OPEN, **WRITTEN),
    Row("draft-deed", TO_LOG_IN, 404, 404, 400, posts=True, **WRITTEN),
    Row("draft-number", TO_LOG_IN, 404, 404, 302, posts=True, **WRITTEN),
    Row("draft-files", TO_LOG_IN, 404, 404, 400, posts=True, **WRITTEN),
    Row("draft-file", TO_LOG_IN, 404, 404, 404, **WRITTEN),
    Row(
        "draft-template", TO_LOG_IN, 404, 404, 302, posts=True, **WRITTEN, form={"name": "แบบ"},
    ),
    Row("sendings", TO_LOG_IN, OPEN, 403, OPEN),
    Row("sending-list", TO_LOG_IN, 404, 404, OPEN, **SENT),
    Row("sending-new", TO_LOG_IN, 404, 404, OPEN, **SENT),
    Row("sending-export", TO_LOG_IN, 404, 404, OPEN, **SENT),
    Row("sending-state", TO_LOG_IN, 404, 404, 400, posts=True, **SENT),
    Row("sending-proof", TO_LOG_IN, 404, 404, 404, **SENT),
    # The tree is public to whoever logs in; who keeps it is another matter.
    Row("organisations", TO_LOG_IN, OPEN, OPEN, OPEN),
    Row("organisation", TO_LOG_IN, OPEN, OPEN, OPEN, kwargs=NONG_KAPU),
    Row("organisation-new", TO_LOG_IN, 403, 403, OPEN, **KEPT, kwargs=NONG_KAPU),
    Row("organisation-change", TO_LOG_IN, 403, 403, OPEN, **KEPT, kwargs=NONG_KAPU),
    Row("organisation-closing", TO_LOG_IN, 403, 403, OPEN, **KEPT, kwargs=NONG_KAPU),
    Row("people", TO_LOG_IN, OPEN, OPEN, OPEN, **KEPT),
    Row("person-new", TO_LOG_IN, 403, 403, OPEN, **KEPT),
    Row("person-post-new", TO_LOG_IN, 403, 403, OPEN, **KEPT),
    Row("person", TO_LOG_IN, 404, OPEN, OPEN, **KEPT, kwargs=MALEE),
    Row("person-change", TO_LOG_IN, 404, 403, OPEN, **KEPT, kwargs=MALEE),
    Row("person-password", TO_LOG_IN, 404, 403, 422, posts=True, **KEPT, kwargs=MALEE),
    Row("person-unlocking", TO_LOG_IN, 404, 403, 302, posts=True, **KEPT, kwargs=MALEE),
    Row(
        "person-post-end", TO_LOG_IN, 404, 403, 302, posts=True, **KEPT,
        kwargs=MALEE | {"post_pk": "officer.pk"}, form={"on": "31/12/2569"},
    ),
    # A key is given by the holder of the post alone: whoever keeps posts does not read letters.
    Row(
        "person-token", TO_LOG_IN, 404, 403, 422, posts=True,
        kwargs={"pk": "clerk.person.pk"}, wrong_post="administrator", right_post="clerk",
    ),
    Row(
        "person-token-revocation", TO_LOG_IN, 404, 404, 404, posts=True, **KEPT,
        kwargs=MALEE | {"token_pk": "officer.pk"},
    ),
    *url_rows_of_orders.ROWS,
    *url_rows_of_tasks.ROWS,
    *url_rows_of_notices.ROWS,
    *url_rows_of_projects.ROWS,
    *url_rows_of_reports.ROWS,
]  # fmt: skip


def names(patterns: list[Any], namespace: str = "") -> Iterator[str]:
    """The names of all pages; the API has its own tests of who may ask what."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.namespace is None:
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or str(pattern.pattern)


def test_every_page_has_its_row() -> None:
    known = set(names(get_resolver().url_patterns))
    tried = [row.name for row in TABLE]
    assert sorted(tried) == sorted(set(tried)), "an address stands in the table twice"
    assert known == set(tried), f"no row in the table: {sorted(known - set(tried))}"


@pytest.fixture
def letters(world: World) -> tuple[Letter, Letter]:
    at = datetime(2026, 3, 3, 9, 30, tzinfo=ZoneInfo("Asia/Bangkok"))
    first, second = (
        receive_letter(
            [
                IncomingFile(name="หนังสือ.txt", content=paper(subject=subject).encode()),
                IncomingFile(name="แผนที่.png", content=PNG),
            ],
            by=world.clerk,
            received_at=at,
        )
        for subject in ("เรื่องแรก", "เรื่องที่สอง")
    )
    return first, second


def sent_book(world: World) -> Register:
    there = Register.objects.filter(organisation=world.nong_kapu, direction="sent").first()
    return there or open_register(
        by=world.clerk, direction=Direction.SENT, first_year=2026, agency_code="พบ 72401"
    )


def reserved_number(world: World) -> RegisterNumber:
    today = timezone.localdate()
    told = {"reserved_for": "กองช่าง", "reason": "ประกวดราคา", "on": today, "until": today}
    return reserve_numbers(sent_book(world), by=world.clerk, count=1, **told)[0]  # type: ignore[arg-type]


def registered(letter: Letter, world: World) -> None:
    if letter.receipt_number is not None:
        return
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    reading = readings_of(world.clerk, letter).reading
    assert reading is not None
    confirm_reading(
        letter,
        reading,
        by=world.clerk,
        seen_version=letter.version,
        received_at=letter.received_at,
    )


def number_keys(name: str, world: World) -> dict[str, int]:
    if name in {"book-print", "register-settings", "number-reserve", "sent-new"}:
        book = sent_book(world)
        return {} if name == "sent-new" else {"pk": book.pk}
    if name in {"number-release", "number-cancel"}:
        return {"pk": reserved_number(world).pk}
    return {}


@pytest.fixture
def sent(world: World) -> None:
    with time_machine.travel(datetime(2026, 3, 20, 14, tzinfo=ZoneInfo("Asia/Bangkok"))):
        open_books(world.district_officer)
        letter = numbered(world, world.district_officer)
        send_letter(letter, by=world.district_officer, outside=["โรงพยาบาลบ้านลาด"])


def about_orders(row: Row, letter: Letter, world: World) -> tuple[Row, dict[str, Any]]:
    if not is_of_orders(row):
        return row, keys_of_tasks(row.name, world)
    registered(letter, world)
    keys, form = keys_of_orders(row, letter, world)
    return replace(row, form={**row.form, **form}), keys


def ask(row: Row, client: Client, post: Post, world: World, letters: tuple[Letter, Letter]) -> int:
    letter, other = letters
    letter.refresh_from_db()
    kwargs = {name: attrgetter(path)(world) for name, path in row.kwargs.items()}
    if row.name == "letter" or row.name.startswith("letter-"):
        kwargs["pk"] = letter.pk
    if row.name == "chain":
        kwargs["matter"] = "letter"
    if row.name.startswith("step-"):
        first, second = steps_of(world)
        kwargs["pk"] = first.pk if row.name == "step-recall" else second.pk
        if row.form.get("to") == "the first":
            row = replace(row, form={**row.form, "to": str(first.pk)})
    if row.name in {"letter-file", "letter-stamp", "letter-stamped"}:
        kwargs["position"] = 1
    if row.name in {"letter-stamp", "letter-stamped"}:
        registered(letter, world)
    kwargs |= number_keys(row.name, world)
    if row.name == "letter-redaction":
        kwargs["position"] = 2
    if row.name in {"storage-list", "disposal-table"}:
        kwargs |= {"form": "csv"} | ({"kind": "store"} if row.name == "storage-list" else {})
    if row.name == "letter-page":
        kwargs |= {"position": 2, "number": 1}
    if row.name.startswith(("draft", "sending-")) and row.name not in {"drafts", "draft-new"}:
        kwargs |= written(row.name)
    row, more = about_orders(row, letter, world)
    kwargs |= more
    kwargs |= keys_of_notices(row.name, world, post)
    kwargs |= keys_of_projects(row.name, world) | keys_of_reports(row.name, world)
    address = reverse(row.name, kwargs=kwargs)
    if not row.posts:
        answer = client.get(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        return answer.status_code
    form = {"version": str(letter.version), "of": str(other.pk), **row.form}
    if form.get("post") == "own":
        form["post"] = str(post.pk)
    return client.post(address, form).status_code


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_each_page_is_open_to_the_right_people_alone(
    row: Row,
    world: World,
    letters: tuple[Letter, Letter],
    request: pytest.FixtureRequest,
) -> None:
    if row.name.startswith(("draft", "sending-")):
        request.getfixturevalue("sent")
    right = getattr(world, row.right_post)
    people = {
        "nobody": (None, row.nobody),
        "a stranger": (world.neighbour_clerk, row.stranger),
        "the wrong role": (getattr(world, row.wrong_post), row.wrong),
        "the right role": (right, row.right),
    }
    for who, (post, expected) in people.items():
        client = Client()
        if post is not None:
            client.force_login(post.person)
            session = client.session
            session["post"] = post.pk
            session.save()
        assert ask(row, client, right, world, letters) == expected, f"{row.name}: {who}"
