// NoticePaper: a notice of the exercise, as it is filed in the case's ledger.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exercise/ground.h"
#include "quantities/time.h"

namespace truce::exercise {

struct NoticePaper {
  std::string id;
  std::string party;
  std::string purpose;
  std::string item_18;  ///< "STS/MEDEVAC"; "" none.
  std::string address;  ///< Of the airframe that it was filed for.
  std::string registration;
  std::string call_sign;
  Instant from, until;
  std::vector<Place> route;
  Instant notified;
  std::optional<Instant> acknowledged;
  std::optional<Instant> denied;
};

/// The ledger as notices.toml. `complete` are the periods for which it is declared complete.
std::string notices_toml(const std::vector<NoticePaper>& papers,
                         const std::vector<quantities::Period>& complete);

}  // namespace truce::exercise
