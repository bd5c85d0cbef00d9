"""JSON to a server by HTTP: LINE's Messaging API, and webhooks that are signed."""

import contextlib
import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from django.utils import timezone

from thamthan.notices.channels.message import Message
from thamthan.notices.rules import Outcome, for_line

# What a server says of its refusal is kept for the administrator; more than this is noise.
_MOST_SAID = 2000
_TOO_MANY = 429
_TIMED_OUT = 408
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")


class NotReachable(Exception):
    """The address leads nowhere that may be sent to."""


@dataclass(frozen=True, slots=True)
class Answer:
    """คำตอบของเครื่องปลายทาง."""

    status: int
    said: str
    wait: timedelta | None


def addresses_of(host: str, port: int, *, private_too: bool) -> list[str]:
    """ที่อยู่เครือข่ายของปลายทาง; those of a closed network are refused unless a setting lets them.

    Without this, whoever may type an address could have this machine ask its neighbours.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise NotReachable(f"ไม่พบเครื่อง {host}: {problem}") from problem
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not private_too and not all(_is_public(address) for address in addresses):
        raise NotReachable(f"{host} อยู่ในเครือข่ายภายใน ระบบไม่ส่งไปที่นั่น")
    return addresses


def _is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.sixtofour or parsed.teredo or parsed in _TRANSLATED:
            # An address of the closed network may be wrapped up in one of these.
            return False
        parsed = parsed.ipv4_mapped or parsed
    return parsed.is_global and not parsed.is_multicast


def post_json(
    url: str, body: bytes, headers: Mapping[str, str], *, seconds: int, private_too: bool
) -> Answer:
    """ส่ง JSON แล้วรอคำตอบ, no longer than so many seconds in all; follows nobody elsewhere."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    # Connected to what was looked at, not to what the name leads to a moment later.
    address = addresses_of(host, port, private_too=private_too)[0]
    is_safe = parts.scheme == "https"
    kind = http.client.HTTPSConnection if is_safe else http.client.HTTPConnection
    connection = kind(host, port, timeout=seconds)
    connection.sock = socket.create_connection((address, port), timeout=seconds)
    held = [connection.sock]
    # A server that sends a byte now and then would hold us for ever.
    guard = threading.Timer(seconds, _hang_up, args=(held,))
    guard.start()
    try:
        if is_safe:
            connection.sock = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host
            )
            held.append(connection.sock)
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request(
            "POST", path, body=body, headers={"Content-Type": "application/json", **headers}
        )
        response = connection.getresponse()
        said = response.read(_MOST_SAID).decode("utf-8", "replace")
        return Answer(response.status, said, _wait(response.headers.get("Retry-After")))
    finally:
        guard.cancel()
        connection.close()


def _hang_up(held: list[socket.socket]) -> None:
    for one in held:
        with contextlib.suppress(OSError):
            # Beneath TLS, which would wait for the other side to say goodbye.
            socket.socket.shutdown(one, socket.SHUT_RDWR)


def _wait(words: str | None) -> timedelta | None:
    """Retry-After: seconds, or a moment."""
    if words is None:
        return None
    if words.strip().isascii() and words.strip().isdigit():
        return timedelta(seconds=min(int(words), 86_400))
    try:
        return max(parsedate_to_datetime(words) - timezone.now(), timedelta())
    except (TypeError, ValueError):
        return None


def _posted(
    url: str, content: bytes, headers: Mapping[str, str], *, seconds: int, private_too: bool
) -> Answer | Outcome:
    try:
        return post_json(url, content, headers, seconds=seconds, private_too=private_too)
    except NotReachable as problem:
        return Outcome(is_sent=False, error=str(problem)[:300])
    except (OSError, http.client.HTTPException) as problem:
        # Sent, perhaps, and the answer lost: the same `ref` goes along with the next attempt.
        return Outcome(is_sent=False, error=f"{type(problem).__name__}: {problem}"[:300])


def _judged(answer: Answer) -> Outcome:
    if 200 <= answer.status < 300:
        return Outcome(is_sent=True)
    error = f"{answer.status} {answer.said}"[:300]
    is_busy = answer.status == _TOO_MANY
    return Outcome(
        is_sent=False,
        error=error,
        is_final=300 <= answer.status < 500 and not is_busy and answer.status != _TIMED_OUT,
        holds_up=is_busy,
        wait=answer.wait,
    )


class LineChannel:
    """LINE Messaging API: a message pushed to whoever added the office's account as a friend."""

    def __init__(self, url: str, *, token: str, seconds: int) -> None:
        self._url = f"{url}/v2/bot/message/push"
        self._token = token
        self._seconds = seconds

    def send(self, message: Message) -> Outcome:
        text = for_line(f"{message.subject}\n\n{message.text}")
        body = {"to": message.address, "messages": [{"type": "text", "text": text}]}
        answer = _posted(
            self._url,
            _json(body),
            {
                "Authorization": f"Bearer {self._token}",
                # LINE takes a message with a key that it knows once, and says 409 to the rest.
                "X-Line-Retry-Key": message.ref,
            },
            seconds=self._seconds,
            # The address is a setting of the installation, not what a person typed.
            private_too=True,
        )
        if isinstance(answer, Outcome):
            return answer
        if answer.status == 409:
            return Outcome(is_sent=True)
        return _judged(answer)

    def close(self) -> None:
        """Each message has its own connection."""


class WebhookChannel:
    """เว็บฮุก: JSON to the person's own program, with the HMAC-SHA256 of its bytes."""

    def __init__(self, *, seconds: int, private_too: bool) -> None:
        self._seconds = seconds
        self._private_too = private_too

    def send(self, message: Message) -> Outcome:
        body = {
            "id": message.ref,
            "kind": message.kind,
            "subject": message.subject,
            "text": message.text,
            "link": message.link,
            "sent_at": timezone.now().isoformat(),
        }
        content = _json(body)
        answer = _posted(
            message.address,
            content,
            {
                "Idempotency-Key": message.ref,
                "X-Thamthan-Signature": f"sha256={signature_of(content, message.secret)}",
            },
            seconds=self._seconds,
            private_too=self._private_too,
        )
        if isinstance(answer, Outcome):
            # One program that does not answer says nothing of the others.
            return answer
        judged = _judged(answer)
        return Outcome(
            is_sent=judged.is_sent,
            is_delivered=judged.is_sent,
            error=judged.error,
            is_final=judged.is_final,
            wait=judged.wait,
        )

    def close(self) -> None:
        """Each message has its own connection."""


def _json(body: object) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def signature_of(content: bytes, secret: str) -> str:
    """ลายมือชื่อของข้อความ: the receiver makes the same from the bytes and its key."""
    return hmac.new(secret.encode(), content, hashlib.sha256).hexdigest()
