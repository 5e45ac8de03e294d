"""The list of cases: a backbone, methods and an optimizer, with mdctr's own option names."""

DNN = {"name": "dnn", "hiddenUnits": [6, 4], "activation": "relu", "batchNorm": False, "dropout": 0}
DCNV2 = {**DNN, "name": "dcnv2", "structure": "parallel", "crossLayers": 2, "rank": 0, "experts": 1}
STACKED = {**DCNV2, "structure": "stacked"}
BACKBONES = {"dnn": DNN, "dcnv2": DCNV2}
# For cases with normalisation: it leaves some weights without a gradient but for rounding noise (a bias before it, say),
# and Adam would scale that up to full steps.
MOMENTUM = {"kind": "sgd", "learningRate": 0.2, "momentum": 0.8}
ADAM = {"kind": "adam", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


def case(name, backbone, *plugins, data="one-field", progress=0.5, optimizer=None):
    plugins = [dict(plugin) for plugin in plugins]
    normed = backbone["batchNorm"] or any(plugin.get("normalization", "none") != "none" for plugin in plugins)
    optimizer = optimizer or (MOMENTUM if normed else ADAM)
    return {
        "name": name,
        "data": data,
        "backbone": backbone,
        "plugins": plugins,
        "progress": progress,
        "optimizer": optimizer,
    }


def backbones():
    yield case("dnn", DNN)
    yield case("dnn, batch norm", {**DNN, "batchNorm": True})
    yield case("dnn, batch norm, adam", {**DNN, "batchNorm": True}, optimizer=ADAM)
    for activation in ("leakyRelu", "elu", "gelu", "silu", "sigmoid", "tanh", "linear"):
        yield case(f"dnn, {activation}", {**DNN, "activation": activation})
    for structure in ("parallel", "stacked"):
        dcn = {**DCNV2, "structure": structure}
        yield case(f"dcnv2, {structure}, full rank", dcn)
        yield case(f"dcnv2, {structure}, full rank, batch norm", {**dcn, "batchNorm": True})
        yield case(f"dcnv2, {structure}, low rank, one expert", {**dcn, "rank": 2})
        yield case(f"dcnv2, {structure}, low rank, three experts", {**dcn, "rank": 2, "experts": 3})


def optimizers():
    yield case("adam, large epsilon", DNN, optimizer={**ADAM, "epsilon": 1e-4})
    yield case("adam, other decays", DNN, optimizer={**ADAM, "beta1": 0.7, "beta2": 0.95})
    yield case(
        "adagrad",
        DNN,
        optimizer={"kind": "adagrad", "learningRate": 0.05, "initialAccumulator": 0.01, "epsilon": 1e-3},
    )
    yield case("sgd", DNN, optimizer={"kind": "sgd", "learningRate": 0.5, "momentum": 0})
    yield case("momentum", DNN, optimizer={"kind": "sgd", "learningRate": 0.2, "momentum": 0.8})


def ada(form="fusion", regularizer=None, **options):
    """AdaSparse's defaults, but for a threshold that a random start is on both sides of."""
    defaults = {
        "input": "domain",
        "layers": "all",
        "prunerUnits": [],
        "initStd": 0,
        "alphaStart": 0.1,
        "alphaEnd": 5,
        "beta": 2,
        "epsilon": 0.25,
        "gradientThroughCut": False,
    }
    range_ = {"enabled": True, "min": 0.15, "max": 0.25, "start": 0.01, "end": 1, "detach": True}
    regularizer = {**range_, **(regularizer or {})}
    return {"name": "adasparse", "form": form, **defaults, **options, "regularizer": regularizer}


def adasparse():
    for name, backbone in BACKBONES.items():
        for form in ("binarization", "scaling", "fusion"):
            yield case(f"{name}, {form}", backbone, ada(form))
            yield case(f"{name}, {form}, pruner sees hidden", backbone, ada(form, input="domain+hidden"))
        yield case(f"{name}, two domain fields", backbone, ada(), data="two-fields")
        yield case(f"{name}, pruner with hidden units", backbone, ada(prunerUnits=[4, 3]), data="two-fields")
        yield case(f"{name}, gradient through cut", backbone, ada(gradientThroughCut=True))
        yield case(f"{name}, batch norm", {**backbone, "batchNorm": True}, ada())
        for where, low, high in (("below", 0.9, 1), ("in", 0, 1), ("above", 0, 0.01)):
            yield case(f"{name}, sparsity {where} range", backbone, ada(regularizer={"min": low, "max": high}))
        yield case(f"{name}, quadratic penalty", backbone, ada(regularizer={"max": 0.15, "detach": False}))
        yield case(
            f"{name}, quadratic penalty, binarization",
            backbone,
            ada("binarization", regularizer={"max": 0.15, "detach": False}),
        )
        yield case(f"{name}, no penalty", backbone, ada(regularizer={"enabled": False}))
        for progress in (0, 0.25, 1):
            yield case(f"{name}, progress {progress}", backbone, ada(), progress=progress)
        yield case(f"{name}, other beta and threshold", backbone, ada(beta=1.5, epsilon=0.6))
        yield case(f"{name}, binarization, other threshold", backbone, ada("binarization", epsilon=0.6))
        yield case(f"{name}, only deep", backbone, ada(layers="deep"))
    yield case("dcnv2, only cross", DCNV2, ada(layers="cross"))
    yield case("dcnv2, stacked, low rank", {**STACKED, "rank": 2, "experts": 2}, ada())


def star_options(auxiliary=None, **options):
    defaults = {
        "layers": ["deep", "cross", "logit"],
        "domainBias": True,
        "normalization": "input",
        "momentum": 0.1,
        "epsilon": 1e-5,
    }
    auxiliary = {"enabled": True, "hiddenUnits": [5], "activation": "relu", **(auxiliary or {})}
    return {"name": "star", **defaults, **options, "auxiliary": auxiliary}


def star():
    for name, backbone in BACKBONES.items():
        normed = {**backbone, "batchNorm": True}
        yield case(f"{name}, all parts", backbone, star_options())
        yield case(f"{name}, topology alone", backbone, star_options({"enabled": False}, normalization="none"))
        yield case(f"{name}, without domain bias", backbone, star_options(domainBias=False, normalization="none"))
        yield case(f"{name}, normalisation alone", backbone, star_options({"enabled": False}, layers=[]))
        yield case(f"{name}, in place of batch norms", normed, star_options(normalization="all", momentum=0.3))
        yield case(f"{name}, hidden norms only", normed, star_options(normalization="hidden", epsilon=1e-2))
        yield case(f"{name}, deeper auxiliary", backbone, star_options({"hiddenUnits": [4, 3], "activation": "tanh"}))
        yield case(f"{name}, affine auxiliary", backbone, star_options({"hiddenUnits": []}), data="two-fields")
        yield case(f"{name}, with adasparse inside", backbone, star_options(), ada())
    yield case("dcnv2, stacked, crosses alone", STACKED, star_options(layers=["cross"]))


def apg_options(**options):
    defaults = {
        "condition": "domain",
        "fields": [],
        "aggregation": "input",
        "layers": "all",
        "rank": 3,
        "layerRanks": [],
        "sharedFactors": True,
        "overParameterization": 0,
        "hyperUnits": [],
        "generatedBias": False,
    }
    return {"name": "apg", **defaults, **options}


def apg():
    pair = {"condition": "fields", "fields": ["f1", "f2"]}
    for name, backbone in BACKBONES.items():
        yield case(f"{name}, by domain", backbone, apg_options())
        yield case(f"{name}, over-parameterised", backbone, apg_options(overParameterization=5))
        yield case(f"{name}, by the layer's input", backbone, apg_options(condition="input", hyperUnits=[4]))
        yield case(f"{name}, by fields, joined", backbone, apg_options(**pair))
        yield case(f"{name}, by fields, summed", backbone, apg_options(**pair, aggregation="sum", hyperUnits=[3]))
        yield case(f"{name}, by fields, attention", backbone, apg_options(**pair, aggregation="attention"))
        yield case(f"{name}, all factors generated", backbone, apg_options(sharedFactors=False, rank=2))
        yield case(f"{name}, generated bias", backbone, apg_options(generatedBias=True), data="two-fields")
        yield case(f"{name}, ranks by layer", backbone, apg_options(layerRanks=[4, 2], hyperUnits=[4, 3]))
        yield case(f"{name}, only deep", backbone, apg_options(layers="deep"))
        yield case(f"{name}, with adasparse", backbone, apg_options(), ada())
    yield case("dcnv2, stacked, only crosses", STACKED, apg_options(layers="cross"))


GROUPS = {"backbones": backbones, "optimizers": optimizers, "adasparse": adasparse, "star": star, "apg": apg}
