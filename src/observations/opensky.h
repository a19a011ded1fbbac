// Readers of what the OpenSky Network gives: state vectors as JSON (its REST answer, and objects
// with keys as collectors store them), and collections of tracks as the library `traffic` writes
// them, by records or by columns. State vectors as CSV: plain_csv.h. Fields:
// docs/formats/positions.md.
#pragma once

#include <memory>

#include "observations/reader.h"

namespace truce::observations {

std::unique_ptr<Reader> make_opensky_states_reader(std::uint32_t input, Sink& sink);
std::unique_ptr<Reader> make_opensky_tracks_reader(std::uint32_t input, Sink& sink);

}  // namespace truce::observations
