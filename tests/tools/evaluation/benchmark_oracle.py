#!/usr/bin/python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""MVTec LOCO's and MVTec AD 2's metrics written down a second time, from the papers, slowly, in NumPy.

usage: benchmark_oracle.py make-loco CATEGORY       a small category in LOCO's layout, with all its oddities
       benchmark_oracle.py loco CATEGORY MAPS SCORES   of what mvga evaluate --tiff MAPS --scores SCORES wrote
       benchmark_oracle.py make-ad2 CATEGORY        the same in AD 2's layout
       benchmark_oracle.py limit MAPS               of maps of normal pictures, by mvga predict --maps
       benchmark_oracle.py segf1 CATEGORY MAPS LIMIT   of mvga evaluate --tiff MAPS

The last ones print JSON. Needs Debian's python3-numpy and python3-pil.
"""
import csv
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image

LIMITS = {'au_spro_01': 0.01, 'au_spro_05': 0.05, 'au_spro_10': 0.1, 'au_spro_30': 0.3, 'au_spro': 1}
SIZE = (40, 48)

DEFECTS = [
    {'defect_name': 'missing', 'pixel_value': 255, 'saturation_threshold': 60, 'relative_saturation': False},
    {'defect_name': 'too_many', 'pixel_value': 254, 'saturation_threshold': 100000, 'relative_saturation': False},
    {'defect_name': 'cut', 'pixel_value': 253, 'saturation_threshold': 1.0, 'relative_saturation': True},
    {'defect_name': 'stain', 'pixel_value': 7, 'saturation_threshold': 0.35, 'relative_saturation': True},
]


# ---- made-up data

def texture(random):
    return random.integers(90, 130, SIZE + (3,)).astype(np.uint8)


def save(pixels, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(file)


def block(random):
    top, left = random.integers(0, SIZE[0] - 12), random.integers(0, SIZE[1] - 14)
    return np.s_[top:top + random.integers(3, 12), left:left + random.integers(3, 14)]


def make_loco(category):
    random = np.random.default_rng(5)
    for i in range(12):
        save(texture(random), category / f'train/good/{i:03}.png')
    for i in range(5):
        save(texture(random), category / f'test/good/{i:03}.png')
    for kind, values in (('logical_anomalies', (255, 254)), ('structural_anomalies', (253, 7, 255))):
        for i in range(4):
            picture = texture(random)
            for number in range(1 + i % 3):  # several masks of a picture, which may overlap
                where = block(random)
                picture[where] = random.integers(0, 256)
                mask = np.zeros(SIZE, np.uint8)
                mask[where] = values[(i + number) % len(values)]
                save(mask, category / f'ground_truth/{kind}/{i:03}/{number:03}.png')
            save(picture, category / f'test/{kind}/{i:03}.png')
    (category / 'defects_config.json').write_text(json.dumps(DEFECTS))


def make_ad2(category):
    random = np.random.default_rng(6)
    for folder, count, name in (('train/good', 12, 'regular'), ('validation/good', 5, 'regular'),
                                ('test_public/good', 4, 'regular'), ('test_private', 3, 'regular'),
                                ('test_private_mixed', 3, 'mixed')):
        for i in range(count):
            save(texture(random), category / f'{folder}/{i:03}_{name}.png')
    for i, light in enumerate(('regular', 'overexposed', 'underexposed')):
        picture, where = texture(random), block(random)
        picture[where] = 250
        mask = np.zeros(SIZE, np.uint8)
        mask[where] = 255
        save(picture, category / f'test_public/bad/{i:03}_{light}.png')
        save(mask, category / f'test_public/ground_truth/bad/{i:03}_{light}_mask.png')


# ---- metrics

def read_map(file):
    return np.asarray(Image.open(file), np.float32)


def saturation(area, kind):
    if kind['relative_saturation']:
        return max(1, int(kind['saturation_threshold'] * area))
    return min(kind['saturation_threshold'], area)


def area_under(rates, heights, limit):
    """By trapezes, up to the limit, divided by it."""
    area = 0.0
    for x0, x1, y0, y1 in zip(rates, rates[1:], heights, heights[1:]):
        if x0 >= limit:
            break
        if x1 > limit:
            y1 = y0 + (y1 - y0) * (limit - x0) / (x1 - x0)
            x1 = limit
        area += (x1 - x0) * (y0 + y1) / 2
    return area / limit


def au_spro(maps, defects):
    """maps: of all pictures; defects: for each a list of (pixels, saturation). One threshold after the other."""
    thresholds = np.unique(np.concatenate([m.ravel() for m in maps]))[::-1]
    good = [~np.any([pixels for pixels, _ in d], axis=0) if d else np.ones(m.shape, bool)
            for m, d in zip(maps, defects)]
    negatives = sum(g.sum() for g in good)
    rates, overlaps = [0.0], [0.0]
    for t in thresholds:
        rates.append(sum(((m >= t) & g).sum() for m, g in zip(maps, good)) / negatives)
        overlaps.append(np.mean([min(((m >= t) & pixels).sum() / enough, 1)
                                 for m, d in zip(maps, defects) for pixels, enough in d]))
    return {key: 100 * area_under(rates, overlaps, limit) for key, limit in LIMITS.items()}


def auroc(good, bad):
    pairs = [(b > g) + 0.5 * (b == g) for g in good for b in bad]
    return 100 * np.mean(pairs)


def loco(category, maps, scores):
    kinds = {kind['pixel_value']: kind for kind in json.loads((category / 'defects_config.json').read_text())}
    image_scores = {}
    with open(scores, encoding='utf-8') as lines:
        for line in csv.DictReader(lines):
            image_scores.setdefault(line['kind'], []).append(float(line['score']))
    result = {}
    for part in ('logical_anomalies', 'structural_anomalies'):
        all_maps, all_defects = [], []
        for name in ('good', part):
            for file in sorted((maps / 'test' / name).glob('*.tiff')):
                all_maps.append(read_map(file))
                defects = []
                for mask in sorted((category / 'ground_truth' / name / file.stem).glob('*.png')):
                    pixels = np.asarray(Image.open(mask))
                    defects.append((pixels > 0, saturation((pixels > 0).sum(), kinds[pixels.max()])))
                all_defects.append(defects)
        result[part] = au_spro(all_maps, all_defects)
        result[part]['image_auroc'] = auroc(image_scores['good'], image_scores[part])
    parts = list(result.values())
    result['mean'] = {key: (parts[0][key] + parts[1][key]) / 2 for key in parts[0]}
    return result


def limit_of(folder):
    values = np.concatenate([read_map(file).ravel() for file in sorted(folder.rglob('*.tiff'))]).astype(np.float64)
    return {'limit': values.mean() + 3 * values.std()}


def segf1(category, maps, limit):
    both = above = marked = 0
    for kind in ('good', 'bad'):
        for file in sorted((maps / 'test' / kind).glob('*.tiff')):
            cut = read_map(file) > limit
            truth = np.zeros(cut.shape, bool)
            if kind == 'bad':
                truth = np.asarray(Image.open(category / f'test_public/ground_truth/bad/{file.stem}_mask.png')) > 0
            both, above, marked = both + (cut & truth).sum(), above + cut.sum(), marked + truth.sum()
    precision, recall = both / above, both / marked
    return {'segf1': 100 * 2 * precision * recall / (precision + recall)}


def main():
    what, *arguments = sys.argv[1:]
    paths = [Path(argument) for argument in arguments]
    if what == 'make-loco':
        make_loco(*paths)
    elif what == 'make-ad2':
        make_ad2(*paths)
    elif what == 'loco':
        print(json.dumps(loco(*paths)))
    elif what == 'limit':
        print(json.dumps(limit_of(*paths)))
    elif what == 'segf1':
        print(json.dumps(segf1(paths[0], paths[1], float(arguments[2]))))
    else:
        sys.exit(__doc__)


if __name__ == '__main__':
    main()
