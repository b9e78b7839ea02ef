// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/properties.h"

#include "gst/drawing/drawing_enums.h"

namespace mvga::gst {

DetectProperties detect_settings_properties() {
  using S = DetectElementSettings;
  DetectProperties table;
  table.text({"model", "Model",
              "Path of the model file that mvgafit wrote; while playing, a file "
              "that does not fit leaves the old model running, with a warning"},
             Mutable::playing, &S::model);
  table.number({"learn-frames", "Learn frames",
                "When there is no file at `model`: learn so many frames from the start of the "
                "stream, write the model there, and watch with it; 0: the file has to be there"},
               Mutable::ready, 0U, G_MAXUINT, &S::learn_frames);
  table.text({"weights", "Weights",
              "Weights file of the model's backbone (safetensors), or of the one to learn "
              "with; NULL: "
              "BACKBONE.safetensors in MVGA_WEIGHTS_PATH, the user's or the "
              "installed data folder"},
             Mutable::ready, &S::weights);
  table.text({"device", "Device", "Where the backbone runs: auto, cpu, cuda, cuda:N"},
             Mutable::ready, &S::device);
  table.choice({"precision", "Precision", "Number format of the backbone"}, Mutable::ready,
               precision_get_type(), &S::precision);
  table.number({"threads", "Threads",
                "Processor threads of an inference; 0: as many as cores, shared among the elements "
                "that infer at the same time"},
               Mutable::ready, 0U, 1024U, &S::threads);
  table.text({"model-instance-id", "Model instance id",
              "Elements with the same id have their frames inferred together, the one that has "
              "waited longest first; each keeps its own model. NULL: by itself"},
             Mutable::ready, &S::model_instance_id);
  table.number({"batch-size", "Batch size",
                "With model-instance-id, or inference-mode=async: so many frames that wait are "
                "inferred at once; of elements with the same id the largest counts"},
               Mutable::ready, 1U, 256U, &S::batch_size);
  table.number(
      {"batch-timeout", "Batch timeout",
       "Nanoseconds that a frame waits for a batch to fill up, beyond the inference that is "
       "under way, also at the end of the stream; of elements with the same id the longest counts. "
       "0: none"},
      Mutable::ready, guint64{0}, guint64{GST_SECOND}, &S::batch_timeout);
  table.choice({"inference-mode", "Inference mode", "How frames wait for results"}, Mutable::ready,
               inference_mode_get_type(), &S::inference_mode);
  table.number({"inference-interval", "Inference interval",
                "Look at every Nth frame; those between carry the last result, with "
                "status held"},
               Mutable::playing, 1U, G_MAXUINT, &S::inference_interval);
  table.number({"max-in-flight", "Maximum in flight",
                "Frames that may be in the element at once with inference-mode=async"},
               Mutable::ready, 1U, 256U, &S::max_in_flight);
  table.choice({"qos-policy", "QoS policy",
                "What happens to frames that are too late already when they come in; none is "
                "dropped. With inference-mode=decoupled nothing is ever late because of inference"},
               Mutable::playing, qos_policy_get_type(), &S::qos_policy);
  table.text({"roi", "Region of interest",
              "Part of the frame to look at: x,y,w,h in fractions of the frame; "
              "NULL: the one the model was learned on"},
             Mutable::playing, &S::roi);
  table.number({"threshold", "Threshold",
                "Score above which a frame is anomalous; -1: the one that keeps "
                "target-fpr"},
               Mutable::controlled, -1.0, G_MAXDOUBLE, &S::threshold);
  table.number({"target-fpr", "Target false-alarm rate",
                "Share of normal frames that may raise an alarm; 0: the model's"},
               Mutable::controlled, 0.0, 0.5, &S::target_fpr);
  table.number(
      {"trigger-frames", "Trigger frames",
       "So many anomalous frames among the last trigger-window start an event"},
      Mutable::playing, 1U, 10000U, [](auto& s) -> auto& { return s.events.trigger_frames; });
  table.number(
      {"trigger-window", "Trigger window", "Frames among which trigger-frames are counted"},
      Mutable::playing, 1U, 10000U, [](auto& s) -> auto& { return s.events.trigger_window; });
  table.number(
      {"release-frames", "Release frames", "So many normal frames in a row end an event"},
      Mutable::playing, 1U, 10000U, [](auto& s) -> auto& { return s.events.release_frames; });
  table.number({"max-regions", "Maximum regions",
                "Regions that are reported for a frame, the strongest first"},
               Mutable::playing, 0U, 1000U, &S::max_regions);
  table.number({"min-region-area", "Minimum region area",
                "Regions that cover less than this share of the frame are not "
                "reported; the score and the verdict do not depend on it"},
               Mutable::controlled, 0.0, 1.0, &S::min_region_area);
  table.flags({"attach", "Attach", "Metadata that frames carry"}, Mutable::playing,
              attach_get_type(), &S::attach);
  table.choice({"overlay", "Overlay", "Where the result is drawn"}, Mutable::playing,
               overlay_mode_get_type(), &S::overlay);
  table.flags(
      {"overlay-style", "Overlay style", "What is drawn"}, Mutable::playing,
      overlay_style_get_type(), [](auto& s) -> auto& { return s.drawing.style; });
  table.choice(
      {"colormap", "Colour map", "Colours of the heat map"}, Mutable::playing, colormap_get_type(),
      [](auto& s) -> auto& { return s.drawing.colormap; });
  table.number(
      {"alpha", "Alpha", "Opacity of the heat map"}, Mutable::controlled, 0.0, 1.0,
      [](auto& s) -> auto& { return s.drawing.alpha; });
  table.choice({"messages", "Messages", "Element messages on the bus"}, Mutable::playing,
               messages_get_type(), &S::messages);
  table.choice({"on-error", "On error", "What happens when a frame cannot be looked at"},
               Mutable::playing, on_error_get_type(), &S::on_error);
  return table;
}

}  // namespace mvga::gst
