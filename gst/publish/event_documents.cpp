// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/event_documents.h"

namespace mvga::gst::publish {
namespace {

void copy(Json& to, const char* key, const Json& from, const char* name) {
  const auto found = from.find(name);
  if (found != from.end()) to[key] = *found;
}

}  // namespace

std::vector<Json> EventDocuments::update(const Json& frame) {
  std::vector<Json> documents;
  const std::uint64_t id = frame.value("event_id", std::uint64_t{0});
  if (id != id_) {
    if (auto end = finish()) documents.push_back(std::move(*end));
    if (id != 0) begin(frame);
  }
  if (id_ == 0) return documents;
  absorb(frame);
  if (frames_ == 1) documents.push_back(document("start"));
  return documents;
}

std::optional<Json> EventDocuments::finish() {
  if (id_ == 0) return std::nullopt;
  Json end = document("end");
  if (!end_.is_null()) end["end"] = end_;
  end["frames"] = frames_;
  id_ = 0;
  return end;
}

void EventDocuments::begin(const Json& frame) {
  id_ = frame.value("event_id", std::uint64_t{0});
  frames_ = 0;
  peak_ = Json::object();
  start_ = frame.value("timestamp", Json());
  end_ = start_;
}

void EventDocuments::absorb(const Json& frame) {
  ++frames_;
  frame_ = frame;
  if (frame.value("anomalous", false)) end_ = frame.value("timestamp", Json());
  if (frame.contains("score") &&
      (!peak_.contains("score") || frame["score"].get<double>() > peak_["score"].get<double>()))
    peak_ = frame;
}

Json EventDocuments::document(const char* change) const {
  Json event = {{"schema_version", kSchemaVersion}, {"type", "event"}, {"event", change}};
  event["event_id"] = id_;
  for (const char* key : {"timestamp", "utc", "source", "resolution", "tags", "model_id"})
    copy(event, key, frame_, key);
  if (!start_.is_null()) event["start"] = start_;
  copy(event, "threshold", peak_, "threshold");
  copy(event, "peak_timestamp", peak_, "timestamp");
  copy(event, "peak_score", peak_, "score");
  copy(event, "peak_p_value", peak_, "p_value");
  copy(event, "objects", peak_, "objects");
  return event;
}

}  // namespace mvga::gst::publish
