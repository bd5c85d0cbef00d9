"""One process that makes a country and hands a circular down in it; meant to be killed.

python -m tests.directives.cascading_process small|whole
"""

import os
import sys
from unittest.mock import patch

import django


def main(size: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.TASKS["default"]["BACKEND"] = "django_tasks.backends.dummy.DummyBackend"
    if size == "whole":
        call_command("seed", "nation", "--circular")
        return
    with patch.multiple("thamthan.cli.nation", PROVINCES=3, DISTRICTS_EACH=3, LAOS_EACH=120):
        call_command("seed", "nation", "--circular")


if __name__ == "__main__":
    main(sys.argv[1])
