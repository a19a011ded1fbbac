#include "observations/sightings.h"

#include <algorithm>
#include <array>
#include <expected>

#include "base/text.h"
#include "observations/csv.h"
#include "observations/rejection.h"

namespace truce::observations {

using quantities::Instant;
using quantities::TimeBounds;

namespace {

// Why a row was not taken: few and fixed, so that they can be counted.
using Reason = std::string_view;
template <class T>
using OrReason = std::expected<T, Reason>;

struct Heading {
  std::optional<double> degrees, precision;
};

// One row, with the columns by our names.
class SightingRow {
 public:
  SightingRow(const CsvRow& row, const CsvHeader& header, std::int32_t seconds_east)
      : row_(row), header_(header), seconds_east_(seconds_east) {}

  OrReason<Sighting> read() const;

 private:
  std::string_view field(std::string_view name) const { return header_.field(row_, name); }
  std::string text(std::string_view name) const { return base::valid_utf8(field(name)); }

  std::optional<Instant> instant(std::string_view text) const {
    if (const auto at = quantities::instant_from(text)) return at;
    const auto local = quantities::local_instant_from(text);
    if (!local) return {};
    const Instant at = *local - quantities::seconds(seconds_east_);
    return std::clamp(at, quantities::earliest_instant, quantities::latest_instant);
  }
  OrReason<TimeBounds> when() const;
  OrReason<TimeBounds> between() const;
  OrReason<quantities::Point> place() const;
  OrReason<std::optional<quantities::Length>> length(std::string_view name, Reason reason) const;
  OrReason<Heading> heading() const;
  OrReason<int> count() const;
  OrReason<base::Answer> military() const;

