"""One process in which some people spend one house's money as fast as they can.

python -m tests.projects.spending_process ORGANISATION THREADS DEEDS SEED  – says "ready", begins
when it hears a line, and ends with how many deeds were done.
"""

import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import django


def main(organisation: str, threads: int, deeds: int, seed: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    django.setup()
    from django.db import connection

    from tests.projects.money import ON, AnyDoubt, of
    from thamthan.errors import Refused
    from thamthan.organisations.queries import system_post_of
    from thamthan.projects.actions import allot_money, commit_money, pay_money
    from thamthan.projects.models import BudgetLine, Project

    sure = AnyDoubt()

    def spend(by_chance: random.Random) -> int:
        post, done = system_post_of(organisation), 0
        (line,) = BudgetLine.objects.all()
        of_house = list(Project.objects.all())
        for _ in range(deeds):
            try:
                row = allot_money(
                    by_chance.choice(of_house), line, of(by_chance.randint(500, 4000)), by=post,
                    sure_of=sure,
                )  # fmt: skip
                contract = commit_money(
                    row, of(by_chance.randint(1, 400)), by=post, on=ON, words="สัญญา", press=uuid4(),
                    sure_of=sure,
                )  # fmt: skip
                pay_money(contract, of(1), by=post, on=ON, words="ฎีกา", press=uuid4(), sure_of=sure)
            except Refused:
                continue
            done += 1
        connection.close()
        return done

    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        chances = [random.Random(seed * 100 + number) for number in range(threads)]
        print(sum(pool.map(spend, chances)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], *(int(word) for word in sys.argv[2:]))
