"""MAML of first order (arXiv 1703.03400): domains are tasks, half of a domain's rows support, half query, one inner step."""

import torch
from torch import Tensor, nn
from torch.func import functional_call

from .rows import Rows

INNER_RATE, SUPPORT = 0.1, 0.5
loss_of = nn.BCEWithLogitsLoss()


def meta_loss(net: nn.Module, x: Tensor, labels: Tensor, rows: Rows) -> Tensor:
    """The query losses after adaptation, averaged by rows; x [rows, width] sorted by domain."""
    theta = dict(net.named_parameters())
    total, queries = 0.0, 0
    for _, x_d, labels_d in rows.parts(x, labels):
        cut = support_rows(len(x_d))
        adapted = adapt(net, theta, x_d[:cut].detach(), labels_d[:cut], rows) if cut > 0 else theta
        total += loss(net, adapted, x_d[cut:], labels_d[cut:], rows) * (len(x_d) - cut)
        queries += len(x_d) - cut
    return total / queries


def support_rows(n: int) -> int:
    """At least one row, and one query row; a single row is a query."""
    return 0 if n < 2 else min(n - 1, max(1, int(SUPPORT * n + 0.5)))


def adapt(net: nn.Module, theta: dict[str, Tensor], x: Tensor, labels: Tensor, rows: Rows) -> dict[str, Tensor]:
    """theta' = theta - rate * gradient; the gradient is a constant to the outer derivative."""
    gradients = torch.autograd.grad(loss(net, theta, x, labels, rows), list(theta.values()))
    return {name: value - INNER_RATE * g for (name, value), g in zip(theta.items(), gradients)}


def loss(net: nn.Module, theta: dict[str, Tensor], x: Tensor, labels: Tensor, rows: Rows) -> Tensor:
    return loss_of(functional_call(net, theta, (x, rows)).float(), labels)
