// Readers of what readsb and dump1090 write: aircraft.json (snapshots, streams of them, loose
// objects, one object a line) and trace_full / trace_recent. Fields: docs/formats/positions.md.
#pragma once

#include <memory>

#include "observations/reader.h"

namespace truce::observations {

std::unique_ptr<Reader> make_aircraft_json_reader(std::uint32_t input, Sink& sink);
std::unique_ptr<Reader> make_json_lines_reader(std::uint32_t input, Sink& sink);
std::unique_ptr<Reader> make_readsb_trace_reader(std::uint32_t input, const Source& source,
                                                 Sink& sink);

}  // namespace truce::observations
