// OpenAir: airspaces as pilots' programs exchange them, one record a line.
//
//   auto areas = read_openair(bytes, "airspace.txt");
//
// Read are the records of the format's own description (J. Plasa, "OpenAir terrain and airspace
// description language", 1998, 1999) and those of its later versions that files hold (AY, AI, AF,
// AG, AX, AA; Naviter, 2021): polygons (DP), arcs (DA, DB), circles (DC), airways (DY) and the
// variables X, D, W and Z. D goes back to clockwise with every area; X holds until it is set anew,
// over the end of an area too. Distances are nautical miles, bearings true, coordinates WGS84:
// degrees, minutes and seconds ("54:10:15 N"), degrees and minutes with decimals ("39:29.7 N"),
// without colons ("265644.00N"), or decimal degrees. Terrain (TO, TC) is no area and is passed
// over. Comments begin with an asterisk at the start of a line or after a space.
//
// What cannot be read within an area refuses that area, with its line; a record outside any area
// refuses the file, because nobody could say what it belongs to. Names need not be UTF-8: bytes
// that are not become U+FFFD.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "terms/charted_area.h"

namespace truce::terms {

/// The areas in the order of the file. Each has the attributes `class` (AC), `type` (AY) and
/// `line`.
base::Result<std::vector<ChartedArea>> read_openair(std::string_view bytes, std::string_view file);

/// "54:10:15 N 013:41:37 E"; else what was expected. One word after it is a label and is dropped.
std::expected<quantities::Point, std::string> openair_place(std::string_view text);

/// "FL75", "5000ft MSL", "2500ft GND", "GND", "UNLIMITED". A height that does not say what it is
/// measured from, or in what, is kept and not understood.
ChartedLimit openair_limit(std::string_view text, std::string where);

}  // namespace truce::terms
