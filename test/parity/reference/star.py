"""STAR: Sheng et al., CIKM 2021, arXiv 2101.11427. Every row goes its own way: slow, and easy to check."""

import torch

from .network import ACTIVATIONS, Method, dense


def of_rows(per_domain, unseen, domains):
    """Values of each row's domain: row d - 1 of `per_domain` for id d, `unseen` for id 0."""
    return torch.stack([per_domain[d - 1] if d > 0 else unseen for d in domains.tolist()])


class Star(Method):
    def __init__(self, options, step):
        self.options = options

    def affine(self, net, path, kind, x, own):
        """Section 4.3: W_p* = W_p * W (elementwise), b_p* = b_p + b; a domain never seen has W and b."""
        if kind not in self.options["layers"]:
            return None
        kernel, bias = own()
        kernels = net.weights(f"star/{path}/kernel", net.domain_count, *kernel.shape, centre=1.0)
        kernels = of_rows(kernels, torch.ones_like(kernel), net.domain_ids) * kernel  # [rows, inputs, units]
        z = (x[:, :, None] * kernels).sum(1)
        if bias is None:
            return z
        if self.options["domainBias"]:
            biases = net.weights(f"star/{path}/bias", net.domain_count, len(bias))
            z = z + of_rows(biases, torch.zeros_like(bias), net.domain_ids)
        return z + bias

    def norm(self, net, path, place, z):
        """
        Section 4.2: z' = gamma gamma_p (z - mu_p) / sqrt(var_p + eps) + beta + beta_p, with mu_p and var_p of the domain's
        rows in the batch, or their moving averages (evaluation; a single row, which has no variance). The averages take
        the unbiased variance, as PyTorch's batch norm does; the first batches of a domain count alike, until the rate is
        down to the momentum. Without averages: the mean of the others'. A domain never seen: that, gamma and beta.
        """
        if self.options["normalization"] not in ("all", place):
            return None
        name, units, count = f"star/{path}", z.shape[1], net.domain_count
        gamma = net.weights(f"{name}/scale", units, centre=1.0)
        beta = net.weights(f"{name}/offset", units)
        gammas = net.weights(f"{name}/domain-scale", count, units, centre=1.0)
        betas = net.weights(f"{name}/domain-offset", count, units)
        means = net.weights.state(f"{name}/mean", count, units, centre=0.1, spread=0.3)
        variances = net.weights.state(f"{name}/variance", count, units, centre=1.0, spread=0.1)
        if f"{name}/updates" not in net.weights.states:
            net.weights.states[f"{name}/updates"] = 4.0 * torch.arange(count)  # domain 1 has none yet
        updates = net.weights.states[f"{name}/updates"]
        known = updates > 0 if (updates > 0).any() else torch.ones(count, dtype=torch.bool)
        new_means, new_variances, new_updates = means.clone(), variances.clone(), updates.clone()
        result = torch.zeros_like(z)
        for d in set(net.domain_ids.tolist()):
            own = net.domain_ids == d
            rows = z[own]
            seen = d > 0
            mean, variance = means[known].mean(0), variances[known].mean(0)
            if seen and updates[d - 1] > 0:
                mean, variance = means[d - 1], variances[d - 1]
            if net.training and len(rows) > 1:
                mean, variance = rows.mean(0), ((rows - rows.mean(0)) ** 2).mean(0)
                if seen:
                    m = max(self.options["momentum"], 1 / (updates[d - 1].item() + 1))
                    unbiased = variance * len(rows) / (len(rows) - 1)
                    new_updates[d - 1] += 1
                    new_means[d - 1] = (1 - m) * means[d - 1] + m * mean.detach()
                    new_variances[d - 1] = (1 - m) * variances[d - 1] + m * unbiased.detach()
            scale = gamma * gammas[d - 1] if seen else gamma
            offset = beta + betas[d - 1] if seen else beta
            normed = (rows - mean) / torch.sqrt(variance + self.options["epsilon"])
            result = result.index_put((own.nonzero()[:, 0],), scale * normed + offset)
        if net.training:
            net.weights.remember(f"{name}/mean", new_means)
            net.weights.remember(f"{name}/variance", new_variances)
            net.weights.remember(f"{name}/updates", new_updates)
        return result

    def logit(self, net, logit):
        """Section 4.4: s_main + s_aux; the auxiliary network sees the domain's embedding and all features."""
        options = self.options["auxiliary"]
        if not options["enabled"]:
            return None
        x = torch.cat([net.domain, net.x], 1)
        for i, units in enumerate(options["hiddenUnits"]):
            x = ACTIVATIONS[options["activation"]](dense(net.weights, f"star/logit/auxiliary/{i}", x, units))
        return logit + dense(net.weights, "star/logit/auxiliary/logit", x, 1)
