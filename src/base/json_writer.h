// JsonWriter: writes one JSON document (RFC 8259) into a string, the same bytes every time.
//
//   JsonWriter json;
//   json.begin_object();
//   json.member("verdict", "violation");
//   json.key("entry"); json.begin_object(); ... json.end_object();
//   json.end_object();
//   std::string text = json.take();
//
// Two-space indentation, one member a line, members in the order written. Numbers are integers or
// decimals with a fixed count of places: nothing is printed that the reader could mistake for more
// precision than it has. Text must be UTF-8; a byte that is not is written as U+FFFD.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace truce::base {

class JsonWriter {
 public:
  enum class Layout { indented, compact };
  explicit JsonWriter(Layout layout = Layout::indented) : layout_(layout) {}

  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }
  void key(std::string_view name);

  void text(std::string_view value);
  void integer(std::int64_t value);
  /// A decimal with exactly `places` digits after the point; not-a-number is written as null.
  void decimal(double value, int places);
  /// A scaled integer: decimal_of(4500, 3) writes 4.500.
  void decimal_of(std::int64_t scaled, int places);
  void boolean(bool value);
  void null();

  void member(std::string_view name, std::string_view value) { key(name), text(value); }
  void member(std::string_view name, const char* value) { key(name), text(value); }
  void member(std::string_view name, bool value) { key(name), boolean(value); }
  template <std::integral T>
    requires(!std::same_as<T, bool>)
  void member(std::string_view name, T value) {
    key(name), integer(static_cast<std::int64_t>(value));
  }

  /// The document, ended by a newline. The writer is empty again.
  std::string take();

 private:
  void open(char bracket);
  void close(char bracket);
  void before_value();
  void new_line();

  Layout layout_;
  std::string out_;
  std::vector<bool> has_members_;
  bool after_key_ = false;
};

/// The text of a scaled integer: decimal_text(-45, 1) is "-4.5". The one way numbers are printed.
std::string decimal_text(std::int64_t scaled, int places);
/// The text of a double rounded (half away from zero) to so many places.
std::string decimal_text(double value, int places);

}  // namespace truce::base
