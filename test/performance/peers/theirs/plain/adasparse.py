"""AdaSparse (arXiv 2206.13108), form "fusion", with the options that ours has by default."""

import math

import torch
from torch import Tensor, nn

from ..arrays import DIM
from .method import Method

# alpha grows from .1 to 5 in training and the strength from .01 to 1; these are the values halfway, as in ours here.
ALPHA, BETA, EPSILON, STRENGTH = 2.55, 2.0, 0.25, 0.505
LOW, HIGH = 0.15, 0.25


class Pruner(nn.Module):
    """One factor for each neuron, from the row's domain embedding; those not above epsilon are cut to 0."""

    def __init__(self, units: int):
        super().__init__()
        self.map = nn.Linear(DIM, units)
        nn.init.zeros_(self.map.weight)
        nn.init.zeros_(self.map.bias)

    def forward(self, h: Tensor, domain: Tensor) -> Tensor:
        v = self.map(domain)  # [rows, units]
        graded = BETA * torch.sigmoid(ALPHA * v)
        kept = graded > EPSILON
        self.cut = 1 - kept.float().mean().item()
        self.scores = v
        return h * (graded * kept)

    def penalty(self) -> Tensor | None:
        """Strength |r - target| ||r - target||, r the share of cut neurons; None inside the range."""
        if LOW <= self.cut <= HIGH:
            return None
        share = EPSILON / BETA
        gate = torch.sigmoid(ALPHA * self.scores - math.log(share / (1 - share)))
        soft = 1 - gate.mean()
        target = (LOW + HIGH) / 2
        distance = (self.cut + soft - soft.detach() - target).abs()
        return STRENGTH * distance.detach() * distance


class AdaSparse(Method):
    def __init__(self, domains: int):
        super().__init__(domains)
        self.pruners: list[Pruner] = []

    def hidden(self, units: int) -> Pruner:
        self.pruners.append(Pruner(units))
        return self.pruners[-1]

    def penalty(self) -> Tensor | float:
        terms = [term for pruner in self.pruners if (term := pruner.penalty()) is not None]
        return sum(terms) / len(self.pruners)
