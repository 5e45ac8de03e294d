"""Writes fixtures.json: what PyTorch computes for small models, which mdctr must reproduce.

Run `python generate.py` in this folder (PyTorch 2, CPU). For each case: weights by parameter path, three batches, then
logits, loss and gradients on the first batch, and the weights after one Adam step on each batch.
"""

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)  # the fixtures are exact; mdctr's float32 is what is being judged

SIZES = [4, 5, 6]  # ids of each field; the first field is the domain
OFFSETS = torch.tensor([0, 4, 9])
DIM, ROWS, STEPS = 3, 10, 3
PROGRESS = 0.5
INPUTS = len(SIZES) * DIM


def batch():
    ids = torch.stack([torch.randint(0 if f else 1, size, (ROWS,)) for f, size in enumerate(SIZES)], 1)
    ids = ids[torch.argsort(ids[:, 0], stable=True)]  # rows grouped by domain, as mdctr's batches are
    return ids, torch.randint(0, 2, (ROWS,)).double()


class Model:
    """A backbone with or without AdaSparse, over a dictionary of weights named as mdctr names them."""

    def __init__(self, backbone, norm=False, structure="parallel", rank=0, ada=None):
        self.backbone, self.norm, self.structure, self.rank, self.ada = backbone, norm, structure, rank, ada
        self.weights = {"embedding": torch.randn(sum(SIZES), DIM) * 0.5}
        self.penalties = []

    def weight(self, path, *shape, scale=0.4):
        path = path if path.startswith("adasparse") else f"{self.backbone}/{path}"
        if path not in self.weights:
            self.weights[path] = (torch.randn(*shape) * scale).requires_grad_()
        return self.weights[path]

    def dense(self, path, x, units):
        kernel = self.weight(f"{path}/kernel", x.shape[1], units)
        return x @ kernel + self.weight(f"{path}/bias", units)

    def hidden(self, path, h):
        """h * pi(domain) and the layer's part of the sparsity regulariser (AdaSparse, sections 3.2 and 3.3)."""
        if self.ada is None:
            return h
        alpha, beta, epsilon = 0.1 + 4.9 * PROGRESS, 2.0, 0.25
        v = self.dense(f"adasparse/{path}/pruner", self.domain, h.shape[1])
        if self.ada == "scaling":
            return h * (beta * torch.sigmoid(v))
        soft = torch.sigmoid(alpha * v)
        if self.ada == "binarization":
            factors, share = soft + ((soft > epsilon).double() - soft).detach(), epsilon
        else:
            graded = beta * soft
            factors, share = graded * (graded > epsilon).double(), epsilon / beta
        cut = (factors == 0).double().mean().item()
        gate = 1 - torch.sigmoid(alpha * v - math.log(share / (1 - share))).mean()
        self.penalties.append((cut, gate))
        return h * factors

    def regularizer(self):
        strength, low, high, total = 0.01 + 0.99 * PROGRESS, 0.15, 0.25, 0.0
        for cut, gate in self.penalties:
            if cut < low or cut > high:
                target = (low + high) / 2
                distance = (gate - gate.detach() + cut - target) * math.copysign(1, cut - target)
                total = total + strength * distance.detach() * distance / len(self.penalties)
        return total

    def tower(self, x):
        for i, units in enumerate([5, 4]):
            x = self.dense(f"deep/{i}", x, units)
            if self.norm:
                scale = self.weight(f"deep/{i}/norm/scale", units)
                offset = self.weight(f"deep/{i}/norm/offset", units)
                x = F.batch_norm(x, None, None, scale, offset, training=True, eps=1e-5)
            x = self.hidden(f"deep/{i}", torch.relu(x))
        return x

    def cross(self, x0):
        x = x0
        for i in range(2):
            path = f"cross/{i}"
            if self.rank == 0:
                mapped = self.dense(path, x, INPUTS)
            else:
                experts = 2
                v = self.weight(f"{path}/v", INPUTS, experts * self.rank)
                u = self.weight(f"{path}/u", experts * self.rank, INPUTS)
                bias = self.weight(f"{path}/bias", INPUTS)
                gates = torch.softmax(x @ self.weight(f"{path}/gate/kernel", INPUTS, experts), 1)
                mapped = 0
                for e in range(experts):  # eq. 4 and 5 as the paper has them: the bias inside each expert
                    own = slice(e * self.rank, (e + 1) * self.rank)
                    inner = torch.tanh(torch.tanh(x @ v[:, own]) @ self.weight(f"{path}/c/{e}", self.rank, self.rank))
                    mapped = mapped + gates[:, e : e + 1] * (inner @ u[own] + bias)
            x = self.hidden(path, x0 * mapped + x)
        return x

    def logits(self, ids):
        self.penalties = []
        self.weights["embedding"].requires_grad_()
        embedded = self.weights["embedding"][ids + OFFSETS]  # [rows, fields, dim]
        self.domain = embedded[:, 0]
        x = embedded.flatten(1)
        if self.backbone == "dnn":
            top = self.tower(x)
        elif self.structure == "stacked":
            top = self.tower(self.cross(x))
        else:
            top = torch.cat([self.cross(x), self.tower(x)], 1)
        return self.dense("logit", top, 1)[:, 0]

    def loss(self, ids, labels):
        return F.binary_cross_entropy_with_logits(self.logits(ids), labels) + self.regularizer()


