"""
Vectors of fields that hold lists or numbers, row by row. Mean and sum: PyTorch's own embedding_bag. Attention: a learned query,
Yang et al., NAACL 2016, eq. 6 and 7 on the embeddings themselves, scaled by the root of their width (Vaswani et al., 2017, eq.
1). Numbers: the embedding times the number (AutoInt, arXiv 1810.11921, eq. 4); row 0 where there is none.
"""

import math

import torch
import torch.nn.functional as F


def bag_vectors(table, lists, mode):
    """table [size, dim], a list of ids for each row -> [rows, dim]; zeros for an empty list."""
    starts = torch.tensor([sum(len(ids) for ids in lists[:row]) for row in range(len(lists))])
    flat = torch.tensor([i for ids in lists for i in ids], dtype=torch.long)
    return F.embedding_bag(flat, table, starts, mode=mode)


def attention_vectors(table, lists, query):
    def one(ids):
        if not ids:
            return torch.zeros(table.shape[1])
        rows = table[torch.tensor(ids)]
        return torch.softmax(rows @ query / math.sqrt(len(query)), 0) @ rows

    return torch.stack([one(ids) for ids in lists])


def scaled_vectors(table, numbers):
    return torch.stack([table[0] if x is None else x * table[1] for x in numbers])


def vectors(pooling, table, values, query):
    match pooling:
        case "mean" | "sum":
            return bag_vectors(table, values, pooling)
        case "attention":
            return attention_vectors(table, values, query())
        case "scaled":
            return scaled_vectors(table, values)
