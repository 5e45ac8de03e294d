"""APG: Yan et al., NeurIPS 2022, arXiv 2203.16218. Kernels generated from a condition, in low-rank form."""

import torch

from .network import Method, dense


class Apg(Method):
    def __init__(self, options, progress):
        self.options = options

    def affine(self, net, path, kind, x, units, own):
        """W_i = U S_i V: S_i from the condition z_i of row i, U and V shared or generated. Here the full kernel is formed."""
        if kind == "logit" or self.options["layers"] not in ("all", kind):
            return None
        site, inputs = f"apg/{path}", x.shape[1]
        rank = self.rank(path, inputs, units)
        generated = self.generate(net, site, x, inputs, units, rank)
        bias = generated["bias"] if self.options["generatedBias"] else [net.weights(f"{site}/bias", units)] * len(x)
        rows = []
        for i, row in enumerate(x):
            if self.options["sharedFactors"]:
                v, u = self.factor(net, site, "v", inputs, rank), self.factor(net, site, "u", rank, units)
            else:
                v, u = generated["v"][i].view(inputs, rank), generated["u"][i].view(rank, units)
            kernel = v @ generated["core"][i].view(rank, rank) @ u
            rows.append(row @ kernel + bias[i])
        return torch.stack(rows)

    def rank(self, path, inputs, units):
        layer, ranks = int(path.split("/")[1]), self.options["layerRanks"]
        wanted = ranks[min(layer, len(ranks) - 1)] if ranks else self.options["rank"]
        return min(wanted, inputs, units)

    def factor(self, net, site, name, rows, columns):
        """U or V; over-parameterised as a product whose inner width has no effect on what can be expressed."""
        inner = self.options["overParameterization"]
        if inner == 0:
            return net.weights(f"{site}/{name}", rows, columns)
        return net.weights(f"{site}/{name}-left", rows, inner) @ net.weights(f"{site}/{name}-right", inner, columns)

    def generate(self, net, site, x, inputs, units, rank):
        """{part of the weights: [rows, numbers]}."""
        conditions = self.conditions(net, x)
        sizes = {"core": rank * rank}
        if self.options["generatedBias"]:
            sizes["bias"] = units
        if not self.options["sharedFactors"]:
            sizes |= {"u": rank * units, "v": inputs * rank}
        shares = torch.ones(len(x), len(conditions))
        if len(conditions) > 1 and self.options["aggregation"] == "attention":
            joined = torch.cat(list(conditions.values()), 1)
            shares = torch.softmax(dense(net.weights, f"{site}/attention", joined, len(conditions)), 1)
        total = {name: 0 for name in sizes}
        for j, (name, z) in enumerate(conditions.items()):
            scope = f"{site}/hyper/{name}" if name else f"{site}/hyper"
            for layer, width in enumerate(self.options["hyperUnits"]):
                z = torch.relu(dense(net.weights, f"{scope}/{layer}", z, width))
            for part, size in sizes.items():
                total[part] = total[part] + shares[:, j : j + 1] * dense(net.weights, f"{scope}/{part}", z, size)
        return total

    def conditions(self, net, x):
        """Group-wise: the domain's embedding; self-wise: the layer's input; mix-wise: fields, joined or each on its own."""
        if self.options["condition"] == "domain":
            return {"": net.domain}
        if self.options["condition"] == "input":
            return {"": x}
        fields = {name: net.fields[:, int(name[1:])] for name in self.options["fields"]}
        if self.options["aggregation"] == "input" or len(fields) == 1:
            return {"": torch.cat(list(fields.values()), 1)}
        return fields
