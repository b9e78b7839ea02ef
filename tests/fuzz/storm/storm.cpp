// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/storm.h"

#include <thread>
#include <utility>
#include <vector>

#include "gst/detect/mvgadetect.h"
#include "gst/fit/mvgafit.h"
#include "gst/meta/anomaly_meta.h"
#include "gst/overlay/mvgaoverlay.h"
#include "gst/publish/mvgapublish.h"
#include "tests/fuzz/storm/complaints.h"
#include "tests/fuzz/storm/frames.h"
#include "tests/fuzz/storm/stream.h"

namespace mvga::fuzz {
namespace {

/// Read from the script, and not done yet. To be called once.
using Step = std::function<void()>;

class Storm {
 public:
  Storm(const Subject& subject, Bench& bench) : subject_(subject), bench_(bench) {}

  Step step_from(Script& script) {
    // Letters, as scripts may be written by hand; any other byte is one of them.
    switch (script.byte() & 15) {
      case 'p' & 15:
        return property(script);
      case 'a' & 15:  // all of them
        return [this] { read_properties(bench_.element()); };
      case 'b' & 15:
        return one_buffer(script);
      case 'c' & 15:
        return [this, caps = caps_from(script)] { bench_.send_caps(caps); };
      case 'd' & 15:
        return downstream(script);
      case 'e' & 15:
        return [this, event = event_down(script)] { bench_.send(event); };
      case 'f' & 15:  // a film
        return buffers(script);
      case 'g' & 15:  // and goes on
        return [this] { bench_.begin_stream(); };
      case 'h' & 15:
        return heatmap(script);
      case 'i' & 15:
        return [this] { bench_.read_bus(); };
      case 'j' & 15:  // two at a time
        return together(script);
      case 'k' & 15:
        return [this, query = query_from(script)] { bench_.ask(query); };
      case 'l' & 15:
        return [this, event = event_up(script)] { bench_.send_up(event); };
      case 'm' & 15:
        return state(script);
      case 'n' & 15:
        return [this] { flush(); };
      default:
        return one_buffer(script);
    }
  }

  void play() {
    bench_.set_state(GST_STATE_PLAYING);
    bench_.begin_stream();
  }

 private:
  GstBuffer* buffer_from(Script& script) {
    time_ += GST_SECOND / 25;
    return fuzz::buffer_from(script, bench_.video(), time_);
  }

  Step one_buffer(Script& script) {
    return [this, buffer = buffer_from(script)] { bench_.push(buffer); };
  }

  Step buffers(Script& script) {
    std::vector<GstBuffer*> all;
    const unsigned count = 2 + 2 * script.below(8);
    GstBuffer* const first = buffer_from(script);
    for (unsigned i = 1; i < count; ++i) {
      GstBuffer* const next = gst_buffer_copy_deep(first);
      gst_buffer_memset(next, i, static_cast<guint8>(i), 1);
      GST_BUFFER_PTS(next) += i * GST_SECOND / 25;
      all.push_back(next);
    }
    all.insert(all.begin(), first);
    return [this, all] {
      for (GstBuffer* buffer : all) bench_.push(buffer);
    };
  }

  Step property(Script& script) {
    return [this, set = property_from(script, bench_.element(), subject_.limits)] {
      set(bench_.element());
      subject_.mend(bench_.element());
    };
  }

  Step downstream(Script& script) {
    constexpr GstFlowReturn kFlows[] = {GST_FLOW_OK,       GST_FLOW_EOS,
                                        GST_FLOW_FLUSHING, GST_FLOW_NOT_LINKED,
                                        GST_FLOW_ERROR,    GST_FLOW_NOT_NEGOTIATED};
    Receiver& receiver = script.flip() ? bench_.heatmap_receiver() : bench_.receiver();
    switch (script.below(3)) {
      case 0:
        return [&receiver, flow = script.pick(kFlows)] { receiver.flow = flow; };
      case 1:
        return [&receiver, answer = script.below(16)] { receiver.allocation = answer; };
      default: {
        GstCaps* const caps = caps_downstream(script);
        return [&receiver, caps] {
          receiver.take_only(caps);
          gst_caps_unref(caps);
        };
      }
    }
  }

  Step heatmap(Script& script) {
    switch (script.below(3)) {
      case 0:
        return [this] { bench_.request_heatmap(true); };
      case 1:
        return [this] { bench_.request_heatmap(false); };
      default:
        return [this] { bench_.release_heatmap(); };
    }
  }

  Step state(Script& script) {
    constexpr GstState kStates[] = {GST_STATE_NULL, GST_STATE_READY, GST_STATE_PAUSED,
                                    GST_STATE_PLAYING};
    return [this, state = script.pick(kStates)] { bench_.set_state(state); };
  }

  Step together(Script& script) {
    if (++depth_ > 1) {
      --depth_;
      return [] {};
    }
    Step one = step_from(script);
    Step other = step_from(script);
    --depth_;
    return [one = std::move(one), other = std::move(other)] {
      std::thread thread(one);
      other();
      thread.join();
    };
  }

  void flush() {
    bench_.send(gst_event_new_flush_start());
    bench_.send(gst_event_new_flush_stop(TRUE));
    bench_.begin_stream();
  }

  const Subject& subject_;
  Bench& bench_;
  GstClockTime time_ = 0;
  int depth_ = 0;
};

}  // namespace

void start_gstreamer() {
  g_setenv("GST_REGISTRY_DISABLE", "yes", TRUE);
  g_setenv("GST_PLUGIN_SYSTEM_PATH_1_0", "", TRUE);
  g_setenv("GST_PLUGIN_PATH_1_0", "", TRUE);
  gst_init(nullptr, nullptr);
  gst_debug_set_default_threshold(GST_LEVEL_NONE);
  end_with_complaints();
  gst::register_anomaly_metas();
  GST_ELEMENT_REGISTER(mvgafit, nullptr);
  GST_ELEMENT_REGISTER(mvgadetect, nullptr);
  GST_ELEMENT_REGISTER(mvgaoverlay, nullptr);
  GST_ELEMENT_REGISTER(mvgapublish, nullptr);
}

void run_storm(const Subject& subject, const std::uint8_t* data, std::size_t size) {
  constexpr int kMostSteps = 100;
  {
    Bench bench(subject.factory);
    subject.prepare(bench.element());
    Storm storm(subject, bench);
    Script script(data, size);
    if (script.flip()) storm.play();
    for (int steps = 0; steps < kMostSteps && !script.over(); ++steps) storm.step_from(script)();
  }
  subject.check();
}

}  // namespace mvga::fuzz
