// The time zone of an agreement: the one file that knows the library (Howard Hinnant's date, over
// the time-zone database of the system).
//
//   auto table = zone_offsets("Asia/Damascus");             // nothing: no such zone
//   LocalReading noon = read_local(*table, local_noon);     // noon.instant, noon.occurs
//
// Findings never ask the database: the table is resolved once, into agreement.lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terms/agreement.h"

namespace truce::terms {

/// How far east of UTC the zone stands over `within`: one entry for each change, in order, the
/// first at `within.from` (it holds for all time before as well, as the last does after). Nothing
/// if the IANA database of this machine has no such zone or cannot be read.
///
/// Zones that change their clocks by a standing rule are known as far as the compiled tables of
/// the database go, which is the year 2037; after that the last known offset stands.
std::optional<std::vector<ZoneOffset>> zone_offsets(std::string_view iana_name, Period within = {});

/// Every name that zone_offsets() knows, in order.
std::vector<std::string> zone_names();

/// The place that a zone is named for, to the minute of arc, from the text of zone.tab of the IANA
/// database (ISO 6709, +-DDMM+-DDDMM or with seconds); nothing for names that it does not list.
/// Only to see whether an agreement lies where its clocks do.
std::optional<quantities::Point> place_in_zone_table(std::string_view table,
                                                     std::string_view iana_name);

/// A local time, read as an instant.
struct LocalReading {
  /// The instant; where two readings are possible, the earlier of them.
  Instant instant;
  enum class Occurs : std::uint8_t {
    once,
    twice,  ///< The clocks were put back over it.
    never,  ///< The clocks were put forward over it; read with the offset after the change.
  } occurs = Occurs::once;
};

/// `local` is the local time as if it were UTC (quantities::local_instant_from gives it).
LocalReading read_local(const std::vector<ZoneOffset>& table, Instant local);

/// Seconds east of UTC at an instant. The first entry holds for all time before; an empty table
/// means UTC.
std::int32_t seconds_east_at(const std::vector<ZoneOffset>& table, Instant t);

}  // namespace truce::terms
