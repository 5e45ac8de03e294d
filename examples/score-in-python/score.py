"""Scores a CSV file with an mdctr artifact, using nothing but Python's standard library.

    python3 score.py MODEL DATA.csv > scores.csv

It reads the files that docs/reference/artifact.md describes and knows the backbones dnn and dcnv2 (parallel or stacked, full-rank
crosses) with ReLU, batch norm, and adasparse on the domain. Plain loops: for reading, not for speed.
"""

import bisect
import csv
import hashlib
import json
import math
import struct
import sys
from pathlib import Path


def read_weights(path):
    """safetensors: 8 bytes of header length, a JSON header, then float32 data."""
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__":
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = struct.unpack(f"<{(end - begin) // 4}f", data[begin:end])
            width = entry["shape"][-1] if len(entry["shape"]) == 2 else len(values)
            rows = [list(values[i : i + width]) for i in range(0, len(values), max(1, width))]
            weights[name] = rows if len(entry["shape"]) == 2 else list(values)
    return weights


def column_of(field):
    """The expressions that are columns; for others, put the expression's value into the file."""
    return field.get("expression", field["name"]).strip('"')


def hashed(text, seed, buckets):
    """1 + h mod buckets; h is the first eight bytes of an MD5, little-endian."""
    digest = hashlib.md5(f"{seed}/{text}".encode()).digest()
    return 1 + int.from_bytes(digest[:8], "little") % buckets


def scaled(rows, encoding, text):
    """The number times row 1; row 0 where there is none."""
    x = float(text or "nan")
    if math.isnan(x):
        return rows[0]
    if "range" in encoding:
        x = min(max(x, encoding["range"][0]), encoding["range"][1])
    if encoding["log"]:
        x = math.copysign(math.log1p(abs(x)), x)
    x = (x - encoding.get("mean", 0)) / encoding.get("deviation", 1)
    return [x * value for value in rows[1]]


def pieces(rows, edges, text):
    """A sum over the parts that the number reaches; row 0 where there is none."""
    x = float(text or "nan")
    if math.isnan(x):
        return rows[0]
    if len(edges) < 2:
        return rows[1]
    last = max(1, min(bisect.bisect_right(edges, x), len(edges) - 1))
    share = (x - edges[last - 1]) / (edges[last] - edges[last - 1])
    return [sum(column[1:last]) + share * column[last] for column in zip(*rows)]


class TargetMean:
    """The smoothed means of a field, by its value and those of others together."""

    def __init__(self, means, encoding):
        self.prior, self.smoothing, self.scales = means["prior"], encoding["smoothing"], encoding["scales"]
        self.levels = [
            {key: counts for key, *counts in zip(zip(*level["values"]), level["rows"], level["positives"])}
            for level in means["levels"]
        ]

    def of(self, level, key, prior):
        n, s = self.levels[level].get(key, (0, 0))
        return n, prior if n + self.smoothing == 0 else (s + self.smoothing * prior) / (n + self.smoothing)

    def mean(self, key):
        parts = [self.of(i + 1, (part,), self.prior)[1] for i, part in enumerate(key)] if len(key) > 1 else []
        return self.of(0, key, sum(parts) / len(parts) if parts else self.prior)

    def numbers(self, keys):
        """Standardised logit and count; 0 where there is no key: an empty list."""
        if not keys:
            return 0.0, 0.0
        counts, means = zip(*(self.mean(key) for key in keys))
        mean = min(1 - 1e-6, max(1e-6, sum(means) / len(means)))
        numbers = {"logit": math.log(mean / (1 - mean)), "count": math.log1p(sum(counts) / len(counts))}
        return tuple((x - self.scales[of]["mean"]) / self.scales[of]["deviation"] for of, x in numbers.items())


def parts_of(options, text):
    parts = [part for part in text.split(options["separator"]) if part != ""]
    length = options.get("maxLength", len(parts))
    return parts[:length] if options["keep"] == "first" else parts[max(0, len(parts) - length) :]


