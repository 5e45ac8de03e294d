"""APG (arXiv 2203.16218), group-wise: S of each domain from its embedding, U and V shared and over-parameterised."""

import torch
from torch import Tensor, nn

from ..arrays import DIM
from .method import Affine, Method
from .rows import Rows

RANK, INNER = 8, 64


class GeneratedAffine(nn.Module):
    def __init__(self, inputs: int, units: int):
        super().__init__()
        sizes = {"v_left": (inputs, INNER), "v_right": (INNER, RANK), "u_left": (RANK, INNER), "u_right": (INNER, units)}
        for name, (n, m) in sizes.items():
            self.register_parameter(name, nn.Parameter(torch.randn(n, m) * n**-0.5))
        self.hyper = nn.Linear(DIM, RANK * RANK)
        nn.init.eye_(self.hyper.bias.data.view(RANK, RANK))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        low = x @ (self.v_left @ self.v_right)  # [rows, RANK]
        core = self.hyper(domain).view(-1, RANK, RANK)
        mixed = torch.bmm(low.unsqueeze(1), core).squeeze(1)
        return torch.addmm(self.bias, mixed, self.u_left @ self.u_right)


class Apg(Method):
    def affine(self, inputs: int, units: int, last: bool = False) -> nn.Module:
        return Affine(inputs, units) if last else GeneratedAffine(inputs, units)
