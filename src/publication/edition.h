// Edition: what every output of one assessment carries, so that a page that lies alone on a desk
// still says for whom it is, which text of the agreement it applied and which program wrote it.
//
//   Edition edition = edition_of(agreement, "0.1.0");
//   std::string json = findings_json({agreement, observations, findings, edition});
//
// Nothing here differs between runs over the same inputs: no times of running, hosts or threads.
#pragma once

#include <string>

#include "findings/finding.h"
#include "observations/observations.h"
#include "terms/agreement.h"

namespace truce::publication {

struct Edition {
  std::string audience = "operations";      ///< Who may read it.
  std::string release = "not for release";  ///< What may be done with it.
  std::string program_version;              ///< "0.1.0"
  std::string terms_version;     ///< The last amendment that was read, or "original text".
  std::string agreement_digest;  ///< SHA-256 of agreement.toml, hexadecimal.
  std::string lock_digest;       ///< SHA-256 of agreement.lock, hexadecimal.
};
Edition edition_of(const terms::Agreement& agreement, std::string program_version);

/// "operations, not for release": one text for columns and banners.
std::string audience_text(const Edition& edition);

/// Everything an output is made from. The values must outlive it.
struct Assessment {
  const terms::Agreement& agreement;
  const observations::Observations& observations;
  const findings::Findings& findings;
  const Edition& edition;
};

}  // namespace truce::publication
