from torch import Tensor, nn

from ..arrays import DIM
from .rows import Rows


def domain_embedding(x: Tensor) -> Tensor:
    """Of the embedded fields [rows, width] the first, which is the domain: [rows, DIM]."""
    return x[:, :DIM]


class Affine(nn.Linear):
    def forward(self, x: Tensor, domain: Tensor, rows: Rows) -> Tensor:
        return super().forward(x)


class Method:
    """How a multi-domain method makes the layers of a backbone; this one leaves them as they are."""

    def __init__(self, domains: int):
        self.domains = domains

    def affine(self, inputs: int, units: int, last: bool = False) -> nn.Module:
        """A layer (x [rows, inputs], domain embedding [rows, DIM], rows) -> [rows, units]."""
        return Affine(inputs, units)

    def hidden(self, units: int) -> nn.Module | None:
        """What a hidden layer's output passes through: (h [rows, units], domain embedding [rows, DIM])."""
        return None

    def tower_input(self, width: int) -> nn.Module | None:
        """What the input of the tower passes through: (x [rows, width], rows)."""
        return None

    def auxiliary(self, width: int) -> nn.Module | None:
        """A network on the embedded fields that adds to the logit."""
        return None

    def penalty(self) -> Tensor | float:
        """Added to the loss of the forward pass before."""
        return 0.0
