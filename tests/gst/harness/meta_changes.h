// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Metadata that are not as mvgadetect writes them, for all that read metadata.
#pragma once

#include <gst/gst.h>

#include <functional>
#include <vector>

namespace mvga::testing {

inline constexpr const char* kAnomalyMeta = "MvgaAnomalyMeta";
inline constexpr const char* kPlacesMeta = "MvgaPlacesMeta";

using Change = std::function<void(GstStructure*)>;

Change without(const char* field);

template <typename Value>
Change with(const char* field, GType type, Value value) {
  return [=](GstStructure* s) { gst_structure_set(s, field, type, value, nullptr); };
}

/// The change made to a structure within, such as "map".
Change within(const char* field, const Change& change);

/// Makes the change to the buffer's meta of this name.
void change_meta(GstBuffer* buffer, const char* meta, const Change& change);

struct NamedChange {
  const char* what;
  Change change;
};

/// Each makes the MvgaAnomalyMeta of a frame with a result one that cannot be read.
std::vector<NamedChange> unreadable_results();

/// Each makes a MvgaPlacesMeta with at least one region, a map and a mask one that cannot be read.
std::vector<NamedChange> unreadable_places();

}  // namespace mvga::testing
