"""The pages of evidence: a grid, a piece, adding with and without scripts, judging one by one."""

import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from tests.projects.evidence import PDF, attached, photo, under_way
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.actions import attach_link, judge_evidence
from thamthan.projects.models import Evidence, Project
from thamthan.projects.rules import EvidenceState
from thamthan.records.uploading import begin_upload, continue_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(world: World) -> Project:
    return under_way(world.clerk)


@pytest.fixture
def officer(world: World, log_in_as: LogIn) -> Client:
    return log_in_as(world.officer)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def picture(seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"IMG_{seed}.jpg", photo(seed), content_type="image/jpeg")


def add(client: Client, project: Project, **form: Any) -> Any:
    return client.post(reverse("project-evidence-new", args=[project.pk]), form)


def test_without_scripts_several_pictures_come_by_one_form(
    world: World, project: Project, officer: Client
) -> None:
    answer = add(officer, project, kind="before", caption="ก่อน", files=[picture(1), picture(2)])
    assert answer.status_code == 302
    rows = Evidence.objects.all()
    assert [(row.kind, row.caption, row.made_by) for row in rows] == [
        ("before", "ก่อน", world.officer)
    ] * 2
    page = text(officer.get(reverse("project-evidence", args=[project.pk])))
    assert "หลักฐาน 2 ชิ้น · รอตรวจ 2" in page


def test_what_is_no_picture_is_refused_on_the_page_with_its_name(
    project: Project, officer: Client
) -> None:
    wrong = SimpleUploadedFile("บันทึก.pdf", PDF)
    answer = add(officer, project, kind="after", files=[picture(1), wrong])
    assert answer.status_code == 422
    assert "“บันทึก.pdf”: ไฟล์นี้ไม่ใช่ภาพถ่าย" in text(answer)
    assert "ไฟล์ก่อนหน้านี้ 1 ไฟล์เพิ่มแล้ว" in text(answer)
    assert Evidence.objects.count() == 1
    assert add(officer, project, kind="after").status_code == 400
    assert add(officer, project, files=[picture(2)]).status_code == 400


