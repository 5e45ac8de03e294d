"""Target means by scikit-learn, for target-means.test.ts.

    python -m venv .venv && .venv/bin/pip install scikit-learn==1.7.2
    .venv/bin/python generate.py            # writes fixtures.json beside this file

Each training row is encoded by a TargetEncoder that was fitted on the rows of the other folds, each further row by one that
was fitted on all training rows. The folds are ours: the second half of the MD5 of `fold/ROW`, modulo their number.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
from sklearn.preprocessing import TargetEncoder

FOLDS = 5
TRAIN, TEST = 400, 60


def fold_of(row: int) -> int:
    # DuckDB's md5_number_lower: the last eight bytes of the digest, little-endian.
    digest = hashlib.md5(f"fold/{row}".encode()).digest()
    return int.from_bytes(digest[8:], "little") % FOLDS


def means(values: np.ndarray, labels: np.ndarray, smooth: float) -> list[float]:
    column = values.reshape(-1, 1)
    folds = np.array([fold_of(row) for row in range(TRAIN)])
    out = np.empty(TRAIN + TEST)

    def encode(fitted: np.ndarray, wanted: np.ndarray) -> None:
        encoder = TargetEncoder(smooth=smooth, target_type="binary").fit(column[fitted], labels[fitted])
        out[wanted] = encoder.transform(column[wanted])[:, 0]

    train = np.arange(TRAIN)
    for fold in range(FOLDS):
        encode(train[folds != fold], train[folds == fold])
    encode(train, np.arange(TRAIN, TRAIN + TEST))
    return out.tolist()


def main() -> None:
    random = np.random.default_rng(7)
    rate = random.uniform(0.1, 0.7, 41)
    # Some users come once, and some of the further rows' users never before; '' is no value.
    users = np.minimum(random.geometric(0.08, TRAIN + TEST), 40)
    users[TRAIN::10] = 99
    labels = (random.uniform(size=TRAIN + TEST) < rate[np.minimum(users, 40)]).astype(int)
    text = np.array(["" if user == 3 else f"u{user}" for user in users], dtype=object)
    document = {
        "train": TRAIN,
        "folds": FOLDS,
        "user": text.tolist(),
        "label": labels.tolist(),
        "means": {str(smooth): means(text, labels, smooth) for smooth in (10.0, 0.5)},
    }
    Path(__file__).with_name("fixtures.json").write_text(json.dumps(document))


if __name__ == "__main__":
    main()
