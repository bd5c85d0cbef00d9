"""Registers the installation's own system checks, so that `thamthan check` runs them."""

from django.apps import AppConfig


class CliConfig(AppConfig):
    """The command line as a Django app: it has commands and checks, and no tables."""

    name = "thamthan.cli"

    def ready(self) -> None:
        from thamthan.cli import checks  # noqa: F401 - importing it registers the checks
