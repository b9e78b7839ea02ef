// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/frames/allocation.h"

#include <gst/video/video.h>

#include "gst/frames/handles.h"

namespace mvga::gst {
namespace {

/// The feature for overlays may be in the caps downstream and not in those upstream.
Caps caps_downstream(GstBaseTransform* element, GstCaps* upstream) {
  Caps caps(gst_pad_get_current_caps(GST_BASE_TRANSFORM_SRC_PAD(element)));
  if (!caps) caps.reset(gst_caps_ref(upstream));
  return caps;
}

void copy_metas(GstQuery* from, GstQuery* to) {
  for (guint i = 0; i < gst_query_get_n_allocation_metas(from); ++i) {
    const GstStructure* parameters = nullptr;
    const GType api = gst_query_parse_nth_allocation_meta(from, i, &parameters);
    if (api != GST_VIDEO_CROP_META_API_TYPE) gst_query_add_allocation_meta(to, api, parameters);
  }
}

void copy_pools(GstQuery* from, GstQuery* to) {
  for (guint i = 0; i < gst_query_get_n_allocation_pools(from); ++i) {
    GstBufferPool* pool = nullptr;
    guint size = 0;
    guint least = 0;
    guint most = 0;
    gst_query_parse_nth_allocation_pool(from, i, &pool, &size, &least, &most);
    gst_query_add_allocation_pool(to, pool, size, least, most);
    if (pool != nullptr) gst_object_unref(pool);
  }
}

void copy_allocators(GstQuery* from, GstQuery* to) {
  for (guint i = 0; i < gst_query_get_n_allocation_params(from); ++i) {
    GstAllocator* allocator = nullptr;
    GstAllocationParams parameters;
    gst_query_parse_nth_allocation_param(from, i, &allocator, &parameters);
    gst_query_add_allocation_param(to, allocator, &parameters);
    if (allocator != nullptr) gst_object_unref(allocator);
  }
}

}  // namespace

bool answer_allocation(GstBaseTransform* element, GstQuery* query) {
  GstCaps* upstream = nullptr;
  gboolean needs_pool = FALSE;
  gst_query_parse_allocation(query, &upstream, &needs_pool);
  if (upstream == nullptr) return false;
  const Caps downstream = caps_downstream(element, upstream);
  const Query asked(gst_query_new_allocation(downstream.get(), needs_pool));
  if (!gst_pad_peer_query(GST_BASE_TRANSFORM_SRC_PAD(element), asked.get())) return false;
  copy_metas(asked.get(), query);
  copy_pools(asked.get(), query);
  copy_allocators(asked.get(), query);
  return true;
}

}  // namespace mvga::gst
