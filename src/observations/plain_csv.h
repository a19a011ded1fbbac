// Reader of positions in separated values: by the column map of their source, or with our own
// names of columns (docs/formats/positions.md). The CSV files of the OpenSky state vectors are read
// by it as well, with a map of their own.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "observations/csv.h"
#include "observations/reader.h"

namespace truce::observations {

std::unique_ptr<Reader> make_plain_csv_reader(std::uint32_t input, const Source& source,
                                              Sink& sink);
std::unique_ptr<Reader> make_opensky_states_csv_reader(std::uint32_t input, const Source& source,
                                                       Sink& sink);

/// Whether a header has the columns that a position needs: time, address, latitude, longitude.
bool has_position_columns(const CsvHeader& header);
/// Whether a header is that of the OpenSky state vectors.
bool has_opensky_columns(const CsvHeader& header);

}  // namespace truce::observations
