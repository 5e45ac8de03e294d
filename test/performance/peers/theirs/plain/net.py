import numpy as np
import torch
from torch import Tensor, nn

from ..arrays import DIM, Arrays
from .adasparse import AdaSparse
from .apg import Apg
from .backbones import Dcnv2, Dnn
from .masked_star import MaskedStar
from .method import Method
from .star import Star

BACKBONES = {"dnn": Dnn, "dcnv2": Dcnv2}
METHODS = {"": Method, "maml": Method, "adasparse": AdaSparse, "apg": Apg, "star": Star}


class Net(nn.Module):
    """One embedding table for all fields, and the dense network on it."""

    def __init__(self, backbone: str, method: str, arrays: Arrays):
        super().__init__()
        self.table = nn.Embedding(sum(arrays.sizes), DIM, sparse=True)
        nn.init.normal_(self.table.weight, std=0.01)
        self.register_buffer("offsets", torch.tensor([0, *np.cumsum(arrays.sizes)[:-1]]))
        if method == "star-masked":
            self.dense = MaskedStar(arrays.width, arrays.domains)
        else:
            self.dense = BACKBONES[backbone](arrays.width, METHODS[method](arrays.domains))

    def embed(self, ids: Tensor) -> Tensor:
        """[rows, fields] -> [rows, fields * DIM]; the first field is the domain's."""
        return self.table(ids + self.offsets).flatten(1)
