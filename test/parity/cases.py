"""The list of cases: a backbone, methods and an optimizer, with mdctr's own option names."""

DNN = {"name": "dnn", "hiddenUnits": [6, 4], "activation": "relu", "batchNorm": False, "dropout": 0}
DCNV2 = {**DNN, "name": "dcnv2", "structure": "parallel", "crossLayers": 2, "rank": 0, "experts": 1}
STACKED = {**DCNV2, "structure": "stacked"}
BACKBONES = {"dnn": DNN, "dcnv2": DCNV2}
ADAM = {"kind": "adam", "learningRate": 0.01, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}


# A bias before a batch norm has no gradient but rounding noise. This epsilon keeps Adam from scaling it to full steps.
STEADY = {**ADAM, "epsilon": 1e-4}


def case(name, backbone, *plugins, data="one-field", progress=0.5, optimizer=ADAM):
    return {
        "name": name,
        "data": data,
        "backbone": backbone,
        "plugins": list(plugins),
        "progress": progress,
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


def optimizers():
    yield case("adam, large epsilon", DNN, optimizer=STEADY)
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
        for progress in (0, 0.25, 1):
            yield case(f"{name}, progress {progress}", backbone, ada(), progress=progress)
        yield case(f"{name}, other beta and threshold", backbone, ada(beta=1.5, epsilon=0.6))
        yield case(f"{name}, binarization, other threshold", backbone, ada("binarization", epsilon=0.6))
        yield case(f"{name}, only deep", backbone, ada(layers="deep"))
    yield case("dcnv2, only cross", DCNV2, ada(layers="cross"))
    yield case("dcnv2, stacked, low rank", {**STACKED, "rank": 2, "experts": 2}, ada())


GROUPS = {"backbones": backbones, "optimizers": optimizers, "adasparse": adasparse}
