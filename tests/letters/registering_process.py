"""One process that receives and registers letters, for the tests that run several or kill one.

python -m tests.letters.registering_process ORGANISATION COUNT NAME  – says "ready", begins when it
hears a line, and prints a line a letter.
"""

import os
import sys
from datetime import datetime
from zoneinfo import ZoneInfo

import django


def main(organisation: str, count: int, name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    django.setup()
    from django.conf import settings

    settings.TASKS["default"]["BACKEND"] = "django_tasks.backends.dummy.DummyBackend"

    from tests.papers import paper
    from thamthan.letters.actions import IncomingFile, confirm_reading, read_letter, receive_letter
    from thamthan.letters.queries import readings_of
    from thamthan.organisations.queries import system_post_of

    post = system_post_of(organisation)
    received_at = datetime(2026, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
    print("ready", flush=True)
    sys.stdin.readline()
    for index in range(count):
        text = paper(number=f"พบ ๐๖๑๘/{name}{index}", subject=f"เรื่องที่ {name} ลำดับ {index}")
        letter = receive_letter(
            [IncomingFile(name="letter.txt", content=text.encode())],
            by=post,
            received_at=received_at,
        )
        read_letter(letter.readings.get().pk, by=post)
        letter.refresh_from_db()
        reading = readings_of(post, letter).reading
        assert reading is not None
        registered = confirm_reading(
            letter,
            reading,
            by=post,
            seen_version=letter.version,
            received_at=received_at,
            despite_twins="ทดสอบ",
        )
        print(registered.receipt_number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
