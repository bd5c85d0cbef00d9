"""Uploads by the tus protocol: what a program hears, and what a cut connection costs."""

import http.client
import json
import socket
from base64 import b64encode
from typing import Any
from urllib.parse import urlparse
from uuid import uuid4

import pytest
from django.test import Client

from tests.world import World
from thamthan.organisations.models import Post
from thamthan.records.models import Upload
from thamthan.records.uploading import content_of_upload

CONTENT = bytes(range(256)) * 1000
TUS = {"Tus-Resumable": "1.0.0"}
PIECE = "application/offset+octet-stream"


def logged_in(post: Post, **words: Any) -> Client:
    client = Client(**words)
    assert post.person is not None
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def created(client: Client, size: int = len(CONTENT), name: str = "สวน.jpg") -> Any:
    told = f"filename {b64encode(name.encode()).decode()}, filetype aW1hZ2UvanBlZw=="
    return client.post(
        "/uploads/",
        content_type="text/plain",
        headers=TUS | {"Upload-Length": str(size), "Upload-Metadata": told},
    )


def patched(client: Client, address: str, at: int, content: bytes, **more: str) -> Any:
    return client.patch(
        address,
        content,
        content_type=PIECE,
        headers=TUS | {"Upload-Offset": str(at)} | more,
    )


def told_of(client: Client, address: str) -> Any:
    return client.head(address, headers=TUS)


@pytest.mark.django_db
def test_a_file_comes_in_by_pieces(world: World) -> None:
    client = logged_in(world.clerk)
    begun = created(client)
    assert begun.status_code == 201
    assert begun["Upload-Expires"].endswith("GMT")
    address = begun["Location"]
    assert told_of(client, address)["Upload-Offset"] == "0"
    first = patched(client, address, 0, CONTENT[:100_000])
    assert (first.status_code, first["Upload-Offset"]) == (204, "100000")
    where = told_of(client, address)
    assert (where["Upload-Offset"], where["Upload-Length"]) == ("100000", str(len(CONTENT)))
    assert where["Cache-Control"] == "no-store"
    last = patched(client, address, 100_000, CONTENT[100_000:])
    assert (last.status_code, last["Upload-Offset"]) == (204, str(len(CONTENT)))
    upload = Upload.objects.get()
    assert (upload.name, upload.post_id) == ("สวน.jpg", world.clerk.pk)
    assert content_of_upload(upload) == CONTENT


@pytest.mark.django_db
def test_the_same_piece_again_hears_where_it_stands(world: World) -> None:
    client = logged_in(world.clerk)
    address = created(client)["Location"]
    patched(client, address, 0, CONTENT[:1000])
    again = patched(client, address, 0, CONTENT[:1000])
    assert (again.status_code, again["Upload-Offset"]) == (409, "1000")
    assert told_of(client, address)["Upload-Offset"] == "1000"


@pytest.mark.django_db
def test_another_post_and_nobody_see_no_upload(world: World) -> None:
    address = created(logged_in(world.clerk))["Location"]
    for post in (world.officer, world.neighbour_clerk):
        assert told_of(logged_in(post), address).status_code == 404
        assert patched(logged_in(post), address, 0, b"x").status_code == 404
        assert logged_in(post).delete(address, headers=TUS).status_code == 404
    nobody = patched(Client(), address, 0, b"x")
    assert nobody.status_code == 401
    assert "เข้าสู่ระบบ" in nobody.content.decode()
    assert created(Client()).status_code == 401
    assert Upload.objects.get().received == 0


@pytest.mark.django_db
def test_what_the_protocol_forbids_is_refused(world: World) -> None:
    client = logged_in(world.clerk)
    address = created(client, 10)["Location"]
    assert client.head(address).status_code == 412
    assert client.get(address, headers=TUS).status_code == 405
    assert client.get("/uploads/", headers=TUS).status_code == 405
    assert patched(client, address, 0, b"x" * 11).status_code == 413
    assert patched(client, address, 5, b"x").status_code == 409
    for offset in ("-1", "abc", "๑", "9" * 30):
        wrong = patched(client, address, 0, b"x", **{"Upload-Offset": offset})
        assert wrong.status_code == 400, offset
    wrong = client.patch(address, b"x", content_type="text/plain", headers=TUS)
    assert wrong.status_code == 415
    for size in ("0", "-5", "many", ""):
        headers = TUS | {"Upload-Length": size}
        answer = client.post("/uploads/", content_type="text/plain", headers=headers)
        assert answer.status_code == 400, size
    assert created(client, 10**12).status_code == 413
    assert told_of(client, f"/uploads/{uuid4()}/").status_code == 404
    asked = client.options("/uploads/")
    assert (asked["Tus-Version"], asked["Tus-Extension"]) == (
        "1.0.0",
        "creation,expiration,termination",
    )


@pytest.mark.django_db
def test_an_upload_is_given_up(world: World) -> None:
    client = logged_in(world.clerk)
    address = created(client)["Location"]
    assert client.delete(address, headers=TUS).status_code == 204
    assert told_of(client, address).status_code == 404


@pytest.mark.django_db
def test_a_proxy_that_lets_no_patch_through_is_got_round(world: World) -> None:
    client = logged_in(world.clerk)
    address = created(client)["Location"]
    headers = TUS | {"Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH"}
    answer = client.post(address, CONTENT[:10], content_type=PIECE, headers=headers)
    assert (answer.status_code, answer["Upload-Offset"]) == (204, "10")


@pytest.mark.django_db
def test_a_page_of_another_site_cannot_begin_or_go_on(world: World) -> None:
    client = logged_in(world.clerk, enforce_csrf_checks=True)
    assert created(client).status_code == 403
    address = created(logged_in(world.clerk))["Location"]
    assert patched(client, address, 0, b"x").status_code == 403
    assert Upload.objects.get().received == 0


@pytest.mark.django_db(transaction=True)
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_killed_connection_goes_on_where_it_was_cut(live_server: Any, world: World) -> None:
    client = logged_in(world.clerk)
    address = created(client)["Location"]
    place = urlparse(live_server.url)
    assert place.hostname
    assert place.port
    cookie = f"sessionid={client.cookies['sessionid'].value}; csrftoken={'a' * 32}"
    headers = {"Cookie": cookie, "X-CSRFToken": "a" * 32, "Upload-Offset": "0", **TUS}
    words = [f"PATCH {address} HTTP/1.1", f"Host: {place.netloc}", f"Content-Type: {PIECE}"]
    words += [f"Content-Length: {len(CONTENT)}", *(f"{a}: {b}" for a, b in headers.items())]
    with socket.create_connection((place.hostname, place.port)) as line:
        line.sendall("\r\n".join(words).encode() + b"\r\n\r\n" + CONTENT[:90_000])
        # The phone is gone: no further byte, and nobody who hears the answer.
        line.shutdown(socket.SHUT_RDWR)
    asking = http.client.HTTPConnection(place.hostname, place.port)
    for _ in range(5000):
        asking.request("HEAD", address, headers=headers)
        answer = asking.getresponse()
        answer.read()
        at = int(answer.headers["Upload-Offset"])
        if at:
            break
    assert at == 90_000, json.dumps(dict(answer.headers))
    headers = headers | {"Upload-Offset": str(at), "Content-Type": PIECE}
    asking.request("PATCH", address, body=CONTENT[at:], headers=headers)
    answer = asking.getresponse()
    answer.read()
    asking.close()
    assert answer.headers["Upload-Offset"] == str(len(CONTENT))
    assert content_of_upload(Upload.objects.get()) == CONTENT
