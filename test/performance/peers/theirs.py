"""Training steps of one PyTorch library on given arrays, a block at a time, so that libraries can take turns.

    python theirs.py LIBRARY MODEL FOLDER [--precision bfloat16]

LIBRARY: torch-rechub, fuxictr, pytorch (plain, as a good engineer would write it). MODEL: dnn, dcnv2; pytorch also star.
Prints a line of JSON when ready; for each line on stdin trains a block of steps and prints `{"ms": [...]}`, milliseconds a step.
What is timed is each library's own trainer with its own optimizer. Batches are tensors in memory, cut beforehand: the
libraries' own loaders, which build a batch from single rows in Python, are left out in their favour.
"""

import argparse
import json
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

HIDDEN = [512, 256, 128]
DIM = 16
CROSS_LAYERS = 3


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

    def batches(self):
        for rows in torch.randperm(len(self.labels)).split(self.batch):
            yield self.ids[rows], self.labels[rows], self.domain[rows]


def torch_rechub(model: str, arrays: Arrays):
    from torch_rechub.basic.features import SparseFeature
    from torch_rechub.basic.layers import MLP, EmbeddingLayer
    from torch_rechub.models.ranking import DCNv2
    from torch_rechub.trainers import CTRTrainer

    features = [SparseFeature(n, s, embed_dim=DIM) for n, s in zip(arrays.names, arrays.sizes)]

    class Dnn(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = EmbeddingLayer(features)
            self.mlp = MLP(DIM * len(features), dims=list(HIDDEN))

        def forward(self, x):
            return torch.sigmoid(self.mlp(self.embedding(x, features, squeeze_dim=True)).squeeze(1))

    tower = {"dims": list(HIDDEN), "activation": "relu", "dropout": 0}
    net = Dnn() if model == "dnn" else DCNv2(features, CROSS_LAYERS, tower, use_low_rank_mixture=False)
    # Its towers normalise batches whether one wants it or not; the others do not, so that work is taken away.
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.BatchNorm1d):
                setattr(module, name, nn.Identity())
    trainer = CTRTrainer(net, optimizer_params={"lr": 1e-3})
    batches = [(dict(zip(arrays.names, ids.unbind(1))), labels) for ids, labels, _ in arrays.batches()]
    trainer.model.train()
    return lambda batch: trainer.train_one_epoch([batch]), batches


def fuxictr(model: str, arrays: Arrays):
    from fuxictr.features import FeatureMap
    from fuxictr.pytorch.layers import CrossNetV2, FeatureEmbedding, MLP_Block
    from fuxictr.pytorch.models import BaseModel

    feature_map = FeatureMap("arrays", ".")
    for name, size in zip(arrays.names, arrays.sizes):
        feature_map.features[name] = {"source": "", "type": "categorical", "vocab_size": size}
    feature_map.labels = ["label"]
    width = DIM * len(arrays.names)

    class Net(BaseModel):
        def __init__(self):
            super().__init__(feature_map, verbose=0, model_root=".", metrics=["AUC"])
            self.embedding_layer = FeatureEmbedding(feature_map, DIM)
            self.tower = MLP_Block(width, list(HIDDEN), output_dim=1 if model == "dnn" else None)
            if model == "dcnv2":
                self.cross = CrossNetV2(width, CROSS_LAYERS)
                self.last = nn.Linear(width + HIDDEN[-1], 1)
            self.compile("adam", "binary_crossentropy", 1e-3)
            self.reset_parameters()
            self._max_gradient_norm = 10.0

        def forward(self, inputs):
            x = self.embedding_layer(self.get_inputs(inputs), flatten_emb=True)
            logit = self.tower(x)
            if model == "dcnv2":
                logit = self.last(torch.cat([self.cross(x), logit], dim=-1))
            return {"y_pred": self.output_activation(logit)}

    net = Net()
    net.train()
    batches = [{**dict(zip(arrays.names, ids.unbind(1))), "label": labels} for ids, labels, _ in arrays.batches()]
    return lambda batch: net.train_step(batch).item(), batches


class Cross(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(width, width) for _ in range(CROSS_LAYERS))

    def forward(self, x0):
        x = x0
        for layer in self.layers:
            x = torch.addcmul(x, x0, layer(x))
        return x


