"""ยืนยันตัวเลข: what looks wrong is confirmed once, for the very number that was shown."""

from collections.abc import Collection, Mapping

from thamthan.errors import Refused
from thamthan.projects.rules import Doubt
from thamthan.reports.actions.checks import Sheet
from thamthan.reports.doubting import doubts_in, told_of
from thamthan.thai.text import squeeze


def confirm_doubts(sheet: Sheet, sure_of: Mapping[int, Collection[str]]) -> None:
    """Keep, with each answer that was named, the doubts of it that a person is sure of.

    A doubt that is gone, because its number is another, is forgotten.
    """
    answers = sheet.answers
    doubts = doubts_in(sheet.report, told_of(answers), sheet.questions)
    for pk, keys in sure_of.items():
        answer = answers.get(pk)
        if answer is None:
            continue
        sure = {*keys, *(str(one["key"]) for one in answer.warned)}
        warned = [_kept(one) for one in doubts.get(pk, ()) if one.key in sure]
        if warned != answer.warned:
            answer.warned = warned
            answer.save(update_fields=["warned"])


def _kept(doubt: Doubt) -> dict[str, str]:
    return {"key": doubt.key, "guard": doubt.guard.value, "words": doubt.words}


def doubts_left(sheet: Sheet, sure_of: Collection[str]) -> dict[int, list[Doubt]]:
    """ข้อที่ยังไม่มีใครยืนยัน, by question; those of `sure_of` are kept as confirmed."""
    answers = sheet.answers
    left = {}
    for pk, doubts in doubts_in(sheet.report, told_of(answers), sheet.questions).items():
        answer = answers[pk]
        there = {str(one["key"]) for one in answer.warned}
        warned = [_kept(one) for one in doubts if one.key in there or one.key in sure_of]
        if warned != answer.warned:
            answer.warned = warned
            answer.save(update_fields=["warned"])
        unsure = [one for one in doubts if one.key not in there and one.key not in sure_of]
        if unsure:
            left[pk] = unsure
    return left


def check_sure_of(sheet: Sheet, left: Mapping[int, list[Doubt]]) -> None:
    """Refuse while a number that looks wrong is confirmed by nobody."""
    if not left:
        return
    questions = {one.pk: one for one in sheet.questions}
    told = [f"{squeeze(questions[pk].text)[:60]}: {one.words}" for pk in left for one in left[pk]]
    raise Refused(
        f"มีตัวเลขที่ต้องยืนยันก่อนส่ง {len(left)} ข้อ – " + " · ".join(told[:3]),
        code="not_sure",
        doubts=[
            {"question": questions[pk].key, "key": one.key, "words": one.words}
            for pk in left
            for one in left[pk]
        ],
    )
