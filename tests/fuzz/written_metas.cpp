// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/written_metas.h"

#include <string_view>

#include "gst/frames/handles.h"

namespace mvga::fuzz {
namespace {

using gst::Structure;

void give_bytes(GstStructure* structure, const std::string& bytes) {
  for (const char* name : {"map", "mask"}) {
    const GValue* value = gst_structure_get_value(structure, name);
    if (value == nullptr || !GST_VALUE_HOLDS_STRUCTURE(value) ||
        gst_value_get_structure(value) == nullptr)
      continue;
    const Structure grid(gst_structure_copy(gst_value_get_structure(value)));
    int width = 0;
    int height = 0;
    gst_structure_get_int(grid.get(), "width", &width);
    gst_structure_get_int(grid.get(), "height", &height);
    const bool small = width > 0 && height > 0 && width <= 64 && height <= 64;
    std::string values = bytes;
    if (small) {
      const int positions = width * height;
      const bool is_map = std::string_view(name) == "map";  // floats; of the mask it is bytes
      values.resize(static_cast<std::size_t>(is_map ? 4 * positions : positions) +
                    bytes.size() % 2);
    }
    const gst::Owned<GBytes> given(g_bytes_new(values.data(), values.size()));
    gst_structure_set(grid.get(), "values", G_TYPE_BYTES, given.get(), nullptr);
    gst_structure_set(structure, name, GST_TYPE_STRUCTURE, grid.get(), nullptr);
  }
}

}  // namespace

void add_meta(GstBuffer* buffer, const char* name, const std::string& text,
              const std::string& bytes) {
  const Structure read(gst_structure_from_string(text.c_str(), nullptr));
  if (!read) return;
  GstStructure* const meta =
      gst_custom_meta_get_structure(gst_buffer_add_custom_meta(buffer, name));
  for (int i = 0; i < gst_structure_n_fields(read.get()); ++i) {
    const char* const field = gst_structure_nth_field_name(read.get(), static_cast<guint>(i));
    gst_structure_set_value(meta, field, gst_structure_get_value(read.get(), field));
  }
  give_bytes(meta, bytes);
}

}  // namespace mvga::fuzz
