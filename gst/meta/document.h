// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// A frame's metadata as one JSON document (docs/schema/mvga-frame-1.json).
#pragma once

#include <gst/gst.h>

#include <string>

#include "gst/meta/structure_json.h"

namespace mvga::gst {

/// Of documents; metadata have a version of their own.
inline constexpr int kDocumentSchema = 1;

/// What a document says besides the metadata.
struct DocumentFacts {
  GstClockTime pts = GST_CLOCK_TIME_NONE;  ///< or the stream time, for who knows the segment
  int width = 0;                           ///< of the frame in pixels; 0: not known
  int height = 0;                          ///< the same
  std::string source;                      ///< id of the stream; left out when empty
};

/// Width and height from the caps; 0 where these have none.
void set_resolution(DocumentFacts& facts, const GstCaps* caps);

/// The fields of `MvgaAnomalyMeta` and, unless it is null, of `MvgaPlacesMeta`, whichever there
/// are, but for the map and the mask. No field replaces one that the document or the anomaly meta
/// has, and none has a name of the document's own. Regions become `objects` as DL Streamer's
/// gvametaconvert writes them.
/// @param tags the user's, as they are; null: none
Json frame_document(const GstStructure* meta, const GstStructure* places,
                    const DocumentFacts& facts, const Json& tags);

/// In one line, without tags.
std::string frame_line(const GstStructure* meta, const GstStructure* places,
                       const DocumentFacts& facts);

/// In one line. Bytes that are no UTF-8 are replaced, so that any file name can be published.
std::string to_line(const Json& document);

}  // namespace mvga::gst
