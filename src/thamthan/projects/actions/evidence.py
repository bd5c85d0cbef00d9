"""หลักฐาน: attached by one person, judged by another, taken back; its bytes are never changed."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from thamthan.errors import NotFound, Refused
from thamthan.organisations.models import Post
from thamthan.projects.actions.checks import check_own_project, check_works, locked_project
from thamthan.projects.models import Evidence, PictureMark, Project, Step
from thamthan.projects.queries.evidence import is_author, may_judge, may_withdraw
from thamthan.projects.queries.pictures import like_pictures, same_pictures
from thamthan.projects.rules import PICTURES, EvidenceDoubt, EvidenceKind, EvidenceState
from thamthan.projects.rules.evidence import Doubt, doubts_of_camera, parts_of, signed
from thamthan.projects.rules.states import ProjectState
from thamthan.reading.pages import media_type_of
from thamthan.reading.photographs import Photograph
from thamthan.records.actions import record, store_file
from thamthan.records.models import StoredFile
from thamthan.records.photographs import photograph_in
from thamthan.records.rules import Verb
from thamthan.records.uploading import content_of_upload, take_upload, upload_for
from thamthan.thai.text import squeeze

MOST_CAPTION, MOST_NOTE, MOST_NAME = 1000, 2000, 255
# Papers that people send one another; nothing that runs by being opened.
_PAPERS = frozenset(
    {
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "application/vnd.oasis.opendocument.text",
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/heic",
        "image/tiff",
        "text/plain",
    }
)


def attach_evidence(
    project: Project,
    kind: EvidenceKind,
    content: bytes,
    *,
    by: Post,
    name: str = "",
    caption: str = "",
    step: Step | None = None,
) -> Evidence:
    """แนบหลักฐาน: a photograph of before, during or after, or a paper. The same again is the same.

    A photograph is looked at in a process apart, before anything is locked. Refuses what is none;
    what is doubtful is kept as a doubt for whoever judges it, never refused.
    """
    photo = _looked_at(project, kind, content, by)
    with transaction.atomic():
        locked = _open_project(project, by)
        return _attached(
            locked, kind, store_file(content, by=by), photo, by, _words(name, caption), step
        )


def attach_upload(
    project: Project,
    kind: EvidenceKind,
    ref: UUID,
    *,
    by: Post,
    caption: str = "",
    step: Step | None = None,
) -> Evidence:
    """แนบหลักฐานจากไฟล์ที่ส่งเป็นส่วน ๆ มาครบแล้ว: as `attach_evidence`. Taken twice it is one."""
    upload = upload_for(ref, by=by)
    photo = _looked_at(project, kind, content_of_upload(upload), by)
    with transaction.atomic():
        locked = _open_project(project, by)
        file = take_upload(upload, by=by)
        return _attached(locked, kind, file, photo, by, _words(upload.name, caption), step)


@transaction.atomic
def attach_link(
    project: Project, url: str, *, by: Post, caption: str = "", step: Step | None = None
) -> Evidence:
    """แนบลิงก์: an address of the web; whether anything is there is not looked at."""
    url = url.strip()
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError as fault:
        raise Refused(
            "ลิงก์ต้องขึ้นต้นด้วย http:// หรือ https:// และเป็นที่อยู่ที่ถูกต้อง", code="wrong_link", status=400
        ) from fault
    if len(url) > 1000:
        raise Refused("ลิงก์ยาวเกิน 1,000 ตัวอักษร", code="wrong_link", status=400)
    locked = _open_project(project, by)
    kept = locked.evidence.filter(url=url).exclude(state=EvidenceState.WITHDRAWN).first()
    if kept is not None:
        return kept
    _check_step(locked, step)
    evidence = Evidence.objects.create(
        project=locked,
        step=step,
        kind=EvidenceKind.LINK,
        url=url,
        caption=_words("", caption)[1],
        made_by=by,
    )
    record(Verb.EVIDENCE_ATTACHED, evidence, by=by, kind=EvidenceKind.LINK.value, url=url)
    return evidence


@transaction.atomic
def judge_evidence(evidence: Evidence, *, is_adequate: bool, by: Post, note: str = "") -> Evidence:
    """ตรวจหลักฐาน: someone other than the author says “adequate”, or sends it back with a note.

    What was judged stays judged, whatever turns up later; the same verdict again changes nothing.
    """
    locked = _locked(evidence)
    if is_author(by, locked):
        raise Refused("ผู้แนบหลักฐานตรวจของตนเองไม่ได้ โปรดให้ผู้อื่นตรวจ", code="own_evidence", status=403)
    if not may_judge(by, locked):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตรวจหลักฐาน", code="not_allowed", status=403)
    to = EvidenceState.ADEQUATE if is_adequate else EvidenceState.SENT_BACK
    if locked.state == to:
        return locked
    note = note.strip()
    if len(note) > MOST_NOTE:
        raise Refused(f"ความเห็นยาวเกิน {MOST_NOTE:,} ตัวอักษร", code="long_note", status=400)
    if not is_adequate and not note:
        raise Refused("โปรดบอกว่าส่งกลับเพราะอะไร", code="no_note", status=400)
    if locked.state != EvidenceState.WAITING:
        words = EvidenceState(locked.state).label
        raise Refused(f"หลักฐานนี้ “{words}” ไปแล้ว ยังไม่ได้บันทึกของท่าน", code="judged_already")
    locked.state, locked.judged_by = to, by
    locked.judged_at, locked.judged_words = timezone.now(), note
    locked.save(update_fields=["state", "judged_by", "judged_at", "judged_words"])
    record(Verb.EVIDENCE_JUDGED, locked, by=by, note=note, to=to.value)
    return locked


@transaction.atomic
def explain_evidence(evidence: Evidence, *, by: Post, caption: str) -> Evidence:
    """ชี้แจงหลักฐานที่ส่งกลับ: with new words under it, it waits to be judged again."""
    check_works(by)
    locked = _locked(evidence)
    check_own_project(locked.project, by)
    if locked.state != EvidenceState.SENT_BACK:
        raise Refused("ชี้แจงได้เฉพาะหลักฐานที่ถูกส่งกลับ", code="not_sent_back")
    words = _words("", caption)[1]
    if not words or words == locked.caption:
        raise Refused("โปรดเขียนคำบรรยายหรือคำชี้แจงใหม่", code="no_caption", status=400)
    before, locked.caption = locked.caption, words
    locked.state, locked.judged_by, locked.judged_at = EvidenceState.WAITING, None, None
    locked.save(update_fields=["caption", "state", "judged_by", "judged_at"])
    record(Verb.EVIDENCE_ATTACHED, locked, by=by, note=words, before=before, is_again=True)
    return locked


@transaction.atomic
def withdraw_evidence(evidence: Evidence, *, by: Post, why: str = "") -> Evidence:
    """ถอนหลักฐาน: it counts no longer and is shown nowhere else; the row and the file stay.

    Its author may, until it is adequate; after that whoever decides for the house, with a reason.
    """
    locked = _locked(evidence)
    check_own_project(locked.project, by)
    if locked.state == EvidenceState.WITHDRAWN:
        return locked
    if not may_withdraw(by, locked):
        raise Refused(
            "ถอนได้โดยผู้แนบก่อนตรวจว่าเพียงพอ หรือโดยผู้มีหน้าที่พิจารณา", code="not_allowed", status=403
        )
    if locked.state == EvidenceState.ADEQUATE and not why.strip():
        raise Refused("หลักฐานนี้ตรวจแล้ว โปรดบอกเหตุที่ถอน", code="no_reason", status=400)
    before, locked.state = locked.state, EvidenceState.WITHDRAWN
    locked.save(update_fields=["state"])
    record(Verb.EVIDENCE_WITHDRAWN, locked, by=by, note=why.strip()[:MOST_NOTE], before=before)
    return locked


def _looked_at(project: Project, kind: EvidenceKind, content: bytes, by: Post) -> Photograph | None:
    """What a photograph tells; None for a paper. Whoever may not attach costs no look."""
    check_works(by)
    check_own_project(project, by)
    if kind == EvidenceKind.LINK:
        raise Refused("ลิงก์ไม่มีไฟล์", code="wrong_kind", status=400)
    if kind in PICTURES:
        return photograph_in(content)
    if media_type_of(content) not in _PAPERS:
        raise Refused(
            "เอกสารต้องเป็น PDF, Word, Excel, PowerPoint, ภาพ หรือข้อความ",
            code="wrong_paper",
            status=422,
        )
    return None


def _open_project(project: Project, by: Post) -> Project:
    locked = locked_project(project, by=by)
    if locked.state == ProjectState.CANCELLED:
        raise Refused("โครงการนี้ยกเลิกแล้ว จึงแนบหลักฐานไม่ได้", code="project_closed")
    return locked


def _locked(evidence: Evidence) -> Evidence:
    # The row alone: on PostgreSQL what hangs on it by a key that may be empty cannot be locked.
    Evidence.objects.select_for_update(no_key=True).get(pk=evidence.pk)
    return Evidence.objects.select_related("project__organisation", "made_by", "file", "step").get(
        pk=evidence.pk
    )


def _attached(
    project: Project,
    kind: EvidenceKind,
    file: StoredFile,
    photo: Photograph | None,
    by: Post,
    words: tuple[str, str],
    step: Step | None,
) -> Evidence:
    kept = project.evidence.filter(file=file, kind=kind).exclude(state=EvidenceState.WITHDRAWN)
    if (same := kept.first()) is not None:
        return same
    _check_step(project, step)
    evidence = Evidence(
        project=project,
        step=step,
        kind=kind,
        file=file,
        file_name=words[0],
        caption=words[1],
        made_by=by,
    )
    if photo is not None:
        evidence.taken_at, evidence.wide, evidence.high = photo.taken_at, photo.wide, photo.high
        if photo.position is not None:
            evidence.latitude_e6 = photo.position.latitude_micro
            evidence.longitude_e6 = photo.position.longitude_micro
            evidence.within_m = photo.position.within_m
        evidence.doubts = doubts_of_camera(photo.doubts)
    evidence.save()
    if photo is not None:
        _hold_against_others(evidence, photo, by)
    record(
        Verb.EVIDENCE_ATTACHED,
        evidence,
        by=by,
        project=project.pk,
        kind=kind.value,
        sha256=file.sha256,
        doubts=[doubt["code"] for doubt in evidence.doubts],
    )
    return evidence


def _hold_against_others(evidence: Evidence, photo: Photograph, by: Post) -> None:
    """The picture's own doubts, and the same for those it is like: whichever came first."""
    if evidence.file is None:
        return
    same = same_pictures(by, evidence.file, but=evidence.pk)
    like = like_pictures(by, evidence.project, photo.marks, but=evidence.pk)
    known = {other.pk for other in same}
    found = [(other, 0) for other in same]
    found += [(other, apart) for other, apart in like if other.pk not in known]
    twins = [
        (other, code)
        for other, apart in found
        if (code := _code_of(evidence, other, is_same=other.pk in known))
    ]
    if twins:
        evidence.doubts += [{"code": code.value, "evidence": other.pk} for other, code in twins]
        evidence.save(update_fields=["doubts"])
        _tell_the_others(evidence, twins)
    PictureMark.objects.bulk_create(_marks(evidence, photo.marks))


