// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

#include "tests/fuzz/storm/properties.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace mvga::fuzz {
namespace {

/// Its own, and not those of its base class.
std::vector<GParamSpec*> properties_of(GstElement* element) {
  guint count = 0;
  GParamSpec** all = g_object_class_list_properties(G_OBJECT_GET_CLASS(element), &count);
  std::vector<GParamSpec*> own;
  std::copy_if(all, all + count, std::back_inserter(own),
               [&](const GParamSpec* spec) { return spec->owner_type == G_OBJECT_TYPE(element); });
  g_free(all);
  return own;
}

std::string text_from(Script& script, const std::string& name, const PropertyLimits& limits) {
  if (const auto files = limits.files.find(name); files != limits.files.end())
    return files->second.at(script.below(static_cast<unsigned>(files->second.size())));
  const auto texts = limits.texts.find(name);
  const unsigned known =
      texts == limits.texts.end() ? 0 : static_cast<unsigned>(texts->second.size());
  const unsigned which = script.below(known + 1);
  return which < known ? texts->second[which] : script.text();
}

guint64 number_from(Script& script, const GParamSpec* spec, const PropertyLimits& limits,
                    guint64 least, guint64 most) {
  const auto limit = limits.most.find(spec->name);
  if (limit != limits.most.end()) most = std::min(most, limit->second);
  return std::clamp(script.whole_number(), least, most);
}

void set_value(Script& script, const GParamSpec* spec, const PropertyLimits& limits,
               GValue* value) {
  if (const auto* e = G_IS_PARAM_SPEC_ENUM(spec) ? G_PARAM_SPEC_ENUM(spec) : nullptr) {
    g_value_set_enum(value, e->enum_class->values[script.below(e->enum_class->n_values)].value);
  } else if (const auto* f = G_IS_PARAM_SPEC_FLAGS(spec) ? G_PARAM_SPEC_FLAGS(spec) : nullptr) {
    g_value_set_flags(value, script.below(256) & f->flags_class->mask);
  } else if (const auto* d = G_IS_PARAM_SPEC_DOUBLE(spec) ? G_PARAM_SPEC_DOUBLE(spec) : nullptr) {
    const double number = script.real_number();  // GObject takes no NaN
    g_value_set_double(value,
                       std::isnan(number) ? 0.5 : std::clamp(number, d->minimum, d->maximum));
  } else if (const auto* u = G_IS_PARAM_SPEC_UINT(spec) ? G_PARAM_SPEC_UINT(spec) : nullptr) {
    g_value_set_uint(value,
                     static_cast<guint>(number_from(script, spec, limits, u->minimum, u->maximum)));
  } else if (const auto* l = G_IS_PARAM_SPEC_UINT64(spec) ? G_PARAM_SPEC_UINT64(spec) : nullptr) {
    g_value_set_uint64(value, number_from(script, spec, limits, l->minimum, l->maximum));
  } else if (G_VALUE_HOLDS_BOOLEAN(value)) {
    g_value_set_boolean(value, static_cast<gboolean>(script.flip()));
  } else if (G_VALUE_HOLDS_STRING(value)) {
    g_value_set_string(value, text_from(script, spec->name, limits).c_str());
  }
}

struct FreeValue {
  void operator()(GValue* value) const {
    g_value_unset(value);
    delete value;
  }
};

std::shared_ptr<GValue> new_value(const GParamSpec* spec) {
  auto* value = new GValue{};
  g_value_init(value, G_PARAM_SPEC_VALUE_TYPE(spec));
  return {value, FreeValue()};
}

}  // namespace

std::function<void(GstElement* element)> property_from(Script& script, GstElement* element,
                                                       const PropertyLimits& limits) {
  std::vector<GParamSpec*> own = properties_of(element);
  std::erase_if(own, [](const GParamSpec* spec) { return (spec->flags & G_PARAM_WRITABLE) == 0; });
  const GParamSpec* const spec = own.at(script.below(static_cast<unsigned>(own.size())));
  const std::shared_ptr<GValue> value = new_value(spec);
  set_value(script, spec, limits, value.get());
  return [spec, value](GstElement* target) {
    g_object_set_property(G_OBJECT(target), spec->name, value.get());
  };
}

void read_properties(GstElement* element) {
  for (const GParamSpec* spec : properties_of(element))
    if ((spec->flags & G_PARAM_READABLE) != 0)
      g_object_get_property(G_OBJECT(element), spec->name, new_value(spec).get());
}

}  // namespace mvga::fuzz
