#include "observations/positions.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.h"
#include "base/text.h"

namespace truce::observations {

namespace {

// The value of a hexadecimal digit, or 255.
constexpr std::array<std::uint8_t, 256> digit_values = [] {
  std::array<std::uint8_t, 256> values{};
  values.fill(255);
  for (std::uint8_t d = 0; d < 10; ++d) values['0' + std::size_t{d}] = d;
  for (std::uint8_t d = 10; d < 16; ++d)
    values['a' + std::size_t{d} - 10] = values['A' + std::size_t{d} - 10] = d;
  return values;
}();

}  // namespace

std::optional<Address> address_from(std::string_view text) {
  const bool other = text.starts_with('~');
  if (other) text.remove_prefix(1);
  if (text.size() != 6) return {};
  std::uint32_t value = 0;
  std::uint8_t worst = 0;
  for (const char c : text) {
    const std::uint8_t digit = digit_values[static_cast<std::uint8_t>(c)];
    worst = std::max(worst, digit);
    value = value * 16 + digit;
  }
  if (worst > 15) return {};
  return Address{other ? value | Address::not_icao : value};
}

std::string to_string(Address address) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text = address.is_icao() ? "" : "~";
  for (int shift = 20; shift >= 0; shift -= 4) text += digits[(address.value >> shift) & 15];
  return text;
}

std::string_view to_string(PositionSource source) {
  switch (source) {
    case PositionSource::unknown: return "unknown";
    case PositionSource::ads_b: return "ADS-B";
    case PositionSource::mlat: return "MLAT";
    case PositionSource::tis_b: return "TIS-B";
    case PositionSource::ads_c: return "ADS-C";
    case PositionSource::mode_s: return "Mode S";
    case PositionSource::other: return "other";
  }
  return "?";
}

void Positions::add(const PositionReport& report) {
  at.push_back(report.at.microseconds);
  point.push_back(report.point);
  address.push_back(report.address.value);
  pressure_altitude.push_back(report.pressure_altitude);
  geometric_height.push_back(report.geometric_height);
  containment_cm.push_back(report.containment_cm);
  ground_speed.push_back(report.ground_speed);
  track.push_back(report.track);
  vertical_rate.push_back(report.vertical_rate);
  age_ms.push_back(report.age_ms);
  nic.push_back(report.nic);
  nac_p.push_back(report.nac_p);
  sil.push_back(report.sil);
  kind.push_back(report.kind);
  marks.push_back(report.marks);
  call_sign.push_back(intern(report.call_sign));
  evidence.push_back(report.evidence);
}

PositionReport Positions::row(std::size_t row) const {
  PositionReport report;
  report.at = {at[row]};
  report.address = {address[row]};
  report.point = point[row];
  report.pressure_altitude = pressure_altitude[row];
  report.geometric_height = geometric_height[row];
  report.containment_cm = containment_cm[row];
  report.ground_speed = ground_speed[row];
  report.track = track[row];
  report.vertical_rate = vertical_rate[row];
  report.age_ms = age_ms[row];
  report.nic = nic[row];
  report.nac_p = nac_p[row];
  report.sil = sil[row];
  report.kind = kind[row];
  report.marks = marks[row];
  report.call_sign = call_sign_text(row);
  report.evidence = evidence[row];
  return report;
}

void Positions::add_judged(const Positions& other, std::size_t from, std::size_t until) {
  const auto add = [&](auto& column, const auto& others) {
    const auto begin = others.begin();
    column.insert(column.end(), begin + static_cast<std::ptrdiff_t>(from),
                  begin + static_cast<std::ptrdiff_t>(until));
  };
  add(at, other.at);
  add(point, other.point);
  add(address, other.address);
  add(pressure_altitude, other.pressure_altitude);
  add(geometric_height, other.geometric_height);
  add(containment_cm, other.containment_cm);
  add(ground_speed, other.ground_speed);
  add(age_ms, other.age_ms);
  add(marks, other.marks);
  add(evidence, other.evidence);
  for (std::size_t row = from; row < until; ++row)
    call_sign.push_back(row > from && other.call_sign[row] == other.call_sign[row - 1]
                            ? call_sign.back()
                            : intern(other.call_sign_text(row)));
}

namespace {

template <class Each>
void each_judged(Positions& p, Each each) {
  each(p.at);
  each(p.point);
  each(p.address);
  each(p.pressure_altitude);
  each(p.geometric_height);
  each(p.containment_cm);
  each(p.ground_speed);
  each(p.age_ms);
  each(p.marks);
  each(p.call_sign);
  each(p.evidence);
}

template <class Each>
void each_beside(Positions& p, Each each) {
  each(p.track);
  each(p.vertical_rate);
  each(p.nic);
  each(p.nac_p);
  each(p.sil);
  each(p.kind);
}

}  // namespace

void Positions::reserve_judged(std::size_t rows) {
  each_judged(*this, [&](auto& column) { column.reserve(rows); });
}

void Positions::clear() {
  each_judged(*this, [](auto& column) { column.clear(); });
  each_beside(*this, [](auto& column) { column.clear(); });
  texts_.resize(1);
  last_text_ = no_text;
  text_places_.clear();
}

namespace {

// Eight bytes at a time, mixed by multiplication. Decides only where a text lies in memory.
std::uint64_t hash(std::string_view text) {
  std::uint64_t h = text.size();
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(text.size(), 8))) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data(), std::min<std::size_t>(text.size(), 8));
    h = (h ^ bytes) * 0x9E3779B97F4A7C15;
    h ^= h >> 32;
  }
  return h;
}

}  // namespace

std::uint32_t Positions::intern(std::string_view text) {
  if (text == texts_[last_text_]) return last_text_;  // rows of one aircraft come together
  if (text.empty()) return 0;
  if (texts_.size() * 2 > text_places_.size()) double_places();
  const std::size_t mask = text_places_.size() - 1;
  std::size_t place = hash(text) & mask;
  for (; text_places_[place] != 0; place = (place + 1) & mask)
    if (texts_[text_places_[place]] == text) return last_text_ = text_places_[place];
  CHECK(texts_.size() < UINT32_MAX);
  last_text_ = text_places_[place] = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  return last_text_;
}

void Positions::double_places() {
  text_places_.assign(std::max<std::size_t>(64, text_places_.size() * 2), 0);
  const std::size_t mask = text_places_.size() - 1;
  for (std::uint32_t id = 1; id < texts_.size(); ++id) {
    std::size_t place = hash(texts_[id]) & mask;
    while (text_places_[place] != 0) place = (place + 1) & mask;
    text_places_[place] = id;
  }
}

}  // namespace truce::observations
