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

#include "gst/element_errors.h"
#include "gst/object_lock.h"
#include "gst/property_values.h"
#include "gst/publish/publish_run.h"

GST_DEBUG_CATEGORY_STATIC(mvga_publish_debug);
#define GST_CAT_DEFAULT mvga_publish_debug

using mvga::gst::guarded;
using mvga::gst::locked_replace;
using mvga::gst::set_text;
using mvga::gst::text_of;
using mvga::gst::publish::PublishRun;
using mvga::gst::publish::PublishSettings;

struct _MvgaPublish {
  GstBaseTransform parent;
  PublishSettings* settings;  ///< under the object lock
  /// Replaced under the object lock, with the streaming thread stopped.
  PublishRun* run;
};

enum {
  PROP_0,
  PROP_METHOD,
  PROP_FILE_PATH,
  PROP_ADDRESS,
  PROP_TOPIC,
  PROP_SOURCE,
  PROP_TAGS,
  PROP_GRANULARITY,
  PROP_ONLY_ANOMALOUS,
  PROP_QUEUE_SIZE,
  PROP_ON_FULL,
  PROP_USERNAME,
  PROP_PASSWORD,
  PROP_CREDENTIALS_FILE,
  PROP_TLS,
  PROP_CA_FILE,
  PROP_CERT_FILE,
  PROP_KEY_FILE,
  PROP_DRAIN_TIMEOUT,
  PROP_STATS,
};

static GstStaticPadTemplate sink_template =
    GST_STATIC_PAD_TEMPLATE("sink", GST_PAD_SINK, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);
static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

#define mvga_publish_parent_class parent_class
G_DEFINE_TYPE_WITH_CODE(MvgaPublish, mvga_publish, GST_TYPE_BASE_TRANSFORM,
                        GST_DEBUG_CATEGORY_INIT(mvga_publish_debug, "mvgapublish", 0,
                                                "publishing what was found"));
GST_ELEMENT_REGISTER_DEFINE(mvgapublish, "mvgapublish", GST_RANK_NONE, MVGA_TYPE_PUBLISH);

/* ---- streaming --------------------------------------------------------------------------------
 */

static gboolean mvga_publish_start(GstBaseTransform* trans) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  const PublishSettings settings = mvga::gst::locked_copy(self, *self->settings);
  std::unique_ptr<PublishRun> run;
  if (!guarded(GST_ELEMENT(self),
               [&] { run = std::make_unique<PublishRun>(GST_ELEMENT(self), settings); }))
    return FALSE;
  locked_replace(self, self->run, std::move(run));
  return TRUE;
}

static gboolean mvga_publish_stop(GstBaseTransform* trans) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  if (self->run) guarded(GST_ELEMENT(self), [&] { self->run->finish_event(); });
  locked_replace<MvgaPublish, PublishRun>(self, self->run, nullptr);
  return TRUE;
}

static gboolean mvga_publish_set_caps(GstBaseTransform* trans, GstCaps* incaps, GstCaps*) {
  MVGA_PUBLISH(trans)->run->configure(incaps);
  return TRUE;
}

static GstFlowReturn mvga_publish_transform_ip(GstBaseTransform* trans, GstBuffer* buffer) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  GstFlowReturn flow = GST_FLOW_ERROR;
  guarded(GST_ELEMENT(self), [&] { flow = self->run->process(buffer); });
  return flow;
}

static void end_stream(MvgaPublish* self) {
  guarded(GST_ELEMENT(self), [&] {
    self->run->finish_event();
    self->run->drain();
  });
}

static gboolean mvga_publish_sink_event(GstBaseTransform* trans, GstEvent* event) {
  MvgaPublish* self = MVGA_PUBLISH(trans);
  if (self->run) {
    switch (GST_EVENT_TYPE(event)) {
      case GST_EVENT_FLUSH_START:
        self->run->interrupt(true);
        break;
      case GST_EVENT_FLUSH_STOP:
        self->run->interrupt(false);
        guarded(GST_ELEMENT(self), [&] { self->run->finish_event(); });
        break;
      case GST_EVENT_STREAM_START:
        guarded(GST_ELEMENT(self), [&] { self->run->finish_event(); });
        break;
      case GST_EVENT_EOS:
        end_stream(self);
        break;
      default:
        break;
    }
  }
  return GST_BASE_TRANSFORM_CLASS(parent_class)->sink_event(trans, event);
}

static GstStateChangeReturn mvga_publish_change_state(GstElement* element,
                                                      GstStateChange transition) {
  MvgaPublish* self = MVGA_PUBLISH(element);
  // Before the pads are deactivated, which waits for the streaming thread.
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY && self->run) self->run->interrupt(true);
  return GST_ELEMENT_CLASS(parent_class)->change_state(element, transition);
}

/* ---- properties -------------------------------------------------------------------------------
 */

