// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "gst/detect/load_model.h"

#include <filesystem>
#include <utility>

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "gst/detect/open_backbone.h"

namespace mvga::gst {
namespace {

std::shared_ptr<const Backbone> open_for(const Model& model,
                                         const DetectElementSettings& settings) {
  const BackboneSettings backbone = backbone_settings(settings, backbone_settings_for(model));
  return open_backbone(backbone, settings);
}

bool same_backbone(const Model& a, const Model& b) {
  return a.architecture == b.architecture && a.weights_sha256 == b.weights_sha256 &&
         a.input_size == b.input_size && a.tiles == b.tiles &&
         a.level_indexes() == b.level_indexes();
}

}  // namespace

SharedModel load_with_backbone(const DetectElementSettings& settings, const ModelInUse* old) {
  if (settings.model.empty())
    throw Error(ErrorKind::not_found,
                "no model: set the property 'model' to a file that mvgafit wrote, such as "
                "model=line.mvga, or to a new one, with learn-frames=300");
  Model model = load_model(settings.model);
  // Where only the Gaussians change, the weights stay where they are.
  std::shared_ptr<const Backbone> backbone =
      old != nullptr && old->is_learned() && same_backbone(model, old->detector->model())
          ? old->detector->backbone()
          : open_for(model, settings);
  return ready_for_use(std::make_shared<const Detector>(std::move(backbone), std::move(model)),
                       model_id_of(settings.model));
}

std::string model_id_of(const std::string& path) {
  return std::filesystem::path(path).stem().string();
}

}  // namespace mvga::gst
