"""STAR: Sheng et al., CIKM 2021, arXiv 2101.11427. Star topology, partitioned normalisation, auxiliary network."""

import torch

from .network import ACTIVATIONS, Method, dense


class Star(Method):
    def __init__(self, options, progress):
        self.options = options

    def affine(self, net, path, kind, x, units, own):
        """Row by row: the kernel of domain p is W_p * W (elementwise), its bias b_p + b; W and b alone for one never seen."""
        if kind not in self.options["layers"]:
            return None
        kernel, bias = net.weight(f"{path}/kernel", x.shape[1], units), net.weight(f"{path}/bias", units)
        kernels = net.weights(f"star/{path}/kernel", net.domain_count, x.shape[1], units, centre=1.0)
        biases = torch.zeros(net.domain_count, units)
        if self.options["domainBias"]:
            biases = net.weights(f"star/{path}/bias", net.domain_count, units)
        rows = []
        for row, domain in zip(x, net.domain_ids.tolist()):
            if domain == 0:
                rows.append(row @ kernel + bias)
            else:
                rows.append(row @ (kernels[domain - 1] * kernel) + biases[domain - 1] + bias)
        return torch.stack(rows)

    def norm(self, net, path, place, z):
        """z' = (gamma gamma_p) (z - mu_p) / sqrt(var_p + eps) + (beta + beta_p), with the statistics of p's own rows."""
        if self.options["normalization"] not in ("all", place):
            return None
        units, count = z.shape[1], net.domain_count
        scale, offset = net.weights(f"star/{path}/scale", units, centre=1.0), net.weights(f"star/{path}/offset", units)
        scales = net.weights(f"star/{path}/domain-scale", count, units, centre=1.0)
        offsets = net.weights(f"star/{path}/domain-offset", count, units)
        means = net.weights.state(f"star/{path}/mean", count, units, centre=0.0, spread=0.3).clone()
        variances = net.weights.state(f"star/{path}/variance", count, units, centre=1.0).clone()
        result = torch.zeros_like(z)
        moved_means, moved_variances = means.clone(), variances.clone()
        for domain in sorted(set(net.domain_ids.tolist())):
            rows = net.domain_ids == domain
            own = z[rows]
            if domain == 0:  # never seen: shared parameters, and what is typical of the domains
                result[rows] = scale * (own - means.mean(0)) / (variances.mean(0) + self.eps).sqrt() + offset
                continue
            p = domain - 1
            mean, variance = means[p], variances[p]
            if net.training and len(own) > 1:
                mean, variance = own.mean(0), own.var(0, unbiased=False)
                keep = 1 - self.options["momentum"]
                moved_means[p] = keep * means[p] + (1 - keep) * mean.detach()
                moved_variances[p] = keep * variances[p] + (1 - keep) * own.var(0, unbiased=True).detach()
            normal = (own - mean) / (variance + self.eps).sqrt()
            result[rows] = scale * scales[p] * normal + offset + offsets[p]
        if net.training:
            net.weights.remember(f"star/{path}/mean", moved_means)
            net.weights.remember(f"star/{path}/variance", moved_variances)
        return result

    def logit(self, net, logit):
        """s_main + s_aux, with s_aux from a small network on the domain's embedding and all fields."""
        auxiliary = self.options["auxiliary"]
        if not auxiliary["enabled"]:
            return None
        h = torch.cat([net.domain, net.x], 1)
        for i, units in enumerate(auxiliary["hiddenUnits"]):
            h = ACTIVATIONS[auxiliary["activation"]](dense(net.weights, f"star/logit/auxiliary/{i}", h, units))
        return logit + dense(net.weights, "star/logit/auxiliary/logit", h, 1)

    @property
    def eps(self):
        return self.options["epsilon"]
