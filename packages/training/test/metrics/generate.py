"""Writes fixtures.json: metrics of made-up scores by scikit-learn, which ours must equal to 1e-6.

Run `python generate.py` in this folder (scikit-learn, numpy).
"""

import json
from pathlib import Path

import numpy as np
from sklearn.metrics import average_precision_score, log_loss, roc_auc_score

rng = np.random.default_rng(5)


def calibration_error(labels, scores, bins=20):
    place = np.minimum((scores * bins).astype(int), bins - 1)
    total = 0.0
    for b in range(bins):
        inside = place == b
        if inside.any():
            total += inside.sum() * abs(scores[inside].mean() - labels[inside].mean())
    return total / len(labels)


def case(name, rows, rate, levels=None):
    logits = rng.normal(size=rows)
    if levels:
        logits = np.round(logits * levels) / levels  # ties
    scores = (1 / (1 + np.exp(-(logits + np.log(rate / (1 - rate)))))).astype(np.float32)
    labels = (rng.uniform(size=rows) < scores).astype(int)
    labels[:2] = [0, 1]
    exact = scores.astype(np.float64)
    loss = log_loss(labels, exact)
    return {
        "name": name,
        "scores": [float(f"{s:.9g}") for s in exact],
        "labels": labels.tolist(),
        "auc": roc_auc_score(labels, exact),
        "prAuc": average_precision_score(labels, exact),
        "logLoss": loss,
        "normalizedEntropy": loss / log_loss(labels, np.full(rows, labels.mean())),
        "pcoc": exact.sum() / labels.sum(),
        "ece": calibration_error(labels, exact),
    }


def group_case(name, rows, users, rate):
    found = case(name, rows, rate)
    labels, scores = np.array(found["labels"]), np.array(found["scores"])
    groups = rng.integers(-1, users, size=rows)  # -1: no user
    domains = rng.integers(1, 4, size=rows)

    def grouped(chosen):
        own = [(groups == user) & chosen for user in range(users)]
        sizes = [inside.sum() for inside in own]
        both = [inside for inside in own if len(set(labels[inside])) == 2]
        weighted = sum(inside.sum() * roc_auc_score(labels[inside], scores[inside]) for inside in both)
        return {
            "groupGauc": weighted / sum(inside.sum() for inside in both) if both else None,
            "groups": sum(size > 0 for size in sizes),
            "groupsWithAuc": len(both),
        }

    return {
        "name": name,
        "scores": found["scores"],
        "labels": found["labels"],
        "groups": groups.tolist(),
        "domains": domains.tolist(),
        "whole": grouped(np.full(rows, True)),
        "byDomain": {int(domain): grouped(domains == domain) for domain in range(1, 4)},
    }


cases = [case("balanced", 200, 0.5), case("rare clicks", 400, 0.03), case("many ties", 300, 0.3, 2), case("two rows", 2, 0.4)]
Path(__file__).with_name("fixtures.json").write_text(json.dumps(cases) + "\n")
grouped = [group_case("many users", 400, 60, 0.3), group_case("a row each", 3, 5000, 0.4)]
Path(__file__).with_name("group-fixtures.json").write_text(json.dumps(grouped, default=int) + "\n")
