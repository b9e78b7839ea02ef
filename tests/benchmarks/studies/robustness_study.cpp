// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// How much worse results get when the pictures that are learned are not all normal, when there are
// few of them, and when the light changes afterwards. Prints Markdown tables.
//
//   robustness-study [--contamination | --few | --light] DATASET...
//
// A DATASET is a category or a folder with categories, as for `mvga evaluate`. The network sees
// every picture once; everything else is done anew for every row.
#include <gst/gst.h>

#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/light/light_changes.h"
#include "core/scoring/false_alarm_rate.h"
#include "models/open_backbone.h"
#include "tests/benchmarks/studies/study_backbones.h"
#include "tools/evaluation/category.h"
#include "tools/evaluation/evaluate.h"
#include "tools/evaluation/observer.h"
#include "tools/output/progress.h"

namespace mvga::study {
namespace {

using tool::Category;
using tool::CategoryResult;
using tool::EvaluationSettings;
using tool::Learned;

constexpr std::size_t kEnoughToMixIn = 100;  // training pictures; less is no share of 10 %
constexpr std::array<std::size_t, 5> kFew{1, 2, 4, 8, 16};
constexpr double kLearnedLight = 0.2;

struct NamedLight {
  const char* name;
  Light light;
};
constexpr std::array<NamedLight, 4> kLights{{{"as it is", {}},
                                             {"20 % brighter", {1.2, 0}},
                                             {"20 % darker", {0.8, 0}},
                                             {"red x 1.1, blue x 0.9", {1, 0.1}}}};

/// How a method is learned and what sees the pictures.
struct Method {
  Profile profile;
  std::shared_ptr<const Backbone> backbone;

  EvaluationSettings settings(double light = 0) const {
    EvaluationSettings settings;
    settings.fit.profile = profile;
    settings.fit.light = light;
    settings.quiet = true;
    return settings;
  }
};

/// What is above the model's threshold.
class Alarms : public tool::EvaluationObserver {
 public:
  void see(const Category&, const tool::TestedPicture& tested) override {
    if (!tested.detection.anomalous) return;
    ++(tested.picture.good() ? false_ones : found);
  }

