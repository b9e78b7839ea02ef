#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""Prints what the typelib says of every frame of a video, as metadata_in_c.c does.

usage: print_metadata.py VIDEO MODEL    (exit code 77: there is no GObject introspection)
"""
import hashlib
import sys

try:
    import gi

    gi.require_version("Gst", "1.0")
    from gi.repository import Gst
except (ImportError, ValueError) as missing:
    print(f"install python3-gi and gir1.2-gstreamer-1.0: {missing}")
    sys.exit(77)

gi.require_version("Mvga", "0.1")
from gi.repository import Mvga  # noqa: E402

PIPELINE = (
    "filesrc location={} ! decodebin ! mvgadetect model={} threads=1 "
    "attach=score+regions+map+mask ! appsink name=sink sync=false"
)


def numbers(*values):
    return " ".join(f"{value:.17g}" for value in values)


def grid_line(name, grid):
    values, width, height, normal, threshold = grid
    if values is None:
        return []
    digest = hashlib.sha256(values.get_data()).hexdigest()
    return [f"{name} {width}x{height} {numbers(normal, threshold)} {digest}"]


def result_lines(anomaly):
    if not anomaly.has_result():
        return []
    return [
        f"score {numbers(anomaly.get_score())}",
        f"threshold {numbers(anomaly.get_threshold())}",
        f"p-value {numbers(anomaly.get_p_value())}",
        f"anomalous {int(anomaly.is_anomalous())}",
    ]


def learning_lines(anomaly):
    if anomaly.get_status() != Mvga.AnomalyStatus.LEARNING:
        return []
    return [f"learned {anomaly.get_learned_frames()} of {anomaly.get_learn_frames()}"]


def region_line(r):
    return "region " + numbers(r.x, r.y, r.width, r.height, r.area, r.peak, r.confidence)


def lines_of(anomaly):
    known, *roi = anomaly.get_roi()
    regions = [anomaly.get_region(i) for i in range(anomaly.get_n_regions())]
    return [
        f"schema {anomaly.get_schema()}",
        f"status {Mvga.AnomalyStatus.to_string(anomaly.get_status())}",
        f"model-id {anomaly.get_model_id()}",
        f"event-id {anomaly.get_event_id()}",
        *result_lines(anomaly),
        f"result-pts {anomaly.get_result_pts()}",
        f"age {anomaly.get_age()}",
        *learning_lines(anomaly),
        *([f"roi {numbers(*roi)}"] if known else []),
        f"has-regions {int(anomaly.has_regions())}",
        *map(region_line, regions),
        *grid_line("map", anomaly.get_map()),
        *grid_line("mask", anomaly.get_mask()),
    ]


def main():
    Gst.init(None)
    assert Mvga.buffer_get_anomaly(Gst.Buffer()) is None, "a result of nothing"
    pipeline = Gst.parse_launch(PIPELINE.format(*sys.argv[1:]))
    sink = pipeline.get_by_name("sink")
    pipeline.set_state(Gst.State.PLAYING)
    while sample := sink.emit("pull-sample"):
        anomaly = Mvga.buffer_get_anomaly(sample.get_buffer())
        region = anomaly.get_region(0)
        lines = lines_of(anomaly)
        assert (anomaly.get_inference_time() > 0) == (anomaly.get_status().value_nick == "fresh")
        json = anomaly.to_json(sample.get_caps(), "python")
        assert '"source":"python"' in json and '"width":96' in json, json
        del anomaly
        if region:
            assert region_line(region) in lines, "a region ends with its frame"
        print(*lines, sep="\n")
    pipeline.set_state(Gst.State.NULL)


if __name__ == "__main__":
    main()