static void mvga_publish_set_property(GObject* object, guint id, const GValue* value,
                                      GParamSpec* pspec) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  GST_OBJECT_LOCK(self);
  PublishSettings& s = *self->settings;
  switch (id) {
    case PROP_METHOD:
      s.method = static_cast<mvga::gst::publish::Method>(g_value_get_enum(value));
      break;
    case PROP_FILE_PATH:
      s.file_path = text_of(value);
      break;
    case PROP_ADDRESS:
      s.address = text_of(value);
      break;
    case PROP_TOPIC:
      s.topic = text_of(value);
      break;
    case PROP_SOURCE:
      s.source = text_of(value);
      break;
    case PROP_TAGS:
      s.tags = text_of(value);
      break;
    case PROP_GRANULARITY:
      s.granularity = static_cast<mvga::gst::publish::Granularity>(g_value_get_enum(value));
      break;
    case PROP_ONLY_ANOMALOUS:
      s.only_anomalous = g_value_get_boolean(value);
      break;
    case PROP_QUEUE_SIZE:
      s.queue_size = g_value_get_uint(value);
      break;
    case PROP_ON_FULL:
      s.on_full = static_cast<mvga::gst::publish::OnFull>(g_value_get_enum(value));
      break;
    case PROP_USERNAME:
      s.username = text_of(value);
      break;
    case PROP_PASSWORD:
      s.password = text_of(value);
      break;
    case PROP_CREDENTIALS_FILE:
      s.credentials_file = text_of(value);
      break;
    case PROP_TLS:
      s.tls = g_value_get_boolean(value);
      break;
    case PROP_CA_FILE:
      s.ca_file = text_of(value);
      break;
    case PROP_CERT_FILE:
      s.cert_file = text_of(value);
      break;
    case PROP_KEY_FILE:
      s.key_file = text_of(value);
      break;
    case PROP_DRAIN_TIMEOUT:
      s.drain_timeout = g_value_get_uint(value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
}

static void mvga_publish_get_property(GObject* object, guint id, GValue* value, GParamSpec* pspec) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  GST_OBJECT_LOCK(self);
  const PublishSettings& s = *self->settings;
  switch (id) {
    case PROP_METHOD:
      g_value_set_enum(value, static_cast<gint>(s.method));
      break;
    case PROP_FILE_PATH:
      set_text(value, s.file_path);
      break;
    case PROP_ADDRESS:
      set_text(value, s.address);
      break;
    case PROP_TOPIC:
      set_text(value, s.topic);
      break;
    case PROP_SOURCE:
      set_text(value, s.source);
      break;
    case PROP_TAGS:
      set_text(value, s.tags);
      break;
    case PROP_GRANULARITY:
      g_value_set_enum(value, static_cast<gint>(s.granularity));
      break;
    case PROP_ONLY_ANOMALOUS:
      g_value_set_boolean(value, s.only_anomalous);
      break;
    case PROP_QUEUE_SIZE:
      g_value_set_uint(value, s.queue_size);
      break;
    case PROP_ON_FULL:
      g_value_set_enum(value, static_cast<gint>(s.on_full));
      break;
    case PROP_USERNAME:
      set_text(value, s.username);
      break;
    case PROP_CREDENTIALS_FILE:
      set_text(value, s.credentials_file);
      break;
    case PROP_TLS:
      g_value_set_boolean(value, s.tls);
      break;
    case PROP_CA_FILE:
      set_text(value, s.ca_file);
      break;
    case PROP_CERT_FILE:
      set_text(value, s.cert_file);
      break;
    case PROP_KEY_FILE:
      set_text(value, s.key_file);
      break;
    case PROP_DRAIN_TIMEOUT:
      g_value_set_uint(value, s.drain_timeout);
      break;
    case PROP_STATS:
      g_value_take_boxed(value, self->run ? self->run->stats() : mvga::gst::publish::no_stats());
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID(object, id, pspec);
  }
  GST_OBJECT_UNLOCK(self);
}

/* ---- class ------------------------------------------------------------------------------------
 */

static void mvga_publish_init(MvgaPublish* self) {
  self->settings = new PublishSettings;
  self->run = nullptr;
  // Frames are read, never written to: what comes in goes out, shared or not.
  gst_base_transform_set_passthrough(GST_BASE_TRANSFORM(self), TRUE);
  gst_base_transform_set_qos_enabled(GST_BASE_TRANSFORM(self), FALSE);
}

static void mvga_publish_finalize(GObject* object) {
  MvgaPublish* self = MVGA_PUBLISH(object);
  delete self->run;
  delete self->settings;
  G_OBJECT_CLASS(parent_class)->finalize(object);
}

