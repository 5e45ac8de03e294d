"""STAR (arXiv 2101.11427) on rows sorted by domain: each domain's network runs on its own rows alone."""

import torch
from torch import Tensor, nn

from .method import Method
from .rows import Rows


class StarAffine(nn.Module):
    def __init__(self, inputs: int, units: int, domains: int):
        super().__init__()
        shared = nn.Linear(inputs, units)
        self.kernel, self.bias = shared.weight, shared.bias
        self.kernels = nn.Parameter(torch.ones(domains, units, inputs))
        self.biases = nn.Parameter(torch.zeros(domains, units))

    def forward(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        # unbind and not an index: the gradient of an index has the size of all domains, for each of them.
        kernels, biases = self.kernels.unbind(), self.biases.unbind()
        return torch.cat(
            [
                nn.functional.linear(part, self.kernel * kernels[d], self.bias + biases[d])
                for d, part in rows.parts(x)
            ]
        )


class PartitionedNorm(nn.Module):
    def __init__(self, width: int, domains: int):
        super().__init__()
        self.scale, self.offset = nn.Parameter(torch.ones(width)), nn.Parameter(torch.zeros(width))
        self.scales, self.offsets = nn.Parameter(torch.ones(domains, width)), nn.Parameter(torch.zeros(domains, width))
        self.register_buffer("means", torch.zeros(domains, width))
        self.register_buffer("variances", torch.ones(domains, width))

    def forward(self, x: Tensor, rows: Rows) -> Tensor:
        scales, offsets = self.scales.unbind(), self.offsets.unbind()
        return torch.cat([self.one(part, d, scales[d], offsets[d]) for d, part in rows.parts(x)])

    def one(self, x: Tensor, d: int, scale: Tensor, offset: Tensor) -> Tensor:
        scale, offset = self.scale * scale, self.offset + offset
        learning = self.training and len(x) > 1  # one row has no variance
        return nn.functional.batch_norm(x, self.means[d], self.variances[d], scale, offset, learning, eps=1e-3)


class Star(Method):
    def affine(self, inputs: int, units: int, last: bool = False) -> nn.Module:
        return StarAffine(inputs, units, self.domains)

    def tower_input(self, width: int) -> nn.Module:
        return PartitionedNorm(width, self.domains)

    def auxiliary(self, width: int) -> nn.Module:
        return nn.Sequential(nn.Linear(width, 32), nn.ReLU(), nn.Linear(32, 1))
