#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""What bf16 changes: image AUROC, AU-PRO and scores against fp32, learned and looked at in either.
Scores are about zero for normal pictures: their differences are shares of the threshold.

usage: precision_study.py MVGA BACKBONE CATEGORY...
MVGA is the program, each CATEGORY a folder as for `mvga evaluate`. No times.
"""
import json
import os
import statistics
import subprocess
import sys
import tempfile


def evaluate(mvga, backbone, category, precision, folder):
    path = os.path.join(folder, "results.json")
    command = [mvga, "evaluate", category, "--backbone", backbone, "--precision", precision]
    subprocess.run(command + ["--json", path, "-q"], check=True, stdout=subprocess.DEVNULL)
    with open(path, encoding="utf-8") as file:
        (results,) = json.load(file)["categories"].values()
    return results


def scores(mvga, backbone, category, precision, folder):
    """What is said of every test picture."""
    model = os.path.join(folder, "model.mvga")
    fit = [mvga, "fit", os.path.join(category, "train", "good"), "-o", model, "-q"]
    subprocess.run(fit + ["--backbone", backbone, "--precision", precision], check=True)
    tests = sorted(entry.path for entry in os.scandir(os.path.join(category, "test")))
    predict = [mvga, "predict", model, *tests, "--precision", precision]
    lines = subprocess.run(predict, check=True, capture_output=True, text=True).stdout.splitlines()
    return {line["file"]: line for line in map(json.loads, lines) if "score" in line}


def main():
    mvga, backbone, *categories = sys.argv[1:]
    print(f"| {backbone} | image AUROC, fp32 | bf16 less fp32 | AU-PRO, fp32 | bf16 less fp32 |", end="")
    print(" score, difference: median | largest | verdicts that change |")
    print("|---|---|---|---|---|---|---|---|")
    auroc, pro = [], []
    for category in categories:
        with tempfile.TemporaryDirectory() as folder:
            full = evaluate(mvga, backbone, category, "fp32", folder)
            half = evaluate(mvga, backbone, category, "bf16", folder)
            full_scores = scores(mvga, backbone, category, "fp32", folder)
            half_scores = scores(mvga, backbone, category, "bf16", folder)
        off = [
            abs(half_scores[name]["score"] - line["score"]) / line["threshold"]
            for name, line in full_scores.items()
        ]
        changed = sum(
            half_scores[name]["anomalous"] != line["anomalous"]
            for name, line in full_scores.items()
        )
        auroc.append(half["image_auroc"] - full["image_auroc"])
        pro.append(half["au_pro"] - full["au_pro"])
        print(
            f"| {os.path.basename(category.rstrip('/'))} | {full['image_auroc']:.2f} |",
            f"{auroc[-1]:+.2f} | {full['au_pro']:.2f} | {pro[-1]:+.2f} |",
            f"{100 * statistics.median(off):.2f} % | {100 * max(off):.2f} % |",
            f"{changed} of {len(off)} |",
            flush=True,
        )
    print(f"| mean | | {statistics.mean(auroc):+.2f} | | {statistics.mean(pro):+.2f} | | | |")


if __name__ == "__main__":
    main()
