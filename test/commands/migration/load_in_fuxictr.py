"""Reads the fixtures of packages/migrate with FuxiCTR's own loader, and prints what it makes of them. Not part of the test suite.

    pip download --no-deps fuxictr && unzip -q fuxictr-*.whl -d fuxictr-source
    python test/commands/migration/load_in_fuxictr.py fuxictr-source        # needs PyYAML; FuxiCTR's other packages are not loaded
"""
import importlib.util
import pathlib
import sys
import types

FIXTURES = pathlib.Path(__file__).parents[2] / "packages/migrate/test/fixtures"
EXPERIMENTS = [("shop/config", "DNN_shop", None), ("folders/config", "DCNv2_small", "visits")]


def loader(source):
    """fuxictr.utils alone: the package itself would load PyTorch, Polars and Ray."""
    package = types.ModuleType("fuxictr")
    package.__version__ = "unknown"
    sys.modules["fuxictr"] = package
    spec = importlib.util.spec_from_file_location("fuxictr.utils", pathlib.Path(source) / "fuxictr/utils.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


utils = loader(sys.argv[1])
for folder, experiment, dataset in EXPERIMENTS:
    config = str(FIXTURES / folder)
    params = utils.load_model_config(config, experiment)
    params.update(utils.load_dataset_config(config, dataset or params["dataset_id"]))
    assert params["feature_cols"] and params["label_col"]["name"]
    print(f"{experiment}: {len(params)} keys, model {params['model']}, {len(params['feature_cols'])} columns")
