#include "observations/delivery.h"

#include <algorithm>

#include "base/text.h"

namespace truce::observations {

namespace {

constexpr std::size_t longest_text = 200;
constexpr std::size_t most_told = 100'000;

bool says_nothing(const AircraftFacts& f) {
  return f.registration.empty() && f.type.empty() && f.operator_name.empty() &&
         f.category.empty() && !f.military;
}

bool says_the_same(const AircraftFacts& a, const AircraftFacts& b) {
  return a.registration == b.registration && a.type == b.type &&
         a.operator_name == b.operator_name && a.category == b.category && a.military == b.military;
}

// Where the last whole character ends within so many bytes of valid UTF-8.
std::size_t cut_between_characters(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text.size();
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  return most;
}

}  // namespace

std::string offending_text(std::string_view text) {
  // Replacing a byte by U+FFFD may make the text longer: replaced first, then cut.
  std::string valid = base::valid_utf8(text.substr(0, longest_text));
  valid.resize(cut_between_characters(valid, longest_text));
  return valid;
}

void Delivery::record(std::uint64_t number) {
  ++sink_.records;
  record_ = static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
}

void Delivery::position(PositionReport& report) {
  report.evidence = evidence();
  ++sink_.positions;
  if (sink_.position) sink_.position(report);
}

void Delivery::reject(std::string_view why, std::string_view text) {
  if (sink_.rejected) sink_.rejected({input_, record_, std::string(why), offending_text(text)});
}

void Delivery::facts(AircraftFacts&& facts) {
  if (says_nothing(facts)) return;
  const auto known = told_.find(facts.address);
  if (known != told_.end()) {
    // Some records leave out what others said: that is no news.
    const AircraftFacts& before = known->second;
    if (facts.registration.empty()) facts.registration = before.registration;
    if (facts.type.empty()) facts.type = before.type;
    if (facts.operator_name.empty()) facts.operator_name = before.operator_name;
    if (facts.category.empty()) facts.category = before.category;
    if (!facts.military) facts.military = before.military;
    if (says_the_same(before, facts)) return;
  }
  facts.evidence = evidence();
  if (told_.size() >= most_told) told_.clear();
  told_.insert_or_assign(facts.address, facts);
  if (sink_.facts) sink_.facts(std::move(facts));
}

}  // namespace truce::observations