def _code_of(evidence: Evidence, other: Evidence, *, is_same: bool) -> EvidenceDoubt | None:
    if other.project_id != evidence.project_id:
        return EvidenceDoubt.SAME if is_same else EvidenceDoubt.LIKE
    # Several pictures of one moment are no doubt; one picture for two moments is.
    return EvidenceDoubt.REPEATED if other.kind != evidence.kind else None


def _tell_the_others(evidence: Evidence, twins: Iterable[tuple[Evidence, EvidenceDoubt]]) -> None:
    for other, code in sorted(twins, key=lambda twin: twin[0].pk):
        locked = Evidence.objects.select_for_update(no_key=True).get(pk=other.pk)
        doubt: Doubt = {"code": code.value, "evidence": evidence.pk}
        # A picture that hundreds send need not carry all of them.
        if len(locked.doubts) < 20 and doubt not in locked.doubts:
            locked.doubts = [*locked.doubts, doubt]
            locked.save(update_fields=["doubts"])


def _marks(evidence: Evidence, marks: Iterable[int]) -> list[PictureMark]:
    rows = []
    for window, mark in enumerate(marks):
        a, b, c, d = parts_of(mark)
        rows.append(
            PictureMark(
                evidence=evidence,
                window=window,
                bits=signed(mark),
                part_a=a,
                part_b=b,
                part_c=c,
                part_d=d,
            )
        )
    return rows


def _check_step(project: Project, step: Step | None) -> None:
    if step is not None and step.project_id != project.pk:
        raise NotFound("ไม่พบขั้นตอนนี้ในโครงการ", code="no_step")


def _words(name: str, caption: str) -> tuple[str, str]:
    caption = squeeze(caption.replace("\x00", ""))
    if len(caption) > MOST_CAPTION:
        raise Refused(f"คำบรรยายยาวเกิน {MOST_CAPTION:,} ตัวอักษร", code="long_caption", status=400)
    return squeeze(name.replace("\x00", ""))[-MOST_NAME:], caption
