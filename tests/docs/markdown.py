# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the mvga authors
"""What there is to check in a page of Markdown: headings, links, code."""
import re
from pathlib import Path

FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
SPAN = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)


def anchor(heading):
    """As code hosts make it: small letters, hyphens for spaces, no other punctuation."""
    text = LINK.sub(lambda link: link.group(0)[1 : link.group(0).index("]")], heading).lower()
    return re.sub(r"[^\w\- ]", "", text).replace(" ", "-")


class Page:
    """One page. Code blocks are no prose, and code in a sentence has no links in it."""

    def __init__(self, path):
        self.path = Path(path)
        text = self.path.read_text(encoding="utf-8")
        self.blocks = FENCE.findall(text)  # (language, text)
        prose = FENCE.sub("", text)
        self.spans = [" ".join(span.split()) for span in SPAN.findall(prose)]
        self.links = LINK.findall(SPAN.sub("", prose))
        self.headings = HEADING.findall(prose)

    def anchors(self):
        found = []
        for name in map(anchor, self.headings):
            count = found.count(name)
            found.append(f"{name}-{count}" if count else name)
        return set(found)
