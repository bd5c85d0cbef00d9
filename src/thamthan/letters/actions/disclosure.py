"""A letter is opened to the public, in part or not at all; and a copy lacks what is withheld."""

from collections.abc import Sequence

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.actions.checks import check_duty
from thamthan.letters.models import Disclosure, Letter, LetterFile, RedactedCopy
from thamthan.letters.rules import MOST_BOXES, Box, LetterState, Openness, check_openness
from thamthan.organisations.models import Post
from thamthan.records.actions import record, store_file
from thamthan.records.redaction import redacted
from thamthan.records.rules import Verb


@transaction.atomic
def set_disclosure(
    letter: Letter, openness: Openness, *, by: Post, section: str = "", reason: str = ""
) -> Disclosure:
    """กำหนดการเปิดเผย; whatever is withheld names the section of the Act that lets it be."""
    check_duty(by)
    check_openness(openness, section=section)
    locked = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.is_secret and openness != Openness.CLOSED:
        raise Refused("หนังสือที่มีชั้นความลับเปิดเผยไม่ได้ ต้องยกเลิกชั้นความลับก่อน", code="secret")
    said = Disclosure(
        letter=locked,
        openness=openness,
        section="" if openness == Openness.OPEN else section,
        reason=reason.strip()[:500],
        set_by=by,
        set_words=by.words(),
    )
    said.save()
    record(
        Verb.DISCLOSURE_SET,
        locked,
        by=by,
        note=said.reason,
        openness=openness.value,
        section=said.section,
    )
    return said


def redact_file(row: LetterFile, boxes: Sequence[Box], *, by: Post) -> RedactedCopy:
    """ทำสำเนาปิดทับ: a PDF of pictures with these places burnt in; the original stays as it is.

    No word, no metadata and nothing attached goes along. Does not check that enough is covered.
    """
    check_duty(by)
    if not boxes:
        raise Refused("ยังไม่ได้วาดกรอบที่จะปิดทับ", code="no_box", status=400)
    if len(boxes) > MOST_BOXES:
        raise Refused(f"กรอบมากเกินไป ทำได้ครั้งละ {MOST_BOXES} กรอบ", code="too_many", status=400)
    if row.letter.state == LetterState.DESTROYED:
        raise Refused("หนังสือนี้ทำลายแล้ว", code="destroyed")
    plain = [[box.page, box.left, box.top, box.right, box.bottom] for box in boxes]
    content = redacted(row.file, plain)
    stored = store_file(content, by=by)
    with transaction.atomic():
        letter = Letter.objects.select_for_update().get(pk=row.letter_id)
        if letter.is_secret:
            raise Refused("หนังสือนี้มีชั้นความลับ ทำสำเนาเพื่อเปิดเผยไม่ได้", code="secret")
        copy = RedactedCopy.objects.create(
            letter=letter, position=row.position, file=stored, boxes=plain, made_by=by
        )
        record(
            Verb.COPY_REDACTED,
            letter,
            by=by,
            position=row.position,
            boxes=len(plain),
            sha256=stored.sha256,
        )
    return copy
