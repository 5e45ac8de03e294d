"""FuxiCTR: its layers in its BaseModel, trained by its train_step."""

import torch
from fuxictr.features import FeatureMap
from fuxictr.pytorch.layers import CrossNetV2, FeatureEmbedding, MLP_Block
from fuxictr.pytorch.models import BaseModel
from torch import nn

from .arrays import CROSS_LAYERS, DIM, HIDDEN, LEARNING_RATE, Arrays


class Net(BaseModel):
    """`dnn` and `dcnv2` (parallel) as its model zoo builds them; the zoo's own files are not in the package on PyPI."""

    def __init__(self, feature_map, model: str, model_root: str = ".", lr: float = LEARNING_RATE):
        super().__init__(feature_map, verbose=0, model_root=model_root, metrics=["AUC"])
        width = DIM * len(feature_map.features)
        self.embedding_layer = FeatureEmbedding(feature_map, DIM)
        self.tower = MLP_Block(width, list(HIDDEN), output_dim=1 if model == "dnn" else None)
        self.cross = CrossNetV2(width, CROSS_LAYERS) if model == "dcnv2" else None
        self.last = nn.Linear(width + HIDDEN[-1], 1) if model == "dcnv2" else None
        self.compile("adam", "binary_crossentropy", lr)
        self.reset_parameters()
        self._max_gradient_norm = 10.0  # what fit() sets too

    def forward(self, inputs):
        x = self.embedding_layer(self.get_inputs(inputs), flatten_emb=True)
        y = self.tower(x)
        logit = y if self.cross is None else self.last(torch.cat([self.cross(x), y], dim=-1))
        return {"y_pred": self.output_activation(logit)}


def trainer(model: str, arrays: Arrays, precision: str):
    """A step and the batches it takes. Its trainer knows float32 alone."""
    if precision != "float32" or model not in ("dnn", "dcnv2"):
        raise SystemExit(f"FuxiCTR has no {model} in {precision}")
    feature_map = FeatureMap("arrays", ".")
    for name, size in zip(arrays.names, arrays.sizes):
        feature_map.features[name] = {"source": "", "type": "categorical", "vocab_size": size}
    feature_map.labels = ["label"]
    net = Net(feature_map, model)
    net.train()
    batches = [{**dict(zip(arrays.names, ids.unbind(1))), "label": labels} for ids, labels, _ in arrays.batches()]
    return lambda batch: net.train_step(batch).item(), batches
