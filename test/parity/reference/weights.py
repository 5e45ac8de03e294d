"""Named tensors of a model: what is trained, and what is only remembered (moving averages)."""

import zlib
from contextlib import contextmanager

import torch


class Weights:
    """Tensors by the path that mdctr knows them by. A path asked for the first time gets a random start."""

    def __init__(self, seed):
        self.seed = seed
        self.trained = {}
        self.states = {}

    def __call__(self, path, *shape, centre=0.0, spread=0.4):
        """The trained tensor `path`; starts at centre + spread * N(0, 1)."""
        if path not in self.trained:
            self.trained[path] = self._start(path, shape, centre, spread).requires_grad_()
        return self.trained[path]

    def state(self, path, *shape, centre, spread=0.0):
        """A tensor without a gradient; `remember` changes it."""
        if path not in self.states:
            self.states[path] = self._start(path, shape, centre, spread)
        return self.states[path]

    def remember(self, path, value):
        self.states[path] = value.detach().clone()

    @contextmanager
    def replaced(self, values):
        """Inside, the paths of `values` have those values (MAML's adapted weights)."""
        own = self.trained
        self.trained = {**own, **values}
        try:
            yield
        finally:
            self.trained = own

    def _start(self, path, shape, centre, spread):
        generator = torch.Generator().manual_seed(zlib.crc32(f"{self.seed}/{path}".encode()))
        values = centre + spread * torch.randn(*shape, generator=generator, dtype=torch.float64)
        return values.float().double()  # exact in float32, so that both sides start from the same numbers