def numbers(tensors):
    return {path: {"shape": list(t.shape), "values": t.detach().flatten().tolist()} for path, t in tensors.items()}


def case(name, config, **options):
    model = Model(config["name"], **options)
    batches = [batch() for _ in range(STEPS)]
    loss = model.loss(*batches[0])
    logits = model.logits(batches[0][0])
    start = numbers(model.weights)
    gradients = dict(zip(model.weights, torch.autograd.grad(loss, list(model.weights.values()))))
    optimizer = torch.optim.Adam(model.weights.values(), lr=0.01)
    for ids, labels in batches:
        optimizer.zero_grad()
        model.loss(ids, labels).backward()
        optimizer.step()
    cut = [share for share, _ in model.penalties]
    print(f"{name}: loss {loss.item():.4f}, cut {cut}")
    return {
        "name": name,
        "backbone": config,
        "form": options.get("ada"),
        "batches": [{"ids": ids.flatten().tolist(), "labels": labels.tolist()} for ids, labels in batches],
        "start": start,
        "logits": logits.tolist(),
        "loss": loss.item(),
        "gradients": numbers(gradients),
        "end": numbers(model.weights),
    }


def main():
    tower = {"hiddenUnits": [5, 4], "activation": "relu", "batchNorm": False, "dropout": 0}
    dnn = {"name": "dnn", **tower}
    normed = {**dnn, "batchNorm": True}
    full = {"name": "dcnv2", **tower, "structure": "parallel", "crossLayers": 2, "rank": 0, "experts": 2}
    low = {**full, "structure": "stacked", "rank": 2}
    cases = [
        case("dnn", dnn),
        case("dnn, batch norm", normed, norm=True),
        case("dcnv2, parallel, full rank", full),
        case("dcnv2, stacked, low rank", low, structure="stacked", rank=2),
        *[case(f"dnn, adasparse {form}", dnn, ada=form) for form in ("binarization", "scaling", "fusion")],
        case("dnn, batch norm, adasparse fusion", normed, norm=True, ada="fusion"),
        case("dcnv2, parallel, adasparse fusion", full, ada="fusion"),
    ]
    fixtures = {"torch": torch.__version__, "sizes": SIZES, "dim": DIM, "progress": PROGRESS, "cases": cases}
    text = json.dumps(json.loads(json.dumps(fixtures), parse_float=lambda x: float(f"{float(x):.9g}")))
    Path(__file__).with_name("fixtures.json").write_text(text + "\n")


main()
