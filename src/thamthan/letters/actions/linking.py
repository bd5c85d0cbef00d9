"""A person says which letters belong together, and which only look as if they did."""

from datetime import date

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Letter, LetterLink
from thamthan.letters.queries import ties_of
from thamthan.letters.rules import LinkKind
from thamthan.organisations.models import Post
from thamthan.records.actions import record
from thamthan.records.rules import Verb
from thamthan.thai.correspondence import parse_letter_number
from thamthan.thai.text import squeeze


@transaction.atomic
def link_letters(letter: Letter, *, to: Letter, kind: LinkKind, by: Post) -> LetterLink:
    """เชื่อมหนังสือ: `letter` refers to, answers, replaces or passes on the earlier letter `to`.

    Both are of this post's house and seen by it: they came through their queries. Said again of
    the same two letters, the new kind takes the old one's place.
    """
    check_duty(by)
    _check_pair(letter, to, by)
    Letter.objects.select_for_update().get(pk=letter.pk)
    rows = LetterLink.objects.filter(letter=letter, to=to)
    if rows.filter(kind=kind, is_so=True).exists():
        raise Refused(f"เชื่อมไว้แล้วว่า “{kind.label}” ฉบับนี้", code="already_linked")
    rows.delete()
    link = LetterLink.objects.create(letter=letter, to=to, kind=kind, made_by=by)
    for row, other, words in ((letter, to, kind.label), (to, letter, f"ถูก{kind.label}")):
        record(Verb.LETTER_LINKED, row, by=by, note=_note(words, other), other=other.pk, kind=kind)
    return link


def _note(words: str, other: Letter) -> str:
    """What history says of the other letter: of a secret one, nothing but that there is one."""
    return f"{words} หนังสือที่มีชั้นความลับ" if other.is_secret else f"{words} {other.number or other}"


def _check_pair(letter: Letter, to: Letter, by: Post) -> None:
    if letter.pk == to.pk:
        raise Refused("เชื่อมหนังสือกับฉบับของมันเองไม่ได้", code="same_letter", status=400)
    path = by.organisation.house_path
    if {letter.organisation.path, to.organisation.path} != {path}:
        raise Refused("เชื่อมได้เฉพาะหนังสือในทะเบียนของหน่วยงานตน", code="foreign_letter")


@transaction.atomic
def link_stub(
    letter: Letter, *, kind: LinkKind, agency: str, number: str, dated_on: date | None, by: Post
) -> LetterLink:
    """เชื่อมกับหนังสือที่ยังไม่มีในทะเบียน: kept by agency, number and date until it comes, then linked."""
    check_duty(by)
    agency, number = squeeze(agency)[:300], squeeze(number)[:120]
    parsed = parse_letter_number(number)
    if number and parsed is None:
        raise Refused(
            f"อ่าน “{number}” เป็นเลขที่หนังสือไม่ได้ เช่น พบ 0618/665", code="bad_number", status=400
        )
    if not (agency and (parsed or dated_on)):
        raise Refused("โปรดบอกหน่วยงาน และเลขที่หรือวันที่ของหนังสือ", code="no_stub", status=400)
    Letter.objects.select_for_update().get(pk=letter.pk)
    link, is_new = LetterLink.objects.get_or_create(
        letter=letter,
        to=None,
        kind=kind,
        agency=agency,
        number_key=parsed.key()[:120] if parsed else "",
        dated_on=dated_on,
        defaults={"number": number, "made_by": by},
    )
    if not is_new:
        raise Refused("บันทึกความเกี่ยวข้องนี้ไว้แล้ว", code="already_linked")
    record(Verb.LETTER_LINKED, letter, by=by, note=f"{kind.label} {agency} {number}".strip())
    return link


@transaction.atomic
def unlink_letters(letter: Letter, *, to: Letter, by: Post) -> None:
    """แยกหนังสือ: these two do not belong together, whatever number and date say."""
    check_duty(by)
    _check_pair(letter, to, by)
    Letter.objects.select_for_update().get(pk=letter.pk)
    tied = next((tie for tie in ties_of(by, letter).forward if tie.letter == to), None)
    if tied is None:
        raise Refused("สองฉบับนี้ไม่ได้เชื่อมกันอยู่", code="not_linked")
    LetterLink.objects.filter(letter=letter, to=to).delete()
    # What number and date would link again must stay apart.
    LetterLink.objects.create(letter=letter, to=to, kind=LinkKind.REFERS, is_so=False, made_by=by)
    for row, other in ((letter, to), (to, letter)):
        words = _note(tied.kind.label, other)
        record(Verb.LETTER_UNLINKED, row, by=by, note=words, other=other.pk, kind=tied.kind)


@transaction.atomic
def unlink_stub(letter: Letter, *, link: int, by: Post) -> None:
    """ลบความเกี่ยวข้องกับหนังสือที่ยังไม่มีในทะเบียน; what the letter itself refers to stays."""
    check_duty(by)
    row = LetterLink.objects.filter(pk=link, letter=letter, to=None).first()
    if row is None or letter.organisation.path != by.organisation.house_path:
        raise Refused("ไม่พบความเกี่ยวข้องนี้", code="not_linked")
    note = f"{LinkKind(row.kind).label} {row.agency} {row.number}".strip()
    row.delete()
    record(Verb.LETTER_UNLINKED, letter, by=by, note=note)
