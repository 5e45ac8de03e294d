"""The list of cases: a backbone, methods and an optimizer, with mdctr's own option names."""

DNN = {"name": "dnn", "hiddenUnits": [4, 3], "activation": "relu", "batchNorm": False, "dropout": 0}
DCNV2 = {**DNN, "name": "dcnv2", "structure": "parallel", "crossLayers": 2, "rank": 0, "experts": 1}
STACKED = {**DCNV2, "structure": "stacked"}
BACKBONES = {"dnn": DNN, "dcnv2": DCNV2}
ADAM = {"kind": "adam", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


# A bias before a batch norm has no gradient but rounding noise. This epsilon keeps Adam from scaling it to full steps.
STEADY = {**ADAM, "epsilon": 1e-4}

SGD = {"kind": "sgd", "learningRate": 0.2, "momentum": 0}


def case(name, backbone, *plugins, data="one-field", step=100, optimizer=ADAM):
    return {
        "name": name,
        "data": data,
        "backbone": backbone,
        "plugins": list(plugins),
        "step": step,
        "optimizer": optimizer,
    }


def backbones():
    yield case("dnn", DNN)
    yield case("dnn, batch norm", {**DNN, "batchNorm": True}, optimizer=STEADY)
    for activation in ("leakyRelu", "elu", "gelu", "silu", "sigmoid", "tanh", "linear"):
        yield case(f"dnn, {activation}", {**DNN, "activation": activation})
    for structure in ("parallel", "stacked"):
        dcn = {**DCNV2, "structure": structure}
        yield case(f"dcnv2, {structure}, full rank", dcn)
        yield case(f"dcnv2, {structure}, full rank, batch norm", {**dcn, "batchNorm": True}, optimizer=STEADY)
        yield case(f"dcnv2, {structure}, low rank, one expert", {**dcn, "rank": 2})
        yield case(f"dcnv2, {structure}, low rank, three experts", {**dcn, "rank": 2, "experts": 3})


# What a schedule multiplies the learning rate of each step by.
FACTORS = [0.5, 1, 0.8, 0.3, 0.6]


def optimizers():
    yield case("adam, large epsilon", DNN, optimizer=STEADY)
    yield case("adam, other decays", DNN, optimizer={**ADAM, "beta1": 0.7, "beta2": 0.95})
    yield case(
        "adagrad",
        DNN,
        optimizer={"kind": "adagrad", "learningRate": 0.05, "initialAccumulator": 0.01, "epsilon": 1e-3},
    )
    yield case("sgd", DNN, optimizer=SGD)
    yield case("momentum", DNN, optimizer={"kind": "sgd", "learningRate": 2, "momentum": 0.8})
    # Rates that change from step to step; embedding rows are idle in some of them.
    yield case("adam, scheduled", DNN, optimizer={**STEADY, "factors": FACTORS})
    yield case("momentum, scheduled", DNN, optimizer={"kind": "sgd", "learningRate": 2, "momentum": 0.8, "factors": FACTORS})
    yield case("adamw", DNN, optimizer={**STEADY, "weightDecay": 2})
    yield case("adamw, scheduled", {**DNN, "batchNorm": True}, optimizer={**STEADY, "weightDecay": 2, "factors": FACTORS})


def ada(form="fusion", regularizer=None, pruner=None, **options):
    """AdaSparse's defaults, but for a threshold that a random start is on both sides of."""
    defaults = {
        "input": "domain",
        "layers": "all",
        "residual": "branch",
        "annealing": {"from": 0.1, "to": 5, "steps": 200},
        "beta": 2,
        "epsilon": 0.25,
        "gradientThroughCut": False,
    }
    pruner = {"domain": TABLE, "units": [], "initStd": 0.5, **(pruner or {})}
    range_ = {"enabled": True, "per": "batch", "min": 0.15, "max": 0.25, "start": 0.01, "end": 1, "detach": True}
    regularizer = {**range_, **(regularizer or {})}
    return {"name": "adasparse", "form": form, **defaults, **options, "pruner": pruner, "regularizer": regularizer}


TABLE = {"kind": "table", "dim": 2, "initStd": 1}
SHARED = {"kind": "shared", "scale": 1}


def adasparse():
    for name, backbone in BACKBONES.items():
        for form in ("binarization", "scaling", "fusion"):
            yield case(f"{name}, {form}", backbone, ada(form))
            yield case(f"{name}, {form}, pruner sees hidden", backbone, ada(form, input="domain+hidden"))
            yield case(f"{name}, {form}, shared embedding", backbone, ada(form, pruner={"domain": SHARED}))
        yield case(f"{name}, enlarged embedding", backbone, ada(pruner={"domain": {**SHARED, "scale": 3}}))
        yield case(f"{name}, two domain fields", backbone, ada(), data="two-fields")
        yield case(f"{name}, two domain fields, shared", backbone, ada(pruner={"domain": SHARED}), data="two-fields")
        normalized = {"domain": {"kind": "normalized"}}
        yield case(f"{name}, normalized embedding", backbone, ada(pruner=normalized), data="two-fields")
        yield case(f"{name}, pruner with hidden units", backbone, ada(pruner={"units": [4, 3]}), data="two-fields")
        yield case(f"{name}, gradient through cut", backbone, ada(gradientThroughCut=True))
        yield case(f"{name}, batch norm", {**backbone, "batchNorm": True}, ada(), optimizer=STEADY)
        for where, low, high in (("below", 0.9, 1), ("in", 0, 1), ("above", 0, 0.01)):
            yield case(f"{name}, sparsity {where} range", backbone, ada(regularizer={"min": low, "max": high}))
        yield case(f"{name}, quadratic penalty", backbone, ada(regularizer={"max": 0.15, "detach": False}))
        yield case(
            f"{name}, quadratic penalty, binarization",
            backbone,
            ada("binarization", regularizer={"max": 0.15, "detach": False}),
        )
        yield case(f"{name}, no penalty", backbone, ada(regularizer={"enabled": False}))
        by_domain = {"per": "domain", "min": 0.1, "max": 0.15}
        yield case(f"{name}, penalty by domain", backbone, ada(regularizer=by_domain))
        yield case(
            f"{name}, penalty by domain, pruner sees hidden", backbone, ada(input="domain+hidden", regularizer=by_domain)
        )
        for step in (0, 70, 200, 500):
            yield case(f"{name}, step {step}", backbone, ada(), step=step)
        yield case(f"{name}, other beta and threshold", backbone, ada(beta=1.5, epsilon=0.6))
        yield case(f"{name}, binarization, other threshold", backbone, ada("binarization", epsilon=0.6))
        yield case(f"{name}, only deep", backbone, ada(layers="deep"))
    yield case("dcnv2, only cross", DCNV2, ada(layers="cross"))
    yield case("dcnv2, sums of residual layers", DCNV2, ada(residual="sum"))
    yield case("dcnv2, stacked, low rank", {**STACKED, "rank": 2, "experts": 2}, ada())


def of_star(auxiliary=None, **options):
    """
    All rows of a domain have the same domain embedding, so that its variance is 0: an epsilon of 1e-5 there makes 300
    times as much of float32's rounding. The cases of the default have it, the others a larger one.
    """
    defaults = {
        "layers": ["deep", "cross", "logit"],
        "domainBias": True,
        "normalization": "input",
        "momentum": 0.1,
        "epsilon": 0.01,
    }
    auxiliary = {"enabled": True, "hiddenUnits": [4], "activation": "relu", **(auxiliary or {})}
    return {"name": "star", **defaults, **options, "auxiliary": auxiliary}


def star():
    off = {"enabled": False}
    for name, backbone in BACKBONES.items():
        yield case(f"{name}, defaults", backbone, of_star(epsilon=1e-5), optimizer=STEADY)
        yield case(f"{name}, topology alone", backbone, of_star(off, normalization="none"))
        yield case(f"{name}, topology without biases", backbone, of_star(off, normalization="none", domainBias=False))
        yield case(f"{name}, normalisation alone", backbone, of_star(off, layers=[]), optimizer=STEADY)
        yield case(
            f"{name}, other momentum and epsilon", backbone, of_star(off, momentum=0.4, epsilon=0.05), optimizer=STEADY
        )
        normed = {**backbone, "batchNorm": True}
        yield case(f"{name}, normalisation everywhere", normed, of_star(off, normalization="all"), optimizer=SGD)
        yield case(f"{name}, batch norms replaced", normed, of_star(normalization="hidden"), optimizer=SGD)
        yield case(f"{name}, batch norms kept", normed, of_star(), optimizer=STEADY)
        affine = of_star({"hiddenUnits": []}, layers=["logit"], normalization="none")
        yield case(f"{name}, last layer alone, auxiliary network of one map", backbone, affine)
        deep = of_star({"hiddenUnits": [4, 3], "activation": "tanh"}, layers=["deep"])
        yield case(f"{name}, two domain fields", backbone, deep, data="two-fields", optimizer=STEADY)
        yield case(f"{name}, with adasparse", backbone, of_star(), ada(), optimizer=STEADY)
    yield case("dcnv2, stacked", STACKED, of_star(), optimizer=STEADY)
    low_rank = {**DCNV2, "rank": 2, "experts": 2}
    yield case("dcnv2, low rank", low_rank, of_star(off, normalization="none"))


def of_apg(**options):
    defaults = {
        "condition": "domain",
        "fields": [],
        "aggregation": "input",
        "layers": "all",
        "rank": 2,
        "layerRanks": [],
        "sharedFactors": True,
        "overParameterization": 0,
        "hyperUnits": [],
        "generatedBias": False,
    }
    return {"name": "apg", **defaults, **options}


def apg():
    for name, backbone in BACKBONES.items():
        yield case(f"{name}, domain", backbone, of_apg())
        yield case(f"{name}, two domain fields", backbone, of_apg(hyperUnits=[5, 4]), data="two-fields")
        yield case(f"{name}, over-parameterised", backbone, of_apg(overParameterization=5))
        yield case(f"{name}, generated U and V", backbone, of_apg(sharedFactors=False))
        yield case(f"{name}, generated bias", backbone, of_apg(generatedBias=True))
        yield case(f"{name}, self-wise", backbone, of_apg(condition="input", overParameterization=4))
        self_all = of_apg(condition="input", sharedFactors=False, generatedBias=True, rank=2)
        yield case(f"{name}, self-wise, all generated", backbone, self_all)
        for aggregation in ("input", "sum", "attention"):
            fields = of_apg(condition="fields", fields=["f1", "f2"], aggregation=aggregation, generatedBias=True)
            yield case(f"{name}, fields, {aggregation}", backbone, fields)
        yield case(f"{name}, ranks by layer", backbone, of_apg(layerRanks=[3, 2]))
        yield case(f"{name}, with adasparse", backbone, of_apg(), ada())
    yield case("dcnv2, only cross", DCNV2, of_apg(layers="cross"))
    yield case("dcnv2, stacked, only deep", STACKED, of_apg(layers="deep"))


def of_maml(**options):
    defaults = {
        "order": "first",
        "innerSteps": 1,
        "innerRate": 0.3,
        "rate": "fixed",
        "innerOptimizer": "sgd",
        "support": 0.5,
        "weighting": "rows",
        "adapt": ["**"],
    }
    return {"name": "maml", **defaults, **options}


def maml():
    for name, backbone in BACKBONES.items():
        backbone = {**backbone, "activation": "tanh"}  # smooth: a kink between inner steps is no matter of method
        for order in ("first", "second"):
            yield case(f"{name}, {order} order", backbone, of_maml(order=order))
            yield case(f"{name}, {order} order, three steps", backbone, of_maml(order=order, innerSteps=3))
            yield case(f"{name}, {order} order, learned rates", backbone, of_maml(order=order, rate="learned"))
            two = of_maml(order=order, rate="learned", innerSteps=2, weighting="mean", support=0.3)
            yield case(f"{name}, {order} order, two steps, learned rates", backbone, two, data="two-fields")
        tower = of_maml(order="second", adapt=[f"{name}/deep/**"], weighting="sum")
        yield case(f"{name}, second order, tower alone adapts", backbone, tower)
        yield case(f"{name}, second order, with adasparse", backbone, of_maml(order="second"), ada())
        yield case(f"{name}, second order, relu", {**backbone, "activation": "relu"}, of_maml(order="second"))
        adam = of_maml(innerOptimizer="adam", innerRate=0.01, innerSteps=2)
        yield case(f"{name}, inner adam", backbone, adam)
    low_rank = {**DCNV2, "rank": 2, "experts": 2, "activation": "gelu"}
    yield case("dcnv2, low rank, gelu, second order", low_rank, of_maml(order="second"))


def per_domain():
    for name, backbone in BACKBONES.items():
        yield case(f"{name}", backbone, {"name": "per-domain"})
    yield case("dcnv2, low rank, two domain fields", {**DCNV2, "rank": 2}, {"name": "per-domain"}, data="two-fields")


def pooling():
    for name, backbone in BACKBONES.items():
        yield case(name, backbone, data="pooled")
        yield case(f"{name}, with adasparse", backbone, ada(), data="pooled")
        topology = of_star({"enabled": False}, normalization="none")
        yield case(f"{name}, with star", backbone, topology, data="pooled")
        smooth = {**backbone, "activation": "tanh"}
        for order in ("first", "second"):
            yield case(f"{name}, with maml, {order} order", smooth, of_maml(order=order, innerSteps=2), data="pooled")
    yield case("dnn, with per-domain", DNN, {"name": "per-domain"}, data="pooled")


GROUPS = {
    "backbones": backbones,
    "optimizers": optimizers,
    "adasparse": adasparse,
    "star": star,
    "apg": apg,
    "maml": maml,
    "per-domain": per_domain,
    "pooling": pooling,
}
