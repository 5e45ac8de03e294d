"""FuxiCTR from CSV to validation AUC after one epoch, step by step as its own run_expid.py does it.

    python -m theirs.fuxi_pipeline FOLDER        with its dataset_config.yaml and model_config.yaml in the folder

run_expid.py evaluates the best epoch once more in the end; that is left out, in its favour.
"""

import json
import os
import sys

from fuxictr.features import FeatureMap
from fuxictr.preprocess import FeatureProcessor, build_dataset
from fuxictr.pytorch.dataloaders import RankDataLoader
from fuxictr.pytorch.torch_utils import seed_everything
from fuxictr.utils import load_config, set_logger

from .fuxi import Net


def main() -> None:
    params = load_config(sys.argv[1], "dnn")
    set_logger(params)
    seed_everything(seed=params["seed"])
    params["train_data"], params["valid_data"], params["test_data"] = build_dataset(FeatureProcessor(**params), **params)
    data_dir = os.path.join(params["data_root"], params["dataset_id"])
    feature_map = FeatureMap(params["dataset_id"], data_dir)
    feature_map.load(os.path.join(data_dir, "feature_map.json"), params)
    model = Net(feature_map, "dnn", model_root=params["model_root"], lr=params["learning_rate"])
    train, valid = RankDataLoader(feature_map, stage="train", **params)
    model.fit(train, validation_data=valid, **params)
    print(json.dumps({"validationAuc": float(model._best_metric)}), flush=True)  # that of the one epoch


if __name__ == "__main__":
    main()
