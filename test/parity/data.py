"""The batches that the fixtures are computed on: five training batches and one for evaluation."""

import torch
from reference.model import Batch, Schema

STEPS, EVALUATION_ROWS = 5, 12

SCHEMAS = {
    # Field 0 is the domain; its id 0 is a value never seen.
    "one-field": Schema(sizes=[5, 6, 7], domain_fields=[0], combinations=[[1], [2], [3], [4]]),
    # The domain is the pair of fields 0 and 1.
    "two-fields": Schema(sizes=[4, 3, 8], domain_fields=[0, 1], combinations=[[1, 1], [1, 2], [2, 1], [3, 2]]),
    # Fields of one value, lists of ids, and a number.
    "pooled": Schema(
        sizes=[5, 6, 7, 5, 7, 2],
        domain_fields=[0],
        combinations=[[1], [2], [3], [4]],
        poolings={2: "mean", 3: "sum", 4: "attention", 5: "scaled"},
    ),
}
# Rows of each domain in each step: all domains, some missing, some with a single row.
ROWS_BY_DOMAIN = [[4, 3, 1, 4], [5, 0, 5, 2], [1, 6, 0, 5], [3, 3, 3, 3], [0, 2, 9, 1]]
# In evaluation: one domain alone on a row, one missing, and (first) rows of a domain never seen.
EVALUATION_BY_DOMAIN = [1, 4, 0, 4]


def rows_of(schema, combination, count, generator):
    """Rows with the given domain values; the other fields' ids are drawn."""
    columns = [torch.randint(0, size, (count,), generator=generator) for size in schema.sizes]
    for field, value in zip(schema.domain_fields, combination):
        columns[field] = torch.full((count,), value)
    return torch.stack(columns, 1)


def value_of(pooling, size, generator):
    """A list of none to four ids, or a number; no number in one of five rows."""

    def below(limit):
        return int(torch.randint(0, limit, (1,), generator=generator))

    if pooling == "scaled":
        return None if below(5) == 0 else below(33) / 8 - 2
    return [below(size) for _ in range(below(5))]


def batch(schema, counts, generator, unseen=0):
    parts = [rows_of(schema, [0] * len(schema.domain_fields), unseen, generator)]
    parts += [rows_of(schema, c, n, generator) for c, n in zip(schema.combinations, counts)]
    ids = torch.cat(parts)
    labels = torch.randint(0, 2, (len(ids),), generator=generator).double()
    poolings = schema.poolings.items()
    values = {f: [value_of(pooling, schema.sizes[f], generator) for _ in ids] for f, pooling in poolings}
    for f in values:
        ids[:, f] = 0
    return Batch(ids, labels, schema, values)


def make_data(name):
    """(training batches, evaluation batch); rows lie grouped by domain, as mdctr's batches are."""
    schema = SCHEMAS[name]
    generator = torch.Generator().manual_seed(7)
    training = [batch(schema, counts, generator) for counts in ROWS_BY_DOMAIN[:STEPS]]
    return training, batch(schema, EVALUATION_BY_DOMAIN, generator, unseen=3)


def as_json(name):
    schema = SCHEMAS[name]
    training, evaluation = make_data(name)

    def plain(b):
        plain = {"ids": b.ids.tolist(), "labels": b.labels.int().tolist(), "domains": b.domains.tolist()}
        return plain | ({"values": b.values} if b.values else {})

    return {
        "sizes": schema.sizes,
        "domainFields": schema.domain_fields,
        "domains": len(schema.combinations),
        **({"poolings": schema.poolings} if schema.poolings else {}),
        "training": [plain(b) for b in training],
        "evaluation": plain(evaluation),
    }
