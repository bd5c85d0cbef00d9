"""The addresses of orders and policies, and what they name in the world."""

from typing import Any

from tests.url_rows import OPEN, TO_LOG_IN, Row
from tests.world import World
from thamthan.directives.actions import OwnPolicy, add_directive, begin_order, keep_policy
from thamthan.directives.models import Order, Policy
from thamthan.letters.models import Letter

ROWS = [
    # Orders are of one house; who only carries them out looks, and does not change clauses.
    Row("letter-orders", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer"),
    Row("orders", TO_LOG_IN, OPEN, 403, OPEN),
    Row("order-organisations", TO_LOG_IN, OPEN, 403, OPEN),
    Row("order-clauses", TO_LOG_IN, 404, 404, OPEN),
    Row("clause-new", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("clause", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("obligation-new", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("obligation", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row("order-policies", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer"),
    Row("order-adoption", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer"),
    Row("policies", TO_LOG_IN, OPEN, 403, OPEN),
    Row("policy-new", TO_LOG_IN, OPEN, 403, OPEN, wrong_post="officer"),
    # The office's own policy: others beside it do not see it.
    Row("policy", TO_LOG_IN, 404, 403, OPEN),
    Row("policy-change", TO_LOG_IN, 404, 403, OPEN, wrong_post="officer"),
    Row(
        "policy-ending", TO_LOG_IN, 404, 403, 302, posts=True, wrong_post="officer",
        form={"on": "31/12/2569"},
    ),
    Row(
        "person-handover", TO_LOG_IN, 404, 403, OPEN,
        wrong_post="clerk", right_post="administrator",
        kwargs={"pk": "officer.person.pk", "post_pk": "officer.pk"},
    ),
]  # fmt: skip

_OF_ONE_ORDER = ("order-", "clause", "obligation")


def is_of_orders(row: Row) -> bool:
    return row in ROWS


def keys_of_orders(row: Row, letter: Letter, world: World) -> tuple[dict[str, Any], dict[str, str]]:
    """What the address names, and the version that its form carries; the letter is registered."""
    if row.name.startswith(_OF_ONE_ORDER) and row.name != "order-organisations":
        order = _begun(letter, world)
        keys = {"pk": order.pk}
        if row.name == "clause":
            keys["clause_pk"] = order.directives.all()[0].pk
        if row.name == "obligation":
            keys["obligation_pk"] = order.obligations.all()[0].pk
        return keys, {"version": str(order.version)}
    if row.name.startswith("policy") and row.name != "policy-new":
        there = Policy.objects.filter(kind="own").first()
        own = there or keep_policy(OwnPolicy("ของเรา", "ของเรา"), by=world.clerk)
        return {"pk": own.pk}, {}
    return {}, {}


def _begun(letter: Letter, world: World) -> Order:
    letter.refresh_from_db()
    order = begin_order(letter, by=world.clerk)
    if not order.directives.exists():
        add_directive(order, "ข้อแรก", by=world.clerk, seen_version=order.version)
    return Order.objects.get(pk=order.pk)