class Tower(nn.Sequential):
    def __init__(self, width: int, outputs: list[int]):
        sizes = [width, *HIDDEN]
        hidden = [part for n, m in zip(sizes, HIDDEN) for part in (nn.Linear(n, m), nn.ReLU(inplace=True))]
        super().__init__(*hidden, *(nn.Linear(HIDDEN[-1], m) for m in outputs))


class MaskedStar(nn.Module):
    """STAR as public implementations run it: every domain's network on every row, then each row's own is chosen."""

    def __init__(self, width: int, domains: int, fields: int):
        super().__init__()
        sizes = [width, *HIDDEN, 1]
        self.shared = nn.ModuleList(nn.Linear(n, m) for n, m in zip(sizes, sizes[1:]))
        self.kernels = nn.ParameterList(nn.Parameter(torch.ones(domains, m, n)) for n, m in zip(sizes, sizes[1:]))
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(domains, m)) for m in sizes[1:])
        self.scale, self.offset = nn.Parameter(torch.ones(domains, width)), nn.Parameter(torch.zeros(domains, width))
        self.norm = nn.BatchNorm1d(width)
        self.auxiliary = nn.Sequential(nn.Linear(width, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x, domain):
        normal = self.norm(x)
        logits = torch.zeros(len(x), 1)
        for d in range(len(self.scale)):
            h = normal * self.scale[d] + self.offset[d]
            for i, layer in enumerate(self.shared):
                h = nn.functional.linear(h, layer.weight * self.kernels[i][d], layer.bias + self.biases[i][d])
                h = torch.relu(h) if i < len(HIDDEN) else h
            logits = torch.where((domain == d).unsqueeze(1), h, logits)
        return logits + self.auxiliary(x)


class Plain(nn.Module):
    """One embedding table for all fields with sparse gradients."""

    def __init__(self, model: str, arrays: Arrays):
        super().__init__()
        self.table = nn.Embedding(sum(arrays.sizes), DIM, sparse=True)
        nn.init.normal_(self.table.weight, std=0.01)
        self.register_buffer("offsets", torch.tensor([0, *np.cumsum(arrays.sizes)[:-1]]))
        width = DIM * len(arrays.sizes)
        self.star = MaskedStar(width, arrays.domains, len(arrays.sizes)) if model == "star" else None
        self.tower = Tower(width, [1] if model == "dnn" else []) if model != "star" else None
        self.cross = Cross(width) if model == "dcnv2" else None
        self.last = nn.Linear(width + HIDDEN[-1], 1) if model == "dcnv2" else None

    def forward(self, ids, domain):
        x = self.table(ids + self.offsets).flatten(1)
        if self.star is not None:
            return self.star(x, domain).squeeze(1)
        logit = self.tower(x)
        if self.cross is not None:
            logit = self.last(torch.cat([self.cross(x), logit], 1))
        return logit.squeeze(1)


def pytorch(model: str, arrays: Arrays, precision: str):
    net = Plain(model, arrays)
    dense = [p for n, p in net.named_parameters() if n != "table.weight"]
    optimizers = [
        torch.optim.SparseAdam([net.table.weight], lr=1e-3),
        torch.optim.Adam(dense, lr=1e-3, fused=True),
    ]
    loss_of = nn.BCEWithLogitsLoss()

    def step(batch):
        ids, labels, domain = batch
        for optimizer in optimizers:
            optimizer.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=precision == "bfloat16"):
            logit = net(ids, domain)
        loss = loss_of(logit.float(), labels)
        loss.backward()
        for optimizer in optimizers:
            optimizer.step()
        return loss.item()

    return step, list(arrays.batches())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("library", choices=["torch-rechub", "fuxictr", "pytorch"])
    parser.add_argument("model", choices=["dnn", "dcnv2", "star"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    args = parser.parse_args()
    torch.manual_seed(1)
    arrays = Arrays(args.folder)
    out, sys.stdout = sys.stdout, sys.stderr  # progress bars of libraries must not mix with what is read by the parent
    if args.library == "pytorch":
        step, batches = pytorch(args.model, arrays, args.precision)
    else:
        step, batches = (torch_rechub if args.library == "torch-rechub" else fuxictr)(args.model, arrays)
    for batch in batches[:3]:
        step(batch)
    print(json.dumps({"ready": True, "threads": torch.get_num_threads()}), file=out, flush=True)
    for _ in sys.stdin:
        times = []
        for batch in batches:
            began = time.perf_counter()
            step(batch)
            times.append((time.perf_counter() - began) * 1000)
        print(json.dumps({"ms": times}), file=out, flush=True)


main()
