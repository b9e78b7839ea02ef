// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/drawing/compositions.h"

#include "gst/drawing/handles.h"
#include "gst/frames/handles.h"

namespace mvga::gst {
namespace {

constexpr const char* kFeature = GST_CAPS_FEATURE_META_GST_VIDEO_OVERLAY_COMPOSITION;

GstCaps* with_feature(const GstCaps* caps) {
  GstCaps* featured = gst_caps_copy(caps);
  gst_caps_set_features_simple(featured, gst_caps_features_new(kFeature, nullptr));
  return featured;
}

GstCaps* without_feature(const GstCaps* caps) {
  GstCaps* plain = gst_caps_copy(caps);
  gst_caps_set_features_simple(plain, nullptr);
  // Without those that are now there twice; their order, a preference, stays.
  return gst_caps_merge(gst_caps_new_empty(), plain);
}

GstCaps* unfiltered(GstPadDirection direction, const GstCaps* caps, Drawing drawing) {
  GstCaps* plain = without_feature(caps);
  if (direction == GST_PAD_SRC || drawing == Drawing::blend) return plain;
  return gst_caps_merge(with_feature(plain), plain);
}

bool ask(GstPad* src) {
  const Caps caps(gst_pad_get_current_caps(src));
  if (!caps || !gst_caps_features_contains(gst_caps_get_features(caps.get(), 0), kFeature))
    return false;
  const Query query(gst_query_new_allocation(caps.get(), FALSE));
  return gst_pad_peer_query(src, query.get()) &&
         gst_query_find_allocation_meta(query.get(), GST_VIDEO_OVERLAY_COMPOSITION_META_API_TYPE,
                                        nullptr);
}

}  // namespace

GstCaps* transform_caps(GstPadDirection direction, GstCaps* caps, GstCaps* filter,
                        Drawing drawing) {
  const Caps all(unfiltered(direction, caps, drawing));
  if (filter == nullptr) return gst_caps_ref(all.get());
  return gst_caps_intersect_full(filter, all.get(), GST_CAPS_INTERSECT_FIRST);
}

bool CompositionTaker::takes(GstPad* src) {
  // Known from here on: a change that comes while downstream is asked has it asked once more.
  if (!known_.exchange(true)) takes_ = ask(src);
  return takes_;
}

void attach_composition(GstBuffer* buffer, GstVideoOverlayComposition* composition) {
  GstVideoOverlayCompositionMeta* meta = gst_buffer_get_video_overlay_composition_meta(buffer);
  if (meta == nullptr) {
    gst_buffer_add_video_overlay_composition_meta(buffer, composition);
    return;
  }
  overlay::CompositionPtr both(gst_video_overlay_composition_copy(meta->overlay));
  for (guint i = 0; i < gst_video_overlay_composition_n_rectangles(composition); ++i)
    gst_video_overlay_composition_add_rectangle(
        both.get(), gst_video_overlay_composition_get_rectangle(composition, i));
  gst_buffer_remove_meta(buffer, reinterpret_cast<GstMeta*>(meta));
  gst_buffer_add_video_overlay_composition_meta(buffer, both.get());
}

}  // namespace mvga::gst
