"""ส่งออก: the state of a trained reader as the ONNX file that is shipped and that OpenCV runs.

`python -m training.packed STATE` – needs the package onnx besides torch.
"""

import sys
from pathlib import Path

import torch

from thamthan.reading.ocr.levelled import HIGH
from thamthan.reading.ocr.reader import NET
from training.readernet import ReaderNet


def pack(state: Path, to: Path) -> None:
    net = ReaderNet()
    net.load_state_dict(torch.load(state))
    net.eval()
    torch.onnx.export(
        net,
        (torch.zeros(1, 1, HIGH, 512),),
        to,
        input_names=["ink"],
        output_names=["scores"],
        dynamic_axes={"ink": {0: "lines", 3: "wide"}, "scores": {0: "lines", 2: "columns"}},
        opset_version=13,
        dynamo=False,
    )


if __name__ == "__main__":
    pack(Path(sys.argv[1]), NET)
