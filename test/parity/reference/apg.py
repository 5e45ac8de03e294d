"""APG: Yan et al., NeurIPS 2022, arXiv 2203.16218. Forms each row's whole kernel W_i = U S_i V, which APG itself avoids."""

import torch

from .network import Method, dense


class Apg(Method):
    def __init__(self, options, step):
        self.options = options
        self.index = {}

    def start(self, net):
        self.index = {"deep": 0, "cross": 0}

    def affine(self, net, path, kind, x, own):
        """
        Section 3.2, with row vectors: y_i = x_i (V S_i U) + b. mdctr keeps V as [inputs, K], S_i as [K, K] and U as
        [K, units], all read row by row from what is generated.
        """
        if kind == "logit" or self.options["layers"] not in ("all", kind):
            return None
        index = self.index[kind]
        self.index[kind] += 1
        inputs, units = x.shape[1], own.units
        ranks = self.options["layerRanks"]
        rank = ranks[min(index, len(ranks) - 1)] if ranks else self.options["rank"]
        rank = min(rank, inputs, units)
        name = f"apg/{path}"
        sizes = {"core": (rank, rank)}
        if self.options["generatedBias"]:
            sizes["bias"] = (units,)
        if not self.options["sharedFactors"]:
            sizes |= {"u": (rank, units), "v": (inputs, rank)}
        generated = self.generate(net, name, x, sizes)
        v = generated.get("v", self.factor(net, f"{name}/v", inputs, rank))
        u = generated.get("u", self.factor(net, f"{name}/u", rank, units))
        kernels = v @ generated["core"] @ u  # [rows, inputs, units]
        bias = generated["bias"] if self.options["generatedBias"] else net.weights(f"{name}/bias", units)
        return (x[:, None, :] @ kernels)[:, 0] + bias

    def factor(self, net, path, rows, columns):
        """Section 3.3: a shared factor, in training the product of two with a larger inner width."""
        inner = self.options["overParameterization"]
        if not self.options["sharedFactors"]:
            return None
        if inner == 0:
            return net.weights(path, rows, columns)
        return net.weights(f"{path}-left", rows, inner) @ net.weights(f"{path}-right", inner, columns)

    def generate(self, net, name, x, sizes):
        """Section 3.1: group-wise, self-wise, and mix-wise conditions (joined before, or their weights aggregated after)."""
        condition = self.options["condition"]
        if condition != "fields":
            return self.hyper(net, f"{name}/hyper", net.domain if condition == "domain" else x, sizes)
        fields = self.options["fields"]
        z = [net.fields[:, int(field[1:])] for field in fields]
        if self.options["aggregation"] == "input":
            return self.hyper(net, f"{name}/hyper", torch.cat(z, 1), sizes)
        parts = [self.hyper(net, f"{name}/hyper/{field}", zi, sizes) for field, zi in zip(fields, z)]
        shares = torch.ones(len(x), len(fields))
        if self.options["aggregation"] == "attention":
            shares = torch.softmax(dense(net.weights, f"{name}/attention", torch.cat(z, 1), len(fields)), 1)

        def weighted(head, j):
            return parts[j][head] * shares[:, j].reshape(-1, *[1] * len(sizes[head]))

        return {head: sum(weighted(head, j) for j in range(len(fields))) for head in sizes}

    def hyper(self, net, path, z, sizes):
        for i, units in enumerate(self.options["hyperUnits"]):
            z = torch.relu(dense(net.weights, f"{path}/{i}", z, units))
        heads = {head: torch.Size(size).numel() for head, size in sizes.items()}
        flat = {head: dense(net.weights, f"{path}/{head}", z, n) for head, n in heads.items()}
        return {head: values.reshape(-1, *sizes[head]) for head, values in flat.items()}
