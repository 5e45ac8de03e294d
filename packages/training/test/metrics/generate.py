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


cases = [case("balanced", 200, 0.5), case("rare clicks", 400, 0.03), case("many ties", 300, 0.3, 2), case("two rows", 2, 0.4)]
Path(__file__).with_name("fixtures.json").write_text(json.dumps(cases) + "\n")
