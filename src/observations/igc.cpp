#include "observations/igc.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/text.h"
#include "observations/delivery.h"
#include "observations/field_values.h"
#include "observations/lines.h"

namespace truce::observations {

namespace {

using quantities::Date;
using quantities::Instant;

constexpr std::size_t shortest_fix = 35;  // up to the GNSS altitude
constexpr std::size_t longest_fix_line = 1'024;
constexpr std::size_t most_extensions = 99;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool are_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

char capital(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// Letters and digits alone, in capitals: "D-KGSA" and "d kgsa" are one name.
std::string plain_name(std::string_view name) {
  std::string plain;
  for (char c : name) {
    const char large = capital(c);
    if (is_digit(large) || (large >= 'A' && large <= 'Z')) plain += large;
  }
  return plain;
}

bool says_nothing(std::string_view name) {
  const std::string plain = plain_name(name);
  return plain.empty() || plain == "NKN" || plain == "NIL" || plain == "NONE" || plain == "UNKNOWN";
}

// An H record: what it is about, and its value after the long name. "HFDTE160701", "HFDTEDATE:...".
struct Header {
  std::string_view subject;  // "DTE"
  std::string_view value;
};

Header header_of(std::string_view line) {
  Header header{line.substr(2, 3), {}};
  const std::string_view rest = line.size() > 5 ? line.substr(5) : std::string_view{};
  const std::size_t colon = rest.find(':');
  header.value = base::trimmed(colon == std::string_view::npos ? rest : rest.substr(colon + 1));
  return header;
}

// "040920" or "040920,01": the second is the number of the flight that day.
std::optional<Date> date_of(std::string_view text) {
  const std::string_view digits = text.substr(0, text.find(','));
  if (digits.size() != 6 || !are_digits(digits)) return {};
  const auto year = *base::whole_number(digits.substr(4, 2));
  constexpr std::int64_t first_year = 80;  // flight recorders are younger
  const std::string iso = std::to_string(year < first_year ? 2000 + year : 1900 + year) + "-" +
                          std::string(digits.substr(2, 2)) + "-" + std::string(digits.substr(0, 2));
  return quantities::date_from(iso);
}

// Where in a fix an extension stands; `first` and `last` count from 0.
struct Extension {
  std::size_t first = 0, last = 0;
  std::string code;
};

// The 95 % bounds of the categories of position accuracy (RTCA DO-260B, table 2-14), in metres.
std::uint8_t category_of_accuracy(std::int64_t metres) {
  struct Bound {
    double below;
    std::uint8_t category;
  };
  constexpr Bound bounds[] = {{3, 11},  {10, 10},  {30, 9},   {92.6, 8}, {185.2, 7}, {555.6, 6},
                              {926, 5}, {1852, 4}, {3704, 3}, {7408, 2}, {18520, 1}};
  for (const Bound& bound : bounds)
    if (static_cast<double>(metres) < bound.below) return bound.category;
  return 0;
}

class IgcReader final : public Reader {
 public:
  IgcReader(std::uint32_t input, const Source& source, Sink& sink)
      : delivery_(input, sink), date_(source.date) {}

  void take(std::string_view bytes) override { lines_.take(bytes); }
  void finish() override { lines_.finish(); }

 private:
  enum class GnssReference { unknown, ellipsoid };

  void line(const Line& line) {
    const std::string_view text = base::trimmed(line.text);
    if (text.empty()) return;
    switch (text.front()) {
      case 'A':
        if (recorder_.empty()) recorder_ = text.substr(1, 60);
        return;
      case 'H': return header(text);
      case 'I': return extensions(text);
      case 'B': return fix(line, text);
      // The rest of the format: task, satellites, comments, events, extended data, signature.
      case 'C':
      case 'D':
      case 'E':
      case 'F':
      case 'G':
      case 'J':
      case 'K':
      case 'L':
      case 'M':
      case 'N': return;
      default: break;
    }
    delivery_.record(line.number);
    delivery_.reject(reason::not_expected, text);
  }

  void header(std::string_view text) {
    if (text.size() < 5) return;
    const Header header = header_of(text);
    if (header.subject == "DTE") {
      // A date that cannot be read leaves the fixes after it without one.
      date_ = date_of(header.value);
      midnights_ = 0;
      last_.reset();
    } else if (header.subject == "GID") {
      glider_ =
          says_nothing(header.value) ? std::string() : std::string(header.value.substr(0, 60));
    } else if (header.subject == "ALG") {
      const bool ellipsoid = base::lower_case(header.value).find("ell") != std::string::npos;
      gnss_ = ellipsoid ? GnssReference::ellipsoid : GnssReference::unknown;
    } else if (header.subject == "ALP") {
      const std::string reference = base::lower_case(header.value);
      pressure_is_standard_ = reference.empty() || reference.find("isa") != std::string::npos ||
                              reference.find("1013") != std::string::npos;
    } else if (header.subject == "DTM") {
      const std::string datum = base::lower_case(header.value);
      foreign_datum_ = !datum.empty() && datum.find("wgs") == std::string::npos;
    }
  }

  // "I023638FXA3940SIU": how many, then first and last byte and three letters of each.
  void extensions(std::string_view text) {
    extensions_.clear();
    if (text.size() < 3 || !are_digits(text.substr(1, 2))) return;
    const auto count = static_cast<std::size_t>(*base::whole_number(text.substr(1, 2)));
    for (std::size_t i = 0; i < std::min(count, most_extensions); ++i) {
      const std::size_t at = 3 + 7 * i;
      if (at + 7 > text.size() || !are_digits(text.substr(at, 4))) return;
      const auto first = static_cast<std::size_t>(*base::whole_number(text.substr(at, 2)));
      const auto last = static_cast<std::size_t>(*base::whole_number(text.substr(at + 2, 2)));
      if (first <= shortest_fix || last < first) continue;
      extensions_.push_back({first - 1, last - 1, std::string(text.substr(at + 4, 3))});
    }
  }

  // The digits of an extension of a fix; "" if the log has none such.
  std::string_view extension(std::string_view text, std::string_view code) const {
    for (const Extension& e : extensions_)
      if (e.code == code && e.last < text.size()) return text.substr(e.first, e.last - e.first + 1);
    return {};
  }

  bool extensions_are_numbers(std::string_view text) const {
    return std::all_of(extensions_.begin(), extensions_.end(), [&](const Extension& e) {
      if (e.last >= text.size()) return false;
      std::string_view digits = text.substr(e.first, e.last - e.first + 1);
      if (digits.starts_with('-') && digits.size() > 1) digits.remove_prefix(1);
      return are_digits(digits);
    });
  }

  void fix(const Line& line, std::string_view text) {
    delivery_.record(line.number);
    if (line.too_long || text.size() > longest_fix_line)
      return delivery_.reject(reason::too_long_line, text);
    if (text.size() < shortest_fix) return delivery_.reject(reason::record_truncated, text);
    if (!extensions_are_numbers(text))
      return delivery_.reject(line.ended ? reason::bad_extension : reason::record_truncated, text);
    const auto why = read(text);
    if (!why.empty()) delivery_.reject(why, text);
  }

  // "" or the reason why the fix is rejected.
  std::string_view read(std::string_view text) {
    if (recorder_.empty() && glider_.empty()) return reason::no_address;
    if (foreign_datum_) return reason::foreign_datum;
    const auto place = place_in(text);
    if (!place) return place.reason;
    const auto when = time_in(text);
    if (!when) return when.reason;
    const char validity = text[24];
    if (validity != 'A' && validity != 'V') return reason::not_expected;
    if (validity == 'V' && *place == Point{})
      return delivery_.without_position(), std::string_view{};
    deliver(text, *place, *when, validity == 'A');
    return {};
  }

  Needed<Point> place_in(std::string_view text) const {
    const auto latitude = angle(text.substr(7, 8), 2, 'N', 'S', extension(text, "LAD"));
    if (!latitude) return {{}, reason::bad_latitude};
    const auto longitude = angle(text.substr(15, 9), 3, 'E', 'W', extension(text, "LOD"));
    if (!longitude) return {{}, reason::bad_longitude};
    if (*latitude > 900'000'000 || *latitude < -900'000'000) return {{}, reason::far_latitude};
    if (*longitude > 1'800'000'000 || *longitude < -1'800'000'000)
      return {{}, reason::far_longitude};
    return {Point{static_cast<std::int32_t>(*longitude), static_cast<std::int32_t>(*latitude)}, {}};
  }

  // "5107121N": degrees, and minutes with three decimals; `more` has further ones.
  static std::optional<std::int64_t> angle(std::string_view text, std::size_t degree_digits,
                                           char positive, char negative, std::string_view more) {
    const std::string_view digits = text.substr(0, text.size() - 1);
    const char letter = text.back();
    if (!are_digits(digits) || (letter != positive && letter != negative)) return {};
    const std::int64_t degrees = *base::whole_number(digits.substr(0, degree_digits));
    std::string minutes = std::string(digits.substr(degree_digits, 2)) + "." +
                          std::string(digits.substr(degree_digits + 2));
    if (are_digits(more)) minutes += more;
    const auto minutes_e7 = base::scaled_number(minutes, 7);
    if (!minutes_e7 || *minutes_e7 >= 600'000'000) return {};
    const std::int64_t e7 = degrees * quantities::e7_per_degree + (*minutes_e7 + 30) / 60;
    return letter == positive ? e7 : -e7;
  }

  Needed<Instant> time_in(std::string_view text) {
    const std::string_view clock = text.substr(1, 6);
    if (!are_digits(clock)) return {{}, reason::bad_time};
    if (!date_) return {{}, reason::no_date_or_time};
    std::string iso = quantities::iso_date(*date_) + "T" + std::string(clock.substr(0, 2)) + ":" +
                      std::string(clock.substr(2, 2)) + ":" + std::string(clock.substr(4, 2));
    if (const auto decimals = extension(text, "TDS"); are_digits(decimals))
      iso += "." + std::string(decimals.substr(0, 6));
    const auto local = quantities::local_instant_from(iso);
    if (!local) return {{}, reason::bad_time};
    return in_range(after_midnights(*local));
  }

  Instant after_midnights(Instant at) {
    at = at + quantities::days(midnights_);
    if (last_ && at + quantities::hours(12) < *last_) {
      ++midnights_;
      at = at + quantities::days(1);
    } else if (midnights_ > 0 && last_ && *last_ + quantities::hours(12) < at) {
      return at - quantities::days(1);  // a straggler from before midnight
    }
    last_ = at;
    return at;
  }

  void deliver(std::string_view text, Point place, Instant when, bool valid) {
    const std::string_view name = glider_.empty() ? std::string_view(recorder_) : glider_;
    if (name != named_) {
      named_ = name;
      address_ = address_by_name(name);
    }
    PositionReport report;
    report.at = when;
    report.address = address_;
    report.point = place;
    report.kind = PositionSource::other;
    report.set(Mark::ground_unknown);
    if (!valid) report.set(Mark::stale);
    const std::string_view pressure = text.substr(25, 5);
    if (pressure_is_standard_ && pressure != "00000")
      report.pressure_altitude = height_in_metres(pressure);
    if (valid && gnss_ == GnssReference::ellipsoid)
      report.geometric_height = height_in_metres(text.substr(30, 5));
    if (const auto accuracy = extension(text, "FXA"); are_digits(accuracy))
      report.nac_p = category_of_accuracy(*base::whole_number(accuracy));
    delivery_.position(report);
    SaidFacts said;
    said.address = address_;
    said.registration = glider_;
    delivery_.facts(said);
  }

  Delivery delivery_;
  std::optional<Date> date_;
  std::string recorder_, glider_, named_;
  Address address_;
  GnssReference gnss_ = GnssReference::unknown;
  bool pressure_is_standard_ = true;
  bool foreign_datum_ = false;
  std::vector<Extension> extensions_;
  std::optional<Instant> last_;
  std::int64_t midnights_ = 0;
  LineCutter lines_{[this](const Line& l) { line(l); }, longest_record};
};

}  // namespace

bool looks_like_igc(std::string_view text) {
  constexpr std::size_t letters = 3;
  const auto is_name = [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); };
  if (text.size() <= letters || text.front() != 'A' ||
      !std::all_of(text.begin() + 1, text.begin() + 1 + letters, is_name))
    return false;
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at)) {
    const std::string_view line = text.substr(++at);
    const bool is_header = line.size() > 5 && line[0] == 'H' &&
                           std::string_view("FOPS").find(line[1]) != std::string_view::npos &&
                           std::all_of(line.begin() + 2, line.begin() + 5, is_name);
    const bool is_fix = line.size() > shortest_fix && line[0] == 'B' &&
                        are_digits(line.substr(1, 13)) && (line[14] == 'N' || line[14] == 'S');
    if (is_header || is_fix) return true;
  }
  return false;
}

std::unique_ptr<Reader> make_igc_reader(std::uint32_t input, const Source& source, Sink& sink) {
  return std::make_unique<IgcReader>(input, source, sink);
}

Address address_by_name(std::string_view name) {
  const base::Digest digest = base::sha256("igc:" + plain_name(name));
  const std::uint32_t bits = (std::uint32_t{digest.bytes[0]} << 16) |
                             (std::uint32_t{digest.bytes[1]} << 8) | digest.bytes[2];
  return {bits | Address::not_icao};
}

}  // namespace truce::observations
