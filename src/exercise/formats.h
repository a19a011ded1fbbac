// Formats: what stations heard, written as their programs write it, with the broken, doubled and
// late rows that such files have.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "exercise/reception.h"

namespace truce::exercise {

/// The files of every station: path inside the case to bytes.
std::map<std::string, std::string> observation_files(const Reception& reception,
                                                     const Missions& missions,
                                                     const Random& random);

/// The register of aircraft, registry.csv: address, registration, type, whether military, operator.
std::string registry_csv(const Missions& missions);

/// affiliations.toml: what ties aircraft to the parties of the built-in theatre.
std::string_view affiliations_toml();

}  // namespace truce::exercise
