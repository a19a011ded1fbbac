#include "base/json_writer.h"

#include <cmath>

#include "base/check.h"
#include "base/text.h"

namespace truce::base {

void JsonWriter::new_line() {
  if (layout_ == Layout::compact) return;
  out_ += '\n';
  out_.append(2 * has_members_.size(), ' ');
}

void JsonWriter::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (has_members_.empty()) return;
  if (has_members_.back()) out_ += ',';
  has_members_.back() = true;
  new_line();
}

void JsonWriter::key(std::string_view name) {
  before_value();
  out_ += quoted_json(name);
  out_ += layout_ == Layout::compact ? ":" : ": ";
  after_key_ = true;
}

void JsonWriter::open(char bracket) {
  before_value();
  out_ += bracket;
  has_members_.push_back(false);
}

void JsonWriter::close(char bracket) {
  CHECK(!has_members_.empty());
  const bool had = has_members_.back();
  has_members_.pop_back();
  if (had) new_line();
  out_ += bracket;
}

void JsonWriter::text(std::string_view value) {
  before_value();
  out_ += quoted_json(value);
}

void JsonWriter::integer(std::int64_t value) {
  before_value();
  out_ += std::to_string(value);
}

void JsonWriter::decimal(double value, int places) {
  if (!std::isfinite(value)) return null();
  before_value();
  out_ += decimal_text(value, places);
}

void JsonWriter::decimal_of(std::int64_t scaled, int places) {
  before_value();
  out_ += decimal_text(scaled, places);
}

void JsonWriter::boolean(bool value) {
  before_value();
  out_ += value ? "true" : "false";
}

void JsonWriter::null() {
  before_value();
  out_ += "null";
}

std::string JsonWriter::take() {
  CHECK(has_members_.empty());
  out_ += '\n';
  return std::move(out_);
}

std::string decimal_text(std::int64_t scaled, int places) {
  const bool negative = scaled < 0;
  std::string digits = std::to_string(negative ? -static_cast<std::uint64_t>(scaled)
                                               : static_cast<std::uint64_t>(scaled));
  const auto width = static_cast<std::size_t>(places) + 1;
  if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - static_cast<std::size_t>(places), ".");
  return negative ? "-" + digits : digits;
}

std::string decimal_text(double value, int places) {
  double scale = 1;
  for (int i = 0; i < places; ++i) scale *= 10;
  return decimal_text(static_cast<std::int64_t>(std::llround(value * scale)), places);
}

}  // namespace truce::base
