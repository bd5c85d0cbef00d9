"""`thamthan tick`: what must be looked after every few minutes; `serve` runs it each minute."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from thamthan.cli.speaking import SpeakingCommand
from thamthan.directives.actions import requeue_stuck_cascades
from thamthan.errors import NotFound
from thamthan.letters.actions import (
    deliver_waiting,
    erase_leftovers,
    requeue_stuck_readings,
    requeue_waiting_readings,
)
from thamthan.notices.actions import climb_ladder, make_notices, queue_deliveries, send_due
from thamthan.organisations.queries import system_post_of
from thamthan.records.uploading import clear_uploads
from thamthan.reports.actions import open_due_rounds

if TYPE_CHECKING:
    from thamthan.organisations.models import Post

# Only this queue keeps finished jobs that have to be cleared.
QUEUE_IN_DATABASE = "django_tasks_db.DatabaseBackend"


class Command(SpeakingCommand):
    """งานประจำนาที: ส่งอ่านใหม่เมื่อเครื่องอ่านหยุดกลางคัน แจ้งเตือน และล้างสิ่งที่หมดอายุ."""

    help = "Puts back readings that a killed worker left, makes and sends notices, clears the rest."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = system_post_of()
        except NotFound:
            # Nothing to look after before the first organisation is there.
            return
        now = timezone.now()
        count = requeue_stuck_readings(by=by, now=now) + requeue_waiting_readings(by=by, now=now)
        if count:
            self.stdout.write(f"ส่งอ่านใหม่ {count} ฉบับ / {count} readings put back in the queue")
        erase_leftovers(by=by)
        clear_uploads(by=by, now=now)
        letters = deliver_waiting(by=by)
        if letters:
            self.stdout.write(f"นำส่งต่อ {letters} ฉบับ / {letters} letters delivered further")
        runs = requeue_stuck_cascades(by=by, now=now)
        if runs:
            self.stdout.write(f"ถ่ายทอดต่อ {runs} ครั้ง / {runs} cascades carried on")
        reports = open_due_rounds(by=by)
        if reports:
            self.stdout.write(f"รายงานใหม่ {reports} ฉบับ / {reports} reports opened")
        self._tell(by=by, now=now)
        call_command("clearsessions")
        if settings.TASKS["default"]["BACKEND"] == QUEUE_IN_DATABASE:
            call_command("prune_db_task_results", verbosity=0)

    def _tell(self, *, by: "Post", now: datetime) -> None:
        """Notices are made of what happened, and messages go out; what fails is tried again."""
        told = make_notices(by=by, now=now) + climb_ladder(by=by, now=now)
        queue_deliveries(by=by, now=now)
        sent = send_due(by=by, now=now, address_of=_address_of)
        if told or sent:
            self.stdout.write(
                f"แจ้งเตือนใหม่ {told} รายการ ส่งออก {sent} ข้อความ"
                f" / {told} new notices, {sent} messages sent"
            )


def _address_of(notice_pk: int) -> str:
    """The page of a notice, where the installation says at which address its pages are."""
    return settings.SITE_URL and f"{settings.SITE_URL}{reverse('notice', args=[notice_pk])}"
