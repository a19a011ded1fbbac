// Writes report.html of the made-up assessment to standard output, for the golden picture.
#include <cstdio>
#include <string>

#include "publication/report.h"
#include "publication/sample_test_case.h"

int main() {
  using namespace truce::publication;
  const auto agreement = sample::agreement();
  const auto observations = sample::observed();
  const auto findings = sample::findings();
  const Edition edition = edition_of(agreement, "0.0.0");
  const std::string page = report_html({agreement, observations, findings, edition});
  const bool whole = std::fwrite(page.data(), 1, page.size(), stdout) == page.size();
  return whole && std::fflush(stdout) == 0 ? 0 : 1;
}
