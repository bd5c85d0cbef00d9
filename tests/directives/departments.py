"""Two departments of the ministry for the tests, with invented people; the demo has none."""

from dataclasses import dataclass
from datetime import date

from tests.world import PASSWORD, World
from thamthan.organisations.actions import Particulars, create_organisation, create_person
from thamthan.organisations.models import Organisation, Post


@dataclass(frozen=True)
class Department:
    """กรม with a clerk, who hands down, and a head, who signs."""

    organisation: Organisation
    clerk: Post
    head: Post


def make_department(world: World, code: str, name: str) -> Department:
    by = world.ministry_administrator
    organisation = create_organisation(
        world.ministry,
        code=code,
        level="department",
        particulars=Particulars(name=name, short_name=name),
        from_on=date(2002, 10, 9),
        by=by,
    )
    clerk = _post(organisation, "clerk", "เจ้าพนักงานธุรการ", by=by)
    return Department(organisation, clerk, _post(organisation, "head", "อธิบดี", by=by))


def _post(organisation: Organisation, role: str, title: str, *, by: Post) -> Post:
    person = create_person(
        f"{role}.{organisation.code.lower()}",
        name=f"นายสมมุติ {title}",
        password=PASSWORD,
        must_change_password=False,
        organisation=organisation,
        role=role,
        title=title,
        from_on=date(2025, 10, 1),
        by=by,
    )
    return Post.objects.select_related("organisation__parent", "person").get(person=person)
