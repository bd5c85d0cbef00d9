"""รหัสแท่งของไปรษณีย์และพัสดุ: Code 128 and Code 39, read from the widths of their bars."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from thamthan.reading.ocr.picture import Picture

# The widths of bar, space, bar … of each sign of Code 128, by its value; the last is the stop.
_WIDTHS_128 = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132
122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212
322112 322211 212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311
112133 112331 132131 113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321
331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 141221 112214
112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212
124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113
411311 113141 114131 311141 411131 211412 211214 211232
"""
_STOP = (2, 3, 3, 1, 1, 1, 2)
_SIGN_128, _STOP_128 = 11, 13
_TO_C, _TO_B, _TO_A, _SHIFT = 99, 100, 101, 98
_START_A, _START_C, _MODULUS = 103, 105, 103

# Of Code 39: which of a sign's nine bars and spaces are wide.
_CODE_39 = {
    "0": "000110100", "1": "100100001", "2": "001100001", "3": "101100000", "4": "000110001",
    "5": "100110000", "6": "001110000", "7": "000100101", "8": "100100100", "9": "001100100",
    "A": "100001001", "B": "001001001", "C": "101001000", "D": "000011001", "E": "100011000",
    "F": "001011000", "G": "000001101", "H": "100001100", "I": "001001100", "J": "000011100",
    "K": "100000011", "L": "001000011", "M": "101000010", "N": "000010011", "O": "100010010",
    "P": "001010010", "Q": "000000111", "R": "100000110", "S": "001000110", "T": "000010110",
    "U": "110000001", "V": "011000001", "W": "111000000", "X": "010010001", "Y": "110010000",
    "Z": "011010000", "-": "010000101", ".": "110000100", " ": "011000100", "$": "010101000",
    "/": "010100010", "+": "010001010", "%": "000101010", "*": "010010100",
}  # fmt: skip
_SIGNS_39 = {pattern: sign for sign, pattern in _CODE_39.items()}

# How far all the widths of a sign may be off together, in its narrowest bars.
_MOST_OFF = 2.2
_ROWS = 15
# So many rows must say the same: Code 128 checks itself, Code 39 does not.
_ALIKE_128, _ALIKE_39, _LEAST_39 = 2, 4, 4


def read_bars(picture: Picture) -> str:
    """อ่านรหัสแท่ง: what Code 128 or Code 39 says on a picture of a level code; empty where none does.

    Some rows are read by themselves, from either end; what is told by too few is not told.
    """
    found: Counter[tuple[int, str]] = Counter()
    high = picture.shape[0]
    for row in np.linspace(0.2, 0.8, _ROWS) * (high - 1):
        first = max(0, int(row) - 1)
        widths = _widths(picture[first : first + 3].astype(np.float32).mean(axis=0))
        for way in (widths, widths[::-1]):
            for code, text in ((128, _code_128(way)), (39, _code_39(way))):
                if text:
                    found[code, text] += 1
    if len(found) != 1:
        # Rows that say different things say nothing.
        return ""
    (code, text), rows = found.most_common(1)[0]
    return text if rows >= (_ALIKE_128 if code == 128 else _ALIKE_39) else ""


def _widths(greys: NDArray[np.float32]) -> list[float]:
    """How wide each bar and each space between bars is, from the first bar to the last.

    Where an edge lies between two dots is told by how grey they are.
    """
    dark, pale = float(np.percentile(greys, 5)), float(np.percentile(greys, 95))
    if pale - dark < 60:
        return []
    above = greys - (dark + pale) / 2
    at = np.flatnonzero((above[:-1] > 0) != (above[1:] > 0))
    edges = at + above[at] / (above[at] - above[at + 1])
    if len(at) and above[at[0]] < 0:
        # The row begins within a bar, whose width nobody knows.
        edges = edges[1:]
    if len(edges) % 2:
        edges = edges[:-1]
    return [float(width) for width in np.diff(edges)]


def _code_128(widths: Sequence[float]) -> str:
    for start in range(0, max(0, len(widths) - 12), 2):
        value = _value_at(widths, start)
        if value is None or not _START_A <= value <= _START_C:
            continue
        values = [value]
        at = start + 6
        while at + 7 <= len(widths) and not _is_stop(widths[at : at + 7]):
            value = _value_at(widths, at)
            if value is None:
                break
            values.append(value)
            at += 6
        else:
            if at + 7 <= len(widths) and len(values) > 2 and _is_sound(values):
                return _said_128(values[:-1])
    return ""


def _value_at(widths: Sequence[float], at: int) -> int | None:
    sign = np.asarray(widths[at : at + 6])
    if len(sign) < 6:
        return None
    off = np.abs(_PATTERNS - sign * (_SIGN_128 / sign.sum())).sum(axis=1)
    best = int(off.argmin())
    return best if off[best] < _MOST_OFF else None


_PATTERNS = np.array([[int(one) for one in pattern] for pattern in _WIDTHS_128.split()], np.float64)


def _is_stop(widths: Sequence[float]) -> bool:
    sign = np.asarray(widths)
    return bool(np.abs(np.array(_STOP) - sign * (_STOP_128 / sign.sum())).sum() < _MOST_OFF)


def _is_sound(values: Sequence[int]) -> bool:
    """Whether the last value is the check over the others."""
    *said, check = values
    return (said[0] + sum(at * value for at, value in enumerate(said))) % _MODULUS == check


def _said_128(values: Sequence[int]) -> str:
    """The words of the values behind the start; what only steers a scanner says nothing."""
    use = "ABC"[values[0] - _START_A]
    said, once = "", ""
    for value in values[1:]:
        now, once = once or use, ""
        if now == "C":
            if value < 100:
                said += f"{value:02d}"
            else:
                use = {_TO_B: "B", _TO_A: "A"}.get(value, use)
        elif value < 96:
            said += chr(value + 32) if now == "B" or value < 64 else chr(value - 64)
        elif value == _SHIFT:
            once = "B" if now == "A" else "A"
        else:
            use = {_TO_C: "C", _TO_B: "B", _TO_A: "A"}.get(value, use)
    return said


def _code_39(widths: Sequence[float]) -> str:
    for start in range(0, len(widths) - 8, 2):
        if _sign_39(widths[start : start + 9]) != "*":
            continue
        said = ""
        for at in range(start + 10, len(widths) - 8, 10):
            sign = _sign_39(widths[at : at + 9])
            if sign == "*":
                return said if len(said) >= _LEAST_39 else ""
            if not sign:
                break
            said += sign
    return ""


def _sign_39(widths: Sequence[float]) -> str:
    """The sign of nine widths, three of them wide; empty where it is none."""
    order = sorted(widths)
    if order[5] * 1.4 > order[6] or order[8] > 4.5 * order[0] or order[8] > 1.7 * order[6]:
        return ""
    limit = (order[5] + order[6]) / 2
    return _SIGNS_39.get("".join("1" if width > limit else "0" for width in widths), "")
