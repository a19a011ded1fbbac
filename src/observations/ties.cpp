// Ties: affiliations.toml, which says what makes an aircraft a party's.
#include <algorithm>

#include "base/text.h"
#include "base/toml.h"
#include "observations/address_blocks.h"
#include "observations/address_ranges.h"
#include "observations/affiliation.h"

namespace truce::observations {

using base::TomlTable;

namespace {

void complain_in(TomlTable& table, std::string_view key, std::size_t i, base::Problems& problems,
                 const std::string& message) {
  problems.push_back({table.where_in(key, i), std::string(key) + ": " + message});
}

std::vector<std::string> states_in(TomlTable& table, base::Problems& problems) {
  std::vector<std::string> states;
  const auto written = table.texts("states").value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < written.size(); ++i) {
    const std::string_view state = state_named(written[i]);
    if (!state.empty()) {
      states.emplace_back(state);
      continue;
    }
    std::string message =
        "no State with a block of addresses is called '" + base::valid_utf8(written[i]) + "'";
    if (const auto near = base::nearest_word(written[i], state_names()))
      message += "; did you mean '" + *near + "'?";
    complain_in(table, "states", i, problems, message);
  }
  return states;
}

// A pattern that every text matches ties everything to the party; nobody can mean that.
std::vector<std::string> patterns_in(TomlTable& table, std::string_view key,
                                     base::Problems& problems) {
  std::vector<std::string> patterns;
  const auto written = table.texts(key).value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto pattern = base::trimmed(written[i]);
    if (pattern.find_first_not_of("*?") == std::string_view::npos)
      complain_in(table, key, i, problems,
                  "expected a pattern such as \"SYR*\", found '" + base::valid_utf8(written[i]) +
                      "', which matches anything or nothing");
    else
      patterns.emplace_back(pattern);
  }
  return patterns;
}

std::vector<std::string> addresses_in(TomlTable& table, base::Problems& problems) {
  std::vector<std::string> addresses;
  const auto written = table.texts("addresses").value_or(std::vector<std::string>{});
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (address_range_from(written[i]))
      addresses.push_back(written[i]);
    else
      complain_in(table, "addresses", i, problems,
                  "expected an address such as \"778123\" or a range such as \"778100-7781ff\", "
                  "found '" +
                      base::valid_utf8(written[i]) + "'");
  }
  return addresses;
}

PartyTies ties_from(const std::string& party, TomlTable& table, base::Problems& problems) {
  PartyTies ties;
  ties.party = party;
  ties.states = states_in(table, problems);
  ties.operators = patterns_in(table, "operators", problems);
  ties.call_signs = patterns_in(table, "call_signs", problems);
  ties.addresses = addresses_in(table, problems);
  ties.registrations = patterns_in(table, "registrations", problems);
  ties.types = patterns_in(table, "types", problems);
  table.report_unknown_keys();
  if (party == "other")
    table.complain("", "the name 'other' is kept for States and operators that no party claims");
  return ties;
}

// What can only belong to one party and stands under two.
void compare(const std::vector<PartyTies>& all, TomlTable& parties, base::Problems& problems) {
  for (std::size_t b = 1; b < all.size(); ++b)
    for (std::size_t a = 0; a < b; ++a)
      for (const std::string& state : all[b].states)
        if (std::find(all[a].states.begin(), all[a].states.end(), state) != all[a].states.end())
          problems.push_back({parties.where(all[b].party),
                              "states: " + state + " is already tied to " + all[a].party});
}

}  // namespace

TiesReading read_ties(std::string_view toml, std::string_view file) {
  TiesReading reading;
  auto root = TomlTable::parse(toml, file, reading.problems);
  if (!root) return reading;
  for (auto& [party, table] : root->children("parties"))
    reading.ties.push_back(ties_from(party, table, reading.problems));
  if (root->has("parties") && root->is_table("parties")) {
    auto parties = root->table("parties");
    compare(reading.ties, *parties, reading.problems);
  }
  root->report_unknown_keys();
  return reading;
}

}  // namespace truce::observations
