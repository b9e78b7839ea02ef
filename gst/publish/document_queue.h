// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Documents on their way from the streaming thread to whoever takes them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace mvga::gst::publish {

enum class OnFull { drop_oldest, block };

struct Document {
  std::uint64_t id = 0;  ///< in the order in which they came, from 1
  std::string text;
};

/// Holds each document until it is known to have arrived. Any thread may call anything.
class DocumentQueue {
 public:
  struct Counts {
    std::uint64_t published = 0;  ///< known to have arrived
    std::uint64_t dropped = 0;    ///< for want of room, refused, or left over at the end
    std::uint64_t queued = 0;     ///< waiting, or handed over and not known to have arrived
  };

  /// @param capacity most documents at a time
  explicit DocumentQueue(std::size_t capacity) : capacity_(capacity) {}

  /// `changed` is called, without the lock, whenever wait() or take() could have another answer:
  /// for those who wait for something else at the same time.
  void on_change(std::function<void()> changed);

  // The streaming thread's side.

  /// When there is no room, drops the oldest document that was not handed over yet (without one,
  /// this one), or waits for room.
  /// @return false if it was interrupted while it waited; the document is dropped then
  bool push(std::string text, OnFull on_full);
  /// Waits until every document has arrived.
  /// @return false if the time was up, or it was interrupted
  bool drain(std::chrono::milliseconds patience);
  /// While on, push() and drain() do not wait.
  void interrupt(bool on);

  // The publisher's side.

  /// The oldest document that was not handed over, as handed over; waits for one while fewer than
  /// `window` are under way. Nothing once the queue is closed.
  std::optional<Document> wait(std::size_t window);
  /// The same without waiting.
  std::optional<Document> take(std::size_t window);
  /// It has arrived, and leaves the queue.
  void delivered(std::uint64_t id);
  /// It will never be taken: it leaves the queue, and counts as dropped.
  void refused(std::uint64_t id);
  /// It was not taken and is to be handed over again.
  void give_back(std::uint64_t id);
  void give_back_all();
  /// Waits, but not longer than until the queue is closed.
  void pause(std::chrono::milliseconds time);

  /// For good. What is left counts as dropped.
  void close();
  bool closed() const;
  Counts counts() const;

 private:
  struct Entry {
    Document document;
    bool handed_over = false;
  };
  using Entries = std::deque<Entry>;

  Entries::iterator find(std::uint64_t id);
  void remove(const Entries::iterator& entry);
  void make_room();
  std::optional<Document> next(std::size_t window);
  void tell_change();

  const std::size_t capacity_;
  std::function<void()> changed_;

  mutable std::mutex mutex_;           ///< of what follows
  std::condition_variable room_;       ///< a document has left, or waiting is over
  std::condition_variable documents_;  ///< there may be one to hand over, or the queue is closed
  Entries entries_;                    ///< by id
  std::size_t under_way_ = 0;
  std::uint64_t last_id_ = 0;
  std::uint64_t published_ = 0;
  std::uint64_t dropped_ = 0;
  bool interrupted_ = false;
  bool closed_ = false;
};

}  // namespace mvga::gst::publish
