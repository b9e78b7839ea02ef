// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

/**
 * SECTION:element-mvgapublish
 * @title: mvgapublish
 * @short_description: Sends what mvgadetect found to a file, an MQTT broker or a Kafka cluster
 *
 * Frames pass through untouched, encoded ones as well. A document of JSON (docs/publishing.md) is
 * made of each frame's `MvgaAnomalyMeta`, or of each event, and sent from a thread of its own, so
 * that the video does not wait for a network. Documents wait in a queue while a broker is away.
 *
 * Known limits: what is queued is lost when the process ends before it has gone out. A name server
 * that does not answer holds up the end of the stream.
 *
 * |[
 * gst-launch-1.0 filesrc location=shift.mp4 ! decodebin ! videoconvert ! \
 *   mvgadetect model=line.mvga ! \
 *   mvgapublish method=mqtt address=broker:1883 topic=line/3 granularity=event ! fakesink
 * ]|
 */
#include "gst/publish/mvgapublish.h"

#include <memory>
#include <string>

#include "gst/element/errors.h"
#include "gst/element/object_lock.h"
#include "gst/publish/properties.h"
#include "gst/publish/publish_run.h"

GST_DEBUG_CATEGORY_STATIC(mvga_publish_debug);
#undef GST_CAT_DEFAULT  // of another file, in a unity build
#define GST_CAT_DEFAULT mvga_publish_debug

using mvga::gst::guarded;
using mvga::gst::locked_copy;
using mvga::gst::locked_replace;
using mvga::gst::publish::PublishProperties;
using mvga::gst::publish::PublishRun;
using mvga::gst::publish::PublishSettings;

struct _MvgaPublish {
  GstBaseTransform parent;
  PublishSettings* settings;  ///< under the object lock
  /// Empty unless started. Under the object lock: frames and events may come while it starts.
  std::shared_ptr<PublishRun>* run;
};

static GstStaticPadTemplate publish_sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate publish_src_template =
    GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

G_DEFINE_TYPE_WITH_CODE(MvgaPublish, mvga_publish, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_publish_debug, "mvgapublish", 0,
                                                "publishing what was found"));
GST_ELEMENT_REGISTER_DEFINE(mvgapublish, "mvgapublish", GST_RANK_NONE, MVGA_TYPE_PUBLISH);

/* ---- streaming --------------------------------------------------------------------------------
 */

static std::shared_ptr<PublishRun> run_of(MvgaPublish* self) {
  return locked_copy(self, *self->run);
}

static gboolean mvga_publish_start(GstBaseTransform* trans) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  const PublishSettings settings = locked_copy(self, *self->settings);
  return guarded(GST_ELEMENT(self), [&] {
    locked_replace(self, *self->run, std::make_shared<PublishRun>(GST_ELEMENT(self), settings));
  });
}

static gboolean mvga_publish_stop(GstBaseTransform* trans) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  if (const auto run = run_of(self)) guarded(GST_ELEMENT(self), [&] { run->finish_event(); });
  locked_replace(self, *self->run, std::shared_ptr<PublishRun>());
  return TRUE;
}

static gboolean mvga_publish_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  const auto run = run_of(MVGA_PUBLISH(trans));
  if (run) run->configure(incaps);
  return static_cast<gboolean>(run != nullptr);
}

static GstFlowReturn mvga_publish_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  const auto run = run_of(self);
  if (!run) return GST_FLOW_FLUSHING;
  return mvga::gst::guarded_flow(GST_ELEMENT(self),
                                 [&] { return run->process(buffer, trans->segment); });
}

static void heed(PublishRun& run, GstEvent* event) {
  switch (GST_EVENT_TYPE(event)) {
    case GST_EVENT_FLUSH_START:
      run.interrupt(true);
      break;
    case GST_EVENT_FLUSH_STOP:
      run.interrupt(false);
      run.finish_event();
      break;
    case GST_EVENT_STREAM_START:
      run.finish_event();
      break;
    case GST_EVENT_SEGMENT:
      run.begin_segment();
      break;
    case GST_EVENT_EOS:
      run.finish_event();
      run.drain();
      break;
    default:
      break;
  }
}

static gboolean mvga_publish_sink_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  if (const auto run = run_of(self)) guarded(GST_ELEMENT(self), [&] { heed(*run, event); });
  return GST_BASE_TRANSFORM_CLASS(mvga_publish_parent_class)->sink_event(trans, event);
}

static GstStateChangeReturn mvga_publish_change_state(GstElement* element,
                                                      GstStateChange transition) {
  const auto run = run_of(MVGA_PUBLISH(element));
  // Before the pads are deactivated, which waits for the streaming thread.
  if (run && transition == GST_STATE_CHANGE_PAUSED_TO_READY) run->interrupt(true);
  return GST_ELEMENT_CLASS(mvga_publish_parent_class)->change_state(element, transition);
}

/* ---- properties -------------------------------------------------------------------------------
 */

static PublishProperties all_publish_properties() {
  PublishProperties table = mvga::gst::publish::publish_settings_properties();
  table.read_only({"stats", "Statistics",
                   "Documents published, dropped and queued; how often the connection "
                   "came back (reconnects)"},
                  [](const MvgaPublish& self) {
                    const PublishRun* run = self.run->get();
                    return run ? run->stats() : mvga::gst::publish::no_stats();
                  });
  return table;
}

static const PublishProperties& publish_properties() {
  static const PublishProperties table = all_publish_properties();
  return table;
}

static void mvga_publish_set_property(GObject* object, guint id, const GValue* value,
                                      GParamSpec* pspec) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  publish_properties().set(self, *self->settings, id, value, pspec);
}

static void mvga_publish_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  publish_properties().get(self, *self->settings, id, value, pspec);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_publish_init(MvgaPublish* self) {
  self->settings = new PublishSettings;
  self->run = new std::shared_ptr<PublishRun>;
  // Frames are read, never written to: what comes in goes out, shared or not.
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), TRUE);
  gst_base_transform_set_qos_enabled(GST_BASE_TRANSFORM(self), FALSE);
}

static void mvga_publish_finalize(GObject* object) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(mvga_publish_parent_class)->finalize(object);
}

static void mvga_publish_class_init(MvgaPublishClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_publish_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_publish_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_publish_finalize);
  publish_properties().install(object_class);

  element_class->change_state = GST_DEBUG_FUNCPTR(mvga_publish_change_state);
  gst_element_class_set_static_metadata(
      element_class, "Anomaly publisher", "Filter/Metadata",
      "Sends what mvgadetect found to a file, an MQTT broker or a Kafka cluster",
      "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &publish_sink_template);
  gst_element_class_add_static_pad_template(element_class, &publish_src_template);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_publish_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_publish_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_publish_set_caps);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_publish_transform_ip);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_publish_sink_event);
}
