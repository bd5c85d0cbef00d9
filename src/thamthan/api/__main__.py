"""`python -m thamthan.api` prints the API's description, as docs/api/openapi.json keeps it."""

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thamthan.settings")
    django.setup()
    # Imported here: the router's rooms need Django to be set up.
    from thamthan.api.router import description

    sys.stdout.write(description())


if __name__ == "__main__":
    main()
