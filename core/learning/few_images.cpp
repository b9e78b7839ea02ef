// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "core/learning/few_images.h"

#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/learning/folds.h"
#include "core/learning/group_fit.h"
#include "core/learning/near_copies.h"
#include "core/learning/other_views.h"
#include "core/learning/statistics.h"
#include "core/scoring/evidence.h"
#include "core/scoring/map_grid.h"

namespace mvga {
namespace {

constexpr std::size_t kFoldsOfViews = 4;  // of a single image

struct View {
  std::size_t image = 0;
  std::size_t number = 0;  ///< 0: as it is
  Levels features;
};

class FewImages {
 public:
  FewImages(const FrameStore& store, const Backbone& backbone, const FitSettings& settings)
      : store_(store),
        backbone_(backbone),
        settings_(settings),
        clusters_(clusters_of(store, backbone.info().input_size)) {}

  std::size_t independent() const { return count_clusters(clusters_); }
  int cluster_of(const View& view) const { return clusters_[view.image]; }
  int fold_of(const View& view) const {
    return independent() > 1 ? cluster_of(view) : static_cast<int>(view.number % kFoldsOfViews);
  }

  void for_each_view(const std::function<void(const View&)>& see) const {
    const int side = backbone_.info().input_size;
    for (const std::size_t image : store_.in_order()) {
      const std::vector<std::uint8_t> pixels = store_.read(image);
      const RgbView as_it_is{pixels.data(), side, side, std::ptrdiff_t{3} * side};
      View view{image, 0, backbone_.extract(as_it_is)};
      see(view);
      for (const RgbImage& other : other_images(as_it_is, settings_.views.value_or(kFewViews),
                                                settings_.light.value_or(0))) {
        view.features = backbone_.extract(other.view());
        ++view.number;
        see(view);
      }
    }
  }

 private:
  const FrameStore& store_;
  const Backbone& backbone_;
  const FitSettings& settings_;
  std::vector<int> clusters_;
};

}  // namespace

void fit_few(const FrameStore& store, const Backbone& backbone, const FitSettings& settings,
             const std::function<void(std::size_t)>& progress, Model& model) {
  if (settings.views == Views::none)
    throw Error(ErrorKind::settings,
                "fewer than " + std::to_string(kFewestFrames) +
                    " frames are learned only together with moved or turned ones; leave out "
                    "--augment none");
  const FewImages images(store, backbone, settings);
  const BackboneInfo& info = backbone.info();
  Statistics learned(info.levels, info.input_size, 0);
  images.for_each_view([&](const View& view) {
    learned.add_to(static_cast<std::size_t>(images.fold_of(view)), view.features);
  });
  const GroupFit fitted(learned, info.levels, settings.profile, model.reduction);
  std::vector<std::vector<LevelGaussians>> without;
  without.reserve(learned.groups.size());
  for (int fold = 0; fold < static_cast<int>(learned.groups.size()); ++fold)
    without.push_back(gaussians_of(fitted.levels_without(fold)));

  std::vector<Evidence> held_out;
  std::vector<int> clusters;
  std::size_t seen = 0;
  images.for_each_view([&](const View& view) {
    const auto fold = static_cast<std::size_t>(images.fold_of(view));
    held_out.push_back(gather_evidence(view.features, without[fold]));
    clusters.push_back(images.cluster_of(view));
    if (view.number == 0) progress(++seen);
  });

  model.views = settings.views.value_or(kFewViews);
  model.promises = false;
  model.levels = fitted.levels_without(GroupFit::kNone);
  model.independent = images.independent();
  model.held_out = images.independent() > 1 ? store.size() : 0;
  model.calibration =
      calibrate(std::move(held_out), settings.profile, localising_levels(info), clusters);
}

}  // namespace mvga
