"""What becomes of a letter that came within this installation is told to whoever sent it."""

from django.utils import timezone

from thamthan.letters.models import Letter, Sending
from thamthan.letters.rules import SendingState


def tell_received(letter: Letter, *, number_of: Letter | None = None) -> None:
    """ลงรับแล้ว: the receiver's number and hour stand on the sender's list, and nothing else."""
    numbered = number_of or letter
    if numbered.receipt_number is None or numbered.receipt_year is None:
        return
    Sending.objects.filter(incoming=letter.pk).update(
        state=SendingState.RECEIVED,
        receipt=f"{numbered.receipt_number}/{numbered.receipt_year + 543}",
        received_at=numbered.received_at,
    )


def tell_returned(letter: Letter, note: str) -> None:
    """ส่งกลับ: the receiver did not register it, and says why."""
    Sending.objects.filter(incoming=letter.pk).update(
        state=SendingState.RETURNED, note=note[:2000], received_at=None, receipt=""
    )


def tell_taken_back(letter: Letter) -> None:
    """นำกลับมารอยืนยัน: it lies in the receiver's queue again."""
    Sending.objects.filter(incoming=letter.pk).update(
        state=SendingState.DELIVERED,
        note="",
        received_at=None,
        receipt="",
        delivered_at=timezone.now(),
    )
