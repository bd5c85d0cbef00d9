"""`thamthan tick`: what must be looked after every few minutes; `serve` runs it each minute."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
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
from thamthan.organisations.queries import system_post_of

# Only this queue keeps finished jobs that have to be cleared.
QUEUE_IN_DATABASE = "django_tasks_db.DatabaseBackend"


class Command(SpeakingCommand):
    """งานประจำนาที: ส่งอ่านใหม่เมื่อเครื่องอ่านหยุดกลางคัน และล้างสิ่งที่หมดอายุ."""

    help = "Puts back readings that a killed worker left, and clears what has expired."

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
        letters = deliver_waiting(by=by)
        if letters:
            self.stdout.write(f"นำส่งต่อ {letters} ฉบับ / {letters} letters delivered further")
        runs = requeue_stuck_cascades(by=by, now=now)
        if runs:
            self.stdout.write(f"ถ่ายทอดต่อ {runs} ครั้ง / {runs} cascades carried on")
        call_command("clearsessions")
        if settings.TASKS["default"]["BACKEND"] == QUEUE_IN_DATABASE:
            call_command("prune_db_task_results", verbosity=0)
