"""The rows that ours trains on too, and the sizes of the networks."""

import json
from pathlib import Path

import numpy as np
import torch

HIDDEN = [512, 256, 128]
DIM = 16
CROSS_LAYERS = 3
LEARNING_RATE = 1e-3


class Arrays:
    """What arrays.mjs wrote: ids [rows, fields] counted within each field, labels [rows], domains [rows] from 1 on."""

    def __init__(self, folder: Path):
        facts = json.loads((folder / "facts.json").read_text())
        self.batch, self.sizes, self.domains = facts["batch"], facts["sizes"], facts["domains"]
        ids = np.fromfile(folder / "ids.i32", np.int32).reshape(-1, len(self.sizes))
        self.ids = torch.from_numpy(ids.astype(np.int64))
        self.labels = torch.from_numpy(np.fromfile(folder / "labels.f32", np.float32))
        self.domain = torch.from_numpy(np.fromfile(folder / "domains.i32", np.int32).astype(np.int64)) - 1
        self.names = [f"f{f}" for f in range(len(self.sizes))]

    @property
    def width(self) -> int:
        """Of a row's embedded fields."""
        return DIM * len(self.sizes)

    def batches(self):
        """ids [batch, fields], labels [batch], domain [batch] from 0 on."""
        for rows in torch.randperm(len(self.labels)).split(self.batch):
            yield self.ids[rows], self.labels[rows], self.domain[rows]
