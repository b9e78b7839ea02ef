// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/gst/harness/meta_changes.h"

#include <stdexcept>

namespace mvga::testing {

Change without(const char* field) {
  return [=](GstStructure* s) { gst_structure_remove_field(s, field); };
}

Change within(const char* field, const Change& change) {
  return [=](GstStructure* s) {
    GstStructure* part = nullptr;
    if (!gst_structure_get(s, field, GST_TYPE_STRUCTURE, &part, nullptr))
      throw std::runtime_error(std::string("no structure ") + field);
    change(part);
    gst_structure_set(s, field, GST_TYPE_STRUCTURE, part, nullptr);
    gst_structure_free(part);
  };
}

void change_meta(GstBuffer* buffer, const char* meta, const Change& change) {
  change(gst_custom_meta_get_structure(gst_buffer_get_custom_meta(buffer, meta)));
}

std::vector<NamedChange> unreadable_results() {
  return {
      {"nothing in it", gst_structure_remove_all_fields},
      {"another schema", with("schema", G_TYPE_INT, 3)},
      {"a schema that is a text", with("schema", G_TYPE_STRING, "2")},
      {"no status", without("status")},
      {"a status that is a number", with("status", G_TYPE_INT, 1)},
      {"an unknown status", with("status", G_TYPE_STRING, "guessed")},
      {"no model", without("model-id")},
      {"no event", without("event-id")},
      {"no score", without("score")},
      {"a score that is a text", with("score", G_TYPE_STRING, "12")},
      {"no threshold", without("threshold")},
      {"no p-value", without("p-value")},
      {"no verdict", without("anomalous")},
      {"no age", without("age")},
      {"a negative age", with("age", G_TYPE_INT64, gint64{-1})},
  };
}

std::vector<NamedChange> unreadable_places() {
  return {
      {"nothing in it", gst_structure_remove_all_fields},
      {"no roi", without("roi")},
      {"a roi that is a number", with("roi", G_TYPE_DOUBLE, 0.5)},
      {"a roi without height", within("roi", without("height"))},
      {"no number of regions", without("n-regions")},
      {"more regions than there are", with("n-regions", G_TYPE_UINT, G_MAXUINT)},
      {"regions that are a text", with("regions", G_TYPE_STRING, "region-0")},
      {"a region without peak", within("regions", within("region-0", without("peak")))},
      {"a region without confidence", within("regions", within("region-0", without("confidence")))},
      {"a peak beyond a float",
       within("regions", within("region-0", with("peak", G_TYPE_DOUBLE, 1e300)))},
      {"a map that is a text", with("map", G_TYPE_STRING, "hot")},
      {"a map without values", within("map", without("values"))},
      {"a map with other values", within("map", with("values", G_TYPE_STRING, "1 2 3"))},
      {"a map with no bytes", within("map", with("values", G_TYPE_BYTES, nullptr))},
      {"a map of no width", within("map", with("width", G_TYPE_INT, 0))},
      {"a map of negative height", within("map", with("height", G_TYPE_INT, -4))},
      {"a map that is said to be huge", within("map", with("height", G_TYPE_INT, G_MAXINT))},
      {"a map that is said to be smaller", within("map", with("width", G_TYPE_INT, 1))},
      {"a map without scale", within("map", without("threshold"))},
      {"a map with a scale that is no number",
       within("map", with("normal", G_TYPE_DOUBLE, G_MAXDOUBLE))},
      {"a mask without values", within("mask", without("values"))},
      {"a mask that is said to be larger", within("mask", with("width", G_TYPE_INT, 10000))},
  };
}

}  // namespace mvga::testing
