"""The command line: `thamthan COMMAND …` is `python -m thamthan COMMAND …`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    # Imported here: Django reads the settings' name when it is first asked for them.
    from django.core.management import execute_from_command_line

    execute_from_command_line(["thamthan", *sys.argv[1:]])


if __name__ == "__main__":
    main()
