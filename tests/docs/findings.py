# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""What a look at a page may come to, and where the pages are."""
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class Problem(Exception):
    """The page shows what does not work."""


class Skipped(Exception):
    """This machine cannot tell."""
