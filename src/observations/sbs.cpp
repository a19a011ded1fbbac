#include "observations/sbs.h"

#include <array>
#include <string>
#include <unordered_map>

#include "base/text.h"
#include "observations/delivery.h"
#include "observations/field_values.h"
#include "observations/lines.h"

namespace truce::observations {

namespace {

using quantities::Date;
using quantities::Duration;
using quantities::Instant;

enum Column : std::size_t {
  message,
  transmission,
  address,
  generated_date = 6,
  generated_time,
  logged_date,
  logged_time,
  call_sign,
  altitude,
  ground_speed,
  track,
  latitude,
  longitude,
  vertical_rate,
  ground = 21,
};
constexpr std::size_t address_column = 4;
constexpr std::size_t columns = 22;
constexpr std::size_t fewest_columns = 16;  // some writers leave the empty ones at the end out

// How long what one message said may stand in for what another left out.
constexpr Duration altitude_holds = quantities::seconds(1);
constexpr Duration movement_holds = quantities::seconds(10);
constexpr Duration call_sign_holds = quantities::minutes(15);
constexpr std::size_t most_aircraft = 65'536;

constexpr std::array<std::string_view, 7> kinds_of_message = {"MSG", "MLAT", "SEL", "ID",
                                                              "AIR", "STA",  "CLK"};

// "2016/02/27" or "2016-02-27".
std::optional<Date> date_of(std::string_view text) {
  std::string iso(text);
  for (char& c : iso)
    if (c == '/') c = '-';
  return quantities::date_from(iso);
}

// The time of a plain clock, "12:00:05" or "12:00:05.250", on a day; nothing where it is not plain.
std::optional<Instant> at_clock(Date day, std::string_view clock) {
  if (clock.size() < 8 || clock.size() > 15 || clock[2] != ':' || clock[5] != ':') return {};
  bool is_plain = true;
  const auto digit = [&](std::size_t i) {
    const int value = clock[i] - '0';
    is_plain = is_plain && value >= 0 && value <= 9;
    return value;
  };
  const int hour = 10 * digit(0) + digit(1), minute = 10 * digit(3) + digit(4);
  const int second = 10 * digit(6) + digit(7);
  std::int64_t fraction = 0, unit = 1'000'000;
  for (std::size_t i = 9; i < clock.size(); ++i) fraction += digit(i) * (unit /= 10);
  const bool has_fraction = clock.size() >= 10 && clock[8] == '.';
  if (!is_plain || (clock.size() > 8 && !has_fraction) || hour > 23 || minute > 59 || second > 59)
    return {};
  const Instant at = Instant{} + quantities::days(quantities::days_from(day)) +
                     quantities::hours(hour) + quantities::minutes(minute) +
                     quantities::seconds(second) + quantities::microseconds(fraction);
  if (at < quantities::earliest_instant || at >= quantities::latest_instant) return {};
  return at;
}

class SbsReader final : public Reader {
 public:
  SbsReader(std::uint32_t input, const Source& source, Sink& sink)
      : delivery_(input, sink),
        date_(source.date),
        offset_(quantities::seconds(seconds_east_of(source.time_zone).value_or(0))) {}

  void take(std::string_view bytes) override { lines_.take(bytes); }
  void finish() override { lines_.finish(); }

 private:
  // What an aircraft last said, and when.
  template <class T>
  struct Said {
    std::optional<Instant> at;
    T value{};
    const T* within(Duration limit, Instant now) const {
      return at && *at <= now && now <= *at + limit ? &value : nullptr;
    }
  };
  struct Movement {
    std::int16_t ground_speed = no_speed, track = no_speed, vertical_rate = no_speed;
  };
  struct Aircraft {
    Said<std::int32_t> altitude;
    Said<Movement> movement;
    Said<std::string> call_sign;
  };

  void line(const Line& line) {
    const std::string_view text = base::trimmed(line.text);
    if (text.empty()) return;
    delivery_.record(line.number);
    if (line.too_long) return delivery_.reject(reason::too_long, text);
    split(text);
    if (!looks_like_sbs(text)) return delivery_.reject(reason::not_a_message, text);
    if (field(message) != "MSG" && field(message) != "MLAT") return delivery_.without_position();
    if (count_ < fewest_columns || count_ > columns) {
      return delivery_.reject(line.ended ? reason::wrong_fields : reason::record_truncated, text);
    }
    if (!line.ended && count_ < columns) return delivery_.reject(reason::record_truncated, text);
    const auto why = read();
    if (!why.empty()) delivery_.reject(why, text);
  }

  // Most fields have no spaces around them.
  static std::string_view bare(std::string_view field) {
    const auto is_visible = [](char c) { return static_cast<unsigned char>(c) > ' '; };
    return field.empty() || (is_visible(field.front()) && is_visible(field.back()))
               ? field
               : base::trimmed(field);
  }

  void split(std::string_view text) {
    count_ = 0;
    for (std::size_t at = 0;;) {
      const std::size_t end = text.find(',', at);
      if (count_ < fields_.size()) fields_[count_] = bare(text.substr(at, end - at));
      ++count_;
      if (end == std::string_view::npos) return;
      at = end + 1;
    }
  }
  std::string_view field(std::size_t column) const {
    return column < count_ ? fields_[column] : std::string_view{};
  }

