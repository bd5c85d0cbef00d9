"""An office sets its chain and the words that it endorses with."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from thamthan.errors import Refused
from thamthan.letters.models import Chain, ChainStep, Phrase
from thamthan.letters.queries.chains import divisions_of, house_of
from thamthan.letters.routing import cleaned, new_chain
from thamthan.letters.rules import (
    ENDORSING,
    MOST_PHRASES,
    MOST_PLACES,
    Matter,
    Onward,
    PhraseLine,
    Place,
)
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.queries import post_for
from thamthan.organisations.rules import Duty, Role
from thamthan.records.actions import record
from thamthan.records.rules import Verb


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """ขั้นที่ตั้ง: a role in the house, in a division, in the matter's own one, or a named post."""

    place: Place
    words: str
    role: str = ""
    division: str = ""
    post: int | None = None


def _check_keeps_chains(by: Post) -> None:
    if not by.has_duty(Duty.KEEP_CHAINS):
        raise Refused("ตำแหน่งนี้ไม่มีหน้าที่ตั้งสายการเสนอ", code="not_allowed", status=403)


@transaction.atomic
def set_chain(matter: Matter, places: Sequence[ChainPlace], *, by: Post) -> Chain:
    """ตั้งสายการเสนอ of the house; what is under way goes on along the chain it began with."""
    _check_keeps_chains(by)
    if not places:
        raise Refused("สายการเสนอต้องมีอย่างน้อยหนึ่งขั้น", code="no_places", status=400)
    if len(places) > MOST_PLACES:
        raise Refused(f"สายการเสนอมีได้ไม่เกิน {MOST_PLACES} ขั้น", code="too_many", status=400)
    house = house_of(by)
    divisions = {each.code: each for each in divisions_of(by)}
    steps = [_chain_step(given, house, divisions, by=by) for given in places]
    # Two changes at once wait for each other; the later one is the chain.
    Organisation.objects.select_for_update(no_key=True).get(pk=house.pk)
    chain = new_chain(house, matter, steps, by=by, is_default=False)
    record(
        Verb.CHAIN_CHANGED, chain, by=by, matter=matter.value,
        places=[each.words for each in steps],
    )  # fmt: skip
    return chain


def _chain_step(
    given: ChainPlace, house: Organisation, divisions: dict[str, Organisation], *, by: Post
) -> ChainStep:
    words = cleaned(given.words, most=200)
    if not words:
        raise Refused("โปรดตั้งชื่อของทุกขั้น", code="wrong_place", status=400)
    if given.place == Place.POST:
        post = post_for(by, given.post or 0)
        if post.organisation.house_path != house.path or post.role not in ENDORSING:
            raise Refused("ตำแหน่งที่ระบุเกษียนหนังสือของหน่วยงานนี้ไม่ได้", code="wrong_place", status=400)
        return ChainStep(
            place=given.place,
            organisation=post.organisation,
            role=post.role,
            post=post,
            words=words,
        )
    if given.role not in ENDORSING:
        raise Refused(f"โปรดเลือกบทบาทของขั้น “{words}”", code="wrong_place", status=400)
    where: Organisation | None = house
    if given.place == Place.DIVISION:
        where = divisions.get(given.division)
        if where is None:
            raise Refused(f"โปรดเลือกกองของขั้น “{words}”", code="wrong_place", status=400)
    if given.place == Place.OWN_DIVISION:
        where = None
    return ChainStep(place=given.place, organisation=where, role=given.role, words=words)


@transaction.atomic
def set_phrases(lines: Sequence[PhraseLine], *, by: Post) -> None:
    """แก้ข้อความสำเร็จรูป of the house: these from now on; what was signed keeps its words.

    None at all gives back those that every office begins with.
    """
    _check_keeps_chains(by)
    if len(lines) > MOST_PHRASES:
        raise Refused(f"ข้อความมีได้ไม่เกิน {MOST_PHRASES} ข้อ", code="too_many", status=400)
    house = Organisation.objects.select_for_update(no_key=True).get(pk=house_of(by).pk)
    divisions = {each.code for each in divisions_of(by)}
    rows = []
    for position, line in enumerate(lines, start=1):
        words = cleaned(line.words, most=300)
        if not words:
            raise Refused("ข้อความว่างเปล่า โปรดพิมพ์หรือลบบรรทัดนั้น", code="wrong_phrase", status=400)
        to_known = line.to_role in Role.values or line.to_division in divisions
        if line.onward == Onward.ASSIGN and not to_known:
            raise Refused(f"โปรดเลือกผู้รับมอบของ “{words}”", code="wrong_phrase", status=400)
        rows.append(
            Phrase(
                organisation=house,
                position=position,
                role=line.role if line.role in ENDORSING else "",
                words=words,
                instruction=line.instruction,
                onward=line.onward,
                to_role=line.to_role if line.onward == Onward.ASSIGN else "",
                to_division=line.to_division if line.onward == Onward.ASSIGN else "",
            )
        )
    Phrase.objects.filter(organisation=house).delete()
    Phrase.objects.bulk_create(rows)
    record(Verb.PHRASES_CHANGED, house, by=by, phrases=[row.words for row in rows])
