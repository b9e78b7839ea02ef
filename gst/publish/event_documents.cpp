// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/event_documents.h"

namespace mvga::gst::publish {
namespace {

void copy(Json& to, const char* key, const Json& from, const char* name) {
  const auto found = from.find(name);
  if (found != from.end()) to[key] = *found;
}

std::optional<std::uint64_t> time_of(const Json& frame) {
  const auto found = frame.find("timestamp");
  if (found == frame.end()) return std::nullopt;
  return found->get<std::uint64_t>();
}

bool higher(const Json& frame, const std::optional<Json>& peak) {
  if (!frame.contains("score")) return false;
  return !peak || frame["score"].get<double>() > (*peak)["score"].get<double>();
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
  if (end_) end["end"] = *end_;
  end["frames"] = frames_;
  id_ = 0;
  return end;
}

void EventDocuments::begin(const Json& frame) {
  id_ = frame.value("event_id", std::uint64_t{0});
  frames_ = 0;
  peak_.reset();
  start_ = time_of(frame);
  end_ = start_;
}

void EventDocuments::absorb(const Json& frame) {
  ++frames_;
  frame_ = frame;
  if (frame.value("anomalous", false)) end_ = time_of(frame);
  if (higher(frame, peak_)) peak_ = frame;
}

Json EventDocuments::document(const char* change) const {
  Json event = {{"schema_version", kDocumentSchema}, {"type", "event"}, {"event", change}};
  event["event_id"] = id_;
  for (const char* key : {"timestamp", "utc", "source", "resolution", "tags", "model_id"})
    copy(event, key, *frame_, key);
  if (start_) event["start"] = *start_;
  if (!peak_) return event;
  copy(event, "threshold", *peak_, "threshold");
  copy(event, "peak_timestamp", *peak_, "timestamp");
  copy(event, "peak_score", *peak_, "score");
  copy(event, "peak_p_value", *peak_, "p_value");
  copy(event, "objects", *peak_, "objects");
  return event;
}

}  // namespace mvga::gst::publish
