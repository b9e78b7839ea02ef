#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""CHANGELOG.md says the versions that the code has.

usage: versions_test.py
"""
import re
import sys

import markdown
from findings import ROOT

CODE = {
    r"model, .*format (\d+)": ("core/files/model_file.h", r"kModelFormatVersion = (\d+)"),
    r"statistics, .*format (\d+)": (
        "core/files/statistics_file.h",
        r"kStatisticsFormatVersion = (\d+)",
    ),
    r"metadata of frames, .*schema (\d+)": ("gst/meta/frame_result.h", r"kSchema = (\d+)"),
    r"JSON of frames, .*\| (\d+) \|": ("gst/meta/document.h", r"kDocumentSchema = (\d+)"),
    r"JSON of events, .*\| (\d+) \|": ("gst/meta/document.h", r"kDocumentSchema = (\d+)"),
    r"libmvga-meta\.so\.(\d+)": ("gst/meta/meson.build", r"soversion: '(\d+)'"),
    r"`libmvga\.so\.(\d+)`": ("models/api/meson.build", r"soversion: '(\d+)'"),
    r"`Mvga-([\d.]+)`": ("gst/meta/meson.build", r"nsversion: '([\d.]+)'"),
}


def only(pattern, path):
    found = re.findall(pattern, (ROOT / path).read_text(encoding="utf-8"))
    return found[0] if len(found) == 1 else f"{len(found)} times {pattern} in {path}"


def differences():
    for told, (path, pattern) in CODE.items():
        here, there = only(told, "CHANGELOG.md"), only(pattern, path)
        if here != there:
            yield f"{told}: CHANGELOG.md has {here}, {path} {there}"
    newest = markdown.Page(ROOT / "CHANGELOG.md").headings[1]
    project = only(r"\n  version: '([\d.]+)'", "meson.build")
    if newest != project:
        yield f"CHANGELOG.md begins with {newest}, meson.build has {project}"


if __name__ == "__main__":
    problems = list(differences())
    print("\n".join(problems))
    sys.exit(1 if problems else 0)
