"""นำเข้าแบบรายงาน: forms of the list come from files, each version once and for ever."""

import tomllib
from importlib.resources import files
from typing import Any

from django.db import transaction

from thamthan.errors import Refused
from thamthan.organisations.models import Post
from thamthan.organisations.rules import Duty
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.reports.asks import question_row
from thamthan.reports.models import FormQuestion, ReportForm
from thamthan.reports.rules import (
    Adding,
    AskedFor,
    Each,
    Fill,
    QuestionKind,
    Rhythm,
    check_form_asks,
    columns_told,
)

_FORM = {"code": str, "version": int, "name": str}
_CHOICES = {
    "kind": QuestionKind,
    "fill": Fill,
    "each": Each,
    "over_places": Adding,
    "over_periods": Adding,
}
_USUAL = {"fill": Fill.NOTHING, "each": Each.ONCE}


def load_shipped_forms(*, by: Post) -> int:
    """แบบรายงานที่มากับระบบ, each version once; how many are new."""
    folder = files("thamthan") / "data" / "report_forms"
    contents = [each.read_bytes() for each in folder.iterdir() if each.name.endswith(".toml")]
    return sum(load_report_form(content, by=by) is not None for content in contents)


@transaction.atomic
def load_report_form(content: bytes, *, by: Post) -> ReportForm | None:
    """นำเข้าแบบรายงาน of one file; none where this version is there already, which never changes.

    The default is the newest version that says so, in whatever order the files come.
    """
    if not by.has_duty(Duty.LOAD_LISTS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่นำเข้าบัญชีของทางราชการ", code="not_allowed", status=403)
    told = _told(content)
    asks = [_ask(position, one) for position, one in enumerate(told["question"], start=1)]
    try:
        check_form_asks(asks)
        rhythm = Rhythm(str(told.get("rhythm", Rhythm.ANY)))
    except Refused as refused:
        raise _wrong(refused.message) from refused
    except ValueError as problem:
        raise _wrong(f"รอบของแบบเป็น “{told['rhythm']}” ไม่ได้") from problem
    code, version = str(told["code"]), int(told["version"])
    versions = ReportForm.objects.filter(organisation=None, code=code)
    if versions.filter(version=version).exists():
        return None
    is_default = bool(told.get("is_default", False))
    if is_default and versions.filter(version__gt=version, is_default=True).exists():
        is_default = False
    if is_default:
        ReportForm.objects.filter(organisation=None, is_default=True).update(is_default=False)
    form = ReportForm.objects.create(
        code=code,
        version=version,
        name=str(told["name"]),
        words=str(told.get("words", "")),
        source=str(told.get("source", "")),
        is_checked=bool(told.get("is_checked", False)),
        is_default=is_default,
        rhythm=rhythm,
    )
    FormQuestion.objects.bulk_create(
        question_row(form, position, ask) for position, ask in enumerate(asks, start=1)
    )
    record(Verb.FORMS_LOADED, form, by=by, code=code, version=version)
    return form


def _told(content: bytes) -> dict[str, Any]:
    try:
        told = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise _wrong(f"อ่านไฟล์ไม่ได้: {problem}") from problem
    for name, kind in _FORM.items():
        if not isinstance(told.get(name), kind):
            raise _wrong(f"ไม่มี “{name}” หรือเป็นชนิดที่ไม่ถูก")
    if not isinstance(told.get("question"), list) or not told["question"]:
        raise _wrong("ไม่มีคำถามในแบบ")
    return told


def _ask(position: int, told: dict[str, Any]) -> AskedFor:
    key = str(told.get("key", ""))
    if not key or not told.get("text"):
        raise _wrong(f"คำถามที่ {position} ไม่มี key หรือ text")
    chosen: dict[str, Any] = {}
    for name, choices in _CHOICES.items():
        value = told.get(name, _USUAL.get(name, ""))
        if value not in choices.values:
            raise _wrong(f"คำถาม “{key}”: “{name}” เป็น “{value}” ไม่ได้")
        chosen[name] = choices(value)
    try:
        columns = columns_told(told.get("columns", []))
    except Refused as refused:
        raise _wrong(f"คำถาม “{key}”: {refused.message}") from refused
    return AskedFor(
        key=key,
        text=str(told["text"]),
        heading=str(told.get("heading", "")),
        guidance=str(told.get("guidance", "")),
        unit=str(told.get("unit", "")),
        is_required=bool(told.get("is_required", True)),
        indicator_code=str(told.get("indicator", "")),
        least_milli=_whole(key, told.get("least_milli")),
        most_milli=_whole(key, told.get("most_milli")),
        columns=columns,
        **chosen,
    )


def _whole(key: str, told: object) -> int | None:
    if told is None or (isinstance(told, int) and not isinstance(told, bool)):
        return told
    raise _wrong(f"คำถาม “{key}”: ช่วงของตัวเลขต้องเป็นจำนวนเต็มในส่วนพัน")


def _wrong(words: str) -> Refused:
    return Refused(f"แบบรายงานไม่ถูกต้อง – {words}", code="wrong_form", status=400)
