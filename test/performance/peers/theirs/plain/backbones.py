import torch
from torch import Tensor, nn

from ..arrays import CROSS_LAYERS, HIDDEN
from .method import Method, domain_embedding
from .rows import Rows


class Layers(nn.Module):
    """Affine layers of a method, each with what the method puts behind its activation."""

    def __init__(self, sizes: list[int], method: Method):
        super().__init__()
        pairs = list(zip(sizes, sizes[1:]))
        self.affine = nn.ModuleList(method.affine(n, m) for n, m in pairs)
        self.hidden = nn.ModuleList(method.hidden(m) or nn.Identity() for _, m in pairs)
        self.weighted = [not isinstance(module, nn.Identity) for module in self.hidden]

    def after(self, i: int, h: Tensor, domain: Tensor) -> Tensor:
        return self.hidden[i](h, domain) if self.weighted[i] else h


class Tower(Layers):
    def __init__(self, width: int, method: Method):
        super().__init__([width, *HIDDEN], method)
        self.norm = method.tower_input(width)

    def forward(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        h = x if self.norm is None else self.norm(x, rows)
        for i, layer in enumerate(self.affine):
            h = self.after(i, torch.relu_(layer(h, domain, rows)), domain)
        return h


class Cross(Layers):
    def __init__(self, width: int, method: Method):
        super().__init__([width] * (CROSS_LAYERS + 1), method)

    def forward(self, x0: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        x = x0
        for i, layer in enumerate(self.affine):
            x = self.after(i, torch.addcmul(x, x0, layer(x, domain, rows).to(x0.dtype)), domain)
        return x


class Backbone(nn.Module):
    """x [rows, width] -> logits [rows]"""

    def __init__(self, width: int, method: Method, features: int):
        super().__init__()
        self.method = method
        self.last = method.affine(features, 1, last=True)
        self.auxiliary = method.auxiliary(width)

    def penalty(self) -> Tensor | float:
        return self.method.penalty()

    def forward(self, x: Tensor, rows: Rows) -> Tensor:
        domain = domain_embedding(x)
        logit = self.last(self.features(x, domain, rows), domain, rows)
        return (logit if self.auxiliary is None else logit + self.auxiliary(x)).squeeze(1)


class Dnn(Backbone):
    def __init__(self, width: int, method: Method):
        super().__init__(width, method, HIDDEN[-1])
        self.tower = Tower(width, method)

    def features(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        return self.tower(x, domain, rows)


class Dcnv2(Backbone):
    """Cross layers and tower side by side."""

    def __init__(self, width: int, method: Method):
        super().__init__(width, method, width + HIDDEN[-1])
        self.cross = Cross(width, method)
        self.tower = Tower(width, method)

    def features(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        return torch.cat([self.cross(x, domain, rows), self.tower(x, domain, rows)], 1)
