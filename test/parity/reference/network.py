"""What backbones are written with, and where methods step in. A method changes a backbone at the places below."""

import torch
import torch.nn.functional as F

ACTIVATIONS = {
    "relu": torch.relu,
    "leakyRelu": lambda z: F.leaky_relu(z, 0.01),
    "elu": F.elu,
    "gelu": F.gelu,
    "silu": F.silu,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "linear": lambda z: z,
}


class Method:
    """A multi-domain method. Each hook gives a result, or None to leave the backbone's own in place."""

    def start(self, net): ...

    def affine(self, net, path, kind, x, own): ...

    def norm(self, net, path, place, z): ...

    def hidden(self, net, path, kind, h, residual): ...

    def residual(self, net, path, kind, h): ...

    def logit(self, net, logit): ...

    def penalty(self): ...


class Network:
    """One forward pass of a backbone with methods. All tensors have one row for each row of the batch."""

    def __init__(self, weights, backbone, methods, embedded, batch, training):
        self.weights, self.backbone, self.methods, self.training = weights, backbone, methods, training
        self.fields = embedded  # [rows, fields, dim]
        self.x = embedded.flatten(1)  # [rows, fields * dim]
        self.domain = embedded[:, batch.domain_fields].flatten(1)  # e_d [rows, domain fields * dim]
        self.domain_ids = batch.domains  # [rows]; 0 for a domain never seen
        self.domain_count = batch.domain_count
        for method in methods:
            method.start(self)

    def weight(self, path, *shape, **start):
        """A weight of the backbone's own."""
        return self.weights(f"{self.backbone}/{path}", *shape, **start)

    def affine(self, path, kind, x, units):
        """x W + b. A method computes it in its own way, from the backbone's kernel and bias if it asks `own` for them."""
        return self._affine(path, kind, x, Own(self, path, x.shape[1], units))

    def factor(self, path, kind, x, units):
        """A product with one factor of a kernel, without a bias; for methods an affine map as others."""
        return self._affine(path, kind, x, Own(self, path, x.shape[1], units, factor=True))

    def _affine(self, path, kind, x, own):
        for method in self.methods:
            z = method.affine(self, path, kind, x, own)
            if z is not None:
                return z
        kernel, bias = own()
        return x @ kernel if bias is None else x @ kernel + bias

    def hidden(self, path, kind, h, residual=False):
        for method in self.methods:
            changed = method.hidden(self, path, kind, h, residual)
            h = h if changed is None else changed
        return h

    def residual(self, path, kind, branch, x):
        """x + branch: methods change the branch, or the sum."""
        h = self.hidden(path, kind, branch, residual=True) + x
        for method in self.methods:
            changed = method.residual(self, path, kind, h)
            h = h if changed is None else changed
        return h

    def input_norm(self, path, z):
        return self._replaced_norm(path, "input", z, lambda: z)

    def norm(self, path, z):
        return self._replaced_norm(path, "hidden", z, lambda: self._batch_norm(path, z))

    def logit(self, x):
        logit = self.affine("logit", "logit", x, 1)
        for method in self.methods:
            changed = method.logit(self, logit)
            logit = logit if changed is None else changed
        return logit[:, 0]

    def _replaced_norm(self, path, place, z, plain):
        for method in self.methods:
            changed = method.norm(self, path, place, z)
            if changed is not None:
                return changed
        return plain()

    def _batch_norm(self, path, z):
        """PyTorch's own: epsilon 1e-5, moving = 0.9 moving + 0.1 batch, with the unbiased variance in the average."""
        units = z.shape[1]
        scale = self.weight(f"{path}/scale", units, centre=1.0)
        offset = self.weight(f"{path}/offset", units)
        name = f"{self.backbone}/{path}"
        mean = self.weights.state(f"{name}/mean", units, centre=0.0).clone()
        variance = self.weights.state(f"{name}/variance", units, centre=1.0).clone()
        normed = F.batch_norm(z, mean, variance, scale, offset, self.training, momentum=0.1, eps=1e-5)
        if self.training:
            self.weights.remember(f"{name}/mean", mean)
            self.weights.remember(f"{name}/variance", variance)
        return normed


class Own:
    """The backbone's own (kernel, bias) of an affine map; a method that does not ask for them leaves them unmade."""

    def __init__(self, net, path, inputs, units, factor=False):
        self.net, self.path, self.inputs, self.units, self.factor = net, path, inputs, units, factor

    def __call__(self):
        if self.factor:
            return self.net.weight(self.path, self.inputs, self.units), None
        kernel = self.net.weight(f"{self.path}/kernel", self.inputs, self.units)
        return kernel, self.net.weight(f"{self.path}/bias", self.units)


def tower(net, x, options):
    """Hidden layers: affine map, batch norm (if asked for), activation. Sources: any deep CTR paper."""
    x = net.input_norm("deep/norm", x)
    for i, units in enumerate(options["hiddenUnits"]):
        z = net.affine(f"deep/{i}", "deep", x, units)
        if options["batchNorm"]:
            z = net.norm(f"deep/{i}/norm", z)
        x = net.hidden(f"deep/{i}", "deep", ACTIVATIONS[options["activation"]](z))
    return x


def dense(weights, path, x, units, spread=0.4):
    """A plain affine map of a method's own."""
    kernel = weights(f"{path}/kernel", x.shape[1], units, spread=spread)
    return x @ kernel + weights(f"{path}/bias", units, spread=spread)
