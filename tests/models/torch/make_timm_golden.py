#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Weights and features from timm's own models, for golden_test.cpp.

usage: make_timm_golden.py OUT_DIR [ARCHITECTURE...]
Writes, for each architecture (all when none is named; 0.9 GB), OUT_DIR/NAME.safetensors with seeded
random weights and OUT_DIR/NAME.golden.safetensors with an input and timm's features of every level.

On Debian 12, with python3-torch and python3-torchvision installed:
  /usr/bin/python3 -m venv --system-site-packages VENV
  VENV/bin/pip install --no-deps timm==1.0.31 safetensors==0.8.0 huggingface_hub==0.36.0 \\
      tqdm filelock fsspec packaging
"""
import os
import sys

import timm
import torch
from safetensors.torch import save_file

RESNETS = ["resnet18", "resnet34", "resnet50", "wide_resnet50_2"]
EFFICIENTNETS = [f"{p}efficientnet_b{i}" for i in range(8) for p in ("", "tf_")]
# Even and odd sizes on the way down: TensorFlow's padding treats them differently.
SIZES = [128, 97, 110, 131]


def make_model(name):
    """Random weights under which neither activations nor rounding errors explode on the way up."""
    torch.manual_seed(0)
    model = timm.create_model(name, pretrained=False, num_classes=0).eval()
    for key, m in model.named_modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(m.weight, 0.7, 1.3)
            torch.nn.init.normal_(m.bias, 0, 0.2)
            torch.nn.init.normal_(m.running_mean, 0, 0.2)
            torch.nn.init.uniform_(m.running_var, 0.5, 1.5)
            if key.endswith("bn3") and ".0." not in key:
                m.weight.data *= 0.3  # what a block adds to what goes around it
        elif isinstance(m, torch.nn.Conv2d):
            torch.nn.init.normal_(m.weight, 0, (2 / m.weight[0].numel()) ** 0.5)
            # Stored as fp16: round first, so that both sides see the same numbers.
            m.weight.data = m.weight.data.half().float()
            if m.bias is not None:
                torch.nn.init.normal_(m.bias, 0, 0.2)
    # In double: what differs is then the other side's rounding alone.
    return model.double()


def level_modules(model, name):
    if "resnet" in name:
        return [model.maxpool, model.layer1, model.layer2, model.layer3, model.layer4]
    return [model.bn1, *model.blocks, model.bn2]


def main():
    out = sys.argv[1]
    names = sys.argv[2:] or RESNETS + EFFICIENTNETS
    os.makedirs(out, exist_ok=True)
    for i, name in enumerate(names):
        size = SIZES[i % len(SIZES)]
        model = make_model(name)
        golden = {}
        for level, module in enumerate(level_modules(model, name)):
            # A copy: timm's layers work in place.
            def keep(_, __, output, level=level):
                golden[f"level{level}.features"] = output[0].float().clone().contiguous()

            module.register_forward_hook(keep)
        torch.manual_seed(1)
        with torch.no_grad():
            model(torch.randn(1, 3, size, size).double())
            other = dict(golden)
            golden["input"] = torch.randn(3, size, size)
            model(golden["input"][None].double())
        weights = {
            k: (v.half() if v.dim() == 4 else v.float()).contiguous()
            for k, v in model.state_dict().items()
            if not k.endswith("num_batches_tracked")
        }
        save_file(weights, f"{out}/{name}.safetensors", {"architecture": name, "format": "pt"})
        save_file(golden, f"{out}/{name}.golden.safetensors", {"architecture": name})
        # How much of a level depends on the picture: it should not be little.
        spread = [float((golden[k] - other[k]).abs().max() / golden[k].abs().max()) for k in other]
        print(f"{name}: {size} x {size}, spread", *(f"{x:.2f}" for x in spread), flush=True)


if __name__ == "__main__":
    main()
