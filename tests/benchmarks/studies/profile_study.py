#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""What each choice of the profile `calibrated` is worth, over all sets at once: everything behind the
distances is done here once more, in numpy, with every choice in turn. The distances come from
dump-evidence, about one mean and about what is normal by place, learned without `light`.
Prints, for every choice, the mean over the sets and the least difference to `paper` on any of them.

usage: profile_study.py EVIDENCE.json...    of one backbone, a set each
Debian: python3-numpy python3-scipy python3-pil
"""
import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import ndimage, stats

PLACED, PLAIN = 0, 1
PAPER_LEVELS = (3, 4, 5, 6, 7)  # of EfficientNet; other networks have the same levels for all
FINE = (2, 3, 4, 5, 6)
SURROUNDINGS = 0.03
MASK_SIDE = 256  # masks are scaled down to it: differences count here, not published values


class Set:
    def __init__(self, index_file):
        index = json.loads(Path(index_file).read_text())
        pictures = index["pictures"]
        kinds = np.array([p["kind"] for p in pictures])
        train, test = np.flatnonzero(kinds == "train"), np.flatnonzero(kinds != "train")
        values = np.fromfile(Path(index_file).with_suffix(".bin"), np.float32)
        values = values.reshape(len(pictures), -1)
        self.name = Path(index_file).stem
        self.anomalous = kinds[test] != "good"
        self.maps, self.image = ({}, {}), ({}, {})  # [placed or plain][level]: (held out, test)
        at = 0
        for which in (PLACED, PLAIN):
            for level, _, h, w in index["levels"]:
                maps = values[:, at : at + h * w].reshape(-1, h, w)
                self.maps[which][level] = maps[train], maps[test]
                at += h * w
            for level, *_ in index["levels"]:
                self.image[which][level] = values[train, at], values[test, at]
                at += 1
        levels = sorted(self.maps[PLAIN])
        self.several = len(levels) > 4
        self.paper_levels = [k for k in levels if k in PAPER_LEVELS] if self.several else levels
        self.masks = masks_of([pictures[i]["mask"] for i in test])

    def fused(self, which, levels=None, change=None, normalised=True):
        """Mean over the levels, on the grid of the finest."""
        if levels is None:
            levels = [k for k in self.maps[which] if k in FINE] if self.several else self.maps[which]
        shape = max((self.maps[which][k][0].shape[1:] for k in levels), key=np.prod)
        fused = [0, 0]
        for level in levels:
            maps = [change(m) if change else m for m in self.maps[which][level]]
            if normalised:
                mean, deviation = maps[0].mean(dtype=float), maps[0].std(dtype=float)
                maps = [(m - mean) / deviation for m in maps]
            for i in (0, 1):
                fused[i] = fused[i] + resize(maps[i], *shape) / len(levels)
        return fused

    def image_distances(self, which):
        return [sum(self.image[which][k][i].astype(float) for k in self.paper_levels) for i in (0, 1)]


def masks_of(files):
    if not any(files):
        return None
    masks = [scaled_down(np.asarray(Image.open(f).convert("L")) > 127) if f else None for f in files]
    shape = next(m.shape for m in masks if m is not None)
    return [np.zeros(shape, bool) if m is None else m for m in masks]


def scaled_down(mask):
    factor = max(*mask.shape, MASK_SIDE) / MASK_SIDE
    shape = [max(1, round(side / factor)) for side in mask.shape]
    rows, columns = (np.arange(a) * b // a for a, b in zip(mask.shape, shape))
    share, count = np.zeros(shape), np.zeros(shape)
    np.add.at(share, (rows[:, None], columns), mask)
    np.add.at(count, (rows[:, None], columns), 1)
    share /= count
    return share >= min(0.5, share.max()) if mask.any() else share > 1


# ---- maps and scores ----------------------------------------------------------------------------


def resize_matrix(size, new):
    at = np.clip((np.arange(new) + 0.5) * size / new - 0.5, 0, size - 1)
    low = at.astype(int)
    matrix = np.zeros((new, size), np.float32)
    np.add.at(matrix, (np.arange(new), low), 1 - (at - low))
    np.add.at(matrix, (np.arange(new), np.minimum(low + 1, size - 1)), at - low)
    return matrix


def resize(maps, height, width):
    return resize_matrix(maps.shape[-2], height) @ maps @ resize_matrix(maps.shape[-1], width).T


def surroundings(size):
    at = np.arange(size)
    near = np.abs(at[:, None] - at) <= np.floor(SURROUNDINGS * size + 0.5)
    return near / near.sum(1, keepdims=True)


def habit(held_out, usual=0.0, both=True):
    """How far normal maps lie from their mean at a place, beyond chance."""
    smooth = surroundings(held_out.shape[1]) @ held_out @ surroundings(held_out.shape[2]).T
    away = smooth.mean(0) - held_out.mean()
    away = np.sign(away) * np.maximum(np.abs(away) - usual * held_out.std(), 0)
    if not both:
        away = np.maximum(away, 0)
    variance = smooth.var(0, ddof=1)
    error = np.maximum(variance, variance.mean()) / len(held_out)
    return away * np.maximum(1 - 4 * error / np.maximum(np.abs(away), 1e-9) ** 2, 0)


def less(maps, share, **how):
    off = share * habit(maps[0], **how)
    return [m - off for m in maps]


def less_usual(maps):
    off = habit(maps[0], usual=0.5, both=False) + 0.5 * np.minimum(habit(maps[0]), 0)
    return [m - off for m in maps]


def top(maps, share=0.003):
    count = max(1, round(share * maps[0][0].size))
    return [np.sort(m.reshape(len(m), -1))[:, -count:].mean(1) for m in maps]


def spread(maps):
    above = [np.maximum(m - np.median(m, (1, 2), keepdims=True), 0) for m in maps]
    return [np.sqrt(np.square(a).mean((1, 2))) for a in above]


def surprise(pair):
    """-ln p of the test's, by mean and deviation of the held-out ones."""
    held_out, test = pair
    z = (test - held_out.mean()) / max(held_out.std(), 1e-3)
    return -stats.norm.logsf(np.maximum(z, -6))


