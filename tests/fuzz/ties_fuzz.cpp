// affiliations.toml of any bytes: every problem has a place, and what is read can be asked.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "observations/affiliation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace truce::observations;
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = read_ties(text, "affiliations.toml");
  for (const auto& problem : reading.problems)
    CHECK(problem.where.starts_with("affiliations.toml:") && !problem.message.empty());
  Register aircraft;
  for (const auto& ties : reading.ties) aircraft.add(ties);
  for (const std::uint32_t value : {0u, 0x778123u, 0xFFFFFFu, 0x778123u | Address::not_icao}) {
    const Affiliation who = aircraft.affiliation_of(Address{value}, {"SYR1", ""});
    CHECK(!who.contradicted || who.party.empty());
    CHECK((who.party == "other") == !who.other.empty());
  }
  return 0;
}
