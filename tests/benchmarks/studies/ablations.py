#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
#
# What each choice of the profile `calibrated-0.1` is worth: the method written down once more in numpy,
# with every choice in turn, from the features that dump-features wrote. Its first row and the one of
# `calibrated-0.1` have to agree with `mvga evaluate --profile paper` and `--profile calibrated-0.1`.
# usage: ablations.py [--train N] FEATURES.json...    N: learn from so many pictures only
import argparse
import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy import integrate, ndimage, stats

PAPER_LEVELS = (3, 4, 5, 6, 7)
VARIANCE = 0.05  # that opposite PCA keeps
SURROUNDINGS = 0.03  # of the side, to each side, over which a place's surplus is averaged


class Category:
    def __init__(self, index_file, train_pictures):
        index = json.loads(Path(index_file).read_text())
        self.name = Path(index_file).stem
        self.shapes = {level: (c, h, w) for level, c, h, w in index["levels"]}
        pictures = index["pictures"]
        size = sum(c * h * w for c, h, w in self.shapes.values())
        values = np.memmap(Path(index_file).with_suffix(".bin"), np.float32, "r")
        self.values = values.reshape(len(pictures), size)
        kinds = np.array([p["kind"] for p in pictures])
        self.train = np.flatnonzero(kinds == "train")
        if train_pictures:
            spread = np.linspace(0, len(self.train) - 1, train_pictures)
            self.train = self.train[spread.astype(int)]
        self.test = np.flatnonzero(kinds != "train")
        self.anomalous = kinds[self.test] != "good"
        self.masks = [self.mask(pictures[i]) for i in self.test]
        self.regions = [ndimage.label(m, np.ones((3, 3))) for m in self.masks]

    @staticmethod
    def mask(picture):
        if picture["mask"]:
            return np.array(Image.open(picture["mask"]).convert("L")) > 0
        width, height = Image.open(picture["file"]).size
        return np.zeros((height, width), bool)

    def features(self, level, pictures):
        start = 0
        for other, (c, h, w) in self.shapes.items():
            if other == level:
                flat = self.values[pictures, start : start + c * h * w]
                return np.asarray(flat, np.float64).reshape(len(pictures), h * w, c)
            start += c * h * w
        raise KeyError(level)


# ---- Gaussians ----------------------------------------------------------------------------------


def whitening(vectors, variance=VARIANCE):
    """Mean and W such that |(x - mean) W|^2 is the squared distance: opposite PCA, Ledoit-Wolf."""
    vectors = vectors.reshape(-1, vectors.shape[-1])
    n, mean = len(vectors), vectors.mean(0)
    variances, directions = np.linalg.eigh((vectors - mean).T @ (vectors - mean) / n)
    variances, directions = np.maximum(variances[::-1], 0), directions[:, ::-1]
    share = np.cumsum(variances) / variances.sum()
    first = 0 if variance == 1 else min(np.searchsorted(share, 1 - variance, side="right"), len(share) - 1)
    kept, directions = variances[first:], directions[:, first:]
    fourth = np.mean(np.square(np.square((vectors - mean) @ directions).sum(1)))
    spread = np.square(kept - kept.mean()).sum()
    error = (fourth - np.square(kept).sum()) / n
    delta = np.clip(error / spread, 0, 1) if spread > 0 else 0
    return mean, directions / np.sqrt((1 - delta) * kept + delta * kept.mean())


def squared_distances(vectors, gaussian):
    mean, w = gaussian
    return np.square((vectors - mean) @ w).sum(-1)


def image_distances(learned, seen, relative):
    """Of the average vectors; `relative`: shrunk towards the covariance of the positions."""
    averages, averages_seen = learned.mean(1), seen.mean(1)
    if relative:
        vectors = learned.reshape(-1, learned.shape[-1])
        variances, directions = np.linalg.eigh(np.cov(vectors.T, bias=True))
        variances = np.maximum(variances, 0) + 1e-3 * variances.mean()
        to_white = directions / np.sqrt(variances)
        averages, averages_seen = averages @ to_white, averages_seen @ to_white
    return squared_distances(averages_seen, whitening(averages, VARIANCE if not relative else 1))


