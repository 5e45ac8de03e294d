"""A deep network on all embedded fields."""

from .network import tower


def dnn(net, options):
    return net.logit(tower(net, net.x, options))
