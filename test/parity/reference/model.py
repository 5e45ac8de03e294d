"""A backbone with methods on embedded fields: logits and loss of a batch."""

from dataclasses import dataclass, field

import torch
import torch.nn.functional as F

from .adasparse import AdaSparse
from .apg import Apg
from .dcnv2 import dcnv2
from .dnn import dnn
from .maml import meta_loss
from .network import Network
from .per_domain import per_domain_logits
from .pooling import vectors
from .star import Star
from .weights import Weights

BACKBONES = {"dnn": dnn, "dcnv2": dcnv2}
METHODS = {"adasparse": AdaSparse, "star": Star, "apg": Apg}  # those that act inside a network


@dataclass
class Schema:
    """Ids of each field, which fields make the domain, and the field values of each domain (row d - 1 is domain d)."""

    sizes: list
    domain_fields: list
    combinations: list
    poolings: dict = field(default_factory=dict)  # by field: mean, sum, attention or scaled

    @property
    def offsets(self):
        return torch.tensor([sum(self.sizes[:f]) for f in range(len(self.sizes))])


@dataclass
class Batch:
    ids: torch.Tensor  # [rows, fields]
    labels: torch.Tensor  # [rows]
    schema: Schema
    values: dict = field(default_factory=dict)  # by pooled field: for each row a list of ids, or a number or None

    @property
    def domain_fields(self):
        return self.schema.domain_fields

    @property
    def domain_count(self):
        return len(self.schema.combinations)

    @property
    def domains(self):
        """[rows] ids of the domains; 0 for a combination of values that no domain has."""
        known = {tuple(values): d + 1 for d, values in enumerate(self.schema.combinations)}
        rows = self.ids[:, self.domain_fields].tolist()
        return torch.tensor([known.get(tuple(values), 0) for values in rows])

    def rows(self, chosen):
        order = torch.arange(len(self.ids))[chosen].tolist()
        values = {f: [of[row] for row in order] for f, of in self.values.items()}
        return Batch(self.ids[chosen], self.labels[chosen], self.schema, values)


class Model:
    def __init__(self, schema, dim, backbone, methods, step, seed):
        self.schema, self.dim, self.backbone = schema, dim, backbone
        self.weights = Weights(seed)
        by_name = {options["name"]: options for options in methods}
        self.methods = [METHODS[name](options, step) for name, options in by_name.items() if name in METHODS]
        self.maml = by_name.get("maml")
        self.per_domain = "per-domain" in by_name

    def logits(self, batch, training):
        if not self.per_domain:
            return self.network(self.backbone["name"], batch, training)

        def one(name, rows):
            return self.network(f"{self.backbone['name']}/{name}", rows, training)

        return per_domain_logits(batch, batch.domain_count, one)

    def network(self, name, batch, training):
        """The backbone with the methods; its own weights lie under `name`."""
        table = self.weights("embedding", sum(self.schema.sizes), self.dim, spread=0.5)
        embedded = self.embed(table, batch)
        net = Network(self.weights, name, self.methods, embedded, batch, training)
        return BACKBONES[self.backbone["name"]](net, self.backbone)

    def embed(self, table, batch):
        """[rows, fields, dim]"""
        fields = list((table[batch.ids + self.schema.offsets]).unbind(1))
        for f, pooling in self.schema.poolings.items():
            start = self.schema.offsets[f]
            own = table[start : start + self.schema.sizes[f]]
            fields[f] = vectors(pooling, own, batch.values[f], lambda: self.weights(f"pooling/f{f}/query", self.dim))
        return torch.stack(fields, 1)

    def plain_loss(self, batch):
        """Mean cross entropy and the methods' own terms."""
        loss = F.binary_cross_entropy_with_logits(self.logits(batch, training=True), batch.labels)
        for method in self.methods:
            term = method.penalty()
            loss = loss if term is None else loss + term
        return loss

    def loss(self, batch):
        """What a training step descends."""
        return meta_loss(self, batch, self.maml) if self.maml else self.plain_loss(batch)
