"""Stops an upload that is larger than the installation takes, while it is still coming in."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

from thamthan.errors import Refused

# A browser shows our answer only after it has sent everything, so what is too large is drained
# into nothing; only more than any letter could be is cut off at once.
MOST_FILES_TOGETHER = 20


class LimitedUploadHandler(FileUploadHandler):
    """Counts the bytes of each file as they pass; keeps none of them itself."""

    chunk_size = 64 * 1024

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._declared = 0
        self._seen = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        self._declared = content_length

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._seen = 0
        if self._declared > MOST_FILES_TOGETHER * settings.MAX_FILE_BYTES:
            self._refuse(reset=True)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._seen += len(raw_data)
        if self._seen > settings.MAX_FILE_BYTES:
            # Read on to the end, into nothing: a browser shows our answer only after it has sent.
            self._refuse(reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None

    def _refuse(self, *, reset: bool) -> None:
        if self.request is not None:
            self.request.META["thamthan.upload_too_large"] = self.file_name or "ที่ส่งมา"
        raise StopUpload(connection_reset=reset)


def refused_upload(request: HttpRequest) -> Refused | None:
    """The refusal of this request's upload, if it was cut short; reads the upload to know."""
    if request.content_type == "multipart/form-data":
        _ = request.FILES
    name = request.META.get("thamthan.upload_too_large")
    if name is None:
        return None
    most = settings.MAX_FILE_BYTES // (1024 * 1024)
    return Refused(
        f"ไฟล์ “{name}” ใหญ่เกิน {most} MB จึงยังไม่ได้รับเข้า โปรดสแกนให้เล็กลงหรือแบ่งไฟล์ แล้วส่งอีกครั้ง",
        code="file_too_large",
        status=413,
    )
