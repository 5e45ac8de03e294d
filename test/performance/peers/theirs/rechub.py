"""torch-rechub: its layers and its DCNv2, trained by its CTRTrainer. It ships no multi-domain models (0.9)."""

import torch
from torch import nn
from torch_rechub.basic.features import SparseFeature
from torch_rechub.basic.layers import MLP, EmbeddingLayer
from torch_rechub.models.ranking import DCNv2
from torch_rechub.trainers import CTRTrainer

from .arrays import CROSS_LAYERS, DIM, HIDDEN, LEARNING_RATE, Arrays


class Dnn(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.features = features
        self.embedding = EmbeddingLayer(features)
        self.mlp = MLP(DIM * len(features), dims=list(HIDDEN))

    def forward(self, x):
        return torch.sigmoid(self.mlp(self.embedding(x, self.features, squeeze_dim=True)).squeeze(1))


def trainer(model: str, arrays: Arrays, precision: str):
    """A step and the batches it takes. Its trainer knows float32 alone."""
    if precision != "float32" or model not in ("dnn", "dcnv2"):
        raise SystemExit(f"torch-rechub has no {model} in {precision}")
    features = [SparseFeature(name, size, embed_dim=DIM) for name, size in zip(arrays.names, arrays.sizes)]
    tower = {"dims": list(HIDDEN), "activation": "relu", "dropout": 0}
    net = Dnn(features) if model == "dnn" else DCNv2(features, CROSS_LAYERS, tower, use_low_rank_mixture=False)
    without_batch_norm(net)
    its_trainer = CTRTrainer(net, optimizer_params={"lr": LEARNING_RATE})
    its_trainer.model.train()
    batches = [(dict(zip(arrays.names, ids.unbind(1))), labels) for ids, labels, _ in arrays.batches()]
    return lambda batch: its_trainer.train_one_epoch([batch]), batches


def without_batch_norm(net: nn.Module) -> None:
    """Its towers normalise batches whether one wants it or not; the others do not, so that work is taken away."""
    for module in list(net.modules()):
        for name, child in list(module.named_children()):
            if isinstance(child, nn.BatchNorm1d):
                setattr(module, name, nn.Identity())
