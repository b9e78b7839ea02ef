// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/lanes/frame_line.h"

#include <algorithm>
#include <utility>

namespace mvga::gst {

FrameLine::FrameLine(Steps steps, Size size) : steps_(std::move(steps)), size_(size) {
  for (std::size_t i = 0; i < size.inference_threads; ++i)
    inference_threads_.emplace_back([this](const std::stop_token& stopped) { infer(stopped); });
  pusher_ = std::jthread([this](const std::stop_token& stopped) { leave(stopped); });
}

FrameLine::~FrameLine() {
  stop();
}

GstFlowReturn FrameLine::enter(FrameInLine frame) {
  auto place = std::make_shared<Place>();
  place->ready = frame.scheduled != Scheduled::infer;
  place->frame = std::move(frame);
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [this] { return stopped_ || flow_ != GST_FLOW_OK || frames_ < size_.frames; });
  if (stopped_) return GST_FLOW_FLUSHING;
  if (flow_ != GST_FLOW_OK) return flow_;
  line_.push_back(std::move(place));
  ++frames_;
  changed_.notify_all();
  return GST_FLOW_OK;
}

void FrameLine::enter(Owned<GstEvent> event) {
  auto place = std::make_shared<Place>();
  place->ready = true;
  place->event = std::move(event);
  const std::lock_guard lock(mutex_);
  if (stopped_) return;
  line_.push_back(std::move(place));
  changed_.notify_all();
}

void FrameLine::drain() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopped_ || (line_.empty() && !leaving_); });
}

void FrameLine::stop() {
  Line dropped;  // freed without the lock
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  dropped.swap(line_);
  frames_ = 0;
  changed_.notify_all();
}

void FrameLine::resume() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !leaving_; });
  stopped_ = false;
  flow_ = GST_FLOW_OK;
  frames_ = 0;
}

std::shared_ptr<FrameLine::Place> FrameLine::next_to_infer() const {
  const auto next = std::find_if(line_.begin(), line_.end(),
                                 [](const auto& place) { return !place->ready && !place->taken; });
  return next == line_.end() ? nullptr : *next;
}

bool FrameLine::may_infer() const {
  return next_to_infer() != nullptr && (inferring_ == 0 || !steps_.takes_one_at_a_time());
}

void FrameLine::infer(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stopped, [this] { return may_infer(); })) {
    const std::shared_ptr<Place> place = next_to_infer();
    place->taken = true;
    ++inferring_;
    lock.unlock();
    place->frame.inference = steps_.infer(place->frame.buffer.get(), place->frame.snapshot);
    lock.lock();
    --inferring_;
    place->ready = true;
    changed_.notify_all();
  }
}

GstFlowReturn FrameLine::let_out(Place& place) {
  if (!place.event) return steps_.leave(std::move(place.frame));
  steps_.push_event(std::move(place.event));
  return GST_FLOW_OK;
}

void FrameLine::leave(const std::stop_token& stopped) {
  std::unique_lock lock(mutex_);
  const auto head_is_ready = [this] { return !line_.empty() && line_.front()->ready; };
  while (changed_.wait(lock, stopped, head_is_ready)) {
    const std::shared_ptr<Place> place = std::move(line_.front());
    line_.pop_front();
    const bool is_frame = place->event == nullptr;
    leaving_ = true;
    const bool passes = flow_ == GST_FLOW_OK || !is_frame;
    lock.unlock();
    const GstFlowReturn flow = passes ? let_out(*place) : GST_FLOW_OK;
    lock.lock();
    leaving_ = false;
    if (flow_ == GST_FLOW_OK) flow_ = flow;
    if (is_frame && frames_ > 0) --frames_;
    changed_.notify_all();
  }
}

}  // namespace mvga::gst
