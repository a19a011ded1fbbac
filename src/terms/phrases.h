// The short texts that people write as values in agreement.toml: heights, notices, days, hours.
//
//   limit_from("FL245")            a Limit of 24,500 ft of pressure altitude
//   notice_from("2 h before")      a NoticeNeed
//   weekdays_from({"mon-fri"})     0, 1, 2, 3, 4
//
// Each says what it expected when the text is something else. Letter case is ignored throughout.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terms/agreement.h"

namespace truce::terms {

/// What a phrase means, or why it means nothing: lower case, no full stop.
template <class T>
using Understood = std::expected<T, std::string>;

/// "SFC", "GND", "UNL", "FL245", "10000 ft MSL", "3000 m AMSL", "500 ft AGL". A height without
/// its reference is refused with that reason. Heights above ground are not negative; no height is
/// beyond 100 km.
Understood<Limit> limit_from(std::string_view text);

/// "none", "at once", "at once, at the latest 30 min after entry", "2 h before".
Understood<NoticeNeed> notice_from(std::string_view text);

/// "mon", "tuesday", "mon-fri", "fri-mon": the days named, in the order of the week from Monday
/// (0), each once.
Understood<std::vector<int>> weekdays_from(const std::vector<std::string>& texts);

/// "08:00", "08:00:30", "24:00": seconds of the local day.
Understood<std::int32_t> clock_from(std::string_view text);

/// "950..1050 hPa" with the unit "hPa": the two ends, the lesser first. The unit must be there.
struct Span {
  double least = 0;
  double most = 0;
};
Understood<Span> span_from(std::string_view text, std::string_view unit);

/// The kinds and purposes by the words that to_string() prints; "-" or "_" may stand for a space.
std::optional<AircraftKind> aircraft_kind_from(std::string_view text);
std::optional<Purpose> purpose_from(std::string_view text);
/// Every word that the two above know, for messages and for the schema.
const std::vector<std::string>& aircraft_kind_words();
const std::vector<std::string>& purpose_words();

}  // namespace truce::terms
