#include "findings/previous.h"

#include <simdjson.h>

#include <algorithm>
#include <set>
#include <tuple>

namespace truce::findings {

base::Result<std::vector<EarlierFinding>> read_previous(std::string_view json,
                                                        std::string_view file) {
  std::vector<EarlierFinding> earlier;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  const std::string where(file);
  if (parser.parse(simdjson::padded_string(json)).get(root) != simdjson::SUCCESS)
    return base::problem(where, "this is not JSON; expected a findings.json of an earlier run");
  simdjson::dom::array list;
  if (root["findings"].get_array().get(list) != simdjson::SUCCESS)
    return base::problem(
        where, "there is no list \"findings\"; expected a findings.json of an earlier run");
  std::size_t number = 0;
  for (simdjson::dom::element e : list) {
    ++number;
    EarlierFinding f;
    const auto text = [](simdjson::simdjson_result<simdjson::dom::element> value,
                         std::string& into) {
      std::string_view found;
      if (value.get_string().get(found) != simdjson::SUCCESS) return false;
      into = found;
      return true;
    };
    std::string from, until;
    // Null stands for an end that nothing bounds.
    const auto bound = [&](const char* passage, const char* end, quantities::Instant open,
                           std::string& into) -> std::optional<quantities::Instant> {
      const auto value = e[passage][end];
      if (value.error() == simdjson::SUCCESS && value.is_null()) return open;
      return text(value, into) ? quantities::instant_from(into) : std::nullopt;
    };
    const bool whole =
        text(e["id"], f.id) && text(e["verdict"], f.verdict) && text(e["rule"], f.rule);
    const auto a = bound("entry", "earliest", quantities::earliest_instant, from);
    const auto b = bound("exit", "latest", quantities::latest_instant, until);
    if (!whole || !a || !b)
      return base::problem(where, "finding " + std::to_string(number) +
                                      " lacks its id, verdict, rule, entry or exit");
    if (!text(e["aircraft"]["address"], f.subject) || f.subject.empty()) f.subject = "sighting";
    f.time = {*a, *b};
    earlier.push_back(std::move(f));
  }
  std::stable_sort(earlier.begin(), earlier.end(), [](const auto& x, const auto& y) {
    return std::tie(x.time.from, x.id) < std::tie(y.time.from, y.id);
  });
  return earlier;
}

std::vector<std::string> inherit(const std::vector<EarlierFinding>& earlier,
                                 std::vector<Finding>& findings) {
  std::vector<std::string> changes;
  std::set<std::string> used;
  for (Finding& f : findings) {
    const std::string subject = f.address.empty() ? "sighting" : f.address;
    std::string verdict_before;
    bool inherited = false;
    for (const EarlierFinding& e : earlier) {
      if (e.rule != f.rule || e.subject != subject || used.contains(e.id) ||
          e.time.from > f.exit.latest || e.time.until < f.entry.earliest)
        continue;
      // People see many aircraft at once: only the same evidence is the same sighting.
      if (f.sighting && e.id != f.id) continue;
      used.insert(e.id);
      if (inherited) {
        f.supersedes.push_back(e.id);
        changes.push_back("finding " + e.id + " (" + e.verdict + ") is now part of " + f.id + ".");
        continue;
      }
      inherited = true;
      f.id = e.id;
      verdict_before = e.verdict;
    }
    if (inherited && verdict_before != to_string(f.verdict))
      changes.push_back("finding " + f.id + " was \"" + verdict_before + "\" and is now \"" +
                        std::string(to_string(f.verdict)) + "\".");
    if (!inherited && !earlier.empty())
      changes.push_back("finding " + f.id + " (" + std::string(to_string(f.verdict)) + ") is new.");
  }
  for (const EarlierFinding& e : earlier)
    if (!used.contains(e.id))
      changes.push_back("finding " + e.id + " (" + e.verdict +
                        ") is withdrawn: the inputs no longer show it.");
  return changes;
}

}  // namespace truce::findings
