"""STAR as public implementations run it: every domain's network on every row, then each row's own result is chosen."""

import torch
from torch import Tensor, nn

from ..arrays import HIDDEN
from .rows import Rows


class MaskedStar(nn.Module):
    """x [rows, width] -> logits [rows]"""

    def __init__(self, width: int, domains: int):
        super().__init__()
        sizes = [width, *HIDDEN, 1]
        pairs = list(zip(sizes, sizes[1:]))
        self.shared = nn.ModuleList(nn.Linear(n, m) for n, m in pairs)
        self.kernels = nn.ParameterList(nn.Parameter(torch.ones(domains, m, n)) for n, m in pairs)
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(domains, m)) for _, m in pairs)
        self.scale, self.offset = nn.Parameter(torch.ones(domains, width)), nn.Parameter(torch.zeros(domains, width))
        self.norm = nn.BatchNorm1d(width)
        self.auxiliary = nn.Sequential(nn.Linear(width, 32), nn.ReLU(), nn.Linear(32, 1))

    def penalty(self) -> float:
        return 0.0

    def forward(self, x: Tensor, rows: Rows) -> Tensor:
        normal = self.norm(x)
        kernels, biases = [k.unbind() for k in self.kernels], [b.unbind() for b in self.biases]
        scales, offsets = self.scale.unbind(), self.offset.unbind()
        logits = torch.zeros(len(x), 1)
        for d in range(rows.domains):
            h = torch.addcmul(offsets[d], normal, scales[d])
            for i, layer in enumerate(self.shared):
                h = nn.functional.linear(h, layer.weight * kernels[i][d], layer.bias + biases[i][d])
                h = torch.relu(h) if i < len(HIDDEN) else h
            logits = torch.where((rows.domain == d).unsqueeze(1), h, logits)
        return (logits + self.auxiliary(x)).squeeze(1)
