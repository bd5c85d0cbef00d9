"""A cascade killed at any moment, and begun again: everyone has each task exactly once."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.installations import ROOT, own_installation

# The database of the processes is made here, on the server that the run is on.
pytestmark = pytest.mark.database

# THAMTHAN_TEST_KILLS=20 THAMTHAN_TEST_NATION=whole for a long look at the size of the country.
KILLS = int(os.environ.get("THAMTHAN_TEST_KILLS", "3"))
# So long a run lasts, about: the moments of killing lie within it.
LONGEST = {"small": 8.0, "whole": 40.0}
SIZE = os.environ.get("THAMTHAN_TEST_NATION", "small")
ASK = """
from django.db.models import Count
from thamthan.directives.models import Assignment, Handing, Obligation, Order
from thamthan.letters.models import Letter, Sending
from thamthan.organisations.models import Organisation
below = Organisation.objects.filter(path__startswith="MOI/", closed_on=None)
below = below.exclude(level="division").exclude(code="MOI").count()
order = Order.objects.get()
tasks = Obligation.objects.filter(order=order).count()
print(below, tasks, Handing.objects.count(), Assignment.objects.count(), Sending.objects.count(),
    Assignment.objects.values("organisation", "obligation").distinct().count(),
    Letter.objects.filter(direction="sent").count())
"""


def test_a_cascade_killed_and_begun_again_gives_each_task_once(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.directives.cascading_process", SIZE]
    chance = random.Random(569)
    with own_installation(tmp_path) as installation:
        env = installation.env
        for _ in range(KILLS):
            process = subprocess.Popen(words, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.5, LONGEST[SIZE]))
            process.send_signal(signal.SIGKILL)
            process.wait()
        last = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True)
        assert last.returncode == 0, last.stderr
        answer = installation.shell(ASK).split()
    below, tasks, handings, assigned, sendings, different, letters = map(int, answer)
    assert tasks == 15
    assert handings == sendings == below
    assert assigned == different == below * tasks
    assert letters == 1
