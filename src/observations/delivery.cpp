#include "observations/delivery.h"

#include <algorithm>

#include "base/text.h"
#include "observations/short_text.h"

namespace truce::observations {

namespace {

constexpr std::size_t longest_text = 200;
constexpr std::size_t most_told = 100'000;

bool says_nothing(const SaidFacts& f) {
  return f.registration.empty() && f.type.empty() && f.operator_name.empty() &&
         f.category.empty() && !f.military;
}

// The number of a record as evidence keeps it.
std::uint32_t shortened(std::uint64_t number) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(number, UINT32_MAX));
}

// Some records leave out what others said: that is no news.
bool says_no_more(const SaidFacts& said, const AircraftFacts& before) {
  const auto no_more = [](std::string_view now, const std::string& then) {
    return now.empty() || now == then;
  };
  return no_more(said.registration, before.registration) && no_more(said.type, before.type) &&
         no_more(said.operator_name, before.operator_name) &&
         no_more(said.category, before.category) &&
         (!said.military || said.military == before.military);
}

void add(const SaidFacts& said, AircraftFacts& facts) {
  const auto add_text = [](std::string_view now, std::string& then) {
    if (!now.empty()) then = now;
  };
  facts.address = said.address;
  add_text(said.registration, facts.registration);
  add_text(said.type, facts.type);
  add_text(said.operator_name, facts.operator_name);
  add_text(said.category, facts.category);
  if (said.military) facts.military = said.military;
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
  at(number);
}

void Delivery::at(std::uint64_t number) {
  record_ = shortened(number);
}

void Delivery::position(PositionReport& report) {
  report.evidence = evidence();
  ++sink_.positions;
  if (sink_.position) sink_.position(report);
}

void Delivery::positions(ReportColumns& reports, std::uint64_t number) {
  for (std::size_t row = 0; row < reports.size; ++row)
    reports.evidence[row] = {input_, shortened(number + row)};
  record_ = shortened(number + reports.size - 1);
  sink_.records += reports.size;
  sink_.positions += reports.size;
  if (sink_.position_columns) return sink_.position_columns(reports);
  if (!sink_.position) return;
  for (std::size_t row = 0; row < reports.size; ++row) sink_.position(reports.row(row));
}

void Delivery::reject(std::string_view why, std::string_view text) {
  if (sink_.rejected) sink_.rejected({input_, record_, std::string(why), offending_text(text)});
}

bool Delivery::is_short(const SaidFacts& said) {
  return said.registration.size() <= 8 && said.type.size() <= 8 && said.category.size() <= 8 &&
         said.operator_name.empty();
}

Delivery::SaidLast Delivery::in_short(const SaidFacts& said) {
  const std::size_t military = said.military ? (*said.military ? 2 : 1) : 0;
  return {said.address.value,
          static_cast<std::uint32_t>(said.registration.size() | said.type.size() << 8 |
                                     said.category.size() << 16 | military << 24),
          word_of(said.registration), word_of(said.type), word_of(said.category)};
}

void Delivery::facts(const SaidFacts& said) {
  if (says_nothing(said)) return;
  if (said_last_.empty()) said_last_.resize(std::size_t{1} << 12);
  const std::uint32_t mixed = said.address.value * 2'654'435'769u;  // the golden ratio
  auto& [newer, older] = said_last_[mixed >> 20];
  const SaidLast now = is_short(said) ? in_short(said) : SaidLast{.address = said.address.value};
  if (is_short(said) && (newer == now || older == now)) return;
  tell(said);
  // Only the last that an address said counts.
  if (newer.address != now.address) older = newer;
  newer = now;
}

void Delivery::tell(const SaidFacts& said) {
  const auto known = told_.find(said.address.value);
  if (known != told_.end() && says_no_more(said, known->second)) return;
  AircraftFacts facts;
  if (known != told_.end()) facts = known->second;
  add(said, facts);
  facts.evidence = evidence();
  if (told_.size() >= most_told) {
    told_.clear();
    said_last_.assign(said_last_.size(), {});
  }
  told_.insert_or_assign(said.address.value, facts);
  if (sink_.facts) sink_.facts(std::move(facts));
}

}  // namespace truce::observations
