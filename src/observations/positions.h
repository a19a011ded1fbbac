// Positions: where aircraft were seen, as columns.
//
// One row is one position report of one aircraft by one source. Every value keeps its imprecision:
// what a source did not say is "unknown", never zero. Columns rather than rows, because what
// comes after asks one question of many rows.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "observations/input.h"
#include "quantities/altitude.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::observations {

using quantities::Instant;
using quantities::Point;

/// The address an aircraft sends: 24 bits of ICAO Annex 10, or another kind of number of the same
/// length (TIS-B track files, anonymous addresses; readsb writes those with a '~').
struct Address {
  std::uint32_t value = 0;  ///< Bit 24 set: not an ICAO address.
  static constexpr std::uint32_t not_icao = 1u << 24;
  constexpr bool is_icao() const { return (value & not_icao) == 0; }
  friend constexpr auto operator<=>(const Address&, const Address&) = default;
};
/// "4b1817", "~2a3b4c", any case. Nothing if it is not six hexadecimal digits.
std::optional<Address> address_from(std::string_view text);
std::string to_string(Address address);

/// How the position came about.
enum class PositionSource : std::uint8_t { unknown, ads_b, mlat, tis_b, ads_c, mode_s, other };
std::string_view to_string(PositionSource source);

/// Things a row says of itself, one bit each.
enum class Mark : std::uint16_t {
  on_ground = 1 << 0,       ///< Said to be on the ground.
  ground_unknown = 1 << 1,  ///< Nothing was said about air or ground.
  stale = 1 << 2,           ///< Flagged stale by its receiver (readsb trace flags, bit 0).
  new_leg = 1 << 3,         ///< The receiver saw a new flight begin (readsb trace flags, bit 1).
  surface_source = 1 << 4,  ///< From a surface message.
  military = 1 << 5,        ///< Flagged military by the source's database (a hint).
};

/// A column value that was not given.
constexpr std::int32_t no_height = INT32_MIN;         // pressure_altitude, geometric_height
constexpr std::uint32_t no_containment = UINT32_MAX;  // containment_cm
constexpr std::uint8_t no_category = 255;             // nic, nac_p, sil
constexpr std::int16_t no_speed = INT16_MIN;          // ground_speed, track, vertical_rate
constexpr std::uint32_t no_text = 0;                  // call_sign: the empty text

/// One row, on its way in.
struct PositionReport {
  Instant at;  ///< When the aircraft was there: receiver's time less the age.
  Address address;
  Point point;
  std::int32_t pressure_altitude = no_height;     ///< Tenths of a millimetre above 1013.25 hPa.
  std::int32_t geometric_height = no_height;      ///< Tenths of a millimetre above WGS84.
  std::uint32_t containment_cm = no_containment;  ///< Radius of containment (`rc`); 0 is unknown.
  std::int16_t ground_speed = no_speed;           ///< Tenths of a knot.
  std::int16_t track = no_speed;          ///< Hundredths of a degree from north, less 18000.
  std::int16_t vertical_rate = no_speed;  ///< In vertical_rate_unit_ft_min, up positive.
  std::uint16_t age_ms = 0;               ///< How old the position was when written, capped.
  std::uint8_t nic = no_category, nac_p = no_category, sil = no_category;
  PositionSource kind = PositionSource::unknown;
  std::uint16_t marks = 0;
  std::string_view call_sign;  ///< Trimmed; "" unknown.
  Evidence evidence;

  bool has(Mark mark) const { return (marks & static_cast<std::uint16_t>(mark)) != 0; }
  void set(Mark mark) { marks |= static_cast<std::uint16_t>(mark); }
};

/// Vertical rates are kept in units of 4 ft/min, so that +-131,000 ft/min fit.
constexpr int vertical_rate_unit_ft_min = 4;

/// A few rows on their way in, column by column: the values of PositionReport.
struct ReportColumns {
  static constexpr std::size_t most = 128;  ///< They stay in the cache.
  template <class T>
  using Column = std::array<T, most>;

  std::size_t size = 0;
  Column<Instant> at;
  Column<Address> address;
  Column<Point> point;
  Column<std::int32_t> pressure_altitude, geometric_height;
  Column<std::uint32_t> containment_cm;
  Column<std::int16_t> ground_speed, track, vertical_rate;
  Column<std::uint16_t> age_ms;
  Column<std::uint8_t> nic, nac_p, sil;
  Column<PositionSource> kind;
  Column<std::uint16_t> marks;
  Column<std::string_view> call_sign;
  Column<Evidence> evidence;

  /// Nothing is given, in any row.
  ReportColumns();
  PositionReport row(std::size_t row) const;
};

class Positions {
 public:
  void add(const PositionReport& report);
  /// Several of them, in their order.
  void add(const ReportColumns& reports, std::size_t from, std::size_t until);
  /// A row as it was added.
  PositionReport row(std::size_t row) const;
  /// Adds what is judged of rows of another (see below); the other columns stay as they are.
  void add_judged(const Positions& other, std::size_t from, std::size_t until);
  /// Room for so many rows in the columns that are judged.
  void reserve_judged(std::size_t rows);
  void clear();
  std::size_t size() const { return at.size(); }
  bool has(std::size_t row, Mark mark) const {
    return (marks[row] & static_cast<std::uint16_t>(mark)) != 0;
  }
  std::string_view call_sign_text(std::size_t row) const { return texts_[call_sign[row]]; }
  std::string_view text(std::uint32_t id) const { return texts_[id]; }

  /// The number of a text among those of call_sign; a new one if it has none yet.
  std::uint32_t intern(std::string_view text);

  // The columns, in the order in which rows were added. These are what rows are judged by:
  std::vector<std::int64_t> at;  ///< Microseconds, as Instant.
  std::vector<Point> point;
  std::vector<std::uint32_t> address;
  std::vector<std::int32_t> pressure_altitude;
  std::vector<std::int32_t> geometric_height;
  std::vector<std::uint32_t> containment_cm;
  std::vector<std::int16_t> ground_speed;
  std::vector<std::uint16_t> age_ms;
  std::vector<std::uint16_t> marks;
  std::vector<std::uint32_t> call_sign;  ///< Index of a text; 0 is "".
  std::vector<Evidence> evidence;
  // ... and these are kept beside them; empty where only what is judged was asked for.
  std::vector<std::int16_t> track, vertical_rate;
  std::vector<std::uint8_t> nic, nac_p, sil;
  std::vector<PositionSource> kind;

 private:
  void make_room(std::size_t rows);
  void double_places();
  std::vector<std::string> texts_{""};
  // Where each text lies by its hash, or in the next free place. At most half of the places are
  // taken; their number is a power of two.
  struct TextPlace {
    std::uint64_t begin = 0;  ///< Its first eight bytes, zero behind its end.
    std::uint32_t length = 0;
    std::uint32_t id = 0;  ///< 0 where no text lies: "" is never looked for.
  };
  std::vector<TextPlace> text_places_;
  TextPlace last_text_;
};

}  // namespace truce::observations