  std::size_t false_ones = 0;
  std::size_t found = 0;
};

struct Outcome {
  CategoryResult result;
  std::size_t false_alarms = 0;
  std::size_t found = 0;
};

Outcome outcome_of(const Category& category, const Learned& learned, const Method& method,
                   const Light& light = {}) {
  Alarms alarms;
  const std::array<tool::EvaluationObserver*, 1> observers{&alarms};
  const auto seen = std::make_shared<LitBackbone>(method.backbone, light);
  Outcome outcome;
  outcome.result = test(category, learned, seen, method.settings(), observers);
  outcome.false_alarms = alarms.false_ones;
  outcome.found = alarms.found;
  return outcome;
}

/// All pictures learned, and the test pictures as they are.
struct Usual {
  Learned learned;
  Outcome outcome;
};

Usual usual_of(const Category& category, const Method& method) {
  Usual usual{learn(category, method.backbone, method.settings()), {}};
  usual.outcome = outcome_of(category, usual.learned, method);
  return usual;
}

std::string number(double value, int digits) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.*f", digits, value);
  return text.data();
}

std::string of(std::size_t some, std::size_t all) {
  return std::to_string(some).append(" of ").append(std::to_string(all));
}

std::string row(const std::vector<std::string>& cells) {
  std::string text = "|";
  for (const std::string& cell : cells) text.append(" ").append(cell).append(" |");
  text.append("\n");
  std::fputs(text.c_str(), stderr);  // for the impatient: it takes long until the tables are whole
  return text;
}

/// `count` of `all`, evenly spread.
template <typename T>
std::vector<T> spread(const std::vector<T>& all, std::size_t count) {
  std::vector<T> chosen;
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(all[i * all.size() / count]);
  return chosen;
}

// ---- defects among the pictures that are learned ------------------------------------------------

/// Moves `count` defective pictures from the test to the training, both evenly spread.
Category contaminated(const Category& clean, std::size_t count) {
  Category category = clean;
  std::vector<tool::TestPicture> defects;
  for (const tool::TestPicture& picture : clean.test)
    if (!picture.good()) defects.push_back(picture);
  for (std::size_t i = 0; i < count; ++i) {
    const tool::TestPicture& moved = defects[i * defects.size() / count];
    std::erase_if(category.test, [&](const auto& picture) { return picture.file == moved.file; });
    const std::size_t place = i * clean.train.size() / count + i;
    category.train.insert(category.train.begin() + static_cast<std::ptrdiff_t>(place),
                          moved.file.string());
  }
  return category;
}

std::string contamination_rows(const Category& category, const Method& method, const Usual& usual) {
  std::size_t defects = 0;
  for (const tool::TestPicture& picture : category.test) defects += picture.good() ? 0 : 1;
  std::string rows;
  for (const std::size_t count : {std::size_t{0}, defects / 10, category.train.size() / 9}) {
    if (count >= defects) continue;
    const Category mixed = contaminated(category, count);
    const Outcome o =
        count == 0 ? usual.outcome
                   : outcome_of(mixed, learn(mixed, method.backbone, method.settings()), method);
    rows += row({category.name, std::string(name_of(method.profile)), of(count, mixed.train.size()),
                 number(o.result.metrics["image_auroc"], 2), number(o.result.metrics["au_pro"], 1),
                 of(o.found, o.result.n_defect), of(o.false_alarms, o.result.n_good)});
  }
  return rows;
}

// ---- few pictures -------------------------------------------------------------------------------

/// A model, or nothing where the pictures are too few for one.
std::optional<Learned> learned_or_refused(const Category& category, const Method& method) {
  try {
    return learn(category, method.backbone, method.settings());
  } catch (const Error& e) {
    if (e.kind() != ErrorKind::too_few) throw;
    return std::nullopt;
  }
}

std::string auroc_and_pro(const CategoryResult& result) {
  std::string cell = number(result.metrics["image_auroc"], 1);
  return cell.append(" / ").append(number(result.metrics["au_pro"], 1));
}

std::string few_pictures_row(const Category& category, const Method& method, const Usual& usual) {
  std::vector<std::string> cells{category.name, std::string(name_of(method.profile))};
  for (const std::size_t count : kFew) {
    if (count > category.train.size()) {
      cells.emplace_back("-");
      continue;
    }
    Category thinned = category;
    thinned.train = spread(category.train, count);
    const std::optional<Learned> learned = learned_or_refused(thinned, method);
    if (!learned) {
      cells.emplace_back("refused");
      continue;
    }
    cells.push_back(auroc_and_pro(outcome_of(thinned, *learned, method).result));
  }
  cells.push_back(auroc_and_pro(usual.outcome.result));
  cells.push_back(std::to_string(category.train.size()));
  return row(cells);
}

// ---- light --------------------------------------------------------------------------------------

/// One light, over all categories so far.
struct LightSums {
  std::vector<CategoryResult> results;
  std::size_t false_alarms = 0;

  void add(const Outcome& outcome) {
    results.push_back(outcome.result);
    false_alarms += outcome.false_alarms;
  }
  std::vector<std::string> cells() const {
    const CategoryResult mean = mean_of(results);
    return {number(mean.metrics["image_auroc"], 2), number(mean.metrics["au_pro"], 1),
            of(false_alarms, mean.n_good)};
  }
};

/// A light, and what it does to models that were learned without and with other lights.
struct LightEffect {
  LightSums plain;
  LightSums prepared;

  std::string row_of(const std::string& set, const Method& method, const char* light) const {
    std::vector<std::string> cells{set, std::string(name_of(method.profile)), light};
    for (const LightSums* sums : {&plain, &prepared})
      for (const std::string& cell : sums->cells()) cells.push_back(cell);
    return row(cells);
  }
};

using LightEffects = std::array<LightEffect, kLights.size()>;

std::string light_rows(const std::string& name, const Method& method, const LightEffects& effects) {
  std::string rows;
  for (std::size_t i = 0; i < kLights.size(); ++i)
    rows += effects[i].row_of(name, method, kLights[i].name);
  return rows;
}

std::string light_rows(const Category& category, const Method& method, const Usual& usual,
                       LightEffects& all) {
  const Learned prepared = learn(category, method.backbone, method.settings(kLearnedLight));
  LightEffects here;
  for (std::size_t i = 0; i < kLights.size(); ++i) {
    const Light& light = kLights[i].light;
    const Outcome without =
        light == Light{} ? usual.outcome : outcome_of(category, usual.learned, method, light);
    const Outcome with = outcome_of(category, prepared, method, light);
    for (LightEffects* effects : {&here, &all}) {
      (*effects)[i].plain.add(without);
      (*effects)[i].prepared.add(with);
    }
  }
  return light_rows(category.name, method, here);
}

// ---- all of it ----------------------------------------------------------------------------------

/// What is studied; `all` when the user does not say.
enum class Question { all, contamination, few, light };

struct Study {
  explicit Study(const Method& m) : method(m) {}

