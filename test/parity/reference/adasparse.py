"""AdaSparse: Yang et al., CIKM 2022, arXiv 2206.13108. Sections 3.2 (pruner) and 3.3 (regulariser)."""

import math

import torch

from .network import Method, dense


class AdaSparse(Method):
    def __init__(self, options, progress):
        self.options = options
        self.alpha = options["alphaStart"] + (options["alphaEnd"] - options["alphaStart"]) * progress
        regularizer = options["regularizer"]
        self.strength = regularizer["start"] + (regularizer["end"] - regularizer["start"]) * progress
        self.layers = []  # for each layer (share of cut neurons, its differentiable stand-in)

    def start(self, net):
        self.layers = []

    def hidden(self, net, path, kind, h):
        """h^l(d) := h^l * pi^l(d)."""
        if self.options["layers"] not in ("all", kind):
            return None
        v = self.pruner(net, path, h)
        factors = self.factors(v)
        if self.options["form"] != "scaling":
            self.layers.append(((factors == 0).double().mean().item(), 1 - self.gate(v).mean()))
        return h * factors

    def pruner(self, net, path, h):
        """v_in, one number a neuron, from the domain's embedding, or from [e_d ; h^l]."""
        x = net.domain
        if self.options["input"] == "domain+hidden":
            x = torch.cat([x, h], 1)
        for i, units in enumerate(self.options["prunerUnits"]):
            x = torch.relu(dense(net.weights, f"adasparse/{path}/pruner/{i}", x, units))
        return dense(net.weights, f"adasparse/{path}/pruner", x, h.shape[1], spread=1.0)  # so that some neurons are cut

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
        for counted, soft in self.layers:
            ratio = counted + soft - soft.detach()
            distance = (ratio - (low + high) / 2).abs()
            weight = self.strength * distance * float(not low <= counted <= high)
            if self.options["regularizer"]["detach"]:
                weight = weight.detach()
            total = total + weight * distance
        return total / len(self.layers)
