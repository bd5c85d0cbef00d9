"""Orders whose letter was classed after they were taken from it: they fall silent everywhere."""

from django.db.models import Q, QuerySet

from thamthan.directives.models import Order
from thamthan.thai.correspondence import Secrecy

_LETTERS = ("letter", "sent", "root__letter", "root__sent")
_SECRET = [each.value for each in Secrecy if each != Secrecy.OPEN]


def secret_orders() -> QuerySet[Order]:
    """เรื่องที่หนังสือเป็นชั้นความลับแล้ว: its own letter, or that of the first order of its chain.

    What they ask stays in the registry, with the letter and whoever is named for it.
    """
    found = Q()
    for name in _LETTERS:
        found |= Q(**{f"{name}__secrecy__in": _SECRET})
    return Order.objects.filter(found)
