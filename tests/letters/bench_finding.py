"""How long search, the register page and the letter page take among 200,000 letters.

python -m tests.letters.bench_finding  – on the database of THAMTHAN_DATABASE_URL, in a database of
its own. The number of letters may be given; the exit status is 0 where all medians are in bounds.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 – after Django is set up
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from tests.letters.many_words import (  # noqa: E402
    DEEDS,
    FIRST,
    LAST,
    PLACES,
    SENTENCES,
    TOPICS,
)
from tests.world import World, make_world  # noqa: E402
from thamthan.letters.actions import open_register  # noqa: E402
from thamthan.letters.backends import Words, search_backend  # noqa: E402
from thamthan.letters.indexing import key_of  # noqa: E402
from thamthan.letters.models import (  # noqa: E402
    Letter,
    Reading,
    Reference,
    Register,
    RegisterNumber,
    SearchEntry,
)
from thamthan.letters.queries import Wanted, letters_found  # noqa: E402
from thamthan.letters.rules import (  # noqa: E402
    Direction,
    LetterState,
    Maker,
    NumberState,
    ReadingState,
)
from thamthan.reading import read  # noqa: E402
from thamthan.reading.model import to_json  # noqa: E402
from thamthan.thai.clusters import EDITION, loose_tokens, readable, tokens  # noqa: E402

COUNT = 200_000
MOST_MS = 100
YEARS = (2023, 2024, 2025, 2026)
READ_EVERY = 101
AT_ONCE = 2000
# So many letters differ in every word; the others are their copies under other keys.
BASE = 2000


@dataclass(frozen=True)
class Part:
    """A readable text with its clusters, cut once."""

    text: str
    exact: list[str]
    loose: list[str]


def part(text: str) -> Part:
    text = readable(text)
    return Part(text, tokens(text), loose_tokens(text))


def parts(chance: random.Random) -> tuple[list[Part], list[Part]]:
    def fill(form: str) -> Part:
        return part(
            form.format(
                deed=chance.choice(DEEDS), topic=chance.choice(TOPICS), place=chance.choice(PLACES)
            )
        )

    subjects = [fill("การ{deed}เรื่อง{topic} {place}") for _ in range(1500)]
    return subjects, [fill(chance.choice(SENTENCES)) for _ in range(2500)]


def made(
    world: World, registers: dict[int, Register], count: int
) -> Iterator[tuple[Letter, Words]]:
    chance = random.Random(4)
    subjects, sentences = parts(chance)
    senders = [
        part(name) for name in ("ที่ว่าการอำเภอบ้านลาด", "ศาลากลางจังหวัดเพชรบุรี", "สำนักงานท้องถิ่นอำเภอ")
    ]
    numbers = {(house, year): 0 for house in registers for year in YEARS}
    for pk in range(1, count + 1):
        # Three letters in four are the one house's; the others are a neighbour's.
        house, post = (
            (world.nong_kapu.pk, world.clerk)
            if pk % 4
            else (world.neighbour.pk, world.neighbour_clerk)
        )
        year = YEARS[(pk - 1) * len(YEARS) // count]
        numbers[house, year] += 1
        dated = date(year, 1, 1) + timedelta(days=chance.randrange(360))
        subject, sender = chance.choice(subjects), chance.choice(senders)
        key = (
            f"พบ{chance.choice(('0618', '0017.2', '0023.3', '0818'))}/{chance.randrange(1, 20000)}"
        )
        signer = f"นาย{chance.choice(FIRST)} {chance.choice(LAST)}"
        body = [subject, *chance.choices(sentences, k=11)]
        state = LetterState.REGISTERED if pk > count - 400 else LetterState.FINISHED
        letter = Letter(
            pk=pk,
            organisation_id=house,
            register=registers[house],
            receipt_year=year,
            receipt_number=numbers[house, year],
            state=state,
            kind="external",
            number=key,
            number_key=key,
            dated_on=dated,
            sender=sender.text,
            addressee="นายกองค์การบริหารส่วนตำบล",
            subject=subject.text,
            urgency=chance.choice(("normal", "normal", "urgent", "most_urgent")),
            due_on=dated + timedelta(days=20) if pk % 3 == 0 else None,
            received_at=datetime(year, dated.month, dated.day, 3, tzinfo=UTC) + timedelta(days=2),
            entered_by=post,
        )
        letter._entry = SearchEntry(  # type: ignore[attr-defined]
            letter_id=pk,
            edition=EDITION,
            keys=f"k{key_of(key)} x{key.split('/')[1]} r{numbers[house, year]}",
            number=key,
            subject=subject.text,
            sender=sender.text,
            people=signer,
            body=" ".join(one.text for one in body),
        )
        people = tokens(signer)
        words = Words(
            pk=pk,
            house=house,
            keys=letter._entry.keys.split(),  # type: ignore[attr-defined]
            number=tokens(key),
            subject=subject.exact,
            sender=sender.exact,
            people=people,
            body=[piece for one in body for piece in one.exact],
            loose=[piece for one in body for piece in one.loose],
        )
        yield letter, words


def fill(world: World, count: int) -> None:
    registers = {}
    for post in (world.clerk, world.neighbour_clerk):
        register = open_register(by=post, direction=Direction.RECEIVED, first_year=2023)
        registers[post.organisation_id] = register
    if connection.vendor == "postgresql":
        run("DROP INDEX letters_words_exact", "DROP INDEX letters_words_loose")
    base = list(made(world, registers, min(count, BASE)))
    keep(base)
    multiply(base, count)
    result = to_json(
        read("ที่ พบ ๐๖๑๘/๑\n\n๑ มีนาคม ๒๕๖๙\n\nเรื่อง การสำรวจ\n\nเรียน นายก\n\nโปรดรายงาน\n")
    )
    pks = range(READ_EVERY, count + 1, READ_EVERY)
    Reading.objects.bulk_create(
        [
            Reading(letter_id=pk, maker=maker, state=ReadingState.DONE, result=result, pages=["ก"])
            for pk in pks
            for maker in (Maker.MACHINE, Maker.PERSON)
        ],
        batch_size=AT_ONCE,
    )
    named = Letter.objects.in_bulk(pk - 2 for pk in pks)
    Reference.objects.bulk_create(
        [
            Reference(
                letter_id=pk, position=1, agency="อำเภอบ้านลาด", number=named[pk - 2].number,
                number_key=named[pk - 2].number_key, dated_on=named[pk - 2].dated_on,
            )
            for pk in pks
        ],
        batch_size=AT_ONCE,
    )  # fmt: skip
    if connection.vendor == "postgresql":
        run(
            "SET maintenance_work_mem = '512MB'",
            "CREATE INDEX letters_words_exact ON letters_words USING gin (exact)"
            " WITH (fastupdate = off)",
            "CREATE INDEX letters_words_loose ON letters_words USING gin (loose)"
            " WITH (fastupdate = off)",
            "SELECT setval(pg_get_serial_sequence('letters_letter', 'id'), 1000000)",
        )
    run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


@transaction.atomic
def multiply(base: list[tuple[Letter, Words]], count: int) -> None:
    """The base again and again under other keys and receipt numbers, copied by the database."""
    postgresql = connection.vendor == "postgresql"
    for start in range(len(base), count, len(base)):
        shift, numbers = start, start // len(base) * 1000
        ref = "gen_random_uuid()" if postgresql else f"printf('%032x', id + {shift} + (1 << 40))"
        changed = {
            Letter: {
                "id": f"id + {shift}",
                "receipt_number": f"receipt_number + {numbers}",
                "ref": ref,
            },
            SearchEntry: {"letter_id": f"letter_id + {shift}"},
            RegisterNumber: {
                "id": f"id + {shift}",
                "number": f"number + {numbers}",
                "letter_id": f"letter_id + {shift}",
            },
        }
        for model, other in changed.items():
            columns = [field.column for field in model._meta.concrete_fields]
            # Quoted: a book's line has a column named `on`.
            wanted = ", ".join(other.get(column, f'"{column}"') for column in columns)
            names = ", ".join(f'"{column}"' for column in columns)
            key, table = model._meta.pk.column, model._meta.db_table
            run(
                f"INSERT INTO {table} ({names})"
                f" SELECT {wanted} FROM {table} WHERE {key} <= {len(base)}"
            )
        if postgresql:
            run(
                "INSERT INTO letters_words (letter_id, exact, loose, packed)"
                f" SELECT letter_id + {shift}, exact, loose, packed FROM letters_words"
                f" WHERE letter_id <= {len(base)}"
            )
        else:
            search_backend().add([replace(words, pk=words.pk + shift) for _, words in base])


@transaction.atomic
def keep(batch: list[tuple[Letter, Words]]) -> None:
    Letter.objects.bulk_create([letter for letter, _ in batch])
    RegisterNumber.objects.bulk_create(
        [
            RegisterNumber(
                pk=letter.pk, register=letter.register, letter=letter, state=NumberState.USED,
                year=letter.receipt_year, number=letter.receipt_number,
                on=letter.received_at.date(),
            )
            for letter, _ in batch
        ]
    )  # fmt: skip
    SearchEntry.objects.bulk_create([letter._entry for letter, _ in batch])  # type: ignore[attr-defined]
    search_backend().add(words for _, words in batch)


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


QUERIES = {
    "a word of every letter": {"q": "ดำเนินการ"},
    "a word of many": {"q": "งบประมาณ"},
    "a word of some": {"q": "ท่องเที่ยว"},
    "two letters": {"q": "ไฟ"},
    "one cluster": {"q": "ยา"},
    "three words": {"q": "ผู้สูงอายุ ประสาน หนองน้ำใส"},
    "a whole number": {"q": "พบ๐๖๑๘/๖๖๕"},
    "a running number": {"q": "665"},
    "a person": {"q": "บุญมา แสงเดือน"},
    "with filters": {"q": "งบประมาณ", "urgency": "most_urgent", "due": "1", "since": "1 ม.ค. 67"},
    "open ones of every letter": {"q": "ดำเนินการ", "state": "registered"},
    "from a sender": {"q": "ไฟป่า", "sender": "ศาลากลาง"},
    "worn by a scan": {"q": "ทองเทียวชุมซน"},
    "one cluster wrong": {"q": "โรคพิษสุนักบ้า"},
    "nothing": {"q": "อวกาศยาน"},
    "filters alone": {"state": "registered", "due": "1"},
}


def clock() -> float:
    """SQLite works within this process, whose own time no neighbour on the machine lengthens."""
    return time.process_time() if connection.vendor == "sqlite" else time.perf_counter()


def median(work: Callable[[], object], *, times: int = 7) -> float:
    spent = []
    work()
    for _ in range(times):
        began = clock()
        work()
        spent.append((clock() - began) * 1000)
    return statistics.median(spent)


def measure(world: World, count: int) -> bool:
    client = Client(SERVER_NAME="localhost")
    client.force_login(world.clerk.person)
    session = client.session
    session["post"] = world.clerk.pk
    session.save()

    def get(address: str, asked: dict[str, str] | None = None) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(address, asked)
            assert answer.status_code == 200, (address, answer.status_code)
            return answer

        return ask

    print(f"{connection.vendor}, {count:,} letters; median ms of the whole page, and of bare SQL")
    pages = []
    for name, asked in QUERIES.items():
        hits = letters_found(world.clerk, Wanted(text=asked.get("q", "")))
        bare = median(
            lambda asked=asked: letters_found(world.clerk, Wanted(text=asked.get("q", "")))
        )
        page = median(get("/search/", asked))
        pages.append(page)
        found = (
            f"{len(hits.keys)}{'+' if hits.is_more else ''}{' ≈' if hits.is_approximate else ''}"
        )
        print(f"  search: {name:<28}{page:8.1f}{bare:8.1f}   {found}")
    whole = statistics.median(pages)
    print(f"  search: {'median of these':<28}{whole:8.1f}   slowest {max(pages):.1f}")
    medians = [whole]
    register = {
        "this year": {"year": "2569"},
        "a month": {"year": "2568", "month": "3"},
        "page 400": {"year": "2569", "page": "400"},
        "a word": {"year": "2569", "q": "ท่องเที่ยว"},
        "a number": {"year": "2569", "q": "พบ 0618/665"},
        "by sender": {"year": "2569", "sort": "sender"},
    }
    bare_sql = (
        "SELECT * FROM letters_letter WHERE organisation_id = %s AND receipt_year = 2026"
        " ORDER BY receipt_number DESC LIMIT 50"
    )
    bare = median(lambda: rows(bare_sql, world.nong_kapu.pk))
    spent = []
    for name, asked in register.items():
        spent.append(median(get("/letters/", asked)))
        print(f"  register: {name:<26}{spent[-1]:8.1f}{bare:8.1f}")
    medians.append(statistics.median(spent))
    mine = [pk for pk in range(READ_EVERY, count, READ_EVERY) if pk % 4]
    chosen = mine[:: max(1, len(mine) // 10)][:10]
    spent = [median(get(f"/letters/{pk}/"), times=3) for pk in chosen]
    bare = median(lambda: rows("SELECT * FROM letters_letter WHERE id = %s", chosen[0]))
    medians.append(statistics.median(spent))
    print(
        f"  letter page, {len(spent)} letters{medians[-1]:18.1f}{bare:8.1f}   slowest {max(spent):.1f}"
    )
    print(
        f"  medians: search {medians[0]:.0f}, register {medians[1]:.0f}, letter {medians[2]:.0f} ms"
    )
    return max(medians) <= MOST_MS


def rows(sql: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def main(count: int) -> int:
    kept = setup_databases(verbosity=0, interactive=False)
    try:
        world = make_world()
        began = time.perf_counter()
        fill(world, count)
        print(f"filled in {time.perf_counter() - began:.0f} s", flush=True)
        return 0 if measure(world, count) else 1
    finally:
        teardown_databases(kept, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT))
