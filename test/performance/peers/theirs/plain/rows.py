import torch
from torch import Tensor


class Rows:
    """The domains of the rows at hand, from 0 on, [rows]."""

    def __init__(self, domain: Tensor, domains: int):
        self.domain, self.domains = domain, domains

    def parts(self, *tensors: Tensor):
        """For each domain that has rows: its number and its rows of each tensor. The rows must be sorted by domain."""
        counts = torch.bincount(self.domain, minlength=self.domains).tolist()
        for d, *parts in zip(range(self.domains), *(tensor.split(counts) for tensor in tensors)):
            if counts[d] > 0:
                yield d, *parts
