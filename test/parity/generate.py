"""
Writes fixtures/: what PyTorch computes for small models, which mdctr must reproduce.

    pip install -r requirements.txt
    python generate.py [GROUP ...]

For each case: start weights; logits, loss and gradients of the first batch in training; the losses of five optimizer
steps; the weights and moving statistics after them, and with these the logits of an evaluation batch.
Names in GROUP.safetensors: CASE/trained/PATH [3, ...] (start, gradient, end), CASE/state/PATH [2, ...] (start, end),
CASE/logits/PASS [rows].
"""

import json
import sys
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)  # fixtures are exact (and stored as float32): mdctr's float32 is what is judged

from cases import GROUPS  # noqa: E402
from data import SCHEMAS, as_json, make_data  # noqa: E402
from reference.model import Model  # noqa: E402

from safetensors_file import write_safetensors  # noqa: E402

DIM = 2
FOLDER = Path(__file__).with_name("fixtures")


def exempt(path):
    """From weight decay: the defaults of training.regularization.dense.exempt."""
    return path.endswith("/bias") or "/norm/" in path


def optimizer_of(options, trained):
    parameters = list(trained.values())
    match options["kind"]:
        case "adam" if "weightDecay" in options:
            betas = (options["beta1"], options["beta2"])
            groups = [
                {"params": [w for path, w in trained.items() if exempt(path) == spared], "weight_decay": decay}
                for spared, decay in ((False, options["weightDecay"]), (True, 0))
            ]
            return torch.optim.AdamW(groups, options["learningRate"], betas, options["epsilon"])
        case "adam":
            betas = (options["beta1"], options["beta2"])
            return torch.optim.Adam(parameters, options["learningRate"], betas, options["epsilon"])
        case "adagrad":
            return torch.optim.Adagrad(
                parameters,
                options["learningRate"],
                initial_accumulator_value=options["initialAccumulator"],
                eps=options["epsilon"],
            )
        case "sgd":
            return torch.optim.SGD(parameters, options["learningRate"], options["momentum"])


def copy(tensors):
    return {path: tensor.detach().clone() for path, tensor in tensors.items()}


def compute(case, seed):
    """(tensors by name, losses) of one case."""
    schema = SCHEMAS[case["data"]]
    training, evaluation = make_data(case["data"])
    model = Model(schema, DIM, case["backbone"], case["plugins"], case["step"], seed)
    with torch.no_grad():
        model.logits(evaluation, training=False)  # makes the weights
    states = copy(model.weights.states)
    model.loss(training[0])  # makes those of the step (learned rates)
    model.weights.states = copy(states)
    weights = model.weights
    start = copy(weights.trained)
    logits = model.logits(training[0], training=True)
    weights.states = copy(states)

    optimizer = optimizer_of(case["optimizer"], weights.trained)
    factors = case["optimizer"].get("factors", [1] * len(training))
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: factors[min(step, len(factors) - 1)])
    losses, gradients = [], {}
    for i, batch in enumerate(training):
        optimizer.zero_grad()
        loss = model.loss(batch)
        loss.backward()
        losses.append(loss.item())
        now = {path: torch.zeros_like(w) if w.grad is None else w.grad.clone() for path, w in weights.trained.items()}
        gradients = gradients if i else now
        optimizer.step()
        scheduler.step()
    with torch.no_grad():
        scores = model.logits(evaluation, training=False)
    parts = {
        "trained": {path: torch.stack([start[path], gradients[path], w]) for path, w in weights.trained.items()},
        "state": {path: torch.stack([states[path], after]) for path, after in weights.states.items()},
        "logits": {"training": logits, "evaluation": scores},
    }
    return {f"{part}/{path}": t for part, named in parts.items() for path, t in named.items()}, losses


def alive(tensors):
    """Whether the gradient reaches most of the embedding: small relu layers can be dead from the start."""
    gradient = tensors["trained/embedding"][1]
    return (gradient != 0).double().mean() > 0.6


def compute_alive(case, name):
    for attempt in range(20):
        tensors, losses = compute(case, seed=f"{name}{attempt or ''}")
        if alive(tensors):
            break
    return tensors, losses


def generate(group):
    tensors, described = {}, []
    for i, case in enumerate(GROUPS[group]()):
        computed, losses = compute_alive(case, f"{group}: {case['name']}")
        tensors |= {f"{i}/{name}": tensor for name, tensor in computed.items()}
        described.append({**case, "losses": [float(f"{loss:.9g}") for loss in losses]})
        print(f"{group}: {case['name']}: losses {' '.join(f'{loss:.4f}' for loss in losses)}")
    write_safetensors(FOLDER / f"{group}.safetensors", tensors)
    text = {"torch": torch.__version__, "dim": DIM, "cases": described}
    (FOLDER / f"{group}.json").write_text(json.dumps(text) + "\n")


def main():
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "data.json").write_text(json.dumps({name: as_json(name) for name in SCHEMAS}) + "\n")
    for group in sys.argv[1:] or GROUPS:
        generate(group)


main()
