"""`thamthan readings export`: what people corrected, as data, and how right the machine was."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from thamthan.cli.posts import post_of_login
from thamthan.cli.speaking import FIRST_BUDDHIST_YEAR, SpeakingCommand
from thamthan.errors import Refused
from thamthan.letters.accuracy import OUTCOMES, LetterCompared, totals
from thamthan.letters.queries import corrections_of
from thamthan.organisations.queries import system_post_of
from thamthan.thai.dates import from_be
from thamthan.thai.digits import to_arabic


class Command(SpeakingCommand):
    """ส่งออกการแก้ไข: whoever may use this command line may do so, so guard the machine."""

    help = "Writes each confirmed letter's fields, the machine's beside the person's, and totals."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["export"])
        parser.add_argument("--organisation", required=True, metavar="CODE", help="whose letters")
        parser.add_argument("--as", dest="login", metavar="LOGIN", help="who asks; else the system")
        parser.add_argument("--since", metavar="YYYY-MM-DD", help="confirmed on or after that day")
        parser.add_argument(
            "--out", metavar="FILE", help="the JSON lines go here; else not written"
        )

    def handle(
        self,
        *args: Any,
        what: str,
        organisation: str,
        login: str | None,
        since: str | None,
        out: str | None,
        **options: Any,
    ) -> None:
        post = post_of_login(login, organisation) if login else system_post_of(organisation)
        letters = list(corrections_of(post, since=_day(since) if since else None))
        if out:
            _write(Path(out), letters)
        if not letters:
            self.stdout.write("ยังไม่มีหนังสือที่เครื่องอ่านและคนยืนยันแล้วในช่วงนี้")
            return
        self.stdout.write(f"หนังสือที่ยืนยันแล้ว {len(letters)} ฉบับ")
        for line in _table(totals(letters)):
            self.stdout.write(line)


def _day(words: str) -> date:
    try:
        year, month, day = (int(part) for part in to_arabic(words).split("-"))
        return from_be(year, month, day) if year >= FIRST_BUDDHIST_YEAR else date(year, month, day)
    except ValueError:
        raise Refused(f"“{words}” ไม่ใช่วันที่ เช่น 2026-03-20", code="bad_day", status=400) from None


def _write(path: Path, letters: Iterable[LetterCompared]) -> None:
    try:
        with path.open("w", encoding="utf-8") as file:
            for letter in letters:
                file.write(json.dumps(_plain(letter), ensure_ascii=False) + "\n")
    except OSError as problem:
        raise Refused(
            f"เขียนไฟล์ “{path}” ไม่ได้: {problem.strerror}", code="not_written", status=400
        ) from None


def _plain(letter: LetterCompared) -> dict[str, Any]:
    return {
        "ref": letter.ref,
        "received_on": letter.received_on.isoformat(),
        "confirmed_on": letter.confirmed_on.isoformat(),
        "fields": [{**asdict(one), "outcome": one.outcome} for one in letter.fields],
    }


def _table(counts: Mapping[str, "Counter[str]"]) -> Iterator[str]:
    yield f"{'field':<22}" + "".join(f"{outcome:>9}" for outcome in OUTCOMES)
    whole: Counter[str] = Counter()
    for field, count in counts.items():
        whole += count
        yield _line(field, count)
    yield _line("all", whole)


def _line(name: str, count: "Counter[str]") -> str:
    return f"{name:<22}" + "".join(f"{count[outcome]:>9}" for outcome in OUTCOMES)