def surprise_of_logarithm(pair):
    return surprise([np.log(np.maximum(p, 1e-30)) for p in pair])


def choices(s):
    """(name, test maps, test scores)"""
    image = surprise_of_logarithm(s.image_distances(PLAIN))
    relative = surprise_of_logarithm(s.image_distances(PLACED))
    paper_map = s.fused(PLAIN, s.paper_levels, normalised=False)[1]
    yield "`paper`", paper_map, s.image_distances(PLAIN)[1]
    old = less(s.fused(PLAIN), 1, usual=0.5, both=False)
    old_map = less(s.fused(PLAIN, change=np.log), 1, usual=0.5, both=False)
    old_score = surprise_of_logarithm(spread(old)) + 0.5 * relative
    yield "`calibrated-0.1`", old_map[1], old_score
    placed = s.fused(PLACED, change=np.log)
    ours = less_usual(placed)
    part = surprise(top(ours))
    score = image + part / 3
    yield "**`calibrated`**", ours[1], score
    plain = less_usual(s.fused(PLAIN, change=np.log))
    yield "*instead:* one mean for all places", plain[1], image + surprise(top(plain)) / 3
    yield "*instead:* nothing taken off by place", placed[1], image + surprise(top(placed)) / 3
    whole = less(placed, 1, usual=0.5, both=False)
    yield "*instead:* the surplus alone taken off", whole[1], image + surprise(top(whole)) / 3
    half = less(placed, 0.5)
    yield "*instead:* half to either side taken off", half[1], image + surprise(top(half)) / 3
    distances = less_usual(s.fused(PLACED))
    yield "*instead:* distances, no logarithms", distances[1], image + surprise(top(distances)) / 3
    yield "*instead:* average vectors as in 0.1", ours[1], relative + part / 3
    for name, weight in (("half the", 0.5), ("the same", 1), ("no", 0)):
        yield f"*instead:* {name} weight for the map", ours[1], image + weight * part
    for share in (0.001, 0.01):
        yield f"*instead:* the top {share:.1%}", ours[1], image + surprise(top(ours, share)) / 3
    yield "*instead:* spread above the median", ours[1], image + surprise_of_logarithm(spread(ours)) / 3
    if s.several:
        for levels in ((3, 4, 5, 6), (2, 3, 4, 5), (2, 3, 4, 5, 6, 7)):
            maps = less_usual(s.fused(PLACED, levels, np.log))
            name = f"*instead:* levels {levels[0]} to {levels[-1]}"
            yield name, maps[1], image + surprise(top(maps)) / 3


# ---- metrics ------------------------------------------------------------------------------------


def auroc(scores, positive):
    ranks = stats.rankdata(scores)[positive].sum()
    p = positive.sum()
    return 100 * (ranks - p * (p + 1) / 2) / (p * (len(positive) - p))


def pro(maps, masks, limit=0.3):
    scores, weights, normal, count = [], [], [], 0
    for values, mask in zip(maps, masks):
        labels, regions = ndimage.label(mask, np.ones((3, 3)))
        sizes = np.bincount(labels.ravel(), minlength=regions + 1).astype(float)
        sizes[0] = np.inf
        scores.append(resize(values, *mask.shape).ravel())
        weights.append(1 / sizes[labels.ravel()])
        normal.append(labels.ravel() == 0)
        count += regions
    order = np.argsort(-np.concatenate(scores), kind="stable")
    normal, weights = np.concatenate(normal)[order], np.concatenate(weights)[order]
    false, overlap = np.cumsum(normal) / normal.sum(), np.cumsum(weights) / count
    end = np.searchsorted(false, limit)
    last = overlap[min(end, len(overlap) - 1)]
    x, y = np.r_[0, false[:end], limit], np.r_[0, overlap[:end], last]
    return 100 * np.sum(np.diff(x) * (y[1:] + y[:-1]) / 2) / limit


def main():
    table = {}
    for file in sys.argv[1:]:
        s = Set(file)
        print(s.name, file=sys.stderr, flush=True)
        for name, maps, scores in choices(s):
            value = pro(maps, s.masks) if s.masks else np.nan
            table.setdefault(name, []).append((auroc(scores, s.anomalous), value))
    paper = np.array(table["`paper`"])
    print("| | image AUROC | least less `paper` | PRO | least less `paper` |\n|---|---|---|---|---|")
    for name, rows in table.items():
        rows = np.array(rows)
        means, least = np.nanmean(rows, 0), np.nanmin(rows - paper, 0)
        print(f"| {name} | {means[0]:.2f} | {least[0]:+.1f} | {means[1]:.1f} | {least[1]:+.1f} |")


if __name__ == "__main__":
    main()
