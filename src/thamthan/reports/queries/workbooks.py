"""แบบรายงานเป็น Excel: one's own report with what stands in it, stamped to be known again."""

import hashlib
from dataclasses import dataclass

from django.core import signing

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.projects.rules import in_digits
from thamthan.reports.models import Report
from thamthan.reports.queries.filling_in import FormLine, form_lines
from thamthan.reports.rules import COUNTED, WRITABLE, AnswerStanding, QuestionKind
from thamthan.thai.dates import format_date
from thamthan.thai.text import squeeze
from thamthan.writing.form_sheet import STANDINGS, SheetField, SheetForm, write_form_sheet

SALT = "thamthan.reports.workbook"
_TYPED = COUNTED | {QuestionKind.TEXT}
_STANDING = {
    AnswerStanding.NONE: STANDINGS[1],
    AnswerStanding.NOT_APPLICABLE: STANDINGS[2],
}


@dataclass(frozen=True, slots=True)
class Stamped:
    """ตราของแบบ: which report it is, and of each field its version and what stood in it."""

    report: str
    fields: dict[str, tuple[int, str]]


def report_workbook(post: Post, report: Report) -> bytes:
    """แบบรายงานของหน่วยงานตนเป็น Excel, with every answer as it is now or as the system knows it."""
    if report.state not in WRITABLE or report.round.closed_at is not None:
        raise Refused("รายงานนี้รับรองแล้วหรือปิดรอบแล้ว จึงไม่มีแบบให้กรอก", code="report_accepted")
    lines = [one for one in form_lines(post, report) if one.question.kind in _TYPED]
    fields = tuple(_field(line) for line in lines)
    stamp = Stamped(
        str(report.ref),
        {
            field.key: (
                line.version if line.is_typed else 0,
                mark_of(field.value, field.of, field.standing),
            )
            for field, line in zip(fields, lines, strict=True)
        },
    )
    due = f"กำหนดส่ง {format_date(report.due_at.date(), weekday=True)}" if report.due_at else ""
    return write_form_sheet(
        SheetForm(
            title=f"{report.round.form.name} – {squeeze(report.round.root.title)}",
            house=f"{report.organisation.name} ส่ง {report.giver.name}",
            due=due,
            fields=fields,
            stamp=signing.dumps(
                {"report": stamp.report, "fields": stamp.fields}, salt=SALT, compress=True
            ),
        )
    )


def _field(line: FormLine) -> SheetField:
    question = line.question
    is_number = question.kind in COUNTED
    known = line.known.value_milli
    return SheetField(
        key=question.key,
        heading=squeeze(question.heading),
        text=question.text,
        unit=question.unit,
        is_number=is_number,
        is_share=question.kind == QuestionKind.SHARE,
        is_required=question.is_required,
        value=_in_cell(line.value_milli) if is_number else line.text,
        of=_in_cell(line.of_milli),
        standing=_STANDING.get(AnswerStanding(line.standing), STANDINGS[0]) if is_number else "",
        known=_in_cell(known) if is_number else "",
    )


def _in_cell(milli: int | None) -> str:
    return "" if milli is None else in_digits(milli).replace(",", "")


def mark_of(value: str, of: str, standing: str) -> str:
    """รอยของช่อง: what stood in a field, so short that a stamp holds it for every field."""
    words = "\x1f".join((squeeze(value), squeeze(of), standing))
    return hashlib.sha256(words.encode("utf-8")).hexdigest()[:12]


def stamped(post: Post, stamp: str) -> Stamped:
    """อ่านตราของแบบ; refuses one that this installation did not make, or that was changed."""
    try:
        told = signing.loads(stamp, salt=SALT)
        fields = {key: (int(one[0]), str(one[1])) for key, one in told["fields"].items()}
        return Stamped(str(told["report"]), fields)
    except (signing.BadSignature, KeyError, TypeError, ValueError, IndexError) as fault:
        raise Refused(
            "ตราของแบบรายงานนี้ไม่ถูกต้อง อาจถูกแก้ไขหรือมาจากระบบอื่น กรุณาดาวน์โหลดแบบใหม่",
            code="wrong_stamp",
            status=422,
        ) from fault
