"""A Friday morning, and servers on the loopback that messages are sent to."""

from collections.abc import Iterator

import pytest
import time_machine
from pytest_django import Settings

from tests.notices.servers import Mailbox, Web, mail_server, web_server
from tests.notices.told import FRIDAY_BEFORE


@pytest.fixture
def friday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(FRIDAY_BEFORE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mail(settings: Settings) -> Iterator[Mailbox]:
    with mail_server() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.SMTP_URL = f"smtp://127.0.0.1:{mailbox.port}"
        settings.MAIL_FROM = "ทำทัน <thamthan@example.go.th>"
        yield mailbox


@pytest.fixture
def line(settings: Settings) -> Iterator[Web]:
    with web_server() as web:
        settings.LINE_URL = web.address
        settings.LINE_TOKEN = "line-token"
        settings.CHANNEL_SECONDS = 1
        yield web


@pytest.fixture
def hook(settings: Settings) -> Iterator[Web]:
    with web_server() as web:
        settings.WEBHOOKS_PRIVATE = True
        settings.CHANNEL_SECONDS = 1
        yield web
