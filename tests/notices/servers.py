"""Servers on the loopback for tests: a real SMTP server, and an HTTP one that can misbehave."""

import contextlib
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What a mail server took, and what it is to say next instead."""

    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    next_answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.next_answers:
            return self.next_answers.pop(0)
        self.taken.append(envelope)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    mailbox = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mailbox.port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()


@dataclass
class Taken:
    """One request as a server saw it."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Web:
    """What a web server was asked; `answers` are given in turn, then 200.

    An answer is a status, or a status with headers; "silence": the request is taken, and nothing
    is said; "drip": a byte now and then, and never an answer.
    """

    address: str = ""
    taken: list[Taken] = field(default_factory=list)
    answers: list[Any] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@contextmanager
def web_server() -> Iterator[Web]:
    web = Web()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            web.taken.append(Taken(self.path, dict(self.headers.items()), body))
            answer = web.answers.pop(0) if web.answers else 200
            if answer == "silence":
                web.over.wait(20)
                return
            if answer == "drip":
                # A byte now and then, for ever: no single wait is ever too long.
                with contextlib.suppress(OSError):
                    while not web.over.wait(0.2):
                        self.wfile.write(b"H")
                return
            status, headers = answer if isinstance(answer, tuple) else (answer, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b'{"message": "said"}')

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    web.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield web
    finally:
        web.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
