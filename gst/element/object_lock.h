// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// What elements keep under their object lock: settings, which any thread may change, and the run,
// which other threads may look at.
#pragma once

#include <gst/gst.h>

#include <memory>

namespace mvga::gst {

/// A copy, so that no change is seen in the middle of a frame.
template <typename Object, typename T>
T locked_copy(Object* object, const T& value) {
  GST_OBJECT_LOCK(object);
  T copy = value;
  GST_OBJECT_UNLOCK(object);
  return copy;
}

/// `slot` owns what it points at. The old one is deleted without the lock.
template <typename Object, typename T>
void locked_replace(Object* object, T*& slot, std::unique_ptr<T> value) {
  GST_OBJECT_LOCK(object);
  const std::unique_ptr<T> old(slot);
  slot = value.release();
  GST_OBJECT_UNLOCK(object);
}

}  // namespace mvga::gst
