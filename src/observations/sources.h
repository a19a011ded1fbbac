// Sources: who told us, where they had it from, and how far each can be trusted (sources.toml).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "quantities/altitude.h"
#include "quantities/angle.h"
#include "quantities/time.h"

namespace truce::observations {

using quantities::Duration;
using quantities::Length;

/// Bounds that a source states for what it says. Nothing: unknown, and unbounded.
struct ErrorBounds {
  std::optional<Length> position;  ///< Used where a row has no containment radius.
  std::optional<Duration> time;    ///< Each time is within this of the truth. Default: 0.
  std::optional<Length> pressure_altitude;
  std::optional<Length> geometric_height;
  /// How long a containment radius once given goes on to hold for the same aircraft in the same
  /// file (readsb traces repeat it every few rows). Default: not at all.
  std::optional<Duration> containment_holds;
};

/// Which share of the acts of the bound fleet such a source would show, and where.
struct DeclaredCoverage {
  double share = 0;  ///< 0..1; default 0: hearing airliners says nothing of dark sorties.
  quantities::Point centre;
  std::optional<Length> radius;  ///< Nothing: everywhere.
  std::optional<Length> lowest;  ///< Sees nothing below this pressure altitude.
  bool heartbeat = false;  ///< A receiver counts as up whenever it wrote a file or row at all.
};

struct Source {
  std::string id;
  std::string title;
  std::string origin;  ///< Where they had it from. Two sources of one origin do not corroborate.
  std::vector<std::string> files;  ///< Patterns of paths inside the case.
  enum class Kind : std::uint8_t { receiver, feed, people, other } kind = Kind::other;
  char reliability = 'F';                ///< A-F (Admiralty); F cannot be judged.
  int credibility = 6;                   ///< 1-6; 6 cannot be judged.
  std::vector<std::string> tied_to;      ///< Parties.
  std::vector<std::string> accepted_by;  ///< Co-chairs.
  ErrorBounds bounds;
  DeclaredCoverage coverage;
  std::optional<quantities::Date> date;  ///< For formats that leave the date out.
  std::string time_zone = "UTC";         ///< For formats without an offset; only UTC or +hh:mm.
  std::map<std::string, std::string> columns;  ///< Column map of plain CSV: our name to theirs.
  std::string where;
};
std::string_view to_string(Source::Kind kind);

struct Sources {
  std::vector<Source> declared;  ///< In the order written.
  /// The source of a file by the first pattern that matches, in the order written: narrow patterns
  /// stand before wide ones. `undeclared` if there is none. `*` and `**` both match any run of
  /// characters, '/' among them.
  const Source& of_file(std::string_view path) const;
  const Source& by_id(std::string_view id) const;
  static const Source& undeclared();  ///< Origin "undeclared", no bounds, accepted by nobody.
};

struct SourcesReading {
  Sources sources;
  base::Problems problems;  ///< All of them, with file, line and column.
};
/// `file` names the text in problems.
SourcesReading read_sources(std::string_view toml, std::string_view file);

}  // namespace truce::observations
