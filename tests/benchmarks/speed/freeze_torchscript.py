#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""The networks in plain PyTorch, traced and frozen: what our backbones are compared with.

usage: freeze_torchscript.py WEIGHTS.safetensors ARCHITECTURE OUT.pt
Needs Debian's python3-torch (run with /usr/bin/python3). Architectures: tf_efficientnet_b4 (380
pixels, levels 3-7) and resnet18 (224 pixels, levels 0-3). The input is [1, 3, S, S], channels last;
the output a tuple of the levels. The extra file `operations` says how many multiplications and
additions the convolutions are, which is next to all of the network.
"""
import json
import struct
import sys
import warnings

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def load_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = file.read()
    header.pop("__metadata__", None)
    types = {"F16": "<f2", "F32": "<f4"}
    tensors = {}
    for key, entry in header.items():
        begin, end = entry["data_offsets"]
        array = np.frombuffer(data[begin:end], types[entry["dtype"]]).astype("f4")
        tensors[key] = torch.from_numpy(array.reshape(entry["shape"]))
    return tensors


class SameConv2d(nn.Conv2d):
    """TensorFlow's padding. Only an uneven one needs a padded copy of the input."""

    def forward(self, x):
        pads = []
        for size, kernel, stride in zip(x.shape[-2:], self.kernel_size, self.stride):
            pads.append(max((-(-int(size) // stride) - 1) * stride + kernel - int(size), 0))
        if all(p % 2 == 0 for p in pads):
            padding = [p // 2 for p in pads]
            return F.conv2d(x, self.weight, self.bias, self.stride, padding, 1, self.groups)
        h, w = pads
        x = F.pad(x, [w // 2, w - w // 2, h // 2, h - h // 2])
        return F.conv2d(x, self.weight, self.bias, self.stride, 0, 1, self.groups)


class SqueezeExcite(nn.Module):
    def __init__(self, channels, reduced):
        super().__init__()
        self.conv_reduce = nn.Conv2d(channels, reduced, 1)
        self.conv_expand = nn.Conv2d(reduced, channels, 1)

    def forward(self, x):
        squeezed = F.silu(self.conv_reduce(x.mean((2, 3), keepdim=True)))
        return x * torch.sigmoid(self.conv_expand(squeezed))


def norm(channels):
    return nn.BatchNorm2d(channels, eps=1e-3)


class InvertedBottleneck(nn.Module):
    def __init__(self, channels, out, kernel, stride, expansion):
        super().__init__()
        wide = channels * expansion
        self.expands = expansion > 1
        self.residual = stride == 1 and channels == out
        self.conv_dw = SameConv2d(wide, wide, kernel, stride, groups=wide, bias=False)
        self.se = SqueezeExcite(wide, channels // 4)
        if self.expands:
            self.conv_pw, self.bn1 = nn.Conv2d(channels, wide, 1, bias=False), norm(wide)
            self.conv_pwl, self.bn3 = nn.Conv2d(wide, out, 1, bias=False), norm(out)
            self.bn2 = norm(wide)
        else:
            self.conv_pw, self.bn2 = nn.Conv2d(wide, out, 1, bias=False), norm(out)
            self.bn1 = norm(wide)

    def forward(self, x):
        y = x
        if self.expands:
            y = F.silu(self.bn1(self.conv_pw(y)))
            y = self.se(F.silu(self.bn2(self.conv_dw(y))))
            y = self.bn3(self.conv_pwl(y))
        else:
            y = self.se(F.silu(self.bn1(self.conv_dw(y))))
            y = self.bn2(self.conv_pw(y))
        return y + x if self.residual else y


class EfficientNetB4(nn.Module):
    size = 380
    stages = [(2, 3, 1, 1, 24), (4, 3, 2, 6, 32), (4, 5, 2, 6, 56), (6, 3, 2, 6, 112),
              (6, 5, 1, 6, 160), (8, 5, 2, 6, 272), (2, 3, 1, 6, 448)]  # fmt: skip

    def __init__(self):
        super().__init__()
        channels = 48
        self.conv_stem, self.bn1 = SameConv2d(3, channels, 3, 2, bias=False), norm(channels)
        self.blocks = nn.ModuleList()
        for repeats, kernel, stride, expansion, out in self.stages:
            stage = nn.Sequential()
            for r in range(repeats):
                first = r == 0
                stage.append(
                    InvertedBottleneck(
                        channels if first else out, out, kernel, stride if first else 1, expansion
                    )
                )
            self.blocks.append(stage)
            channels = out

    def forward(self, x):
        x = F.silu(self.bn1(self.conv_stem(x)))
        levels = []
        for number, stage in enumerate(self.blocks, start=1):
            x = stage(x)
            if number >= 3:
                levels.append(x)
        return tuple(levels)


class BasicBlock(nn.Module):
    def __init__(self, channels, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, out, 3, stride, 1, bias=False)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(out), nn.BatchNorm2d(out)
        self.downsample = None
        if stride > 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, out, 1, stride, bias=False), nn.BatchNorm2d(out)
            )

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        around = self.downsample(x) if self.downsample else x
        return F.relu(self.bn2(self.conv2(y)) + around)


class ResNet18(nn.Module):
    size = 224

    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        channels = 64
        for number in (1, 2, 3):
            out = 64 << (number - 1)
            blocks = nn.Sequential(
                BasicBlock(channels, out, 1 if number == 1 else 2), BasicBlock(out, out, 1)
            )
            setattr(self, f"layer{number}", blocks)
            channels = out

    def forward(self, x):
        level0 = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 3, 2, 1)
        level1 = self.layer1(level0)
        level2 = self.layer2(level1)
        return level0, level1, level2, self.layer3(level2)


def operations_of(network, example):
    """Two for each product of a weight and an input."""
    count = 0

    def add(module, _, output):
        nonlocal count
        count += 2 * output.numel() * module.weight[0].numel()

    hooks = [m.register_forward_hook(add) for m in network.modules() if isinstance(m, nn.Conv2d)]
    network(example)
    for hook in hooks:
        hook.remove()
    return count


def main():
    weights, architecture, out = sys.argv[1:]
    network = {"tf_efficientnet_b4": EfficientNetB4, "resnet18": ResNet18}[architecture]()
    missing, _ = network.load_state_dict(load_safetensors(weights), strict=False)
    missing = [key for key in missing if not key.endswith("num_batches_tracked")]
    if missing:
        sys.exit(f"{weights}: no {', '.join(missing)}")
    network = network.eval().to(memory_format=torch.channels_last)
    example = torch.zeros(1, 3, network.size, network.size)
    # The padding is worked out for this one size, which is what is wanted.
    warnings.simplefilter("ignore", torch.jit.TracerWarning)
    with torch.no_grad():
        operations = operations_of(network, example)
        traced = torch.jit.trace(network, example.contiguous(memory_format=torch.channels_last))
        extra = {"operations": str(operations)}
        torch.jit.save(torch.jit.freeze(traced), out, _extra_files=extra)


if __name__ == "__main__":
    main()
