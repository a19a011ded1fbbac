#include "observations/positions.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/check.h"
#include "base/text.h"
#include "observations/short_text.h"

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

void Positions::add(const PositionReport& report) {
  make_room(1);
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

ReportColumns::ReportColumns() {
  const PositionReport nothing;
  at.fill(nothing.at);
  address.fill(nothing.address);
  point.fill(nothing.point);
  pressure_altitude.fill(nothing.pressure_altitude);
  geometric_height.fill(nothing.geometric_height);
  containment_cm.fill(nothing.containment_cm);
  ground_speed.fill(nothing.ground_speed);
  track.fill(nothing.track);
  vertical_rate.fill(nothing.vertical_rate);
  age_ms.fill(nothing.age_ms);
  nic.fill(nothing.nic);
  nac_p.fill(nothing.nac_p);
  sil.fill(nothing.sil);
  kind.fill(nothing.kind);
  marks.fill(nothing.marks);
}

namespace {

// The values that both kinds of columns hold as a report does.
template <class Columns>
PositionReport report_of(const Columns& columns, std::size_t row) {
  PositionReport report;
  report.point = columns.point[row];
  report.pressure_altitude = columns.pressure_altitude[row];
  report.geometric_height = columns.geometric_height[row];
  report.containment_cm = columns.containment_cm[row];
  report.ground_speed = columns.ground_speed[row];
  report.track = columns.track[row];
  report.vertical_rate = columns.vertical_rate[row];
  report.age_ms = columns.age_ms[row];
  report.nic = columns.nic[row];
  report.nac_p = columns.nac_p[row];
  report.sil = columns.sil[row];
  report.kind = columns.kind[row];
  report.marks = columns.marks[row];
  report.evidence = columns.evidence[row];
  return report;
}

}  // namespace

PositionReport ReportColumns::row(std::size_t row) const {
  PositionReport report = report_of(*this, row);
  report.at = at[row];
  report.address = address[row];
  report.call_sign = call_sign[row];
  return report;
}

void Positions::add(const ReportColumns& reports, std::size_t from, std::size_t until) {
  CHECK(from <= until && until <= reports.size);
  make_room(until - from);
  const auto add = [&](auto& column, const auto& more) {
    column.insert(column.end(), more.data() + from, more.data() + until);
  };
  const auto values = [&](auto& column, const auto& more, auto value_of) {
    const std::size_t before = column.size();
    column.resize(before + (until - from));
    for (std::size_t row = from; row < until; ++row)
      column[before + row - from] = value_of(more[row]);
  };
  values(at, reports.at, [](Instant t) { return t.microseconds; });
  values(address, reports.address, [](Address a) { return a.value; });
  values(call_sign, reports.call_sign, [&](std::string_view text) { return intern(text); });
  add(point, reports.point);
  add(pressure_altitude, reports.pressure_altitude);
  add(geometric_height, reports.geometric_height);
  add(containment_cm, reports.containment_cm);
  add(ground_speed, reports.ground_speed);
  add(track, reports.track);
  add(vertical_rate, reports.vertical_rate);
  add(age_ms, reports.age_ms);
  add(nic, reports.nic);
  add(nac_p, reports.nac_p);
  add(sil, reports.sil);
  add(kind, reports.kind);
  add(marks, reports.marks);
  add(evidence, reports.evidence);
}

PositionReport Positions::row(std::size_t row) const {
  PositionReport report = report_of(*this, row);
  report.at = {at[row]};
  report.address = {address[row]};
  report.call_sign = call_sign_text(row);
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

// Rows that move to a larger place are copied, and every page of it is new to the system, which
// costs more than reading a row does. Room that is never used costs nothing: so much of it is made
// that rows seldom move, as long as it is little beside the memory of any machine.
void Positions::make_room(std::size_t rows) {
  if (at.capacity() - at.size() >= rows) return;
  constexpr std::size_t few = 1 << 15, many = 1 << 21;
  const std::size_t times = at.size() < few || at.size() >= many ? 2 : 8;
  const std::size_t room = std::max(at.size() + rows, at.size() * times);
  const auto reserve = [&](auto& column) { column.reserve(room); };
  each_judged(*this, reserve);
  each_beside(*this, reserve);
}

void Positions::reserve_judged(std::size_t rows) {
  each_judged(*this, [&](auto& column) { column.reserve(rows); });
}

void Positions::clear() {
  each_judged(*this, [](auto& column) { column.clear(); });
  each_beside(*this, [](auto& column) { column.clear(); });
  texts_.resize(1);
  last_text_ = {};
  text_places_.clear();
}

namespace {

// Decides only where a text lies in memory.
std::uint64_t hash(std::string_view text, std::uint64_t begin) {
  const auto mixed = [](std::uint64_t h) {
    h *= 0x9E3779B97F4A7C15;
    return h ^ (h >> 32);
  };
  std::uint64_t h = mixed(begin ^ text.size());
  while (text.size() > 8) {
    text.remove_prefix(8);
    h = mixed(h ^ word_of(text));
  }
  return h;
}

}  // namespace

std::uint32_t Positions::intern(std::string_view text) {
  const std::uint64_t begin = word_of(text);
  const auto is_at = [&](const TextPlace& place) {
    return place.begin == begin && place.length == text.size() &&
           (text.size() <= 8 || texts_[place.id] == text);
  };
  if (is_at(last_text_)) return last_text_.id;  // rows of one aircraft come together
  if (text.empty()) return 0;
  if (texts_.size() * 2 > text_places_.size()) double_places();
  const std::size_t mask = text_places_.size() - 1;
  std::size_t here = hash(text, begin) & mask;
  for (; text_places_[here].id != 0; here = (here + 1) & mask)
    if (is_at(text_places_[here])) return (last_text_ = text_places_[here]).id;
  CHECK(texts_.size() < UINT32_MAX);
  last_text_ = text_places_[here] = {begin, static_cast<std::uint32_t>(text.size()),
                                     static_cast<std::uint32_t>(texts_.size())};
  texts_.emplace_back(text);
  return last_text_.id;
}

void Positions::double_places() {
  text_places_.assign(std::max<std::size_t>(64, text_places_.size() * 2), {});
  const std::size_t mask = text_places_.size() - 1;
  for (std::uint32_t id = 1; id < texts_.size(); ++id) {
    const std::string& text = texts_[id];
    const std::uint64_t begin = word_of(text);
    std::size_t here = hash(text, begin) & mask;
    while (text_places_[here].id != 0) here = (here + 1) & mask;
    text_places_[here] = {begin, static_cast<std::uint32_t>(text.size()), id};
  }
}

}  // namespace truce::observations
