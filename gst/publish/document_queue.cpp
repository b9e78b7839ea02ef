// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/publish/document_queue.h"

#include <algorithm>

namespace mvga::gst::publish {

void DocumentQueue::on_change(std::function<void()> changed) {
  changed_ = std::move(changed);
}

void DocumentQueue::tell_change() {
  documents_.notify_all();
  if (changed_) changed_();
}

bool DocumentQueue::push(std::string text, OnFull on_full) {
  {
    std::unique_lock lock(mutex_);
    if (on_full == OnFull::block)
      room_.wait(lock, [&] { return entries_.size() < capacity_ || interrupted_ || closed_; });
    const bool full = entries_.size() >= capacity_;
    if (full && on_full == OnFull::drop_oldest) make_room();
    if (closed_ || entries_.size() >= capacity_) {
      ++dropped_;
      return on_full == OnFull::drop_oldest;
    }
    entries_.push_back({{++last_id_, std::move(text)}});
  }
  tell_change();
  return true;
}

void DocumentQueue::make_room() {
  const auto oldest =
      std::find_if(entries_.begin(), entries_.end(), [](const Entry& e) { return !e.handed_over; });
  if (oldest == entries_.end()) return;
  remove(oldest);
  ++dropped_;
}

bool DocumentQueue::drain(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  room_.wait_for(lock, patience, [&] { return entries_.empty() || interrupted_ || closed_; });
  return entries_.empty();
}

void DocumentQueue::interrupt(bool on) {
  {
    const std::lock_guard lock(mutex_);
    interrupted_ = on;
  }
  room_.notify_all();
}

std::optional<Document> DocumentQueue::next(std::size_t window) {
  if (closed_ || under_way_ >= window) return std::nullopt;
  const auto oldest =
      std::find_if(entries_.begin(), entries_.end(), [](const Entry& e) { return !e.handed_over; });
  if (oldest == entries_.end()) return std::nullopt;
  oldest->handed_over = true;
  ++under_way_;
  return oldest->document;
}

std::optional<Document> DocumentQueue::wait(std::size_t window) {
  std::unique_lock lock(mutex_);
  documents_.wait(lock,
                  [&] { return closed_ || (under_way_ < window && under_way_ < entries_.size()); });
  return next(window);
}

std::optional<Document> DocumentQueue::take(std::size_t window) {
  const std::lock_guard lock(mutex_);
  return next(window);
}

DocumentQueue::Entries::iterator DocumentQueue::find(std::uint64_t id) {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), id,
                       [](const Entry& e, std::uint64_t wanted) { return e.document.id < wanted; });
  return found != entries_.end() && found->document.id == id ? found : entries_.end();
}

void DocumentQueue::remove(const Entries::iterator& entry) {
  if (entry->handed_over) --under_way_;
  entries_.erase(entry);
}

void DocumentQueue::delivered(std::uint64_t id) {
  {
    const std::lock_guard lock(mutex_);
    const auto entry = find(id);
    if (entry == entries_.end()) return;
    remove(entry);
    ++published_;
  }
  room_.notify_all();
  tell_change();
}

void DocumentQueue::refused(std::uint64_t id) {
  {
    const std::lock_guard lock(mutex_);
    const auto entry = find(id);
    if (entry == entries_.end()) return;
    remove(entry);
    ++dropped_;
  }
  room_.notify_all();
  tell_change();
}

void DocumentQueue::give_back(std::uint64_t id) {
  {
    const std::lock_guard lock(mutex_);
    const auto entry = find(id);
    if (entry == entries_.end() || !entry->handed_over) return;
    entry->handed_over = false;
    --under_way_;
  }
  tell_change();
}

void DocumentQueue::give_back_all() {
  {
    const std::lock_guard lock(mutex_);
    for (Entry& entry : entries_) entry.handed_over = false;
    under_way_ = 0;
  }
  tell_change();
}

void DocumentQueue::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  documents_.wait_for(lock, time, [&] { return closed_; });
}

void DocumentQueue::close() {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    closed_ = true;
  }
  room_.notify_all();
  tell_change();
}

bool DocumentQueue::closed() const {
  const std::lock_guard lock(mutex_);
  return closed_;
}

DocumentQueue::Counts DocumentQueue::counts() const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t left = entries_.size();
  return closed_ ? Counts{published_, dropped_ + left, 0} : Counts{published_, dropped_, left};
}

}  // namespace mvga::gst::publish
