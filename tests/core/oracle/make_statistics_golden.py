#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Writes what the oracle's statistics give on real features, for statistics_oracle_test.cpp.

usage: MVGA_SHARED=/path/to/shared make_statistics_golden.py OUT_DIR

Needs Debian's python3-torch, python3-pil, python3-sklearn, python3-numpy. Extracts the features of
bottle's train and test pictures with the oracle's own network, fits the Gaussians with the oracle's
own fit_gaussian, and writes for each backbone and level OUT_DIR/BACKBONE_levelN.safetensors:

  train.positions  f32 [n, h, w, c]   features of the train pictures
  train.averages   f32 [n, c]         the same averaged over their positions
  test.positions   f32 [m, h, w, c]   a few test pictures
  test.averages    f32 [k, c]         all test pictures
  image.*, pixel.* mean f64 [c], whitening f64 [kept, c], delta f64 [], squared f64 [vectors]:
                   the Gaussian, and the squared distances of test.averages or test.positions

and OUT_DIR/BACKBONE_pictures.safetensors: `pictures` u8 [n, size, size, 3], every picture of bottle
as the oracle scales it, in the order of its scores.csv.
"""
import glob
import importlib.util
import json
import os
import struct
import sys

import numpy as np
import torch
from PIL import Image

SHARED = os.environ.get('MVGA_SHARED') or sys.exit('MVGA_SHARED is not set')
STORED = {np.dtype('f8'): ('<f8', 'F64'), np.dtype('u1'): ('u1', 'U8')}
TEST_PICTURES = 4  # of which all positions are scored
BACKBONES = {
    'tf_efficientnet_b4': ('efficientnet_b4', (3, 4, 5, 6, 7), 380),
    'resnet18': ('resnet18', (0, 1, 2, 3), 224),
}


def load_reference():
    path = os.path.join(SHARED, 'reference', 'reference.py')
    spec = importlib.util.spec_from_file_location('reference', path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def save(path, tensors):
    header, offset, arrays = {}, 0, {}
    for key, value in tensors.items():
        stored, name = STORED.get(np.asarray(value).dtype, ('<f4', 'F32'))
        array = np.ascontiguousarray(value, stored)
        array = array.reshape(np.shape(value))  # ascontiguousarray makes a scalar a vector
        header[key] = {
            'dtype': name,
            'shape': list(array.shape),
            'data_offsets': [offset, offset + array.nbytes],
        }
        offset += array.nbytes
        arrays[key] = array
    text = json.dumps(header).encode()
    text += b' ' * (-len(text) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(text)) + text)
        for array in arrays.values():
            array.tofile(file)


def picture(path, size):
    return np.asarray(Image.open(path).convert('RGB').resize((size, size), Image.BILINEAR))


def features_of(reference, backbone, files):
    function, levels, size = BACKBONES[backbone]
    _, weights = reference.load_safetensors(f'{SHARED}/weights/{backbone}.safetensors')
    network = getattr(reference, function)

    def tensor(path):
        pixels = (picture(path, size).astype(np.float32) / 255 - reference.MEAN) / reference.STD
        return torch.from_numpy(pixels.transpose(2, 0, 1).copy())

    found = {level: [] for level in levels}
    with torch.inference_mode():
        for i in range(0, len(files), 4):
            batch = torch.stack([tensor(f) for f in files[i:i + 4]])
            output = network(weights, batch)
            for level in levels:
                found[level].append(output[level].numpy())
    return {level: np.concatenate(parts) for level, parts in found.items()}


def gaussian(reference, prefix, train, vectors):
    mean, whitening, delta = reference.fit_gaussian(train)
    squared = (((vectors.astype(np.float64) - mean) @ whitening.T)**2).sum(-1)
    print(f'  {prefix}: kept {len(whitening)} delta {delta:.9f}')
    return {
        f'{prefix}.mean': mean,
        f'{prefix}.whitening': whitening,
        f'{prefix}.delta': np.float64(delta),
        f'{prefix}.squared': squared,
    }


def main():
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    torch.set_num_threads(os.cpu_count())
    reference = load_reference()
    train, test = (sorted(glob.glob(f'{SHARED}/data/bottle/{part}/*/*.*')) for part in ('train', 'test'))
    for backbone, (_, _, size) in BACKBONES.items():
        save(f'{out}/{backbone}_pictures.safetensors',
             {'pictures': np.stack([picture(f, size) for f in train + test])})
        features = features_of(reference, backbone, train + test)
        for level, maps in features.items():
            print(f'{backbone} level {level}: {maps.shape}', flush=True)
            channels = maps.shape[1]
            averages = maps.mean((2, 3))
            positions = maps.transpose(0, 2, 3, 1)
            seen = len(train)
            some = positions[seen:][::max(1, len(test) // TEST_PICTURES)][:TEST_PICTURES]
            save(f'{out}/{backbone}_level{level}.safetensors', {
                'train.positions': positions[:seen],
                'train.averages': averages[:seen],
                'test.positions': some,
                'test.averages': averages[seen:],
                **gaussian(reference, 'image', averages[:seen], averages[seen:]),
                **gaussian(reference, 'pixel', positions[:seen].reshape(-1, channels),
                           some.reshape(-1, channels)),
            })


if __name__ == '__main__':
    main()
