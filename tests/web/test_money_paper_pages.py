"""The file of a contract on the page of a project's money: chosen, opened, taken out."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.projects.money import allotted, committed, kept, paid
from tests.projects.projects import approved
from tests.web.conftest import LogIn
from tests.world import World
from thamthan.projects.models import Commitment, MoneyPaper

pytestmark = pytest.mark.django_db
SCAN = b"%PDF-1.4\nsigned\n%%EOF\n"


@pytest.fixture
def contract(world: World) -> Commitment:
    money = allotted(approved(world.clerk), kept(world.clerk, 500_000), 300_000, by=world.clerk)
    return committed(money, 280_000, by=world.clerk)


def address(contract: Commitment) -> str:
    return f"/projects/{contract.allotment.project_id}/money/"


def attached(client: Client, contract: Commitment, content: bytes = SCAN, **more: Any) -> Any:
    file = SimpleUploadedFile("สัญญา 7-2569.pdf", content, "application/pdf")
    return client.post(f"{address(contract)}papers/", {"file": file, "key": contract.pk, **more})


def test_a_contract_file_is_attached_opened_and_taken_out(
    world: World, clerk: Client, contract: Commitment
) -> None:
    payment = paid(contract, 100_000, by=world.clerk)
    assert attached(clerk, contract).status_code == 302
    assert attached(clerk, contract, SCAN + b"2", payment=payment.pk, key="").status_code == 302
    page = clerk.get(address(contract)).content.decode()
    assert "แนบไฟล์สัญญา" in page
    assert page.count("สัญญา 7-2569.pdf</a>") == 2
    paper = MoneyPaper.objects.get(payment=None)
    opened = clerk.get(f"{address(contract)}papers/{paper.pk}/")
    assert b"".join(opened.streaming_content) == SCAN  # type: ignore[attr-defined]  # a file
    assert opened["X-Content-Type-Options"] == "nosniff"
    out = f"{address(contract)}papers/{paper.pk}/out/"
    assert clerk.post(out, {"why": ""}).status_code == 400
    assert clerk.post(out, {"why": "แนบผิดสัญญา"}).status_code == 302
    assert clerk.get(address(contract)).content.decode().count("สัญญา 7-2569.pdf</a>") == 1


def test_no_file_and_no_paper_are_told_on_the_page(clerk: Client, contract: Commitment) -> None:
    answer = clerk.post(f"{address(contract)}papers/", {"key": contract.pk})
    assert answer.status_code == 400
    assert "ยังไม่ได้เลือกไฟล์" in answer.content.decode()
    wrong = attached(clerk, contract, b"MZ\x90\x00")
    assert wrong.status_code == 415
    assert "ไม่ใช่ PDF ภาพ" in wrong.content.decode()
    assert not MoneyPaper.objects.exists()


def test_a_paper_of_another_project_is_not_found(
    world: World, clerk: Client, contract: Commitment, log_in_as: LogIn
) -> None:
    attached(clerk, contract)
    paper = MoneyPaper.objects.get()
    other = approved(world.clerk)
    assert clerk.get(f"/projects/{other.pk}/money/papers/{paper.pk}/").status_code == 404
    stranger = log_in_as(world.tha_sen_clerk)
    assert stranger.get(f"{address(contract)}papers/{paper.pk}/").status_code == 404
    assert attached(stranger, contract).status_code == 404
