"""The code that proves an address: made from the row when it is needed, kept nowhere."""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.conf import settings

from thamthan.notices.models import ChannelSetting

HOLDS_FOR = timedelta(hours=1)
MOST_FAILURES = 5


def code_of(setting: ChannelSetting) -> str:
    """รหัสหกหลักของที่อยู่นี้; another address, or another asking, has another."""
    asked = setting.code_sent_at.isoformat() if setting.code_sent_at else ""
    words = f"{setting.ref}|{setting.address}|{asked}"
    made = hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(made[:8], 'big') % 1_000_000:06}"


def is_code(setting: ChannelSetting, typed: str, *, now: datetime) -> bool:
    """Whether this code proves the address now: asked for, not too old, not guessed at."""
    if setting.code_sent_at is None or setting.code_failures >= MOST_FAILURES:
        return False
    if now - setting.code_sent_at > HOLDS_FOR:
        return False
    return hmac.compare_digest(typed.strip().encode(), code_of(setting).encode())
