// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/meta/meta_reader.h"

#include <cmath>
#include <cstring>
#include <limits>
#include <stdexcept>

#include "gst/meta/anomaly_meta.h"

namespace mvga::gst {
namespace {

struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

template <typename Value, typename Get>
Value field(const GstStructure& structure, const char* name, Get get) {
  Value value{};
  if (!get(&structure, name, &value))
    throw Malformed(std::string("no usable field ") + name + " in " +
                    gst_structure_get_name(&structure));
  return value;
}

double real(const GstStructure& structure, const char* name) {
  return field<double>(structure, name, gst_structure_get_double);
}

float single(const GstStructure& structure, const char* name) {
  const double value = real(structure, name);
  // Not so for NaN either.
  if (std::abs(value) <= std::numeric_limits<float>::max()) return static_cast<float>(value);
  throw Malformed(std::string(name) + " is out of range");
}

guint64 number(const GstStructure& structure, const char* name) {
  return field<guint64>(structure, name, gst_structure_get_uint64);
}

int integer(const GstStructure& structure, const char* name) {
  return field<int>(structure, name, gst_structure_get_int);
}

std::string text(const GstStructure& structure, const char* name) {
  const gchar* value = gst_structure_get_string(&structure, name);
  if (value == nullptr) throw Malformed(std::string("no text ") + name);
  return value;
}

const GstStructure& part(const GstStructure& structure, const char* name) {
  const GValue* value = gst_structure_get_value(&structure, name);
  if (value == nullptr || !GST_VALUE_HOLDS_STRUCTURE(value) ||
      gst_value_get_structure(value) == nullptr)
    throw Malformed(std::string("no structure ") + name);
  return *gst_value_get_structure(value);
}

FrameStatus status_of(const GstStructure& structure) {
  const std::string name = text(structure, "status");
  for (const FrameStatus status :
       {FrameStatus::fresh, FrameStatus::held, FrameStatus::skipped, FrameStatus::error,
        FrameStatus::learning, FrameStatus::corrupted}) {
    if (name == name_of(status)) return status;
  }
  throw Malformed("no such status: " + name);
}

Box box(const GstStructure& structure) {
  return {real(structure, "x"), real(structure, "y"), real(structure, "width"),
          real(structure, "height")};
}

std::vector<PlacedRegion> regions(const GstStructure& places) {
  const auto count = field<guint>(places, "n-regions", gst_structure_get_uint);
  const GstStructure& list = part(places, "regions");
  std::vector<PlacedRegion> regions;
  // Ends at the first that is missing, however many there are said to be.
  for (guint i = 0; i < count; ++i) {
    const GstStructure& region = part(list, ("region-" + std::to_string(i)).c_str());
    regions.push_back(
        {{box(region), real(region, "area"), single(region, "peak")}, real(region, "confidence")});
  }
  return regions;
}

Grid grid(const GstStructure& structure, std::size_t bytes_a_position) {
  Grid grid;
  grid.width = integer(structure, "width");
  grid.height = integer(structure, "height");
  if (grid.width <= 0 || grid.height <= 0) throw Malformed("a grid without positions");
  grid.scale = {single(structure, "normal"), single(structure, "threshold")};
  const GValue* value = gst_structure_get_value(&structure, "values");
  if (value == nullptr || !G_VALUE_HOLDS(value, G_TYPE_BYTES) ||
      g_value_get_boxed(value) == nullptr)
    throw Malformed("no values in the grid");
  grid.values.reset(g_bytes_ref(static_cast<GBytes*>(g_value_get_boxed(value))));
  const auto positions = static_cast<gsize>(grid.width) * static_cast<gsize>(grid.height);
  if (g_bytes_get_size(grid.values.get()) != positions * bytes_a_position)
    throw Malformed("a grid with too few or too many values");
  return grid;
}

Places places_of(const GstStructure& structure) {
  Places places;
  places.roi = box(part(structure, "roi"));
  if (gst_structure_has_field(&structure, "regions")) places.regions = regions(structure);
  if (gst_structure_has_field(&structure, "map"))
    places.map = grid(part(structure, "map"), sizeof(float));
  if (gst_structure_has_field(&structure, "mask")) places.mask = grid(part(structure, "mask"), 1);
  return places;
}

AnomalyMap map_of(const Grid& grid) {
  AnomalyMap map{grid.height, grid.width, {}};
  gsize size = 0;
  const void* bytes = g_bytes_get_data(grid.values.get(), &size);
  map.values.resize(size / sizeof(float));
  std::memcpy(map.values.data(), bytes, size);
  return map;
}

Detection verdict(const GstStructure& structure) {
  Detection detection;
  detection.score = real(structure, "score");
  detection.threshold = real(structure, "threshold");
  detection.p_value = real(structure, "p-value");
  detection.anomalous = field<gboolean>(structure, "anomalous", gst_structure_get_boolean) != FALSE;
  return detection;
}

bool has_detection(FrameStatus status) {
  return status == FrameStatus::fresh || status == FrameStatus::held;
}

FrameResult result_of(const GstStructure& structure) {
  const int schema = integer(structure, "schema");
  if (schema != kSchema) throw Malformed("schema " + std::to_string(schema) + " is not known");
  FrameResult result;
  result.status = status_of(structure);
  result.model_id = text(structure, "model-id");
  result.event_id = number(structure, "event-id");
  if (result.status == FrameStatus::learning)
    result.learning = {number(structure, "learned-frames"), number(structure, "learn-frames")};
  if (!has_detection(result.status)) return result;
  result.detection = std::make_shared<const Detection>(verdict(structure));
  result.result_pts = number(structure, "result-pts");
  result.age = number(structure, "age");
  result.inference_time = number(structure, "inference-time");
  return result;
}

template <typename Read>
void complain_of(const char* meta_name, std::string& complaint, Read read) {
  try {
    read();
  } catch (const Malformed& malformed) {
    complaint = std::string(meta_name) + ": " + malformed.what();
  }
}

}  // namespace

MetaReading read_metas(GstBuffer* buffer) {
  MetaReading reading;
  const GstStructure* anomaly = meta_structure(buffer, kAnomalyMetaName);
  if (anomaly == nullptr) return reading;
  complain_of(kAnomalyMetaName, reading.complaint, [&] { reading.result = result_of(*anomaly); });

  const GstStructure* places = meta_structure(buffer, kPlacesMetaName);
  if (!reading.result || !reading.result->detection || places == nullptr) return reading;
  complain_of(kPlacesMetaName, reading.complaint, [&] { reading.places = places_of(*places); });
  return reading;
}

Detection placed(const Detection& detection, const Places& places) {
  Detection placed = detection;
  placed.roi = places.roi;
  if (places.regions)
    for (const PlacedRegion& region : *places.regions) placed.regions.push_back(region.region);
  if (places.map) {
    placed.map = map_of(*places.map);
    placed.map_scale = places.map->scale;
  }
  return placed;
}

}  // namespace mvga::gst
