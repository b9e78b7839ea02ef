// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The elements of a source, as a user has described it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gst/frames/handles.h"

namespace mvga::tool {

/// As a user writes it: a filter at the end is no element to GStreamer, which wants one after it.
/// @throws Error settings
gst::Owned<GstElement> parse_source(const std::string& description);

using SeeElement = std::function<void(GstElement*)>;

/// Those that are directly in the bin.
void for_each_element(GstElement* bin, const SeeElement& see);

/// Those that the element has, and those that it gets later.
void for_each_source_pad(GstElement* element, void (*see)(GstElement*, GstPad*, gpointer),
                         gpointer data);

// Of elements in bins within it as well:

/// Whether something is read that lies ready, as a film does.
bool reads_bytes(GstElement* bin);
/// Whether packets of a network are put together.
bool takes_packets(GstElement* bin);
/// The files that filesrc reads.
std::vector<std::string> files_read_by(GstElement* bin);

}  // namespace mvga::tool