  void look_at(const Category& category, Question question) {
    const auto asked = [&](Question q) { return question == q || question == Question::all; };
    const Usual usual = usual_of(category, method);
    if (asked(Question::contamination) && category.train.size() >= kEnoughToMixIn)
      contamination += contamination_rows(category, method, usual);
    if (asked(Question::few)) few_pictures += few_pictures_row(category, method, usual);
    if (asked(Question::light)) light += light_rows(category, method, usual, effects);
  }

  Method method;
  std::string contamination;
  std::string few_pictures;
  std::string light;
  LightEffects effects;
};

void print_table(const std::string& title, const std::vector<std::string>& heads,
                 const std::string& rows) {
  if (rows.empty()) return;
  std::string rule = "|";
  for (std::size_t i = 0; i < heads.size(); ++i) rule += "---|";
  std::printf("%s\n\n%s%s\n%s\n", title.c_str(), row(heads).c_str(), rule.c_str(), rows.c_str());
}

void print(const std::vector<Study>& studies) {
  std::string contamination;
  std::string few_pictures;
  std::string light;
  for (const Study& study : studies) {
    contamination += study.contamination;
    few_pictures += study.few_pictures;
    if (study.light.empty()) continue;
    light += study.light + light_rows("mean", study.method, study.effects);
  }
  print_table("Defective pictures among those that are learned",
              {"set", "profile", "defective", "image AUROC", "PRO", "defects above the threshold",
               "false alarms"},
              contamination);
  std::vector<std::string> heads{"set", "profile"};
  for (const std::size_t count : kFew) heads.push_back(std::to_string(count));
  heads.insert(heads.end(), {"all", "all are"});
  print_table("Image AUROC / PRO by the number of pictures that are learned", heads, few_pictures);
  const std::string with = "with light=" + number(kLearnedLight, 1) + ": ";
  print_table("Test pictures in another light",
              {"set", "profile", "light", "image AUROC", "PRO", "false alarms",
               with + "image AUROC", "PRO", "false alarms"},
              light);
}

std::vector<Category> categories_in(int count, char** folders) {
  std::vector<Category> all;
  for (int i = 0; i < count; ++i)
    for (Category& category : tool::find_categories(folders[i], {}))
      all.push_back(std::move(category));
  return all;
}

void run(const std::vector<Category>& categories, Question question) {
  BackboneSettings settings;
  settings.architecture = "tf_efficientnet_b4";
  const BackboneInfo published = open_backbone(settings)->info();
  settings.level_set = LevelSet::extended;
  const auto backbone = std::make_shared<RememberingBackbone>(open_backbone(settings));
  std::vector<Study> studies{
      Study({Profile::calibrated, backbone}),
      Study({Profile::paper, std::make_shared<ChosenLevels>(backbone, published)})};
  for (const Category& category : categories) {
    for (Study& study : studies) {
      tool::say("looking at " + category.name + ", " + std::string(name_of(study.method.profile)));
      study.look_at(category, question);
    }
    backbone->forget();
  }
  print(studies);
}

}  // namespace
}  // namespace mvga::study

int main(int argc, char** argv) {
  using mvga::study::Question;
  gst_init(&argc, &argv);
  Question question = Question::all;
  int first = 1;
  for (const auto& [option, meant] :
       {std::pair{"--contamination", Question::contamination}, std::pair{"--few", Question::few},
        std::pair{"--light", Question::light}}) {
    if (argc < 2 || std::string(argv[1]) != option) continue;
    question = meant;
    first = 2;
  }
  if (argc <= first) {
    std::fprintf(stderr,
                 "usage: robustness-study [--contamination | --few | --light] DATASET...\n");
    return 2;
  }
  try {
    mvga::study::run(mvga::study::categories_in(argc - first, argv + first), question);
  } catch (const std::exception& e) {
    std::fprintf(stderr, "robustness-study: %s\n", e.what());
    return 1;
  }
  return 0;
}