  const CsvRow& row_;
  const CsvHeader& header_;
  std::int32_t seconds_east_;
};

// Whether a time such as "2016-03-01 14:30" leaves the seconds out.
bool is_to_the_minute(std::string_view text) {
  constexpr std::size_t date_and_minutes = 16;
  return text.size() <= date_and_minutes || text[date_and_minutes] != ':';
}

OrReason<TimeBounds> SightingRow::between() const {
  const std::string_view from_text = field("time_from"), until_text = field("time_until");
  if (from_text.empty() || until_text.empty())
    return std::unexpected("time_from and time_until belong together");
  const auto from = instant(from_text), until = instant(until_text);
  if (!from || !until) return std::unexpected("time_from or time_until is no date and time");
  if (*until < *from) return std::unexpected("time_until is before time_from");
  return TimeBounds{*from, *until};
}

OrReason<TimeBounds> SightingRow::when() const {
  const std::string_view text = field("time");
  if (!field("time_from").empty() || !field("time_until").empty()) return between();
  if (text.empty()) return std::unexpected("time is missing");
  const auto at = instant(text);
  if (!at) return std::unexpected("time is no date and time of the years 1900 to 2199");
  const std::string_view precision_text = field("time_precision");
  if (precision_text.empty()) {
    // A clock time to the minute is known to the minute and no better.
    const auto width = is_to_the_minute(text) ? quantities::minutes(1) - quantities::microseconds(1)
                                              : quantities::Duration{};
    return TimeBounds{*at, *at + width};
  }
  const auto precision = quantities::duration_from(precision_text);
  if (!precision) return std::unexpected("time_precision is no duration such as 10 min");
  return TimeBounds{std::max(*at - *precision, quantities::earliest_instant),
                    std::min(*at + *precision, quantities::latest_instant)};
}

OrReason<quantities::Point> SightingRow::place() const {
  const std::string_view latitude_text = field("latitude"), longitude_text = field("longitude");
  if (latitude_text.empty() || longitude_text.empty())
    return std::unexpected("latitude or longitude is missing");
  const auto latitude = base::number(latitude_text), longitude = base::number(longitude_text);
  if (!latitude || !longitude) return std::unexpected("latitude or longitude is no number");
  const auto point = quantities::point_from_degrees(*longitude, *latitude);
  if (!point) return std::unexpected("latitude beyond 90 or longitude beyond 180 degrees");
  return *point;
}

OrReason<std::optional<quantities::Length>> SightingRow::length(std::string_view name,
                                                                Reason reason) const {
  const std::string_view text = field(name);
  if (text.empty()) return std::nullopt;
  const auto length = quantities::length_from(text);
  if (!length || length->tenth_mm < 0) return std::unexpected(reason);
  return length;
}

// Points of the compass as people say them: "NW", "north-west". Half the angle between
// neighbours is what such a word leaves open.
std::optional<Heading> compass_heading(std::string_view text) {
  constexpr std::array<std::string_view, 16> points = {"n",  "nne", "ne", "ene", "e",  "ese",
                                                       "se", "sse", "s",  "ssw", "sw", "wsw",
                                                       "w",  "wnw", "nw", "nnw"};
  std::string word = base::lower_case(text);
  for (const auto& [name, letter] :
       {std::pair{"north", "n"}, {"south", "s"}, {"east", "e"}, {"west", "w"}})
    for (std::size_t at; (at = word.find(name)) != std::string::npos;)
      word.replace(at, std::string_view(name).size(), letter);
  std::erase_if(word, [](char c) { return c == '-' || c == ' ' || c == '_'; });
  const auto found = std::find(points.begin(), points.end(), word);
  if (found == points.end()) return {};
  const auto index = found - points.begin();
  return Heading{22.5 * static_cast<double>(index), index % 2 == 0 ? 22.5 : 11.25};
}

OrReason<Heading> SightingRow::heading() const {
  Heading heading;
  const std::string_view text = field("heading"), precision_text = field("heading_precision");
  if (text.empty()) return heading;
  if (const auto degrees = base::number(text)) {
    if (*degrees < 0 || *degrees > 360) return std::unexpected("heading is not from 0 to 360");
    heading.degrees = *degrees == 360 ? 0 : *degrees;
  } else if (const auto compass = compass_heading(text)) {
    heading = *compass;
  } else {
    return std::unexpected("heading is no number of degrees or point of the compass");
  }
  if (precision_text.empty()) return heading;
  const auto precision = base::number(precision_text);
  if (!precision || *precision < 0 || *precision > 180)
    return std::unexpected("heading_precision is not from 0 to 180 degrees");
  heading.precision = precision;
  return heading;
}

OrReason<int> SightingRow::count() const {
  const std::string_view text = field("count");
  if (text.empty()) return 1;
  const auto count = base::whole_number(text);
  if (!count || *count < 1 || *count > 1000) return std::unexpected("count is not from 1 to 1000");
  return static_cast<int>(*count);
}

OrReason<base::Answer> SightingRow::military() const {
  const std::string word = base::lower_case(field("military"));
  if (word.empty() || word == "unknown" || word == "?") return base::Answer::unknown;
  if (word == "yes" || word == "true" || word == "1") return base::Answer::yes;
  if (word == "no" || word == "false" || word == "0") return base::Answer::no;
  return std::unexpected("military is not yes, no or unknown");
}

OrReason<Sighting> SightingRow::read() const {
  if (row_.fault != CsvRow::Fault::none) return std::unexpected(to_string(row_.fault));
  if (!base::is_utf8(row_.text)) return std::unexpected("this line is not UTF-8 text");
  if (row_.fields.size() > header_.size())
    return std::unexpected("more fields than the header has");
  Sighting s;
  const auto bounds = when();
  if (!bounds) return std::unexpected(bounds.error());
  s.when = *bounds;
  const auto point = place();
  if (!point) return std::unexpected(point.error());
  s.place = *point;
  const auto precision = length("place_precision", "place_precision is no length such as 2 km");
  if (!precision) return std::unexpected(precision.error());
  s.place_precision = *precision;
  const auto direction = heading();
  if (!direction) return std::unexpected(direction.error());
  s.heading_degrees = direction->degrees;
  s.heading_precision_degrees = direction->precision;
  const auto least = length("height_least", "height_least is no length such as 300 m");
  if (!least) return std::unexpected(least.error());
  const auto most = length("height_most", "height_most is no length such as 300 m");
  if (!most) return std::unexpected(most.error());
  if (*least && *most && **most < **least)
    return std::unexpected("height_most is below height_least");
  s.height_least = *least;
  s.height_most = *most;
  const auto aircraft = count();
  if (!aircraft) return std::unexpected(aircraft.error());
  s.count = *aircraft;
  const auto is_military = military();
  if (!is_military) return std::unexpected(is_military.error());
  s.military = *is_military;
  s.id = text("id");
  if (s.id.empty()) s.id = "line " + std::to_string(row_.line);
  s.type = text("type");
  s.party = text("party");
  s.source = text("source");
  s.text = text("text");
  return s;
}

}  // namespace

SightingsReading read_sightings(std::string_view csv, std::uint32_t input,
                                const std::map<std::string, std::string>& columns,
                                std::int32_t seconds_east) {
  SightingsReading reading;
  std::optional<CsvHeader> header;
  const auto take = [&](const CsvRow& row) {
    if (!header) {
      header.emplace(row, columns);
      if ((header->has("time") || header->has("time_from")) && header->has("latitude") &&
          header->has("longitude"))
        return;
      reading.rejected.push_back(
          rejection(input, row.line, "the header lacks time, latitude or longitude", row.text));
      return;
    }
    ++reading.records;
    auto sighting = SightingRow(row, *header, seconds_east).read();
    if (!sighting)
      return void(
          reading.rejected.push_back(rejection(input, row.line, sighting.error(), row.text)));
    sighting->evidence = {input, static_cast<std::uint32_t>(row.line)};
    reading.sightings.push_back(std::move(*sighting));
  };
  read_csv(csv, take);
  return reading;
}

}  // namespace truce::observations
