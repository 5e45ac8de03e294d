"""Prints the scalars of event files as JSON, as TensorBoard reads them: {tag: [[step, value], ...]}.

    python read_events.py FOLDER
"""

import json
import sys

from tensorboard.backend.event_processing.event_accumulator import TENSORS, EventAccumulator
from tensorboard.util.tensor_util import make_ndarray

accumulator = EventAccumulator(sys.argv[1], size_guidance={TENSORS: 0})
accumulator.Reload()
scalars = {}
for tag in accumulator.Tags()["scalars"]:
    scalars[tag] = [[event.step, event.value] for event in accumulator.Scalars(tag)]
for tag in accumulator.Tags()["tensors"]:
    scalars[tag] = [[event.step, float(make_ndarray(event.tensor_proto))] for event in accumulator.Tensors(tag)]
print(json.dumps(scalars))
