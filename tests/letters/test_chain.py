"""References find their letters when that is certain; people decide the rest."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.letters.test_searching import confirm
from tests.papers import paper
from tests.world import World
from thamthan.errors import Refused
from thamthan.letters.actions import (
    IncomingFile,
    link_letters,
    link_stub,
    open_register,
    receive_letter,
    unlink_letters,
    unlink_stub,
)
from thamthan.letters.models import Letter, LetterLink
from thamthan.letters.queries import matter_of, ties_of
from thamthan.letters.rules import (
    Candidate,
    Direction,
    Event,
    LetterState,
    LinkKind,
    Named,
    Standing,
    rests,
    standing_of,
    why_not_certain,
)
from thamthan.organisations.models import Post
from thamthan.records.queries import history_of

AT = datetime(2026, 3, 20, 14, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
OURS = pytest.mark.django_db


def receive(by: Post, *, number: str, dated: str, refers: str = "") -> Letter:
    text = paper(number=number, dated=dated, subject=f"เรื่องของ {number}")
    if refers:
        text = text.replace("เรียน  ", f"อ้างถึง  {refers}\n\nเรียน  ")
    file = IncomingFile(name="หนังสือ.txt", content=text.encode())
    letter = receive_letter([file], by=by, received_at=AT)
    letter.refresh_from_db()
    return confirm(letter, by, at=AT)


@pytest.fixture
def clerk(world: World) -> Post:
    open_register(by=world.clerk, direction=Direction.RECEIVED, first_year=2026)
    return world.clerk


PROVINCE = "หนังสือจังหวัดเพชรบุรี ด่วนที่สุด ที่ พบ ๐๐๑๗.๒/ว ๑๖๔๐๗ ลงวันที่ ๒๓ พฤศจิกายน ๒๕๖๘"


def later(by: Post) -> Letter:
    return receive(by, number="พบ ๐๖๑๘/๖๖๕", dated="๑๖ มีนาคม ๒๕๖๙", refers=PROVINCE)


def earlier(
    by: Post, *, number: str = "พบ ๐๐๑๗.๒/๑๖๔๐๗", dated: str = "๒๓ พฤศจิกายน ๒๕๖๘"
) -> Letter:
    return receive(by, number=number, dated=dated)


@OURS
def test_a_stub_is_linked_when_its_letter_arrives_with_or_without_wo(clerk: Post) -> None:
    letter = later(clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter is None and tie.candidates == ()
    assert tie.stub is not None and tie.stub.dated_on == date(2025, 11, 23)
    came = earlier(clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert (tie.letter, tie.kind) == (came, LinkKind.REFERS)
    assert ties_of(clerk, came).back == ((LinkKind.REFERS, letter),)


@OURS
@pytest.mark.parametrize("dated", ["๒๔ พฤศจิกายน ๒๕๖๘", "๒๓ พฤศจิกายน ๒๕๖๗"])
def test_another_date_is_shown_to_choose_and_never_linked_in_silence(
    clerk: Post, dated: str
) -> None:
    letter, other = later(clerk), earlier(clerk, dated=dated)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter is None
    assert [(one, "วันที่ไม่ตรง" in why) for one, why in tie.candidates] == [(other, True)]
    assert ties_of(clerk, other).back == ()
    link_letters(letter, to=other, kind=LinkKind.REFERS, by=clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter == other
    assert ties_of(clerk, other).back == ((LinkKind.REFERS, letter),)


@OURS
def test_two_that_fit_are_shown_to_choose(clerk: Post) -> None:
    letter, one, other = later(clerk), earlier(clerk), earlier(clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter is None
    assert [candidate for candidate, _ in tie.candidates] == [one, other]
    unlink_refused(letter, one, clerk)
    link_letters(letter, to=other, kind=LinkKind.REFERS, by=clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter == other


def unlink_refused(letter: Letter, to: Letter, by: Post) -> None:
    with pytest.raises(Refused) as refused:
        unlink_letters(letter, to=to, by=by)
    assert refused.value.code == "not_linked"


@OURS
def test_what_a_person_unlinks_stays_apart_until_linked_again(clerk: Post) -> None:
    letter, came = later(clerk), earlier(clerk)
    unlink_letters(letter, to=came, by=clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter is None and tie.candidates == ()
    assert ties_of(clerk, came).is_empty
    unlink_refused(letter, came, clerk)
    link_letters(letter, to=came, kind=LinkKind.PASSES_ON, by=clerk)
    assert ties_of(clerk, came).back == ((LinkKind.PASSES_ON, letter),)
    verbs = [entry.verb for entry in history_of(letter).order_by("pk")][-2:]
    assert verbs == ["letter:unlinked", "letter:linked"]
    assert history_of(came).filter(verb="letter:linked").count() == 1


@OURS
def test_linking_twice_is_refused_and_changes_nothing(clerk: Post) -> None:
    letter, other = later(clerk), earlier(clerk, number="พบ ๐๐๑๗.๒/๑")
    link_letters(letter, to=other, kind=LinkKind.ANSWERS, by=clerk)
    with pytest.raises(Refused) as refused:
        link_letters(letter, to=other, kind=LinkKind.ANSWERS, by=clerk)
    assert refused.value.code == "already_linked"
    assert ties_of(clerk, other).is_answered
    link_letters(letter, to=other, kind=LinkKind.REPLACES, by=clerk)
    assert ties_of(clerk, other).replaced_by == (letter,)
    assert LetterLink.objects.count() == 1


@OURS
def test_only_whoever_registers_links_and_only_letters_of_the_house(
    world: World, clerk: Post
) -> None:
    letter, other = later(clerk), earlier(clerk)
    with pytest.raises(Refused) as refused:
        link_letters(letter, to=other, kind=LinkKind.ANSWERS, by=world.officer)
    assert refused.value.status == 403
    with pytest.raises(Refused):
        unlink_letters(letter, to=other, by=world.officer)
    with pytest.raises(Refused):
        link_letters(letter, to=letter, kind=LinkKind.ANSWERS, by=clerk)
    open_register(by=world.tha_sen_clerk, direction=Direction.RECEIVED, first_year=2026)
    theirs = earlier(world.tha_sen_clerk)
    with pytest.raises(Refused) as refused:
        link_letters(letter, to=theirs, kind=LinkKind.ANSWERS, by=clerk)
    assert refused.value.code == "foreign_letter"
    # Their copy of the same letter is nobody's but theirs.
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter == other
    assert ties_of(world.tha_sen_clerk, theirs).is_empty


@OURS
def test_a_secret_letter_and_one_set_aside_stay_stubs(world: World, clerk: Post) -> None:
    letter, came = later(clerk), earlier(clerk)
    Letter.objects.filter(pk=came.pk).update(secrecy="secret", entered_by=world.chief_clerk)
    (tie,) = ties_of(world.officer, letter).forward
    assert tie.letter is None and tie.candidates == ()
    assert [node.letter for node in matter_of(world.officer, letter).nodes if node.letter] == [
        letter
    ]
    (tie,) = ties_of(world.chief_clerk, letter).forward
    assert tie.letter == came
    Letter.objects.filter(pk=came.pk).update(secrecy="open", state="set_aside", register=None,
                                             receipt_year=None, receipt_number=None)  # fmt: skip
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter is None


@OURS
def test_the_whole_matter_of_a_letter_counts_the_days_at_each_desk(clerk: Post) -> None:
    letter = receive(
        clerk,
        number="พบ ๐๖๑๘/๖๖๕",
        dated="๑๕ มีนาคม ๒๕๖๙",
        refers=f"๑. {PROVINCE}\n๒. หนังสือจังหวัดเพชรบุรี ที่ พบ ๐๐๑๗.๒/๑๗๔๐๙ ลงวันที่ ๑๑ ธันวาคม ๒๕๖๘",
    )
    whole = matter_of(clerk, letter)
    assert whole.days == 117
    link_stub(
        letter, kind=LinkKind.PASSES_ON, agency="กระทรวงมหาดไทย", number="",
        dated_on=date(2025, 11, 10), by=clerk,
    )  # fmt: skip
    whole = matter_of(clerk, letter)
    assert [node.standing for node in whole.nodes] == [
        Standing.MINISTRY, Standing.PROVINCE, Standing.PROVINCE, Standing.DISTRICT,
    ]  # fmt: skip
    assert [rest.days for rest in whole.rests] == [13, 18, 94, 5]
    assert whole.days == 130
    assert [rest.is_on_the_way for rest in whole.rests] == [False, False, False, True]
    assert len(whole.edges) == 3
    # The same matter, whichever of its letters it is asked from.
    came = earlier(clerk)
    assert {node.key for node in matter_of(clerk, came).nodes} == {
        node.key for node in matter_of(clerk, letter).nodes
    }


@OURS
def test_a_stub_by_hand_is_kept_linked_on_arrival_and_removed(clerk: Post) -> None:
    letter = receive(clerk, number="พบ ๐๖๑๘/๙", dated="๑๖ มีนาคม ๒๕๖๙")
    for words in (
        {"agency": "", "number": "พบ 0017.2/16407"},
        {"agency": "จังหวัดเพชรบุรี", "number": ""},
        {"agency": "จังหวัดเพชรบุรี", "number": "ไม่ใช่เลขที่"},
    ):
        with pytest.raises(Refused):
            link_stub(letter, kind=LinkKind.ANSWERS, dated_on=None, by=clerk, **words)
    named = {"agency": "จังหวัดเพชรบุรี", "number": "พบ 0017.2/ว 16407", "dated_on": date(2025, 11, 23)}
    link = link_stub(letter, kind=LinkKind.ANSWERS, by=clerk, **named)
    with pytest.raises(Refused):
        link_stub(letter, kind=LinkKind.ANSWERS, by=clerk, **named)
    came = earlier(clerk)
    (tie,) = ties_of(clerk, letter).forward
    assert (tie.letter, tie.kind) == (came, LinkKind.ANSWERS)
    assert ties_of(clerk, came).is_answered
    unlink_stub(letter, link=link.pk, by=clerk)
    assert ties_of(clerk, letter).is_empty
    with pytest.raises(Refused):
        unlink_stub(letter, link=link.pk, by=clerk)


KEYS = st.sampled_from(["พบ0618/1", "พบ0618/2", "5/2569", ""])
DAYS = st.sampled_from([None, date(2026, 1, 1), date(2026, 1, 2)])
OFFICES = st.sampled_from(["", "อำเภอบ้านลาด", "จังหวัดเพชรบุรี"])


@given(OFFICES, KEYS, DAYS, OFFICES, KEYS, DAYS, st.booleans())
def test_certain_is_only_what_agrees_in_number_and_date(
    agency: str, key: str, on: date | None, sender: str, other: str, day: date | None, sure: bool
) -> None:
    why = why_not_certain(Named(agency, key, on), Candidate(sender, other, day, sure))
    if why is None:
        assert key and key == other and on == day and on is not None and sure
        assert key[0] == "พ" or (agency and agency == sender)


@given(st.lists(st.builds(Event, st.dates(), st.sampled_from("กขค"), st.booleans()), max_size=9))
def test_the_days_at_all_desks_are_the_days_of_the_matter(events: list[Event]) -> None:
    days = sorted(event.on for event in events)
    whole = (days[-1] - days[0]).days if days else 0
    assert sum(rest.days for rest in rests(events)) == whole
    assert all(rest.days >= 0 for rest in rests(events))


@pytest.mark.parametrize(
    ("office", "standing"),
    [
        ("กระทรวงมหาดไทย", Standing.MINISTRY), ("กรมส่งเสริมการปกครองท้องถิ่น", Standing.DEPARTMENT),
        ("ศาลากลางจังหวัดเพชรบุรี", Standing.PROVINCE), ("ที่ว่าการอำเภอบ้านลาด", Standing.DISTRICT),
        ("องค์การบริหารส่วนจังหวัดเพชรบุรี", Standing.LAO), ("เทศบาลตำบลบ้านลาด", Standing.LAO),
        ("สำนักงานปลัดกระทรวงมหาดไทย", Standing.DEPARTMENT), ("บริษัท ตัวอย่าง", Standing.UNKNOWN),
    ],
)  # fmt: skip
def test_the_level_of_an_office_is_told_by_its_name(office: str, standing: Standing) -> None:
    assert standing_of(office) is standing


@OURS
def test_a_destroyed_letter_still_stands_in_the_chain_as_in_the_register(clerk: Post) -> None:
    letter, came = later(clerk), earlier(clerk)
    Letter.objects.filter(pk=came.pk).update(state=LetterState.DESTROYED)
    (tie,) = ties_of(clerk, letter).forward
    assert tie.letter == came
    came.refresh_from_db()
    assert ties_of(clerk, came).back == ((LinkKind.REFERS, letter),)
