#include "observations/positions.h"

#include "base/check.h"
#include "base/text.h"

namespace truce::observations {

std::optional<Address> address_from(std::string_view text) {
  const bool other = text.starts_with('~');
  if (other) text.remove_prefix(1);
  if (text.size() != 6) return {};
  std::uint32_t value = 0;
  for (const char c : text) {
    const std::uint32_t digit = c >= '0' && c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                : c >= 'a' && c <= 'f' ? static_cast<std::uint32_t>(c - 'a' + 10)
                                : c >= 'A' && c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10)
                                                       : 16;
    if (digit == 16) return {};
    value = value * 16 + digit;
  }
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

std::uint32_t Positions::intern(std::string_view text) {
  if (text == texts_[last_text_]) return last_text_;  // rows of one aircraft come together
  if (const auto known = text_ids_.find(std::string(text)); known != text_ids_.end())
    return last_text_ = known->second;
  CHECK(texts_.size() < UINT32_MAX);
  last_text_ = static_cast<std::uint32_t>(texts_.size());
  texts_.emplace_back(text);
  text_ids_.emplace(texts_.back(), last_text_);
  return last_text_;
}

}  // namespace truce::observations
