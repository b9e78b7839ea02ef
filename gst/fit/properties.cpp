// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/fit/properties.h"

#include "core/light/light_changes.h"

namespace mvga::gst {
namespace {

FitProperties all_properties() {
  using S = FitElementSettings;
  FitProperties table;
  table.text({"model", "Model", "Path of the model file to write (.mvga)"}, Mutable::ready,
             &S::model);
  table.text({"backbone", "Backbone",
              "Architecture of the network: mvga_small, which is built in, or one of "
              "timm's names (of EfficientNet, EfficientNet-Lite, MobileNetV3, ResNet, "
              "ConvNeXt, DINOv2 and DINOv3: mvga weights list); NULL: that of the weights, "
              "mvga_small, or tf_efficientnet_b4 for profile=paper"},
             Mutable::ready, &S::backbone);
  table.text({"weights", "Weights",
              "Weights file of the backbone (safetensors); NULL: BACKBONE.safetensors "
              "in MVGA_WEIGHTS_PATH, the user's or the installed data folder, or the "
              "built-in weights"},
             Mutable::ready, &S::weights);
  table.text(
      {"levels", "Levels", "Feature levels, such as 3-7 or 3,4,6; NULL: what suits the backbone"},
      Mutable::ready, &S::levels);
  table.number({"input-size", "Input size",
                "Side of the backbone's square input in pixels; 0: what suits the backbone"},
               Mutable::ready, 0U, 2048U, &S::input_size);
  table.text(
      {"tiles", "Tiles",
       "See frames at their own size in so many overlapping tiles in a row and a column (2 to "
       "16), for defects that are small in the frame; auto: as many as the first frame takes; "
       "0: the frame as a whole alone. Each tile costs an inference, here and in mvgadetect"},
      Mutable::ready, &S::tiles);
  table.choice({"reduction", "Reduction", "Which principal components are kept"}, Mutable::ready,
               reduction_get_type(), &S::reduction);
  table.number(
      {"variance", "Variance", "Share of the variance that the reduction keeps (opca, pca)"},
      Mutable::ready, 1e-6, 1.0, &S::variance);
  table.choice({"profile", "Profile", "How distances become a score and a map"}, Mutable::ready,
               profile_get_type(), &S::profile);
  table.number(
      {"target-fpr", "Target false-alarm rate", "Share of normal frames that may raise an alarm"},
      Mutable::ready, 1e-3, 0.5, &S::target_fpr);
  table.number({"light", "Light",
                "Learn every frame also brighter and darker by up to this share, with a "
                "warm and a cool cast; 0: only as it is; below 0: only as it is, and with the "
                "profile calibrated frames in another light are brought back to the learned one"},
               Mutable::ready, -1.0, kMostLight, &S::light);
  table.number({"max-frames", "Maximum frames",
                "Learn from so many frames, then write the model and pass the rest on; "
                "0: all frames"},
               Mutable::ready, guint64{0}, guint64{G_MAXUINT64}, &S::max_frames);
  table.text({"roi", "Region of interest",
              "Part of the frame to learn: x,y,w,h in fractions of the frame; NULL: "
              "all of it"},
             Mutable::ready, &S::roi);
  table.text({"device", "Device", "Where the backbone runs: auto, cpu, cuda, cuda:N"},
             Mutable::ready, &S::device);
  table.choice({"precision", "Precision", "Number format of the backbone"}, Mutable::ready,
               precision_get_type(), &S::precision);
  table.number({"threads", "Threads",
                "Processor threads of an inference; 0: as many as cores, shared among the elements "
                "that infer at the same time"},
               Mutable::ready, 0U, 1024U, &S::threads);
  return table;
}

}  // namespace

const FitProperties& fit_properties() {
  static const FitProperties table = all_properties();
  return table;
}

}  // namespace mvga::gst
