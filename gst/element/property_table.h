// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the mvga authors

// The properties of an element, each said once: name, range, where its value is kept, and what else
// happens when it is written. Defaults are those of a fresh Settings.
#pragma once

#include <gst/gst.h>

#include <algorithm>
#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "gst/element/property_text.h"
#include "gst/element/property_values.h"

namespace mvga::gst {

/// What happens when a property is written, besides that a setting changes; each may be missing.
template <typename Element, typename Settings>
struct OnWrite {
  /// Before, without the object lock. False: the setting stays what it is.
  std::function<bool(Element*, const GValue*)> accept = nullptr;
  /// Under the object lock, with the settings as they are now.
  std::function<void(Element*, const Settings&)> changed = nullptr;
  /// At last, without the object lock.
  std::function<void(Element*)> after = nullptr;
};

/// `Member` is what std::invoke makes a reference to the value of: a pointer to a member, or a
/// generic lambda `[](auto& s) -> auto& { return s.part.value; }`. Immutable once it is installed.
template <typename Element, typename Settings>
class PropertyTable {
 public:
  template <typename Member>
  void text(const PropertyText& t, Mutable when, Member member) {
    const std::string& value = std::invoke(member, defaults_);
    add(g_param_spec_string(t.name, t.nick, t.blurb, value.empty() ? nullptr : value.c_str(),
                            param_flags(when)),
        member);
  }

  /// A text that can be written, but not read.
  template <typename Member>
  void secret(const PropertyText& t, Mutable when, Member member) {
    const auto flags = static_cast<GParamFlags>(param_flags(when) & ~G_PARAM_READABLE);
    add(g_param_spec_string(t.name, t.nick, t.blurb, nullptr, flags), member);
  }

  template <typename Member>
  void yes_or_no(const PropertyText& t, Mutable when, Member member) {
    add(g_param_spec_boolean(t.name, t.nick, t.blurb, std::invoke(member, defaults_),
                             param_flags(when)),
        member);
  }

  template <typename Member, typename Number>
  void number(const PropertyText& t, Mutable when, Number least, Number most, Member member) {
    const auto value = std::invoke(member, defaults_);
    using Value = std::remove_const_t<decltype(value)>;
    const GParamFlags flags = param_flags(when);
    if constexpr (std::same_as<Value, gdouble>)
      add(g_param_spec_double(t.name, t.nick, t.blurb, least, most, value, flags), member);
    else if constexpr (std::same_as<Value, guint64>)
      add(g_param_spec_uint64(t.name, t.nick, t.blurb, least, most, value, flags), member);
    else
      add(g_param_spec_uint(t.name, t.nick, t.blurb, least, most, value, flags), member);
  }

  template <typename Member>
  void choice(const PropertyText& t, Mutable when, GType type, Member member) {
    add(g_param_spec_enum(t.name, t.nick, t.blurb, type,
                          static_cast<gint>(std::invoke(member, defaults_)), param_flags(when)),
        member);
  }

  template <typename Member>
  void flags(const PropertyText& t, Mutable when, GType type, Member member) {
    add(g_param_spec_flags(t.name, t.nick, t.blurb, type, std::invoke(member, defaults_),
                           param_flags(when)),
        member);
  }

  /// No setting, but what `read(const Element&)` finds under the object lock: a gdouble, or a
  /// GstStructure* that is the caller's.
  template <typename Read>
  void read_only(const PropertyText& t, Read read) {
    GParamSpec* spec = nullptr;
    if constexpr (std::same_as<std::invoke_result_t<Read, const Element&>, gdouble>)
      spec = g_param_spec_double(t.name, t.nick, t.blurb, -G_MAXDOUBLE, G_MAXDOUBLE, 0, kReadOnly);
    else
      spec = g_param_spec_boxed(t.name, t.nick, t.blurb, GST_TYPE_STRUCTURE, kReadOnly);
    entries_.push_back({spec,
                        nullptr,
                        [read](const Element& element, const Settings&, GValue* value) {
                          give_value(read(element), value);
                        },
                        {}});
  }

  /// For a property that is in the table.
  void on_write(std::string_view name, OnWrite<Element, Settings> hooks) {
    const auto named = [&](const Entry& e) { return name == g_param_spec_get_name(e.spec); };
    const auto entry = std::find_if(entries_.begin(), entries_.end(), named);
    g_assert(entry != entries_.end());
    entry->hooks = std::move(hooks);
  }

  /// To be called once.
  void install(GObjectClass* klass) const {
    guint id = 0;
    for (const Entry& entry : entries_) g_object_class_install_property(klass, ++id, entry.spec);
  }

  /// What GObject's set_property() is to do. `kept` is guarded by the object lock: Settings, which
  /// change, or a std::shared_ptr<const Settings>, which is replaced, so that whoever has the old
  /// ones sees no change.
  template <typename Kept>
  void set(Element* element, Kept& kept, guint id, const GValue* value, GParamSpec* spec) const {
    const Entry* entry = find(element, id, spec);
    if (entry == nullptr || !entry->set) return;
    const OnWrite<Element, Settings>& hooks = entry->hooks;
    if (hooks.accept && !hooks.accept(element, value)) return;
    GST_OBJECT_LOCK(element);
    write(*entry, kept, value);
    if (hooks.changed) hooks.changed(element, settings_in(kept));
    GST_OBJECT_UNLOCK(element);
    if (hooks.after) hooks.after(element);
  }

  /// The same for get_property().
  template <typename Kept>
  void get(Element* element, const Kept& kept, guint id, GValue* value, GParamSpec* spec) const {
    const Entry* entry = find(element, id, spec);
    if (entry == nullptr) return;
    GST_OBJECT_LOCK(element);
    entry->get(*element, settings_in(kept), value);
    GST_OBJECT_UNLOCK(element);
  }

 private:
  using Shared = std::shared_ptr<const Settings>;
  struct Entry {
    GParamSpec* spec;
    std::function<void(Settings&, const GValue*)> set;  ///< empty: read-only
    std::function<void(const Element&, const Settings&, GValue*)> get;
    OnWrite<Element, Settings> hooks;
  };

  template <typename Member>
  void add(GParamSpec* spec, Member member) {
    entries_.push_back({spec,
                        [member](Settings& settings, const GValue* value) {
                          take_value(value, std::invoke(member, settings));
                        },
                        [member](const Element&, const Settings& settings, GValue* value) {
                          give_value(std::invoke(member, settings), value);
                        },
                        {}});
  }

  const Entry* find(Element* element, guint id, GParamSpec* spec) const {
    if (id >= 1 && id <= entries_.size()) return &entries_[id - 1];
    G_OBJECT_WARN_INVALID_PROPERTY_ID(element, id, spec);
    return nullptr;
  }

  static void write(const Entry& entry, Settings& kept, const GValue* value) {
    entry.set(kept, value);
  }
  static void write(const Entry& entry, Shared& kept, const GValue* value) {
    auto changed = std::make_shared<Settings>(*kept);
    entry.set(*changed, value);
    kept = std::move(changed);
  }

  static const Settings& settings_in(const Settings& kept) { return kept; }
  static const Settings& settings_in(const Shared& kept) { return *kept; }

  Settings defaults_;
  std::vector<Entry> entries_;
};

}  // namespace mvga::gst
