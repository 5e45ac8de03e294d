"""AdaSparse: Yang et al., CIKM 2022, arXiv 2206.13108. Sections 3.2 (pruner) and 3.3 (regulariser)."""

import math

import torch

from .network import Method, dense


class AdaSparse(Method):
    def __init__(self, options, step):
        self.options = options
        annealing, regularizer = options["annealing"], options["regularizer"]
        way = min(1, step / annealing["steps"])
        self.alpha = annealing["from"] + (annealing["to"] - annealing["from"]) * way
        self.strength = regularizer["start"] + (regularizer["end"] - regularizer["start"]) * way
        self.layers = []  # for each layer, or each domain in each layer: see `shares`
        self.weighted_layers = 0

    def start(self, net):
        self.layers = []
        self.weighted_layers = 0

    def hidden(self, net, path, kind, h, residual):
        return None if residual and self.options["residual"] == "sum" else self.weighted(net, path, kind, h)

    def residual(self, net, path, kind, h):
        return self.weighted(net, path, kind, h) if self.options["residual"] == "sum" else None

    def weighted(self, net, path, kind, h):
        """h^l(d) := h^l * pi^l(d)."""
        if self.options["layers"] not in ("all", kind):
            return None
        self.weighted_layers += 1
        v = self.pruner(net, path, h)
        factors = self.factors(v)
        if self.options["form"] != "scaling":
            self.layers.extend(self.shares(net, factors, 1 - self.gate(v)))
        return h * factors

    def pruner(self, net, path, h):
        """v_in, one number a neuron, from the domain's embedding, or from [e_d ; h^l]."""
        x = self.domain(net)
        if self.options["input"] == "domain+hidden":
            x = torch.cat([x, h], 1)
        for i, units in enumerate(self.options["pruner"]["units"]):
            x = torch.relu(dense(net.weights, f"adasparse/{path}/pruner/{i}", x, units))
        return dense(net.weights, f"adasparse/{path}/pruner", x, h.shape[1], spread=1.0)  # so that some neurons are cut

    def domain(self, net):
        """e_d: a row of a table of the pruner's own, the shared embedding, or that over its root mean square."""
        options = self.options["pruner"]["domain"]
        if options["kind"] == "table":
            table = net.weights("adasparse/embedding/domains", net.domain_count, options["dim"], spread=1.0)
            return torch.cat([torch.zeros(1, options["dim"]), table])[net.domain_ids]  # domain 0: never seen
        if options["kind"] == "normalized":
            return net.domain / net.domain.square().mean(1, keepdim=True).sqrt()
        return options["scale"] * net.domain

    def shares(self, net, factors, soft):
        """(weight, share of cut neurons, its differentiable stand-in) of the batch, or of each domain in it."""
        cut = (factors == 0).double()
        if self.options["regularizer"]["per"] == "batch":
            return [(1, cut.mean().item(), soft.mean())]
        parts = [net.domain_ids == d for d in net.domain_ids.unique()]
        return [(part.double().mean().item(), cut[part].mean().item(), soft[part].mean()) for part in parts]

    def factors(self, v):
        """The table of weighting factors: pi = S_eps(v_out), where S_eps cuts what is not above eps to 0."""
        form, beta, eps = (self.options[name] for name in ("form", "beta", "epsilon"))
        if form == "scaling":
            return beta * torch.sigmoid(v)
        soft = torch.sigmoid(self.alpha * v)
        if form == "binarization":  # straight-through: the value of the step, the gradient of the sigmoid
            return (soft > eps).double() + soft - soft.detach()
        graded = beta * soft
        kept = graded * (graded > eps).double()
        return kept.detach() + graded - graded.detach() if self.options["gradientThroughCut"] else kept

    def gate(self, v):
        """The sigmoid of the same steepness with its 1/2 at the threshold: a soft "this neuron is kept"."""
        eps = self.options["epsilon"] / (self.options["beta"] if self.options["form"] == "fusion" else 1)
        return torch.sigmoid(self.alpha * v - math.log(eps / (1 - eps)))

    def penalty(self):
        """
        R_s = (1/L) sum_l lambda^l ||r^l - r||_2, lambda^l = 0 inside [r_min, r_max], else lambda |r^l - r|.
        r^l is the count; its gradient is that of the stand-in. lambda^l is a constant unless `detach` is off.
        """
        low, high = self.options["regularizer"]["min"], self.options["regularizer"]["max"]
        if self.options["form"] == "scaling" or not self.options["regularizer"]["enabled"]:
            return None
        total = torch.tensor(0.0)
        for share, counted, soft in self.layers:
            ratio = counted + soft - soft.detach()
            distance = (ratio - (low + high) / 2).abs()
            weight = self.strength * distance * float(not low <= counted <= high)
            if self.options["regularizer"]["detach"]:
                weight = weight.detach()
            total = total + share * weight * distance
        return total / self.weighted_layers
