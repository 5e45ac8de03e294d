"""Trains LightGBM models for mdctr's baseline of that name: train_lightgbm.py FOLDER.

FOLDER has request.json, and for each split SPLIT.f32 (float32, little-endian, one column after the other) and, but for
test, SPLIT-labels.f32. Of each set of options i it gets validation-scores-i.f32 and test-scores-i.f32, and in the end
answer.json.
"""

import json
import os
import sys
import threading
from pathlib import Path

import lightgbm
import numpy

# Trees where there are no validation rows to stop by.
ROUNDS_WITHOUT_VALIDATION = 300


def end_with_parent():
    """Ends this process when its standard input does: who started it is gone."""
    while os.read(0, 1):  # not sys.stdin, whose lock the interpreter wants at its end
        pass
    os._exit(1)


def read(path, columns):
    values = numpy.fromfile(path, dtype="<f4")
    return values.reshape(columns, -1).T


def train(request, options, splits, labels):
    params = {
        "objective": "binary",
        "metric": "auc" if request["auc"] else "binary_logloss",
        "learning_rate": options["learningRate"],
        "num_leaves": options["leaves"],
        "min_data_in_leaf": options["leafRows"],
        "lambda_l2": options["l2"],
        "feature_fraction": options["columnShare"],
        "seed": request["seed"] % 2**31,
        "num_threads": request["threads"],
        "deterministic": True,
        "force_row_wise": True,
        "verbosity": -1,
    }
    data = lightgbm.Dataset(splits["train"], labels["train"], params={"verbosity": -1})
    if len(labels["validation"]) == 0:
        return lightgbm.train(params, data, min(options["rounds"], ROUNDS_WITHOUT_VALIDATION))
    judge = lightgbm.Dataset(splits["validation"], labels["validation"], reference=data)
    stop = lightgbm.early_stopping(options["patience"], verbose=False)
    return lightgbm.train(params, data, options["rounds"], valid_sets=[judge], callbacks=[stop])


def predict(model, rows):
    if len(rows) == 0:
        return numpy.zeros(0, dtype="<f4")
    return model.predict(rows, num_iteration=model.best_iteration or None).astype("<f4")


def main(folder):
    request = json.loads((folder / "request.json").read_text())
    columns = request["columns"]
    splits = {name: read(folder / f"{name}.f32", columns) for name in ("train", "validation", "test")}
    labels = {name: numpy.fromfile(folder / f"{name}-labels.f32", dtype="<f4") for name in ("train", "validation")}
    answer = []
    for i, options in enumerate(request["candidates"]):
        model = train(request, options, splits, labels)
        for name in ("validation", "test"):
            predict(model, splits[name]).tofile(folder / f"{name}-scores-{i}.f32")
        answer.append({"trees": model.best_iteration or model.num_trees()})
    (folder / "answer.json").write_text(json.dumps(answer))


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    main(Path(sys.argv[1]))
