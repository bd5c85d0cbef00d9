"""Money taken for oneself, everywhere in one order: project, line, allotment, commitment."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils import timezone

from thamthan.errors import Refused
from thamthan.letters.queries import house_of
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import locked_project
from thamthan.projects.models import Allotment, BudgetLine, Commitment, Project
from thamthan.projects.rules import in_baht
from thamthan.records.models import HistoryEntry
from thamthan.records.rules import Verb

MOST_PAPER = 300


def locked_lines(*lines: BudgetLine, by: Post) -> list[BudgetLine]:
    """These lines of one's own house, locked by their keys from the lowest, given as asked for."""
    keys = sorted({line.pk for line in lines})
    found = {
        line.pk: line
        for line in BudgetLine.objects.select_for_update(no_key=True)
        .filter(pk__in=keys)
        .order_by("pk")
    }
    house = house_of(by)
    if any(key not in found or found[key].organisation_id != house.pk for key in keys):
        raise Refused("รายการงบประมาณนี้เป็นของหน่วยงานอื่น", code="foreign_line", status=403)
    return [found[line.pk] for line in lines]


def locked_allotments(project: Project, *asked: int | None) -> list[Allotment | None]:
    """These allotments of the project, locked by their keys from the lowest; none where gone."""
    keys = sorted({key for key in asked if key is not None})
    found = {
        one.pk: one
        for one in Allotment.objects.select_for_update(no_key=True)
        .filter(pk__in=keys, project=project)
        .order_by("pk")
    }
    return [found.get(key) if key is not None else None for key in asked]


def locked_allotment(allotment: Allotment, *, by: Post) -> tuple[Project, Allotment]:
    """The project of one's own house and an allotment of it, locked in this order."""
    project = locked_project(allotment.project, by=by)
    (found,) = locked_allotments(project, allotment.pk)
    if found is None:
        raise Refused("เงินรายการนี้ถูกย้ายหรือเอาออกไปแล้ว โปรดดูหน้าเงินอีกครั้ง", code="changed_meanwhile")
    return project, found


def locked_commitment(commitment: Commitment, *, by: Post) -> tuple[Project, Allotment, Commitment]:
    """The project, the allotment and the commitment, locked in this order."""
    # Which allotment it hangs on never changes: no need to lock it to know.
    key = Commitment.objects.values_list("allotment", flat=True).get(pk=commitment.pk)
    project, allotment = locked_allotment(
        Allotment.objects.select_related("project").get(pk=key), by=by
    )
    return (
        project,
        allotment,
        Commitment.objects.select_for_update(no_key=True).get(pk=commitment.pk),
    )


def was_pressed(row_kind: str, verb: Verb, press: UUID, *, row_pk: int, satang: int) -> bool:
    """Whether this very press was carried out on the row already, as its history tells."""
    done = HistoryEntry.objects.filter(
        row_kind=row_kind, row_id=row_pk, verb=verb, facts__press=str(press)
    ).first()
    if done is None:
        return False
    check_same_press(done.facts.get("amount_satang") == satang)
    return True


def check_same_press(is_same: bool) -> None:
    """Refuse a page that was sent already and now says something else, as after going back."""
    if not is_same:
        raise Refused(
            "หน้านี้ส่งไปแล้วครั้งหนึ่งด้วยข้อความอื่น โปรดเปิดหน้าใหม่แล้วกรอกอีกครั้ง", code="pressed_elsewhere"
        )


def check_some(satang: int) -> None:
    """Refuse an amount of nought where something must move."""
    if satang <= 0:
        raise Refused("จำนวนเงินต้องมากกว่าศูนย์", code="no_amount", status=400, field="amount")


def check_day(day: date) -> None:
    """Refuse a day that is still to come: what was bound or paid is told afterwards."""
    if day > timezone.localdate():
        raise Refused("วันที่นี้ยังมาไม่ถึง", code="future_day", status=400, field="on")


def check_paper(words: str, *, asked: str) -> str:
    """The paper a deed rests on, in words; refused where there is none or it is too long."""
    if not words:
        raise Refused(asked, code="no_words", status=400, field="words")
    if len(words) > MOST_PAPER:
        raise Refused(f"ยาวเกิน {MOST_PAPER} ตัวอักษร", code="long_words", status=400, field="words")
    return words


def check_room(satang: int, left: int, *, words: str, code: str) -> None:
    """Refuse more than what is left; the sentence states the sum that is."""
    if satang > left:
        raise Refused(
            f"{in_baht(satang)} มากเกินไป {words} {in_baht(left)}",
            code=code,
            field="amount",
            left_satang=left,
        )


def check_seen(seen: int | None, kept: int) -> None:
    """Refuse where the amount has changed since the person saw it."""
    if seen is not None and seen != kept:
        raise Refused(
            f"มีผู้แก้จำนวนเงินนี้ไปแล้วระหว่างที่ท่านเปิดอยู่ ขณะนี้เป็น {in_baht(kept)} ยังไม่ได้บันทึกของท่าน",
            code="changed_meanwhile",
        )


Sure = Collection[str]
