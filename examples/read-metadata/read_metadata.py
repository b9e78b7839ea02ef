#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""A line for each anomalous frame of a video.

usage: read_metadata.py VIDEO MODEL [--all]

Shows how a program in Python takes frames out of a pipeline and reads what they carry. Needs the
packages python3-gi and gir1.2-gstreamer-1.0.
"""
import argparse
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("Mvga", "0.1")
from gi.repository import GLib, Gst, Mvga  # noqa: E402

PIPELINE = (
    "filesrc name=source ! decodebin ! videoconvert ! mvgadetect name=detect ! "
    "appsink name=sink sync=false max-buffers=8"
)


def samples_of(pipeline):
    """Frames with their caps, until the end; raises GLib.Error."""
    sink = pipeline.get_by_name("sink")
    bus = pipeline.get_bus()
    pipeline.set_state(Gst.State.PLAYING)
    try:
        while True:
            sample = sink.emit("try-pull-sample", Gst.SECOND // 10)
            if sample:
                yield sample
            elif message := bus.pop_filtered(Gst.MessageType.ERROR):
                raise message.parse_error()[0]
            elif sink.get_property("eos"):
                return
    finally:
        pipeline.set_state(Gst.State.NULL)


def regions_of(anomaly):
    return [anomaly.get_region(i) for i in range(anomaly.get_n_regions())]


def result_text(anomaly):
    text = "  {}  score {:.3f} (threshold {:.3f}, p {:.4f})".format(
        "anomalous" if anomaly.is_anomalous() else "normal",
        anomaly.get_score(),
        anomaly.get_threshold(),
        anomaly.get_p_value(),
    )
    if anomaly.get_event_id():
        text += f"  event {anomaly.get_event_id()}"
    regions = ", ".join(
        f"{r.width:.0%}x{r.height:.0%} at {r.x:.0%},{r.y:.0%}" for r in regions_of(anomaly)
    )
    return text + (f"  region {regions}" if regions else "")


def frame_text(buffer, anomaly):
    text = f"{buffer.pts / Gst.SECOND:.3f} s  {anomaly.get_status().value_nick}"
    return text + (result_text(anomaly) if anomaly.has_result() else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("video")
    parser.add_argument("model")
    parser.add_argument("--all", action="store_true", help="normal frames as well")
    options = parser.parse_args()
    Gst.init(None)
    try:
        pipeline = Gst.parse_launch(PIPELINE)
        pipeline.get_by_name("source").set_property("location", options.video)
        pipeline.get_by_name("detect").set_property("model", options.model)
        for sample in samples_of(pipeline):
            buffer = sample.get_buffer()
            anomaly = Mvga.buffer_get_anomaly(buffer)
            if anomaly and (options.all or anomaly.is_anomalous()):
                print(frame_text(buffer, anomaly))
    except GLib.Error as error:
        sys.exit(f"read_metadata.py: {error.message}")


if __name__ == "__main__":
    main()
