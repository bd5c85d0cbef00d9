"""The net that reads a whole line: small convolutions along it, one guess of a sign per column."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from thamthan.reading.ocr.levelled import HIGH
from thamthan.reading.ocr.signs import SIGNS

CLASSES = len(SIGNS) + 1
_WIDTHS = (144, 240, 336, 432, 528, 624, 752, 912, 1104, 1504)
# Columns of dots in one batch.
_DOTS = 24_000


def _fold(into: int, out: int, *, stride: tuple[int, int] = (1, 1)) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(into, out, 3, stride=stride, padding=1, bias=False),
        nn.BatchNorm2d(out),
        nn.ReLU(inplace=True),
    )


class _Apart(nn.Module):
    """Each channel folded by itself, then all mixed, added to what came in."""

    def __init__(self, channels: int, kernel: tuple[int, int]) -> None:
        super().__init__()
        edge = (kernel[0] // 2, kernel[1] // 2)
        self.depth = nn.Conv2d(
            channels, channels, kernel, padding=edge, groups=channels, bias=False
        )
        self.calm = nn.BatchNorm2d(channels)
        self.mix = nn.Conv2d(channels, channels, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        folded = functional.relu(self.calm(self.depth(seen)))
        return functional.relu(seen + self.norm(self.mix(folded)))


class ReaderNet(nn.Module):
    """บรรทัดเป็นตัวอักษร: (n, 1, 52, wide) ink to (n, classes, wide / 4) scores; class 0 is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.eyes = nn.Sequential(
            _fold(1, 24, stride=(2, 2)),
            _fold(24, 48, stride=(2, 1)),
            _Apart(48, (3, 3)),
            _fold(48, 96, stride=(2, 2)),
            _Apart(96, (3, 3)),
            _Apart(96, (3, 3)),
            _Apart(96, (3, 3)),
        )
        self.column = nn.Sequential(
            nn.Conv2d(96, 224, (7, 1), bias=False), nn.BatchNorm2d(224), nn.ReLU(inplace=True)
        )
        self.along = nn.Sequential(*(_Apart(224, (1, 9)) for _ in range(5)))
        self.last = nn.Conv2d(224, CLASSES, 1)

    def forward(self, ink: torch.Tensor) -> torch.Tensor:
        scores: torch.Tensor = self.last(self.along(self.column(self.eyes(ink))))
        return scores.squeeze(2)


