// Findings and truths of any bytes: scored, or refused with a reason that can be shown.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "exercise/score.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using truce::exercise::score;
  constexpr std::string_view no_findings = R"({"findings":[]})";
  constexpr std::string_view small_truth =
      R"({"format":"truce exercise truth","version":1,"seed":"1","errors_within_bounds":true,)"
      R"("presences":[],"sightings":[],"flights":[]})";
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  for (const auto& result : {score(text, small_truth), score(no_findings, text)}) {
    if (result) {
      CHECK(truce::base::is_utf8(score_text(*result)));
      CHECK(truce::base::is_utf8(score_json(*result)));
    } else {
      CHECK(!result.error().where.empty() && !result.error().message.empty());
      CHECK(truce::base::is_utf8(result.error().message));
    }
  }
  return 0;
}
