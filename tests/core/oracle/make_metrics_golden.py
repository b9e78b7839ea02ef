#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Writes what scikit-learn, SciPy and plain NumPy say of random maps, for metrics_oracle_test.cpp.

usage: make_metrics_golden.py OUT_DIR

Needs Debian's python3-sklearn (with SciPy and NumPy). OUT_DIR/metrics.safetensors has, for each case N:
  N.maps f32 [pictures, h, w], N.masks u8 of the same shape, and the expected numbers, f64:
  N.auroc, N.average_precision, N.f1_max, N.pro_30, N.pro_05.
The cases differ in how many equal scores there are.
"""
import json
import os
import struct
import sys

import numpy as np
from scipy.ndimage import label
from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score


def pro(maps, masks, limit):
    """One threshold after the other, as slowly as it is written."""
    components = []
    for i, mask in enumerate(masks):
        labels, count = label(mask, np.ones((3, 3)))
        components += [(i, labels == k + 1) for k in range(count)]
    normal = np.sort(maps[masks == 0].astype(np.float64))
    inside = [np.sort(maps[i][where].astype(np.float64)) for i, where in components]
    thresholds = np.unique(maps)[::-1]
    rate = [0.0] + [(normal >= t).mean() for t in thresholds]
    overlap = [0.0] + [np.mean([(v >= t).mean() for v in inside]) for t in thresholds]
    area = 0.0
    for x0, x1, y0, y1 in zip(rate, rate[1:], overlap, overlap[1:]):
        if x0 >= limit:
            break
        if x1 > limit:
            y1 = y0 + (y1 - y0) * (limit - x0) / (x1 - x0)
            x1 = limit
        area += (x1 - x0) * (y0 + y1) / 2
    return area / limit


def f1_max(masks, maps):
    precision, recall, _ = precision_recall_curve(masks.ravel(), maps.ravel())
    both = precision + recall
    return np.max(np.where(both > 0, 2 * precision * recall / np.where(both > 0, both, 1), 0))


def case(random, distinct):
    masks = np.zeros((6, 40, 50), np.uint8)
    for mask in masks[1:]:  # the first picture is normal
        for _ in range(random.integers(1, 4)):
            y, x = random.integers(0, 34), random.integers(0, 40)
            mask[y:y + random.integers(1, 6), x:x + random.integers(1, 10)] = 1
    masks[1, 20, 20] = masks[1, 21, 21] = 1  # touch at a corner
    maps = random.normal(size=masks.shape) + 1.5 * masks
    if distinct:
        maps = np.round(maps * distinct) / distinct
    return maps.astype(np.float32), masks


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    random = np.random.default_rng(1)
    tensors = {}
    for name, distinct in (('ties', 4), ('many_ties', 1), ('distinct', 0)):
        maps, masks = case(random, distinct)
        tensors.update({
            f'{name}.maps': maps,
            f'{name}.masks': masks,
            f'{name}.auroc': np.float64(roc_auc_score(masks.ravel(), maps.ravel())),
            f'{name}.average_precision': np.float64(average_precision_score(masks.ravel(), maps.ravel())),
            f'{name}.f1_max': np.float64(f1_max(masks, maps)),
            f'{name}.pro_30': np.float64(pro(maps, masks, 0.3)),
            f'{name}.pro_05': np.float64(pro(maps, masks, 0.05)),
        })
    types = {'float32': 'F32', 'float64': 'F64', 'uint8': 'U8'}
    header, offset = {}, 0
    for key, value in tensors.items():
        header[key] = {'dtype': types[str(value.dtype)], 'shape': list(value.shape),
                       'data_offsets': [offset, offset + value.nbytes]}
        offset += value.nbytes
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(f'{out}/metrics.safetensors', 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for value in tensors.values():
            file.write(value.tobytes())


if __name__ == '__main__':
    main()
