"""
MAML with domains as tasks: Finn et al., ICML 2017, arXiv 1703.03400, algorithm 1; a rate for every element: Meta-SGD, Li
et al., arXiv 1707.09835; first order: section 5.2 of MAML. Derivatives of derivatives by torch.autograd.
"""

import math
import re

import torch


def meta_loss(model, batch, options):
    """The outer loss: sum_d w_d L_query(theta'_d). Its gradient by all weights is the meta-gradient."""
    domains = sorted(set(batch.domains.tolist()))
    tasks = [split(batch.rows(batch.domains == d), options["support"]) for d in domains]
    queries = [len(query.ids) for _, query in tasks]
    weights = {
        "rows": [n / sum(queries) for n in queries],
        "mean": [1 / len(tasks)] * len(tasks),
        "sum": [1.0] * len(tasks),
    }[options["weighting"]]
    total = torch.tensor(0.0)
    for weight, (support, query) in zip(weights, tasks):
        adapted = adapt(model, support, options) if len(support.ids) > 0 else {}
        with model.weights.replaced(adapted):
            total = total + weight * model.plain_loss(query)
    return total


def split(rows, share):
    """The first rows are the support: the share, but at least one, and one query row; a single row is a query."""
    n = len(rows.ids)
    cut = 0 if n < 2 else min(n - 1, max(1, math.floor(share * n + 0.5)))
    index = torch.arange(n)
    return rows.rows(index[:cut]), rows.rows(index[cut:])


def adapt(model, support, options):
    """theta'_d = theta - a grad L_support(theta), several times. First order: the inner gradients are constants."""
    second = options["order"] == "second"
    theta = {path: w for path, w in model.weights.trained.items() if matches(path, options["adapt"])}
    rates = {path: rate_of(model, path, w, options) for path, w in theta.items()}
    moments = {path: (torch.zeros_like(w), torch.zeros_like(w)) for path, w in theta.items()}
    for step in range(1, options["innerSteps"] + 1):
        states = dict(model.weights.states)
        with model.weights.replaced(theta):
            loss = model.plain_loss(support)
        model.weights.states = states  # moving averages take in the query passes alone
        grads = torch.autograd.grad(loss, list(theta.values()), create_graph=second, allow_unused=True)
        moved = {}
        for (path, w), gradient in zip(theta.items(), grads):
            gradient = torch.zeros_like(w) if gradient is None else gradient
            if options["innerOptimizer"] == "adam":
                gradient, moments[path] = adam(gradient, moments[path], step)
            moved[path] = w - rates[path] * gradient
        theta = moved
    return theta


def rate_of(model, path, w, options):
    if options["rate"] == "fixed":
        return options["innerRate"]
    return model.weights(f"maml/rate/{path}", *w.shape, centre=options["innerRate"], spread=0.05)


def adam(gradient, moments, step):
    """Direction of an Adam step with the usual decays, beginning anew for each task."""
    first = 0.9 * moments[0] + 0.1 * gradient
    second = 0.999 * moments[1] + 0.001 * gradient**2
    return first / (1 - 0.9**step) / ((second / (1 - 0.999**step)).sqrt() + 1e-8), (first, second)


def matches(path, patterns):
    """Dense weights by pattern: ** is anything, * anything but a slash."""
    if path == "embedding" or path.startswith("maml/rate/"):
        return False
    forms = [re.escape(p).replace(r"\*\*", ".*").replace(r"\*", "[^/]*") for p in patterns]
    return any(re.fullmatch(form, path) for form in forms)
