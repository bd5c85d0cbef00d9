"""E-mail by SMTP, over one connection for all messages of a minute."""

import smtplib
import ssl
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlparse

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from thamthan.notices.channels.message import Message
from thamthan.notices.rules import Outcome
from thamthan.thai.text import squeeze

_PORTS = {"smtp": 25, "smtps": 465}


class MailChannel:
    """อีเมลทาง SMTP: smtp://, smtp://…?starttls=1 or smtps://person:password@host:port."""

    def __init__(self, url: str, *, sender: str, seconds: int) -> None:
        parts = urlparse(url)
        self._sender = sender
        self._backend = EmailBackend(
            host=parts.hostname or "localhost",
            port=parts.port or _PORTS.get(parts.scheme, 25),
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_ssl=parts.scheme == "smtps",
            use_tls=parse_qs(parts.query).get("starttls") == ["1"],
            timeout=seconds,
            fail_silently=False,
        )

    def send(self, message: Message) -> Outcome:
        try:
            self._backend.open()
        except (OSError, smtplib.SMTPException) as problem:
            self.close()
            # The server itself: nobody's message gets through now.
            return Outcome(is_sent=False, error=_said(problem), holds_up=True)
        try:
            self._backend.send_messages([self._mail(message)])
        except smtplib.SMTPRecipientsRefused as problem:
            codes = [code for code, _ in problem.recipients.values()]
            return _refused(max(codes, default=0), problem)
        except smtplib.SMTPResponseException as problem:
            self.close()
            return _refused(problem.smtp_code, problem)
        except (OSError, smtplib.SMTPException) as problem:
            self.close()
            return Outcome(is_sent=False, error=_said(problem), holds_up=True)
        except (ValueError, UnicodeError) as problem:
            return Outcome(is_sent=False, error=_said(problem), is_final=True)
        return Outcome(is_sent=True)

    def close(self) -> None:
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException, ssl.SSLError):
            self._backend.connection = None

    def _mail(self, message: Message) -> EmailMessage:
        host = parseaddr(self._sender)[1].rpartition("@")[2] or "localhost"
        return EmailMessage(
            # A line break in a header would be a second header.
            subject=squeeze(message.subject),
            body=message.text,
            from_email=self._sender,
            to=[message.address],
            headers={
                "Message-ID": f"<{message.ref}@{host}>",
                "Auto-Submitted": "auto-generated",
                "X-Auto-Response-Suppress": "All",
            },
        )


def _refused(code: int, problem: Exception) -> Outcome:
    """5xx will be said again tomorrow; 4xx is a mailbox that is full or a server that is busy."""
    return Outcome(is_sent=False, error=_said(problem), is_final=code >= 500)


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {problem}"[:300]
