"""One process that takes, reserves and cancels numbers, for the tests that run several at once.

python -m tests.letters.numbering_process ORGANISATION COUNT NAME  – prints a line a number.
"""

import os
import sys

import django


def main(organisation: str, count: int, name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    django.setup()
    from django.utils import timezone

    from thamthan.letters.actions import (
        cancel_number,
        release_reserved,
        reserve_numbers,
        take_number,
        use_reserved,
    )
    from thamthan.letters.models import Register
    from thamthan.organisations.queries import system_post_of

    post = system_post_of(organisation)
    book = Register.objects.get(direction="sent", series="main")
    today = timezone.localdate()
    for index in range(count):
        row = take_number(
            book,
            by=post,
            on=today,
            subject=f"เรื่องที่ {name} ลำดับ {index}",
            addressee="ทุกแห่ง",
            is_circular=index % 3 == 0,
        )
        print(row.number, flush=True)
        if index % 5 == 0:
            cancel_number(row, by=post, reason="พิมพ์ผิด")
        if index % 4 == 0:
            block = reserve_numbers(
                book, by=post, on=today, count=2, reserved_for=name, reason="ทดสอบ", until=today
            )
            for reserved in block:
                print(reserved.number, flush=True)
            use_reserved(
                block[0],
                by=post,
                on=today,
                subject=f"เรื่องที่จอง {name} {index}",
                addressee="ทุกแห่ง",
                is_circular=False,
            )
            release_reserved(block[1:], by=post, reason="ไม่ใช้")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
