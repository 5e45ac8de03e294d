"""Training steps of one PyTorch library on given arrays, a block at a time, so that libraries can take turns.

    python -m theirs LIBRARY MODEL FOLDER [--precision bfloat16]

Prints a line of JSON when ready; for each line on stdin trains a block of steps and prints `{"ms": [...]}`, milliseconds a step.
What is timed is each library's own trainer with its own optimizer. Batches are tensors in memory, cut beforehand: the
libraries' own loaders, which build a batch from single rows in Python, are left out in their favour.
"""

import argparse
import json
import sys
import time
from importlib import import_module
from pathlib import Path

import torch

from .arrays import Arrays

LIBRARIES = {"torch-rechub": ".rechub", "fuxictr": ".fuxi", "pytorch": ".plain"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="theirs")
    parser.add_argument("library", choices=LIBRARIES)
    parser.add_argument("model", help="dnn, dcnv2; with pytorch also BACKBONE+METHOD")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    args = parser.parse_args()
    torch.manual_seed(1)
    # Progress bars of libraries must not mix with what is read by the parent.
    out, sys.stdout = sys.stdout, sys.stderr
    library = import_module(LIBRARIES[args.library], __package__)
    step, batches = library.trainer(args.model, Arrays(args.folder), args.precision)
    for batch in batches[:3]:
        step(batch)
    print(json.dumps({"ready": True, "threads": torch.get_num_threads()}), file=out, flush=True)
    for _ in sys.stdin:
        print(json.dumps({"ms": [timed(step, batch) for batch in batches]}), file=out, flush=True)


def timed(step, batch) -> float:
    began = time.perf_counter()
    step(batch)
    return (time.perf_counter() - began) * 1000


main()