def test_what_came_by_pieces_is_answered_with_its_line(
    world: World, project: Project, officer: Client
) -> None:
    content = photo(3)
    ref = begin_upload("IMG_3.jpg", size=len(content), by=world.officer).ref
    pieces = iter([content])
    continue_upload(ref, at=0, read=lambda most: next(pieces, b""), by=world.officer)
    address = reverse("project-evidence-new", args=[project.pk])
    form = {"kind": "during", "caption": "เทพื้น", "upload": str(ref)}
    answer = officer.post(address, form, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert "เพิ่มแล้ว" in text(answer)
    assert Evidence.objects.get().caption == "เทพื้น"
    for wrong in ("", "x", str(uuid4())):
        form["upload"] = wrong
        answer = officer.post(address, form, headers={"HX-Request": "true"})
        assert answer.status_code == 404
        assert "<html" not in text(answer)


def test_papers_and_links_stand_apart_from_pictures(project: Project, officer: Client) -> None:
    paper = SimpleUploadedFile("ใบตรวจรับ.pdf", PDF)
    assert add(officer, project, kind="paper", files=[paper]).status_code == 302
    assert add(officer, project, kind="link", url="https://example.go.th").status_code == 302
    answer = add(officer, project, kind="link", url="javascript:alert(1)")
    assert answer.status_code == 400
    assert "ลิงก์ต้องขึ้นต้นด้วย http" in text(answer)
    page = text(officer.get(reverse("project-evidence", args=[project.pk])))
    assert "เอกสารและลิงก์" in page
    assert "ใบตรวจรับ.pdf" in page


def test_a_picture_goes_out_small_and_without_its_place(
    world: World, project: Project, officer: Client
) -> None:
    evidence = attached(project, world.officer)
    for side in (480, 1280):
        answer = officer.get(reverse("evidence-picture", args=[evidence.pk, side]))
        assert answer["Content-Type"] == "image/webp"
        image = Image.open(io.BytesIO(answer.content))
        assert not image.getexif()
        assert b"Exif" not in answer.content
    assert officer.get(reverse("evidence-picture", args=[evidence.pk, 481])).status_code == 404
    original = officer.get(reverse("evidence-file", args=[evidence.pk]))
    assert b"".join(original.streaming_content) == photo()  # type: ignore[attr-defined]
    assert original["X-Content-Type-Options"] == "nosniff"


def test_one_piece_tells_its_hash_its_place_and_what_is_doubtful(
    world: World, project: Project, officer: Client
) -> None:
    evidence = attached(project, world.officer, photo(2, place=None))
    page = text(officer.get(reverse("evidence", args=[evidence.pk])))
    assert evidence.file is not None
    assert evidence.file.sha256 in page
    assert "ภาพไม่ได้บอกพิกัดที่ถ่าย" in page
    assert "ผู้แนบตรวจของตนเองไม่ได้" in page
    other = attached(project, world.officer)
    assert "13.043500, 99.917000" in text(officer.get(reverse("evidence", args=[other.pk])))


def test_judging_goes_from_one_to_the_next(world: World, project: Project, clerk: Client) -> None:
    first, second = (attached(project, world.officer, photo(seed)) for seed in (1, 2))
    own = attached(project, world.clerk, photo(3))
    judging = reverse("evidence-judging")
    assert "เหลือ 2 ชิ้น" in text(clerk.get(judging))
    answer = clerk.post(
        reverse("evidence-judge", args=[first.pk]),
        {"verdict": "adequate", "queue": "1"},
        follow=True,
    )
    assert "เหลือ 1 ชิ้น" in text(answer)
    assert reverse("evidence-judge", args=[second.pk]) in text(answer)
    address = reverse("evidence-judge", args=[second.pk])
    answer = clerk.post(address, {"verdict": "back", "queue": "1"})
    assert answer.status_code == 400
    assert "โปรดบอกว่าส่งกลับเพราะอะไร" in text(answer)
    form = {"verdict": "back", "queue": "1", "note": "เบลอ", "project": str(project.pk)}
    answer = clerk.post(address, form, follow=True)
    assert "ไม่มีหลักฐานรอท่านตรวจ" in text(answer)
    states = dict(Evidence.objects.values_list("pk", "state"))
    assert states == {
        first.pk: EvidenceState.ADEQUATE,
        second.pk: EvidenceState.SENT_BACK,
        own.pk: EvidenceState.WAITING,
    }


def test_the_author_explains_what_was_sent_back(
    world: World, project: Project, officer: Client
) -> None:
    evidence = attached(project, world.officer)
    judge_evidence(evidence, is_adequate=False, by=world.clerk, note="ไม่เห็นป้าย")
    assert "ส่งกลับ: “ไม่เห็นป้าย”" in text(officer.get(reverse("evidence", args=[evidence.pk])))
    officer.post(reverse("evidence-explanation", args=[evidence.pk]), {"caption": "ป้ายมุมขวา"})
    evidence.refresh_from_db()
    assert (evidence.state, evidence.caption) == (EvidenceState.WAITING, "ป้ายมุมขวา")


def test_a_list_of_much_evidence_asks_little(
    world: World,
    project: Project,
    clerk: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for at in range(30):
        attach_link(project, f"https://example.go.th/{at}", by=world.officer)
    attached(project, world.officer)
    address = reverse("project-evidence", args=[project.pk])
    clerk.get(address)
    with django_assert_max_num_queries(12):
        assert "หลักฐาน 31 ชิ้น" in text(clerk.get(address))
    with django_assert_max_num_queries(12):
        clerk.get(reverse("evidence-judging"))


def test_a_file_too_large_is_named_in_words(
    project: Project, officer: Client, settings: Settings
) -> None:
    settings.MAX_FILE_BYTES = 1000
    answer = add(officer, project, kind="after", files=[picture(1)])
    assert answer.status_code == 413
    assert not Evidence.objects.exists()
