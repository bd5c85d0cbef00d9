"""โครงข่าย: the net as PyTorch trains it, and its weights as plain numpy reads them."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from thamthan.reading.ocr.digits import CLASSES, GLYPH, DigitNet, features_of
from training.glyphs import Glyphs

_CHANNELS = ((1, 16, 5, 2), (16, 24, 3, 1), (24, 48, 3, 2), (48, 64, 3, 2))
_NAMES = ("first", "second", "third", "fourth")
_FLAT = 64 * (GLYPH // 8) ** 2
_MEASURES = 6
_HIDDEN = 128
_BATCH = 128


class Net(nn.Module):
    """Four convolutions, each with its normalisation, then two layers with the shape joined in."""

    def __init__(self) -> None:
        super().__init__()
        self.folds = nn.ModuleList(
            nn.Conv2d(before, after, side, stride, side // 2, bias=False)
            for before, after, side, stride in _CHANNELS
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(after) for _, after, _, _ in _CHANNELS)
        self.hidden = nn.Linear(_FLAT + _MEASURES, _HIDDEN)
        self.drop = nn.Dropout(0.3)
        self.last = nn.Linear(_HIDDEN, len(CLASSES))

    def forward(self, pictures: Tensor, measures: Tensor) -> Tensor:
        seen = pictures
        for fold, norm in zip(self.folds, self.norms, strict=True):
            seen = torch.relu(norm(fold(seen)))
        flat = seen.permute(0, 2, 3, 1).flatten(1)
        hidden = torch.relu(self.hidden(torch.cat((flat, measures), dim=1)))
        scores: Tensor = self.last(self.drop(hidden))
        return scores


def train(
    glyphs: Glyphs, *, epochs: int, seed: int, tell: Callable[[str], None]
) -> dict[str, NDArray[np.float32]]:
    """ฝึก: the weights after so many times through the glyphs, not yet calibrated."""
    torch.manual_seed(seed)
    net = Net()
    pictures = torch.from_numpy(glyphs.pictures)[:, None]
    measures = torch.from_numpy(features_of(glyphs.shapes, len(glyphs)))
    classes = torch.from_numpy(glyphs.classes)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    steps = epochs * (len(glyphs) // _BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps, pct_start=0.15)
    losses = nn.CrossEntropyLoss()
    for epoch in range(epochs):
        net.train()
        total = 0.0
        order = torch.randperm(len(glyphs))[: len(glyphs) // _BATCH * _BATCH]
        for start in range(0, len(order), _BATCH):
            batch = order[start : start + _BATCH]
            scores = net(pictures[batch].float() / 255.0, measures[batch])
            loss = losses(scores, classes[batch])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            pace.step()
            total += float(loss.detach())
        tell(f"epoch {epoch + 1}/{epochs}: loss {total * _BATCH / len(order):.4f}")
    return _weights(net)


def _weights(net: Net) -> dict[str, NDArray[np.float32]]:
    """Every convolution with its normalisation folded in, in the order that numpy multiplies."""
    net.eval()
    kept: dict[str, NDArray[np.float32]] = {}
    with torch.no_grad():
        for name, fold, norm in zip(_NAMES, net.folds, net.norms, strict=True):
            assert isinstance(fold, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)  # noqa: S101
            mean, variance = norm.running_mean, norm.running_var
            assert mean is not None and variance is not None  # noqa: S101
            scale = norm.weight / torch.sqrt(variance + norm.eps)
            kernel = (fold.weight * scale[:, None, None, None]).permute(2, 3, 1, 0)
            kept[f"{name}_kernel"] = kernel.contiguous().numpy()
            kept[f"{name}_shift"] = (norm.bias - mean * scale).numpy()
        for name, layer in (("hidden", net.hidden), ("last", net.last)):
            kept[f"{name}_kernel"] = layer.weight.T.contiguous().numpy()
            kept[f"{name}_shift"] = layer.bias.numpy().copy()
    kept["temperature"] = np.ones((), np.float32)
    return kept


def with_temperature(
    weights: dict[str, NDArray[np.float32]], glyphs: Glyphs
) -> dict[str, NDArray[np.float32]]:
    """ปรับความมั่นใจ: the one number that makes probabilities on these unseen glyphs honest."""
    logs = np.log(np.maximum(DigitNet(weights).classify(glyphs.floats(), glyphs.shapes), 1e-12))
    rows = np.arange(len(glyphs))

    def surprise(temperature: float) -> float:
        scaled = logs / temperature
        tops = scaled.max(axis=1)
        totals = tops + np.log(np.exp(scaled - tops[:, None]).sum(axis=1))
        return float((totals - scaled[rows, glyphs.classes]).mean())

    best = min(np.linspace(0.5, 4.0, 141).tolist(), key=surprise)
    return {**weights, "temperature": np.asarray(best, np.float32)}


def save(weights: dict[str, NDArray[np.float32]], path: Path) -> None:
    """Half precision is enough, and half the size."""
    path.parent.mkdir(parents=True, exist_ok=True)
    halves = {name: array.astype(np.float16) for name, array in weights.items()}
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **halves)
