#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Markdown tables of what mvga evaluate --json has written.

usage: result_tables.py categories NAME=FILE...   a row for each category, columns for each file
       result_tables.py rows HEADING NAME=FILE... a row for each file, with the means
       result_tables.py times NAME=FILE...        where the time of a picture goes
"""
import json
import sys

METRICS = {"image_auroc": "image AUROC", "pixel_auroc": "pixel AUROC", "au_pro": "PRO"}
STAGES = {
    "median_seconds_scaling": "scaling",
    "median_seconds_backbone": "backbone",
    "median_seconds_scoring": "scoring, with fusing the map",
}


def read(pairs):
    results = {}
    for pair in pairs:
        name, path = pair.split("=", 1)
        with open(path, encoding="utf-8") as file:
            results[name] = json.load(file)
    return results


def percents(result):
    """A test set without masks has no pixel metrics."""
    return ["-" if result[metric] is None else f"{result[metric]:.2f}" for metric in METRICS]


def print_table(head, rows):
    for row in [head, ["---"] * len(head), *rows]:
        print("| " + " | ".join(row) + " |")
    print()


def print_categories(results):
    head = [""] + [f"{name}, {metric}" for name in results for metric in METRICS.values()]
    each = [{**r["categories"], "**mean**": r["mean"]} for r in results.values()]
    rows = [
        [category] + [text for categories in each for text in percents(categories[category])]
        for category in each[0]
    ]
    print_table(head, rows)


def print_rows(heading, results):
    rows = [[name] + percents(result["mean"]) for name, result in results.items()]
    print_table([heading, *METRICS.values()], rows)


def print_times(results):
    means = [result["mean"] for result in results.values()]
    wholes = [sum(mean[stage] for stage in STAGES) for mean in means]
    rows = []
    for stage, label in STAGES.items():
        row = [label]
        for mean, whole in zip(means, wholes):
            row += [f"{1000 * mean[stage]:.1f}", f"{100 * mean[stage] / whole:.1f} %"]
        rows.append(row)
    rows.append(["all"] + [text for whole in wholes for text in (f"{1000 * whole:.1f}", "100 %")])
    print_table([""] + [f"{name}, {of}" for name in results for of in ("ms", "share")], rows)


def main():
    kind, *rest = sys.argv[1:]
    if kind == "categories":
        print_categories(read(rest))
    elif kind == "rows":
        print_rows(rest[0], read(rest[1:]))
    elif kind == "times":
        print_times(read(rest))


if __name__ == "__main__":
    main()
