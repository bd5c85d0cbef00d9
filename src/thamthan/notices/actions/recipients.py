"""Who is there to be told, for many organisations in one look."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from thamthan.notices.queries.slices import slices
from thamthan.notices.rules import Holder, NoticeKind, at_desk, at_head, who_decide
from thamthan.organisations.models import Organisation, Post
from thamthan.organisations.rules import Duty, Level, Role, has_duty

# Who reads no letters is told nothing of them.
_READERS = [role for role in Role if role != Role.SYSTEM and has_duty(role, Duty.READ_LETTERS)]


@dataclass(frozen=True, slots=True)
class People:
    """ผู้ดำรงตำแหน่งของหลายหน่วยงาน, looked up once."""

    holders: dict[int, list[Holder]]
    house_of_division: dict[int, int]

    def at_desk(self, organisation: int) -> list[Holder]:
        """ผู้รับเรื่อง; of a division where nobody is, its house's."""
        return at_desk(self.holders.get(organisation, ())) or self._of_house(organisation)

    def on_rung(self, kind: NoticeKind, organisation: int) -> list[Holder]:
        """ผู้รับการเตือน: late is known to the head, too; who is both is told once."""
        desk = self.at_desk(organisation)
        if kind != NoticeKind.LATE:
            return desk
        head = at_head(self.holders.get(organisation, ()))
        return list({one.person: one for one in (*head, *desk)}.values())

    def who_decide(self, organisation: int, agrees: str) -> list[Holder]:
        """ผู้เห็นชอบรายงานที่เสนอ of a house that sets it so."""
        return who_decide(self.holders.get(organisation, ()), agrees)

    def in_post(self, post: int, organisation: int) -> Holder | None:
        """Whoever holds this very post today."""
        return next((one for one in self.holders.get(organisation, ()) if one.post == post), None)

    def _of_house(self, division: int) -> list[Holder]:
        house = self.house_of_division.get(division)
        return at_desk(self.holders.get(house, ())) if house is not None else []


def people_of(organisations: Iterable[int], *, today: date) -> People:
    """ผู้ดำรงตำแหน่งในวันนั้น of these organisations, and of the houses of divisions among them."""
    wanted = set(organisations)
    houses: dict[int, int] = {}
    for some in slices(wanted):
        rows = Organisation.objects.filter(pk__in=some, level=Level.DIVISION)
        houses |= {
            pk: parent for pk, parent in rows.values_list("pk", "parent_id") if parent is not None
        }
    holders: dict[int, list[Holder]] = defaultdict(list)
    for some in slices({*wanted, *houses.values()}):
        rows_of_posts = (
            Post.objects.filter(Q(until_on=None) | Q(until_on__gte=today), from_on__lte=today)
            .filter(organisation__in=some, role__in=_READERS, person__is_active=True)
            .order_by("pk")
            .values_list(
                "pk", "person_id", "organisation_id", "organisation__level", "role", "acting"
            )
        )
        for post, person, organisation, level, role, acting in rows_of_posts:
            if person is not None:
                holders[organisation].append(
                    Holder(post, person, organisation, level, role, acting != "")
                )
    return People(dict(holders), houses)
