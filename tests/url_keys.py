"""What an address of letters names: the steps of one on its way, a draft, its sending."""

from typing import Any

from tests.letters.endorsed import put_up
from tests.world import World
from thamthan.letters.models import Draft, Sending, Step


def steps_of(world: World) -> tuple[Step, Step]:
    """A letter on its way: the step that put it up, and the one at which it waits."""
    if not Step.objects.exists():
        put_up(world)
    first, second, *_ = Step.objects.order_by("number")
    return first, second


def written(name: str) -> dict[str, Any]:
    """The keys of the one draft, of the letter that it became, and of its one sending."""
    draft = Draft.objects.get()
    if name.startswith("draft"):
        more = {"draft-version": {"number": 1}, "draft-file": {"position": 1}}
        return {"pk": draft.pk, **more.get(name, {})}
    sending = {"sending_pk": Sending.objects.get().pk}
    return {"pk": draft.letter_id} | (sending if name in {"sending-state", "sending-proof"} else {})