  // "" or the reason why the message is rejected.
  std::string_view read() {
    const auto type = base::whole_number(field(transmission));
    if (!type || *type < 1 || *type > 8) return reason::not_a_message;
    const bool has_place = !field(latitude).empty() || !field(longitude).empty();
    const bool is_position = (*type == 2 || *type == 3) && has_place;
    const auto who = address_of(field(address_column));
    const auto when = time();
    if (who && when) remember(*who, *when);
    if (!is_position) return delivery_.without_position(), std::string_view{};
    if (!who) return who.reason;
    if (field(latitude).empty() || field(longitude).empty()) return reason::half_position;
    const auto place = place_of(field(longitude), field(latitude));
    if (!place) return place.reason;
    if (!when) return when.reason;
    deliver(*type == 2, *who, *place, *when);
    return {};
  }

  // The time at which the message was generated; where that is not given, logged.
  Needed<Instant> time() {
    const bool generated = !field(generated_time).empty();
    const std::string_view day = field(generated ? generated_date : logged_date);
    const std::string_view clock = field(generated ? generated_time : logged_time);
    if (clock.empty() || (day.empty() && !date_)) return {{}, reason::no_date_or_time};
    const auto date = day.empty() ? date_ : date_in(day);
    if (!date) return {{}, reason::bad_time};
    auto local = at_clock(*date, clock);
    if (!local)
      local =
          quantities::local_instant_from(quantities::iso_date(*date) + "T" + std::string(clock));
    if (!local)
      return {{}, date->year < 1900 || date->year >= 2200 ? reason::far_time : reason::bad_time};
    Instant at = *local - offset_;
    if (day.empty()) at = after_midnights(at);
    return in_range(at);
  }

  // Many messages are of the day of the one before.
  std::optional<Date> date_in(std::string_view text) {
    if (text != last_date_text_) {
      last_date_text_ = text;
      last_date_ = date_of(text);
    }
    return last_date_;
  }

  // Rows without a date follow one another: a clock that falls back by more than half a day has
  // passed midnight.
  Instant after_midnights(Instant at) {
    at = at + quantities::days(midnights_);
    if (last_dateless_ && at + quantities::hours(12) < *last_dateless_) {
      ++midnights_;
      at = at + quantities::days(1);
    } else if (midnights_ > 0 && last_dateless_ && *last_dateless_ + quantities::hours(12) < at) {
      return at - quantities::days(1);  // a straggler from before midnight
    }
    last_dateless_ = at;
    return at;
  }

  void remember(Address who, Instant when) {
    if (aircraft_.size() >= most_aircraft && !aircraft_.contains(who.value)) aircraft_.clear();
    Aircraft& known = aircraft_[who.value];
    if (const auto height = height_in_feet(field(altitude)); height != no_height)
      known.altitude = {when, height};
    const Movement movement = this->movement();
    if (movement.ground_speed != no_speed || movement.track != no_speed)
      known.movement = {when, movement};
    if (const auto sign = call_sign_of(field(call_sign)); !sign.empty())
      known.call_sign = {when, std::string(sign)};
  }

  Movement movement() const {
    return {speed_in_knots(field(ground_speed)), track_in_degrees(field(track)),
            rate_in_feet_per_minute(field(vertical_rate))};
  }

  void deliver(bool surface, Address who, Point place, Instant when) {
    const Aircraft& known = aircraft_[who.value];
    PositionReport report;
    report.at = when;
    report.address = who;
    report.point = place;
    report.kind = field(message) == "MLAT" ? PositionSource::mlat : PositionSource::unknown;
    const auto on_ground = truth_of(field(ground));
    if (surface || on_ground.value_or(false)) {
      report.set(Mark::on_ground);
    } else if (!on_ground) {
      report.set(Mark::ground_unknown);
    }
    if (surface) report.set(Mark::surface_source);
    if (const auto* height = known.altitude.within(altitude_holds, when); height && !surface)
      report.pressure_altitude = *height;
    if (const auto* movement = known.movement.within(movement_holds, when)) {
      report.ground_speed = movement->ground_speed;
      report.track = movement->track;
      report.vertical_rate = movement->vertical_rate;
    }
    if (const auto* sign = known.call_sign.within(call_sign_holds, when)) report.call_sign = *sign;
    delivery_.position(report);
  }

  Delivery delivery_;
  std::optional<Date> date_;
  Duration offset_;
  std::array<std::string_view, columns> fields_;
  std::size_t count_ = 0;
  std::unordered_map<std::uint32_t, Aircraft> aircraft_;  // looked up only, never walked through
  std::string last_date_text_;
  std::optional<Date> last_date_;
  std::optional<Instant> last_dateless_;
  std::int64_t midnights_ = 0;
  LineCutter lines_{[this](const Line& l) { line(l); }, longest_record};
};

}  // namespace

bool looks_like_sbs(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) return false;
  for (const std::string_view kind : kinds_of_message)
    if (line.substr(0, comma) == kind) return true;
  return false;
}

std::unique_ptr<Reader> make_sbs_reader(std::uint32_t input, const Source& source, Sink& sink) {
  return std::make_unique<SbsReader>(input, source, sink);
}

}  // namespace truce::observations