def pooled(vectors, pooling, query, width):
    """Zero where the list is empty."""
    weights = [1 / len(vectors) if pooling == "mean" else 1 for _ in vectors]
    if pooling == "attention" and vectors:
        scores = [sum(e * q for e, q in zip(vector, query)) / math.sqrt(width) for vector in vectors]
        powers = [math.exp(score - max(scores)) for score in scores]
        weights = [power / sum(powers) for power in powers]
    return [sum(weight * vector[k] for weight, vector in zip(weights, vectors)) for k in range(width)]


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


class Model:
    def __init__(self, folder):
        read = lambda name: json.loads((folder / name).read_text(encoding="utf-8"))
        self.config, self.fields, vocabularies = read("config.json"), read("fields.json"), read("vocabularies.json")
        self.weights = read_weights(folder / "weights.safetensors")
        self.backbone = self.config["backbone"]
        self.negative_sampling = self.config["training"].get("negativeSampling", 1)
        self.pruner = next((p for p in self.config["plugins"] if p["name"] == "adasparse"), None)
        # An id is the place in the vocabulary, from 1; 0 is for everything else.
        lists = {name: values for name, values in vocabularies.items() if isinstance(values, list)}
        self.ids = {name: {value: i + 1 for i, value in enumerate(values)} for name, values in lists.items()}
        self.by_name = {field["name"]: field for field in self.fields["fields"]}
        self.means = {
            name: TargetMean(means, self.by_name[name]["encoding"])
            for name, means in vocabularies.items()
            if name not in lists
        }

    def id_of(self, field, text):
        """0 for no value, and for one that the vocabulary lacks."""
        encoding = field.get("encoding", {"kind": "vocabulary"})
        if text == "":
            return 0
        if encoding["kind"] == "hash":
            return hashed(text, encoding["seed"], encoding["buckets"])
        if encoding["kind"] in ("quantiles", "edges"):
            number = float(text)
            return 0 if math.isnan(number) else 1 + bisect.bisect_left(encoding["edges"], number)
        return self.ids[field["name"]].get(text, 0)

    def target_mean(self, field, row):
        text = row[column_of(field)]
        others = [row[column_of(self.by_name[name])] or None for name in field["encoding"]["by"]]
        values = parts_of(field["list"], text) if "list" in field else [text or None]
        return self.means[field["name"]].numbers([(value, *others) for value in values])

    def margin(self, row):
        """What the network began from; 0 for one that began from nothing."""
        if "margin/bias" not in self.weights:
            return 0.0
        logits = [self.target_mean(field, row)[0] for field in self.fields["fields"] if field["name"] in self.means]
        return self.weights["margin/bias"][0] + sum(w * x for w, x in zip(self.weights["margin/weights"], logits))

    def vector(self, field, row):
        rows, text = self.weights[f"embedding/{field['name']}"], row[column_of(field)]
        kind = field.get("encoding", {}).get("kind")
        if kind == "targetMean":
            logit, count = self.target_mean(field, row)
            return [logit * a + count * b for a, b in zip(rows[1], rows[2])]
        if "list" in field:
            parts = parts_of(field["list"], text)
            vectors = [rows[self.id_of(field, part)] for part in parts]
            query = self.weights.get(f"pooling/{field['name']}/query")
            return pooled(vectors, field["list"]["pooling"], query, width=len(rows[0]))
        if kind == "numeric":
            return scaled(rows, field["encoding"], text)
        if kind == "piecewise":
            return pieces(rows, field["encoding"]["edges"], text)
        return rows[self.id_of(field, text)]

    def affine(self, path, x):
        kernel, bias = self.weights[f"{path}/kernel"], self.weights[f"{path}/bias"]
        return [b + sum(v * row[j] for v, row in zip(x, kernel)) for j, b in enumerate(bias)]

    def hidden(self, path, h, domain):
        """AdaSparse: every neuron times its factor for this domain."""
        if f"adasparse/{path}/pruner/kernel" not in self.weights:
            return h
        options, annealing = self.pruner, self.pruner["annealing"]
        (step,) = self.weights["schedule/step"]
        way = min(1, step / annealing["steps"]) if annealing["steps"] > 0 else 1
        alpha = annealing["from"] + (annealing["to"] - annealing["from"]) * way
        scaled = []
        for value, v in zip(h, self.affine(f"adasparse/{path}/pruner", domain)):
            if options["form"] == "scaling":
                factor = options["beta"] * sigmoid(v)
            elif options["form"] == "binarization":
                factor = 1 if sigmoid(alpha * v) > options["epsilon"] else 0
            else:
                factor = options["beta"] * sigmoid(alpha * v)
                factor = factor if factor > options["epsilon"] else 0
            scaled.append(value * factor)
        return scaled

    def pruner_input(self, row, embedding):
        """What tells AdaSparse the domain: a row of its own table (zeros for an unseen domain), or the fields' embedding."""
        if self.pruner is None:
            return embedding
        options = self.pruner["pruner"]["domain"]
        kind = options["kind"]
        if kind == "shared":
            return [options["scale"] * v for v in embedding]
        if kind == "normalized":
            root = math.sqrt(sum(v * v for v in embedding) / len(embedding) + 1e-12)
            return [v / root for v in embedding]
        table = self.weights["adasparse/embedding/domains"]
        values = [row[column_of(self.by_name[name])] or "(missing)" for name in self.fields["domain"]]
        known = self.fields["domains"]
        label = " x ".join(values)
        return table[known.index(label) - 1] if label in known[1:] else [0.0] * len(table[0])

    def tower(self, x, domain):
        name = self.backbone["name"]
        for i in range(len(self.backbone["hiddenUnits"])):
            x = self.affine(f"{name}/deep/{i}", x)
            if self.backbone["batchNorm"]:
                norm = [self.weights[f"{name}/deep/{i}/norm/{part}"] for part in ("mean", "variance", "scale", "offset")]
                x = [(v - m) / math.sqrt(var + 1e-5) * s + o for v, m, var, s, o in zip(x, *norm)]
            x = self.hidden(f"deep/{i}", [max(0.0, v) for v in x], domain)
        return x

    def cross(self, x0, domain):
        x = x0
        for i in range(self.backbone["crossLayers"]):
            mapped = self.affine(f"dcnv2/cross/{i}", x)
            branch = [a * b for a, b in zip(x0, mapped)]
            of_branch = self.pruner is None or self.pruner["residual"] == "branch"
            if of_branch:
                branch = self.hidden(f"cross/{i}", branch, domain)
            x = [a + b for a, b in zip(branch, x)]
            if not of_branch:
                x = self.hidden(f"cross/{i}", x, domain)
        return x

    def score(self, row):
        vectors = {}
        for field in self.fields["fields"]:
            name = field["name"]
            vectors[name] = self.vector(field, row)
        x = [v for field in self.fields["fields"] for v in vectors[field["name"]]]
        domain = self.pruner_input(row, [v for name in self.fields["domain"] for v in vectors[name]])
        if self.backbone["name"] == "dnn":
            top = self.tower(x, domain)
        elif self.backbone["structure"] == "stacked":
            top = self.tower(self.cross(x, domain), domain)
        else:
            top = self.cross(x, domain) + self.tower(x, domain)
        logit = self.affine(f"{self.backbone['name']}/logit", top)[0]
        return sigmoid(logit + self.margin(row) + math.log(self.negative_sampling))


def main():
    folder, data = sys.argv[1:]
    model = Model(Path(folder))
    with open(data, newline="", encoding="utf-8") as file:
        print("score")
        for row in csv.DictReader(file):
            print(f"{model.score(row):.9g}")


main()
