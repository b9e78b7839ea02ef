// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Pipelines from text, and what they say.
#pragma once

#include <string>

#include "gst/frames/handles.h"

namespace mvga::tool {

/// A pipeline of the program's own.
/// @throws Error settings: the text names the element that is missing
gst::Pipeline parse_pipeline(const std::string& description);

/// A bin, for a pipeline.
/// @throws Error settings: what GStreamer says of the description
gst::Owned<GstElement> parse_bin(const std::string& description);

/// An element of the bin by its name.
gst::Owned<GstElement> part_of(GstElement* bin, const char* name);

/// An error or a warning in one line.
std::string text_of(GstMessage* message);

/// Whether the error is a decoder's, or a parser's, that its data are damaged.
bool is_about_decoding(GstMessage* message);

bool element_exists(const char* name);

}  // namespace mvga::tool
