// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame's metadata as one JSON document (docs/schema/mvga-frame-1.json).
#pragma once

#include <gst/gst.h>

#include <nlohmann/json.hpp>
#include <string>

namespace mvga::gst::publish {

/// Keeps the order in which keys are written, so that a person finds them where the schema has
/// them.
using Json = nlohmann::ordered_json;

inline constexpr int kSchemaVersion = 1;

/// What a document says besides the metadata.
struct FrameFacts {
  GstClockTime pts = GST_CLOCK_TIME_NONE;
  int width = 0;       ///< of the frame in pixels; 0: not known
  int height = 0;      ///< the same
  std::string source;  ///< id of the stream; left out when empty
};

/// Width and height from the caps; 0 where these have none.
void set_resolution(FrameFacts& facts, const GstCaps* caps);

/// The fields of `MvgaAnomalyMeta` and, unless it is null, of `MvgaPlacesMeta`, whichever there
/// are, with underscores for hyphens, but for the map and the mask. Regions become `objects` as DL
/// Streamer's gvametaconvert writes them. What JSON has no form for (bytes, infinite numbers, times
/// that are not known) is left out.
/// @param tags the user's, as they are; null: none
Json frame_document(const GstStructure* meta, const GstStructure* places, const FrameFacts& facts,
                    const Json& tags = {});

/// In one line. Bytes that are no UTF-8 are replaced, so that any file name can be published.
std::string to_line(const Json& document);

}  // namespace mvga::gst::publish
