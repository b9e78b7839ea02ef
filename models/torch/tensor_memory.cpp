// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "models/torch/tensor_memory.h"

#include <c10/core/Allocator.h>
#include <sanitizer/asan_interface.h>

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <unordered_map>
#include <utility>

namespace mvga {
namespace {

/// Smaller ones are the heap's: it is good at them.
constexpr std::size_t kSmallest = 4096;
constexpr std::size_t kAlignment = 64;  // LibTorch's, for vector instructions

constexpr std::size_t rounded_up(std::size_t bytes) {
  return (bytes + kSmallest - 1) / kSmallest * kSmallest;
}

/// Blocks of memory, in use or kept for the next. Thread-safe.
class Blocks {
 public:
  /// Null when there is no memory.
  void* take(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    const std::size_t size = rounded_up(bytes);
    void* block = take_kept(size);
    if (block == nullptr) block = take_new(size);
    if (block == nullptr) return nullptr;
    // To a sanitizer, only what was asked for is there.
    ASAN_POISON_MEMORY_REGION(block, sizes_.at(block));
    ASAN_UNPOISON_MEMORY_REGION(block, bytes);
    return block;
  }

  /// False: it is not from here.
  bool give_back(void* block) {
    const std::lock_guard lock(mutex_);
    const auto known = sizes_.find(block);
    if (known == sizes_.end()) return false;
    if (shares_ == 0) {
      forget(block);
    } else {
      ASAN_POISON_MEMORY_REGION(block, known->second);
      kept_.emplace(known->second, block);
    }
    return true;
  }

  void join() {
    const std::lock_guard lock(mutex_);
    ++shares_;
  }
  void leave() {
    const std::lock_guard lock(mutex_);
    --shares_;
    for (const auto& [size, block] : std::exchange(kept_, {})) forget(block);
  }

  std::size_t taken() const {
    const std::lock_guard lock(mutex_);
    return taken_;
  }

 private:
  // All with mutex_ held.
  void* take_kept(std::size_t size) {
    const auto kept = kept_.lower_bound(size);
    if (kept == kept_.end() || kept->first > size + size / 4) return nullptr;
    void* block = kept->second;
    kept_.erase(kept);
    return block;
  }
  void* take_new(std::size_t size) {
    void* block = std::aligned_alloc(kAlignment, size);
    if (block == nullptr) return nullptr;
    sizes_.emplace(block, size);
    ++taken_;
    return block;
  }
  void forget(void* block) {
    ASAN_UNPOISON_MEMORY_REGION(block, sizes_.at(block));
    sizes_.erase(block);
    std::free(block);
  }

  mutable std::mutex mutex_;
  std::multimap<std::size_t, void*> kept_;        ///< by size
  std::unordered_map<void*, std::size_t> sizes_;  ///< of all, those in use included
  std::size_t shares_ = 0;
  std::size_t taken_ = 0;
};

/// Never destroyed: a tensor may outlive everything else.
Blocks& blocks() {
  static auto* const all = new Blocks;
  return *all;
}

thread_local bool in_use = false;

/// LibTorch's allocator with ours in front.
class Allocator : public c10::Allocator {
 public:
  explicit Allocator(c10::Allocator* heap) : heap_(heap) {}

  // One of the two is LibTorch's: the first up to 2.2, the second since, with copy_data().
  // NOLINTBEGIN(modernize-use-override,readability-convert-member-functions-to-static)
  c10::DataPtr allocate(std::size_t bytes) const { return allocated(bytes); }
  c10::DataPtr allocate(std::size_t bytes) { return allocated(bytes); }
  void copy_data(void* to, const void* from, std::size_t bytes) const {
    std::memcpy(to, from, bytes);
  }
  // NOLINTEND(modernize-use-override,readability-convert-member-functions-to-static)
  c10::DeleterFnPtr raw_deleter() const override { return &give_back; }

  /// In front of what is there; nothing is changed where that cannot be.
  static void install() {
    c10::Allocator* heap = c10::GetAllocator(c10::DeviceType::CPU);
    heap_deleter() = heap->raw_deleter();
    if (heap_deleter() == nullptr) return;
    static auto* const front = new Allocator(heap);  // never destroyed, as LibTorch is not
    c10::SetAllocator(c10::DeviceType::CPU, front);
  }

 private:
  c10::DataPtr allocated(std::size_t bytes) const {
    void* block = in_use && bytes >= kSmallest ? blocks().take(bytes) : nullptr;
    if (block == nullptr) return heap_->allocate(bytes);
    return {block, block, &give_back, c10::Device(c10::DeviceType::CPU)};
  }

  // LibTorch gives us back what the heap has allocated, too.
  static void give_back(void* block) {
    if (block != nullptr && !blocks().give_back(block)) heap_deleter()(block);
  }

  static c10::DeleterFnPtr& heap_deleter() {
    static c10::DeleterFnPtr deleter = nullptr;
    return deleter;
  }

  c10::Allocator* heap_;
};

}  // namespace

TensorMemory::Share::Share() {
  static std::once_flag installed;
  std::call_once(installed, &Allocator::install);
  blocks().join();
}

TensorMemory::Share::~Share() {
  blocks().leave();
}

TensorMemory::Use::Use() : before_(std::exchange(in_use, true)) {}

TensorMemory::Use::~Use() {
  in_use = before_;
}

std::size_t TensorMemory::blocks_taken() {
  return blocks().taken();
}

}  // namespace mvga
