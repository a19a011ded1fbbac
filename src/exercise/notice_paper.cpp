#include "exercise/notice_paper.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace truce::exercise {

namespace {

std::string step(std::string_view kind, Instant at, std::string_view by) {
  return fmt::format("{{ kind = \"{}\", at = {}, by = \"{}\" }}", kind, quantities::rfc3339(at),
                     by);
}

}  // namespace

std::string notices_toml(const std::vector<NoticePaper>& papers,
                         const std::vector<quantities::Period>& complete) {
  std::string out =
      "# The exception ledger: notices for flights that would otherwise be prohibited.\n"
      "# In these periods it is complete: a notice that is not here was not filed.\ncomplete = [\n";
  for (const auto& period : complete)
    out += fmt::format("  {{ from = {}, until = {} }},\n", quantities::rfc3339(period.from),
                       quantities::rfc3339(period.until));
  out += "]\n";
  for (const NoticePaper& paper : papers) {
    out += fmt::format("\n[notices.{}]\n", paper.id);
    out += fmt::format("party         = \"{}\"\n", paper.party);
    out += fmt::format("purpose       = \"{}\"\n", paper.purpose);
    if (!paper.item_18.empty()) out += fmt::format("item_18       = [\"{}\"]\n", paper.item_18);
    out += fmt::format("addresses     = [\"{}\"]\n", paper.address);
    out += fmt::format("registrations = [\"{}\"]\n", paper.registration);
    out += fmt::format("call_signs    = [\"{}\"]\n", paper.call_sign);
    out += fmt::format("from          = {}\n", quantities::rfc3339(paper.from));
    out += fmt::format("until         = {}\n", quantities::rfc3339(paper.until));
    if (!paper.route.empty()) {
      std::vector<std::string> places;
      for (const Place& p : paper.route)
        places.push_back(fmt::format("\"{:.4f} N {:.4f} E\"", p.latitude, p.longitude));
      out += fmt::format("route         = [{}]\n", fmt::join(places, ", "));
    }
    out += "steps         = [\n  " + step("notified", paper.notified, paper.party) + ",\n";
    if (paper.acknowledged) out += "  " + step("acknowledged", *paper.acknowledged, "us") + ",\n";
    if (paper.denied) out += "  " + step("denied", *paper.denied, "us") + ",\n";
    out += "]\n";
  }
  return out;
}

}  // namespace truce::exercise
