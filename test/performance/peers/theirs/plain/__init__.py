"""Plain PyTorch, written for speed as far as we know how: one table with sparse gradients, SparseAdam, fused Adam, autocast."""

import torch
from torch import nn

from ..arrays import LEARNING_RATE, Arrays
from .maml import meta_loss
from .net import Net
from .rows import Rows

loss_of = nn.BCEWithLogitsLoss()


def trainer(model: str, arrays: Arrays, precision: str):
    """A step and the batches it takes; `model` is BACKBONE or BACKBONE+METHOD."""
    backbone, _, method = model.partition("+")
    net = Net(backbone, method, arrays)
    optimizers = [
        torch.optim.SparseAdam([net.table.weight], lr=LEARNING_RATE),
        torch.optim.Adam(net.dense.parameters(), lr=LEARNING_RATE, fused=True),
    ]
    autocast = torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16")
    grouped = method in ("star", "maml")

    def step(batch):
        ids, labels, domain = batch
        if grouped:
            order = domain.argsort()
            ids, labels, domain = ids[order], labels[order], domain[order]
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        rows = Rows(domain, arrays.domains)
        with autocast:
            x = net.embed(ids)
            if method == "maml":
                loss = meta_loss(net.dense, x, labels, rows)
            else:
                loss = loss_of(net.dense(x, rows).float(), labels) + net.dense.penalty()
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        return loss.item()

    return step, list(arrays.batches())
