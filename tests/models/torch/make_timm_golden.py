#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Weights and features from timm's own models, for golden_test.cpp.

usage: make_timm_golden.py OUT_DIR [ARCHITECTURE...]
Writes, for each architecture (all when none is named; 1.1 GB), OUT_DIR/NAME.safetensors with seeded
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
LITES = [f"tf_efficientnet_lite{i}" for i in range(5)]
OTHERS = ["convnext_tiny", "mobilenetv3_large_100"]
# A transformer's input has to be of whole patches. Smaller and larger than what the positions were
# learned for; of the large one two blocks are enough, for all are alike.
TRANSFORMERS = {
    "vit_small_patch14_reg4_dinov2": {"size": 126},
    "vit_base_patch14_reg4_dinov2": {"size": 532, "depth": 2},
    "vit_small_patch16_dinov3": {"size": 176},
}
# Means of blocks, which are levels as well: after the blocks and the last norm.
MEANS = [range(2, 6), range(6, 10)]
# Even and odd sizes on the way down: TensorFlow's padding treats them differently.
SIZES = [128, 97, 110, 131]


def randomise_norm(m):
    torch.nn.init.uniform_(m.weight, 0.7, 1.3)
    torch.nn.init.normal_(m.bias, 0, 0.2)


def make_model(name):
    """Random weights under which neither activations nor rounding errors explode on the way up."""
    torch.manual_seed(0)
    more = {}
    if name in TRANSFORMERS:
        more = {"dynamic_img_size": True, "depth": TRANSFORMERS[name].get("depth", 12)}
    model = timm.create_model(name, pretrained=False, num_classes=0, **more).eval()
    for key, m in model.named_modules():
        if isinstance(m, torch.nn.BatchNorm2d):
            randomise_norm(m)
            torch.nn.init.normal_(m.running_mean, 0, 0.2)
            torch.nn.init.uniform_(m.running_var, 0.5, 1.5)
            if key.endswith("bn3") and ".0." not in key:
                m.weight.data *= 0.3  # what a block adds to what goes around it
        elif isinstance(m, torch.nn.LayerNorm):
            randomise_norm(m)
        elif isinstance(m, (torch.nn.Conv2d, torch.nn.Linear)):
            gain = 2 if isinstance(m, torch.nn.Conv2d) else 1
            torch.nn.init.normal_(m.weight, 0, (gain / m.weight[0].numel()) ** 0.5)
            # Stored as fp16: round first, so that both sides see the same numbers.
            m.weight.data = m.weight.data.half().float()
            if m.bias is not None:
                torch.nn.init.normal_(m.bias, 0, 0.2)
    for key, parameter in model.named_parameters():
        if "gamma" in key:  # how much a block adds
            torch.nn.init.uniform_(parameter, 0.1, 0.5)
        elif key in ("cls_token", "reg_token", "pos_embed"):
            torch.nn.init.normal_(parameter, 0, 0.5)
    # In double: what differs is then the other side's rounding alone.
    return model.double()


def level_modules(model, name):
    if name in TRANSFORMERS:
        # A network that is not cut short has its last norm as a level.
        return [*model.blocks, *([model.norm] if len(model.blocks) == 12 else [])]
    if "resnet" in name:
        return [model.maxpool, model.layer1, model.layer2, model.layer3, model.layer4]
    if "convnext" in name:
        return [model.stem, *model.stages]
    return [model.bn1, *model.blocks, *([model.bn2] if hasattr(model, "bn2") else [])]


def as_map(output, model):
    """The features of the only image, [channels, height, width]."""
    if output.dim() == 4:
        return output[0]
    tokens = output[0, model.num_prefix_tokens :]
    side = round(len(tokens) ** 0.5)
    return tokens.T.reshape(-1, side, side)


def add_means(golden, name):
    if name not in TRANSFORMERS or "level11.features" not in golden:
        return
    for level, blocks in enumerate(MEANS, start=13):
        parts = [golden[f"level{b}.features"].double() for b in blocks]
        golden[f"level{level}.features"] = torch.stack(parts).mean(0).float()


def features(model, name, picture):
    """Of all levels."""
    found = {}
    hooks = []
    for level, module in enumerate(level_modules(model, name)):
        # A copy: timm's layers work in place.
        def keep(_, __, output, level=level):
            found[f"level{level}.features"] = as_map(output, model).float().clone().contiguous()

        hooks.append(module.register_forward_hook(keep))
    with torch.no_grad():
        model.forward_features(picture[None].double())
    for hook in hooks:
        hook.remove()
    add_means(found, name)
    return found


def main():
    out = sys.argv[1]
    names = sys.argv[2:] or RESNETS + EFFICIENTNETS + LITES + OTHERS + list(TRANSFORMERS)
    os.makedirs(out, exist_ok=True)
    for i, name in enumerate(names):
        size = TRANSFORMERS.get(name, {}).get("size", SIZES[i % len(SIZES)])
        model = make_model(name)
        torch.manual_seed(1)
        other = features(model, name, torch.randn(3, size, size))
        picture = torch.randn(3, size, size)
        golden = features(model, name, picture)
        weights = {
            k: (v.half() if v.dim() in (2, 4) else v.float()).contiguous()
            for k, v in model.state_dict().items()
            if not k.endswith("num_batches_tracked")
        }
        save_file(weights, f"{out}/{name}.safetensors", {"architecture": name, "format": "pt"})
        # How much of a level depends on the picture: it should not be little.
        spread = [float((golden[k] - other[k]).abs().max() / golden[k].abs().max()) for k in other]
        golden["input"] = picture
        save_file(golden, f"{out}/{name}.golden.safetensors", {"architecture": name})
        print(f"{name}: {size} x {size}, spread", *(f"{x:.2f}" for x in spread), flush=True)


if __name__ == "__main__":
    main()
