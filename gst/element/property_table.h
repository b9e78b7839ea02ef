// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of an element, each said once: name, range, and where its value is kept. Defaults
// are those of a fresh Settings.
#pragma once

#include <gst/gst.h>

#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "gst/element/property_values.h"

namespace mvga::gst {

/// When a property may be written.
enum class Mutable { ready, playing, controlled };

constexpr GParamFlags param_flags(Mutable when) {
  guint flags = static_cast<guint>(G_PARAM_READWRITE) | static_cast<guint>(G_PARAM_STATIC_STRINGS);
  if (when == Mutable::ready) return static_cast<GParamFlags>(flags | GST_PARAM_MUTABLE_READY);
  flags |= GST_PARAM_MUTABLE_PLAYING;
  if (when == Mutable::controlled) flags |= GST_PARAM_CONTROLLABLE;
  return static_cast<GParamFlags>(flags);
}

/// How a property is called and described; the texts live as long as the process.
struct PropertyText {
  const char* name;
  const char* nick;
  const char* blurb;
};

/// `Member` is what std::invoke makes a reference to the value of: a pointer to a member, or a
/// generic lambda `[](auto& s) -> auto& { return s.part.value; }`. Each call returns the
/// property's id, from 1 on. Immutable once it is installed.
template <typename Settings>
class PropertyTable {
 public:
  template <typename Member>
  guint text(const PropertyText& t, Mutable when, Member member) {
    const std::string& value = std::invoke(member, defaults_);
    return add(g_param_spec_string(t.name, t.nick, t.blurb, value.empty() ? nullptr : value.c_str(),
                                   param_flags(when)),
               member);
  }

  /// A text that can be written, but not read.
  template <typename Member>
  guint secret(const PropertyText& t, Mutable when, Member member) {
    const auto flags = static_cast<GParamFlags>(param_flags(when) & ~G_PARAM_READABLE);
    return add(g_param_spec_string(t.name, t.nick, t.blurb, nullptr, flags), member);
  }

  template <typename Member>
  guint yes_or_no(const PropertyText& t, Mutable when, Member member) {
    return add(g_param_spec_boolean(t.name, t.nick, t.blurb, std::invoke(member, defaults_),
                                    param_flags(when)),
               member);
  }

  template <typename Member, typename Number>
  guint number(const PropertyText& t, Mutable when, Number least, Number most, Member member) {
    const auto value = std::invoke(member, defaults_);
    using Value = std::remove_const_t<decltype(value)>;
    if constexpr (std::same_as<Value, gdouble>)
      return add(
          g_param_spec_double(t.name, t.nick, t.blurb, least, most, value, param_flags(when)),
          member);
    else if constexpr (std::same_as<Value, guint64>)
      return add(
          g_param_spec_uint64(t.name, t.nick, t.blurb, least, most, value, param_flags(when)),
          member);
    else
      return add(g_param_spec_uint(t.name, t.nick, t.blurb, least, most, value, param_flags(when)),
                 member);
  }

  template <typename Member>
  guint choice(const PropertyText& t, Mutable when, GType type, Member member) {
    return add(
        g_param_spec_enum(t.name, t.nick, t.blurb, type,
                          static_cast<gint>(std::invoke(member, defaults_)), param_flags(when)),
        member);
  }

  template <typename Member>
  guint flags(const PropertyText& t, Mutable when, GType type, Member member) {
    return add(g_param_spec_flags(t.name, t.nick, t.blurb, type, std::invoke(member, defaults_),
                                  param_flags(when)),
               member);
  }

  /// The id of the next property, for those that the class adds by itself.
  guint next_id() const { return static_cast<guint>(entries_.size()) + 1; }
  bool has(guint id) const { return id >= 1 && id < next_id(); }

  /// To be called once.
  void install(GObjectClass* klass) const {
    for (guint id = 1; has(id); ++id)
      g_object_class_install_property(klass, id, entries_[id - 1].spec);
  }

  /// The id is one of the table's.
  void set(Settings& settings, guint id, const GValue* value) const {
    entries_[id - 1].set(settings, value);
  }
  void get(const Settings& settings, guint id, GValue* value) const {
    entries_[id - 1].get(settings, value);
  }

 private:
  struct Entry {
    GParamSpec* spec;
    std::function<void(Settings&, const GValue*)> set;
    std::function<void(const Settings&, GValue*)> get;
  };

  template <typename Member>
  guint add(GParamSpec* spec, Member member) {
    entries_.push_back({spec,
                        [member](Settings& settings, const GValue* value) {
                          take_value(value, std::invoke(member, settings));
                        },
                        [member](const Settings& settings, GValue* value) {
                          give_value(std::invoke(member, settings), value);
                        }});
    return static_cast<guint>(entries_.size());
  }

  Settings defaults_;
  std::vector<Entry> entries_;
};

}  // namespace mvga::gst
