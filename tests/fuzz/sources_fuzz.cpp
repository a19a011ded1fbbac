// sources.toml of any bytes: every problem has a place and a message, and any path finds a source.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "observations/sources.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto reading = truce::observations::read_sources(text, "sources.toml");
  for (const auto& problem : reading.problems)
    CHECK(problem.where.starts_with("sources.toml:") && !problem.message.empty());
  for (const auto& source : reading.sources.declared) {
    CHECK(source.coverage.share >= 0 && source.coverage.share <= 1);
    CHECK(source.credibility >= 1 && source.credibility <= 6);
    CHECK(reading.sources.by_id(source.id).id == source.id);
  }
  const auto& source = reading.sources.of_file("observations/a.json");
  CHECK(&source == &truce::observations::Sources::undeclared() || !source.files.empty());
  return 0;
}