static void install_properties(GObjectClass* klass) {
  const auto read_write = static_cast<GParamFlags>(G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                   GST_PARAM_MUTABLE_READY);
  const auto write_only =
      static_cast<GParamFlags>(G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS | GST_PARAM_MUTABLE_READY);
  const auto read_only = static_cast<GParamFlags>(G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  const PublishSettings d;
  const auto install = [klass](guint id, GParamSpec* spec) {
    g_object_class_install_property(klass, id, spec);
  };

  install(PROP_METHOD, g_param_spec_enum("method", "Method", "Where documents go",
                                         mvga::gst::publish::method_get_type(),
                                         static_cast<gint>(d.method), read_write));
  install(PROP_FILE_PATH,
          g_param_spec_string("file-path", "File path",
                              "File to append to, for method=file: a line for each document",
                              nullptr, read_write));
  install(PROP_ADDRESS,
          g_param_spec_string("address", "Address",
                              "host:port of the MQTT broker (default port 1883, with TLS 8883); of "
                              "Kafka one or more brokers, separated by commas",
                              nullptr, read_write));
  install(PROP_TOPIC, g_param_spec_string("topic", "Topic", "MQTT or Kafka topic", d.topic.c_str(),
                                          read_write));
  install(PROP_SOURCE,
          g_param_spec_string("source", "Source",
                              "Id of the camera or line that each document names; with Kafka also "
                              "the key, which keeps its documents in order",
                              nullptr, read_write));
  install(PROP_TAGS,
          g_param_spec_string("tags", "Tags", "JSON object that each document carries as it is",
                              nullptr, read_write));
  install(PROP_GRANULARITY,
          g_param_spec_enum("granularity", "Granularity", "What a document is about",
                            mvga::gst::publish::granularity_get_type(),
                            static_cast<gint>(d.granularity), read_write));
  install(PROP_ONLY_ANOMALOUS,
          g_param_spec_boolean("only-anomalous", "Only anomalous",
                               "With granularity=frame: nothing of frames that are not anomalous",
                               d.only_anomalous, read_write));
  install(PROP_QUEUE_SIZE,
          g_param_spec_uint("queue-size", "Queue size",
                            "Documents that may wait for the broker or the disk (documents)", 1,
                            10'000'000, d.queue_size, read_write));
  install(PROP_ON_FULL,
          g_param_spec_enum("on-full", "On full", "What happens when the queue is full",
                            mvga::gst::publish::on_full_get_type(), static_cast<gint>(d.on_full),
                            read_write));
  install(PROP_USERNAME,
          g_param_spec_string("username", "User name",
                              "User name for the broker (Kafka: SASL PLAIN)", nullptr, read_write));
  install(PROP_PASSWORD,
          g_param_spec_string("password", "Password",
                              "Password for the broker; cannot be read back. On a command line "
                              "others see it: credentials-file is better",
                              nullptr, write_only));
  install(PROP_CREDENTIALS_FILE,
          g_param_spec_string("credentials-file", "Credentials file",
                              "File with the lines username=... and password=..., which replace "
                              "the properties",
                              nullptr, read_write));
  install(PROP_TLS,
          g_param_spec_boolean("tls", "TLS", "Encrypt, and check the broker's certificate", d.tls,
                               read_write));
  install(PROP_CA_FILE,
          g_param_spec_string("ca-file", "CA file",
                              "Certificates that the broker's is checked with (PEM); NULL: the "
                              "system's",
                              nullptr, read_write));
  install(PROP_CERT_FILE, g_param_spec_string("cert-file", "Certificate file",
                                              "Certificate of this client (PEM), with key-file",
                                              nullptr, read_write));
  install(PROP_KEY_FILE,
          g_param_spec_string("key-file", "Key file",
                              "Key of cert-file (PEM), without a passphrase", nullptr, read_write));
  install(PROP_DRAIN_TIMEOUT,
          g_param_spec_uint("drain-timeout", "Drain timeout",
                            "How long the end of the stream waits for documents that have not "
                            "arrived (ms)",
                            0, 3'600'000, d.drain_timeout, read_write));
  install(PROP_STATS,
          g_param_spec_boxed("stats", "Statistics",
                             "Documents published, dropped and queued; how often the connection "
                             "came back (reconnects)",
                             GST_TYPE_STRUCTURE, read_only));
}

static void mvga_publish_class_init(MvgaPublishClass* klass) {
  GObjectClass* object_class = G_OBJECT_CLASS(klass);
  GstElementClass* element_class = GST_ELEMENT_CLASS(klass);
  GstBaseTransformClass* transform_class = GST_BASE_TRANSFORM_CLASS(klass);

  object_class->set_property = GST_DEBUG_FUNCPTR(mvga_publish_set_property);
  object_class->get_property = GST_DEBUG_FUNCPTR(mvga_publish_get_property);
  object_class->finalize = GST_DEBUG_FUNCPTR(mvga_publish_finalize);
  install_properties(object_class);

  element_class->change_state = GST_DEBUG_FUNCPTR(mvga_publish_change_state);
  gst_element_class_set_static_metadata(
      element_class, "Anomaly publisher", "Filter/Metadata",
      "Sends what mvgadetect found to a file, an MQTT broker or a Kafka cluster",
      "the mvga authors");
  gst_element_class_add_static_pad_template(element_class, &sink_template);
  gst_element_class_add_static_pad_template(element_class, &src_template);

  transform_class->start = GST_DEBUG_FUNCPTR(mvga_publish_start);
  transform_class->stop = GST_DEBUG_FUNCPTR(mvga_publish_stop);
  transform_class->set_caps = GST_DEBUG_FUNCPTR(mvga_publish_set_caps);
  transform_class->transform_ip = GST_DEBUG_FUNCPTR(mvga_publish_transform_ip);
  transform_class->sink_event = GST_DEBUG_FUNCPTR(mvga_publish_sink_event);
}
