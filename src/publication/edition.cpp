#include "publication/edition.h"

#include <utility>

namespace truce::publication {

Edition edition_of(const terms::Agreement& agreement, std::string program_version) {
  Edition edition;
  edition.program_version = std::move(program_version);
  edition.terms_version =
      agreement.amendments.empty() ? "original text" : agreement.amendments.back().id;
  edition.agreement_digest = agreement.text_digest.hex();
  edition.lock_digest = agreement.lock_digest.hex();
  return edition;
}

std::string audience_text(const Edition& edition) {
  return edition.audience + ", " + edition.release;
}

}  // namespace truce::publication
