"""Deep and cross network, version 2: Wang et al., WWW 2021, arXiv 2008.13535."""

import torch

from .network import tower


def dcnv2(net, options):
    """Figure 1: the deep network on top of the cross network (stacked), or beside it (parallel)."""
    if options["structure"] == "stacked":
        return net.logit(tower(net, cross(net, net.x, options), options))
    return net.logit(torch.cat([cross(net, net.x, options), tower(net, net.x, options)], 1))


def cross(net, x0, options):
    """Equation 1: x_{l+1} = x_0 * (W x_l + b) + x_l; low-rank mixture of experts instead where a rank is given."""
    x = x0
    for layer in range(options["crossLayers"]):
        path = f"cross/{layer}"
        if options["rank"] == 0:
            branch = x0 * net.affine(path, "cross", x, x0.shape[1])
        else:
            branch = mixture(net, path, x, x0, options["rank"], options["experts"])
        x = net.residual(path, "cross", branch, x)
    return x


def mixture(net, path, x, x0, rank, experts):
    """
    Equations 3 to 5, without the x_l that is added: sum_i G_i(x_l) E_i(x_l) with E_i(x) = x_0 * (U_i g(C_i g(V_i^T x)) + b), g = tanh.
    mdctr keeps the V_i (and U_i) of all experts in one matrix; one expert has no gate.
    """
    width = x.shape[1]
    low = torch.tanh(net.factor(f"{path}/v", "cross", x, experts * rank)).split(rank, 1)
    bias = net.weight(f"{path}/bias", width)
    gates = torch.ones(len(x), 1)
    if experts > 1:
        gates = torch.softmax(x @ net.weight(f"{path}/gate/kernel", width, experts), 1)
    inner = [torch.tanh(net.factor(f"{path}/c/{i}", "cross", low[i], rank)) for i in range(experts)]
    result = torch.zeros_like(x)
    for i in range(experts):  # U_i is a slice of one matrix: with the other experts' part 0, its product is U_i's alone
        alone = torch.cat([inner[j] if j == i else torch.zeros_like(inner[j]) for j in range(experts)], 1)
        result = result + gates[:, i : i + 1] * x0 * (net.factor(f"{path}/u", "cross", alone, width) + bias)
    return result
