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

/// The old one is let go of without the lock, by whoever used it last.
template <typename Object, typename T>
void locked_replace(Object* object, std::shared_ptr<T>& slot, std::shared_ptr<T> value) {
  GST_OBJECT_LOCK(object);
  slot.swap(value);
  GST_OBJECT_UNLOCK(object);
}

}  // namespace mvga::gst
