// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// Things that are dear to make and the same for everyone who asks for the same.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

namespace mvga {

/// A value for each key, made when it is asked for and gone with its last user. Safe to use from
/// several threads at once: who asks for a value that is being made waits for it, and nobody waits
/// for another key's.
template <typename Key, typename Value>
class SharedValues {
 public:
  /// The living value, if there is one and `suits(value)`; else what `make()` returns, from then on
  /// the one for this key. What make() throws goes to the caller alone: the next one tries again.
  template <typename Suits, typename Make>
  std::shared_ptr<Value> get(const Key& key, const Suits& suits, const Make& make) {
    const std::shared_ptr<Slot> slot = slot_for(key);
    const std::lock_guard lock(slot->mutex);
    if (std::shared_ptr<Value> living = slot->value.lock(); living && suits(*living)) return living;
    std::shared_ptr<Value> made = make();
    slot->value = made;
    return made;
  }

 private:
  struct Slot {
    std::mutex mutex;  ///< held while the value is made
    std::weak_ptr<Value> value;
  };

  static bool unused(const std::shared_ptr<Slot>& slot) {
    if (slot.use_count() > 1) return false;
    const std::lock_guard lock(slot->mutex);
    return slot->value.expired();
  }

  std::shared_ptr<Slot> slot_for(const Key& key) {
    const std::lock_guard lock(mutex_);
    std::erase_if(slots_, [](const auto& entry) { return unused(entry.second); });
    std::shared_ptr<Slot>& slot = slots_[key];
    if (!slot) slot = std::make_shared<Slot>();
    return slot;
  }

  std::mutex mutex_;  ///< of slots_; never held while a value is made
  std::map<Key, std::shared_ptr<Slot>> slots_;
};

}  // namespace mvga