def cross_fit(train, test, distances):
    """Distances of held-out training pictures, by groups of consecutive ones, and of the test's."""
    size = 1
    while -(-len(train) // size) > 8:
        size *= 2
    group = np.arange(len(train)) // size
    held_out = np.concatenate(
        [distances(train[group != g], train[group == g]) for g in np.unique(group)]
    )
    return held_out, distances(train, test)


class Evidence:
    """(held out, test) for each level: maps [pictures, height, width] and image distances."""

    def __init__(self, category):
        self.maps, self.image, self.relative_image = {}, {}, {}
        for level, (_, h, w) in category.shapes.items():
            train = category.features(level, category.train)
            test = category.features(level, category.test)
            maps = cross_fit(
                train, test, lambda a, b: np.sqrt(squared_distances(b, whitening(a)))
            )
            self.maps[level] = tuple(m.reshape(-1, h, w) for m in maps)
            if level in PAPER_LEVELS:
                for relative, kept in ((False, self.image), (True, self.relative_image)):
                    kept[level] = cross_fit(
                        train, test, lambda a, b, r=relative: image_distances(a, b, r)
                    )


# ---- maps and scores ----------------------------------------------------------------------------


def resize_matrix(size, new):
    at = np.clip((np.arange(new) + 0.5) * size / new - 0.5, 0, size - 1)
    low = at.astype(int)
    high = np.minimum(low + 1, size - 1)
    matrix = np.zeros((new, size))
    np.add.at(matrix, (np.arange(new), low), 1 - (at - low))
    np.add.at(matrix, (np.arange(new), high), at - low)
    return matrix


def resize(maps, height, width):
    return resize_matrix(maps.shape[-2], height) @ maps @ resize_matrix(maps.shape[-1], width).T


def fuse(evidence, levels, change=None):
    """Mean over the levels, each brought to a common scale over held-out pictures."""
    side = max(evidence.maps[level][0].shape[1] for level in levels)
    fused = [0, 0]
    for level in levels:
        maps = evidence.maps[level]
        if change:
            maps = [change(m) for m in maps]
            mean, deviation = maps[0].mean(), maps[0].std()
            maps = [(m - mean) / deviation for m in maps]
        for i in (0, 1):
            fused[i] = fused[i] + resize(maps[i], side, side) / len(levels)
    return fused


def surroundings_matrix(size):
    """Means over 3 % of the side to each side; at the ends over those that there are."""
    at = np.arange(size)
    near = np.abs(at[:, None] - at) <= np.floor(SURROUNDINGS * size + 0.5)
    return near / near.sum(1, keepdims=True)


def place_surplus(held_out):
    """By how much normal maps lie higher at a position than elsewhere, beyond chance."""
    n, h, w = held_out.shape
    smooth = surroundings_matrix(h) @ held_out @ surroundings_matrix(w).T
    surplus = smooth.mean(0) - held_out.mean() - held_out.std(ddof=1) / 2
    variance = smooth.var(0, ddof=1)
    squared_error = np.maximum(variance, variance.mean()) / n
    surplus = np.maximum(surplus, 0)
    return surplus * np.maximum(1 - 4 * squared_error / np.maximum(surplus, 1e-9) ** 2, 0)


def less_surplus(maps):
    surplus = place_surplus(maps[0])
    return [m - surplus for m in maps]


def standardise(pair):
    held_out, test = (np.log(p) for p in pair)
    deviation = max(held_out.std(), 1e-3)
    return (test - held_out.mean()) / deviation


def top_share(maps, evidence, levels):
    """Mean of the top 1 %, moved back to the positive numbers."""
    offset = np.mean([evidence.maps[k][0].mean() / evidence.maps[k][0].std() for k in levels])
    count = max(1, maps[0][0].size // 100)
    return [np.sort(m.reshape(len(m), -1))[:, -count:].mean(1) + offset for m in maps]


def upper_spread(maps):
    above = [np.maximum(m - np.median(m, (1, 2), keepdims=True), 0) for m in maps]
    return [np.sqrt(np.square(a).mean((1, 2))) for a in above]


def summed(image):
    return [sum(image[level][i] for level in PAPER_LEVELS) for i in (0, 1)]


def plain(x):
    return x


FINE = (2, 3, 4, 5, 6)
OLD = (3, 4, 5, 6)


def choices(e):
    """(name, test maps, test scores), each but the last groups one step beyond the one above."""
    image, relative = standardise(summed(e.image)), standardise(summed(e.relative_image))
    paper_map = fuse(e, PAPER_LEVELS)[1]
    top_old = standardise(top_share(fuse(e, OLD, plain), e, OLD))
    top = standardise(top_share(fuse(e, FINE, plain), e, FINE))
    fused = fuse(e, FINE, plain)
    spread, spread_here = (standardise(upper_spread(m)) for m in (fused, less_surplus(fused)))
    log_maps = fuse(e, FINE, np.log)
    log_map, log_map_here = log_maps[1], less_surplus(log_maps)[1]
    p_map, p_image, p_relative = (-stats.norm.logsf(z) for z in (spread, image, relative))
    p_map_here = -stats.norm.logsf(spread_here)
    score = 0.5 * p_relative + p_map_here
    yield "paper", paper_map, summed(e.image)[1]
    yield "levels 3-6 on one scale, z(image) + z(top 1 %)", fuse(e, OLD, plain)[1], image + top_old
    yield "+ level 2", fuse(e, FINE, plain)[1], image + top
    yield "+ mean of logarithms", log_map, image + top
    yield "+ spread above the median, not top 1 %", log_map, image + spread
    yield "+ p-values, not z", log_map, p_image + p_map
    yield "+ image part at half weight", log_map, 0.5 * p_image + p_map
    yield "+ shrunk to pixel covariance", log_map, 0.5 * p_relative + p_map
    yield "+ less what is normal at the place: `calibrated-0.1`", log_map_here, score
    yield "the same, image part at full weight", log_map_here, p_relative + p_map_here
    yield "the same, without the image part", log_map_here, p_map_here
    for levels in ((3, 4, 5), OLD, (2, 3, 4, 5), (2, 3, 4, 5, 6, 7)):
        name = f"logarithms of levels {levels[0]}-{levels[-1]}"
        yield name, less_surplus(fuse(e, levels, np.log))[1], score
    harmonic, squared = (fuse(e, FINE, f) for f in (lambda d: -1 / d, np.square))
    yield "mean of -1/distance (harmonic)", less_surplus(harmonic)[1], score
    yield "mean of squared distances", less_surplus(squared)[1], score


# ---- metrics ------------------------------------------------------------------------------------


def auroc(scores, positive):
    ranks = stats.rankdata(scores)[positive].sum()
    p = positive.sum()
    return 100 * (ranks - p * (p + 1) / 2) / (p * (len(positive) - p))


def pro(maps, category, limit=0.3):
    scores = np.concatenate(
        [resize(m, *mask.shape).ravel() for m, mask in zip(maps, category.masks)]
    )
    weights, normal, count = [], [], 0
    for labels, regions in category.regions:
        sizes = np.bincount(labels.ravel(), minlength=regions + 1)
        shares = np.divide(1, sizes, where=sizes > 0, out=np.zeros(len(sizes)))
        shares[0] = 0
        weights.append(shares[labels.ravel()])
        normal.append(labels.ravel() == 0)
        count += regions
    order = np.argsort(-scores)
    false_positives = np.cumsum(np.concatenate(normal)[order])
    x = np.concatenate([[0], false_positives / false_positives[-1]])
    y = np.concatenate([[0], np.cumsum(np.concatenate(weights)[order]) / count])
    grid = np.concatenate([x[x < limit], [limit]])
    return 100 * integrate.trapezoid(np.concatenate([y[x < limit], [np.interp(limit, x, y)]]), grid) / limit


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--train", type=int, default=0)
    parser.add_argument("features", nargs="+")
    arguments = parser.parse_args()
    table = {}
    for file in arguments.features:
        category = Category(file, arguments.train)
        known = {}
        for name, maps, scores in choices(Evidence(category)):
            if id(maps) not in known:
                known[id(maps)] = (maps, pro(maps, category))
            row = (auroc(scores, category.anomalous), known[id(maps)][1])
            table.setdefault(name, {})[category.name] = row
    names = [Path(file).stem for file in arguments.features]
    print("| | " + " | ".join(names) + " | mean |")
    print("|---" * (len(names) + 2) + "|")
    for name, rows in table.items():
        cells = [rows[n] for n in names] + [np.mean([rows[n] for n in names], 0)]
        print(f"| {name} | " + " | ".join(f"{a:.1f}, {p:.1f}" for a, p in cells) + " |", flush=True)


if __name__ == "__main__":
    main()
