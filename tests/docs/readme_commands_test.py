#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""README's commands do what it says, on short films.

usage: readme_commands_test.py
MVGA_TOOL names the program; the other variables are GStreamer's and the engine's. A camera and a
screen are replaced by a test picture and nothing. Exit code 77: this machine cannot make the films.
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import markdown
from findings import ROOT

# They build; a test is part of one, and not the other way round.
BUILDING = ("examples/quickstart.sh", "tests/run.sh")
STAND_INS = {
    "v4l2src": "videotestsrc is-live=true num-buffers=90",
    "autovideosink": "fakesink sync=true",
    "learn-frames=300": "learn-frames=8",
}
FRAMES = 20
FILM = (
    "gst-launch-1.0 -q videotestsrc num-buffers={} pattern={} ! "
    "video/x-raw,format=I420,width=320,height=240 ! x264enc ! h264parse ! mp4mux ! "
    "filesink location={}"
)


def blocks():
    """README's shell, with what this machine lacks replaced."""
    for language, text in markdown.Page(ROOT / "README.md").blocks:
        if language == "sh" and not any(script in text for script in BUILDING):
            for name, stand_in in STAND_INS.items():
                text = text.replace(name, stand_in)
            yield text


def shell(text, folder):
    path = os.path.dirname(os.environ["MVGA_TOOL"]) + os.pathsep + os.environ["PATH"]
    done = subprocess.run(
        ["bash", "-e", "-c", text],
        cwd=folder,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise AssertionError(f"{text}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def block_with(part):
    found = [text for text in blocks() if part in text]
    if len(found) != 1:
        raise AssertionError(f"README has {len(found)} blocks with {part}")
    return found[0]


class Readme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        shell(FILM.format(FRAMES, "ball", "good.mp4"), cls.folder)
        shell(FILM.format(FRAMES, "snow", "shift.mp4"), cls.folder)
        by_element, by_program = block_with("mvgafit").strip().splitlines()
        shell(by_element, cls.folder)
        cls.learned_by_element = (cls.folder / "line.mvga").read_bytes()
        shell(by_program, cls.folder)

    def content(self, name):
        content = (self.folder / name).read_bytes()
        self.assertTrue(content, f"{name} is empty")
        return content

    def test_every_block_is_tried(self):
        # One to learn, and the three below; another one wants a test of its own.
        self.assertEqual(len(list(blocks())), 4)

    def test_element_and_program_learn_the_same(self):
        self.assertEqual(self.learned_by_element, self.content("line.mvga"))

    def test_watches(self):
        output = shell(block_with("mvga predict"), self.folder)
        self.assertIn("mvga-event", output)
        lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
        self.assertEqual(len(lines), FRAMES)
        self.content("annotated.mkv")

    def test_records(self):
        shell(block_with("mvga record"), self.folder)
        kinds = {file.suffix for file in (self.folder / "events").iterdir()}
        self.assertTrue({".mkv", ".json", ".jpg"} <= kinds, kinds)

    def test_learns_in_place(self):
        shell(block_with("learn-frames"), self.folder)
        self.content("desk.mvga")


if __name__ == "__main__":
    for element in ("x264enc", "h264parse", "mp4mux", "avdec_h264"):
        if subprocess.run(["gst-inspect-1.0", "--exists", element], check=False).returncode != 0:
            print(f"skipped: no element {element}")
            sys.exit(77)
    unittest.main()