class Shard:
    """หนึ่งชุดของบรรทัด, as `draw_shard` wrote it."""

    def __init__(self, path: Path) -> None:
        kept = np.load(path)
        self.pictures: NDArray[np.uint8] = kept["pictures"]
        self.widths: NDArray[np.int32] = kept["widths"]
        self.classes: NDArray[np.uint8] = kept["classes"]
        self.lengths: NDArray[np.int32] = kept["lengths"]
        self.starts = np.concatenate([[0], np.cumsum(self.widths)])
        self.texts = np.concatenate([[0], np.cumsum(self.lengths)])

    def batches(
        self, rng: np.random.Generator, *, bent: bool
    ) -> Iterator[tuple[torch.Tensor, ...]]:
        """Lines of like width together, in few shapes: each new one must be prepared for."""
        shelves = np.searchsorted(_WIDTHS, self.widths)
        groups: list[tuple[int, list[int]]] = []
        for shelf, wide in enumerate(_WIDTHS):
            members = [int(which) for which in rng.permutation(np.flatnonzero(shelves == shelf))]
            size = max(1, _DOTS // wide)
            groups += [(wide, members[at : at + size]) for at in range(0, len(members), size)]
        for at in rng.permutation(len(groups)):
            wide, members = groups[at]
            if len(members) == max(1, _DOTS // wide) or not bent:
                yield self._batch(members, rng, wide=wide, bent=bent)

    def _batch(
        self, members: list[int], rng: np.random.Generator, *, wide: int, bent: bool
    ) -> tuple[torch.Tensor, ...]:
        ink = np.zeros((len(members), 1, HIGH, wide), np.float32)
        for row, which in enumerate(members):
            start, end = self.starts[which], self.starts[which + 1]
            dots = (255.0 - self.pictures[:, start:end].astype(np.float32)) / 255.0
            if bent:
                dots = _bent(dots, rng)
            ink[row, 0, :, : end - start] = dots
        texts = [self.classes[self.texts[w] : self.texts[w + 1]] for w in members]
        return (
            torch.from_numpy(ink),
            torch.from_numpy(np.concatenate(texts).astype(np.int64)),
            torch.tensor([int(self.widths[which] + 3) // 4 for which in members]),
            torch.tensor([len(text) for text in texts]),
        )


def _bent(dots: NDArray[np.float32], rng: np.random.Generator) -> NDArray[np.float32]:
    """The same line as another glance would have it: higher, paler, fatter, with a blot."""
    step = int(rng.integers(-2, 3))
    if step:
        dots = np.roll(dots, step, axis=0)
    if rng.random() < 0.4:
        dots = np.asarray(dots ** rng.uniform(0.6, 1.6), np.float32)
    if rng.random() < 0.15:
        left, top = int(rng.integers(max(1, dots.shape[1] - 6))), int(rng.integers(HIGH - 6))
        right, bottom = left + int(rng.integers(2, 6)), top + int(rng.integers(2, 6))
        dots = dots.copy()
        dots[top:bottom, left:right] = rng.random()
    return dots


def learn(
    folder: Path, out: Path, *, minutes: float, begin: Path | None, tell: Callable[[str], None]
) -> None:
    """ฝึก: goes through the shards for so many minutes, the pace of learning falling to nought."""
    torch.manual_seed(5)
    rng = np.random.default_rng(5)
    net = ReaderNet().to(memory_format=torch.channels_last)
    if begin is not None:
        net.load_state_dict(torch.load(begin))
    most = 2e-3 if begin is None else 8e-4
    pace = torch.optim.AdamW(net.parameters(), lr=most, weight_decay=1e-2, betas=(0.9, 0.98))
    begun, seen, since = time.monotonic(), 0, 0
    sums = [0.0, 0]
    while True:
        shards = sorted(folder.glob("learn-*.npz"))
        for path in rng.permutation(np.array([str(shard) for shard in shards])):
            for ink, texts, widths, lengths in Shard(Path(str(path))).batches(rng, bent=True):
                spent = (time.monotonic() - begun) / 60 / minutes
                if spent >= 1:
                    save(net, out)
                    return
                for group in pace.param_groups:
                    warm = min(1.0, (seen + 1) / 4000)
                    group["lr"] = most * warm * max(0.02, min(1.0, (1 - spent) / 0.75))
                net.train()
                scores = net(ink.contiguous(memory_format=torch.channels_last))
                logs = functional.log_softmax(scores.permute(2, 0, 1), dim=2)
                loss = functional.ctc_loss(logs, texts, widths, lengths, zero_infinity=True)
                pace.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(net.parameters(), 5.0)
                pace.step()
                seen, since = seen + len(ink), since + len(ink)
                sums = [sums[0] + float(loss.detach()), sums[1] + 1]
                if since >= 4000:
                    tell(f"{seen} lines, loss {sums[0] / sums[1]:.4f}, {spent:.0%}")
                    since, sums = 0, [0.0, 0]
                    torch.save(net.state_dict(), out.with_suffix(".state"))
        save(net, out)
        judge(folder, out, tell=tell)


def save(net: ReaderNet, path: Path) -> None:
    """The state as it is; `training.packed` makes of it what is shipped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(net.state_dict(), path.with_suffix(".state"))


def judge(folder: Path, out: Path, *, tell: Callable[[str], None]) -> None:
    """ตัดสิน: signs and digits wrong on a face that was never drawn, under wears kept back."""
    net = ReaderNet()
    net.load_state_dict(torch.load(out.with_suffix(".state")))
    net.eval()
    rng = np.random.default_rng(0)
    wrong = total = digits_wrong = digits = 0
    for path in sorted(folder.glob("judge-*.npz")):
        for ink, texts, widths, lengths in Shard(path).batches(rng, bent=False):
            with torch.no_grad():
                best = net(ink).argmax(dim=1).numpy()
            at = 0
            for row, width, length in zip(best, widths.tolist(), lengths.tolist(), strict=True):
                wanted = "".join(SIGNS[c - 1] for c in texts[at : at + length].tolist())
                at += length
                found = _told(row[:width])
                wrong, total = wrong + _distance(wanted, found), total + length
                only = ["".join(c for c in text if c.isdigit()) for text in (wanted, found)]
                digits_wrong, digits = digits_wrong + _distance(*only), digits + len(only[0])
    tell(f"judged: signs wrong {wrong / total:.2%}, digits wrong {digits_wrong / digits:.2%}")


def _told(row: NDArray[np.int64]) -> str:
    kept = [int(c) for at, c in enumerate(row) if c and (at == 0 or c != row[at - 1])]
    return "".join(SIGNS[c - 1] for c in kept)


def _distance(one: str, two: str) -> int:
    before = list(range(len(two) + 1))
    for row, sign in enumerate(one, start=1):
        now = [row]
        for column, other in enumerate(two, start=1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (sign != other)))
        before = now
    return before[-1]
