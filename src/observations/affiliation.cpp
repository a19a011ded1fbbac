#include "observations/affiliation.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "observations/address_ranges.h"
#include "observations/aircraft_types.h"

namespace truce::observations {

namespace {

// How much a basis can carry. What names the airframe settles the party by itself. A call sign is
// the sender's own word, and a type is an inference: they hold unless something else is known of
// the airframe. An operator holds unless another register names another operator.
enum class Weight : std::uint8_t { own_word, operator_name, airframe };

// The claims of the parties on one aircraft, as they are collected.
class Claims {
 public:
  void claim(const std::string& party, Weight weight, Basis basis) {
    basis.says = party;
    parties_.insert(party);
    strongest_ = std::max(strongest_.value_or(weight), weight);
    add(std::move(basis));
  }
  /// Somebody, but no party: a State or an operator that no party is tied to.
  void other(const std::string& who, bool is_operator, Basis basis) {
    basis.says = "other: " + who;
    std::string& place = is_operator ? other_operator_ : other_state_;
    if (place.empty()) place = who;
    add(std::move(basis));
  }

  Affiliation settled() && {
    Affiliation out;
    out.bases = std::move(bases_);
    const bool others_operate = !other_operator_.empty();
    const bool others = others_operate || !other_state_.empty();
    if (parties_.size() > 1) {
      out.contradicted = true;
    } else if (parties_.size() == 1) {
      out.contradicted = (strongest_ == Weight::own_word && others) ||
                         (strongest_ == Weight::operator_name && others_operate);
      if (!out.contradicted) out.party = *parties_.begin();
    } else if (others) {
      out.party = "other";
      out.other = others_operate ? other_operator_ : other_state_;
    }
    return out;
  }

 private:
  // One sentence is one basis, however many records say it.
  void add(Basis basis) {
    for (const Basis& b : bases_)
      if (b.kind == basis.kind && b.says == basis.says && b.text == basis.text) return;
    bases_.push_back(std::move(basis));
  }

  std::set<std::string> parties_;
  std::optional<Weight> strongest_;
  std::string other_operator_, other_state_;
  std::vector<Basis> bases_;
};

bool matches_any(std::string_view text, const std::vector<std::string>& patterns,
                 std::string_view& matched) {
  for (const std::string& pattern : patterns) {
    if (!base::matches_pattern(text, pattern)) continue;
    matched = pattern;
    return true;
  }
  return false;
}

void claims_by_address(const std::vector<PartyTies>& ties, Address address, Claims& claims) {
  for (const PartyTies& t : ties)
    for (const std::string& text : t.addresses) {
      const auto range = address_range_from(text);
      if (range && range->holds(address))
        claims.claim(t.party, Weight::airframe,
                     {"address list",
                      "",
                      "address " + to_string(address) + " is listed for " + t.party +
                          (range->first == range->last ? "" : " (" + text + ")"),
                      {}});
    }
}

void claims_by_facts(const std::vector<PartyTies>& ties, const AircraftFacts& facts,
                     Claims& claims) {
  bool operator_claimed = false;
  std::string_view pattern;
  for (const PartyTies& t : ties) {
    if (!facts.operator_name.empty() && matches_any(facts.operator_name, t.operators, pattern)) {
      operator_claimed = true;
      claims.claim(t.party, Weight::operator_name,
                   {"register", "",
                    "the register names the operator " + facts.operator_name +
                        ", which is tied to " + t.party,
                    facts.evidence});
    }
    if (!facts.registration.empty() && matches_any(facts.registration, t.registrations, pattern))
      claims.claim(t.party, Weight::airframe,
                   {"register", "",
                    "the registration " + facts.registration + " matches " + std::string(pattern) +
                        " of " + t.party,
                    facts.evidence});
  }
  if (!facts.operator_name.empty() && !operator_claimed)
    claims.other(
        facts.operator_name, true,
        {"register", "",
         "the register names the operator " + facts.operator_name + ", which is tied to no party",
         facts.evidence});
}

// Patterns of types are compared in the one spelling of types.
bool is_tied_type(std::string_view canonical, const PartyTies& ties) {
  for (const std::string& pattern : ties.types) {
    const bool has_wildcard = pattern.find_first_of("*?") != std::string::npos;
    if (base::matches_pattern(canonical, has_wildcard ? pattern : canonical_type(pattern)))
      return true;
  }
  return false;
}

void claims_by_type(const std::vector<PartyTies>& ties, std::string_view type,
                    std::optional<Evidence> evidence, Claims& claims) {
  if (type.empty()) return;
  const std::string canonical = canonical_type(type);
  for (const PartyTies& t : ties)
    if (is_tied_type(canonical, t))
      claims.claim(
          t.party, Weight::own_word,
          {"type", "", "only " + t.party + " flies the type " + std::string(type) + " here",
           evidence});
}

void claims_by_call_sign(const std::vector<PartyTies>& ties,
                         const std::vector<std::string>& call_signs, Claims& claims) {
  std::string_view pattern;
  for (const std::string& call_sign : call_signs)
    for (const PartyTies& t : ties)
      if (!call_sign.empty() && matches_any(call_sign, t.call_signs, pattern))
        claims.claim(
            t.party, Weight::own_word,
            {"call sign",
             "",
             "the call sign " + call_sign + " matches " + std::string(pattern) + " of " + t.party,
             {}});
}

void claims_by_block(const std::vector<PartyTies>& ties, Address address, Claims& claims) {
  const std::string state(state_of(address));
  if (state.empty()) return;
  const std::string text = "address " + to_string(address) + " lies in the block of " + state;
  bool claimed = false;
  for (const PartyTies& t : ties)
    if (std::find(t.states.begin(), t.states.end(), state) != t.states.end()) {
      claimed = true;
      claims.claim(t.party, Weight::airframe, {"address block", "", text, {}});
    }
  if (!claimed) claims.other(state, false, {"address block", "", text, {}});
}

}  // namespace

void Register::add(AircraftFacts facts) {
  const auto content = [](const AircraftFacts& f) {
    return std::tie(f.registration, f.type, f.operator_name, f.category, f.military);
  };
  const auto earlier = [&](const AircraftFacts& a, const AircraftFacts& b) {
    return a.evidence != b.evidence ? a.evidence < b.evidence : content(a) < content(b);
  };
  auto& known = facts_[facts.address];
  // The same words again only tell where they were said first.
  const auto same = std::find_if(known.begin(), known.end(), [&](const AircraftFacts& k) {
    return content(k) == content(facts);
  });
  if (same != known.end()) {
    if (!(facts.evidence < same->evidence)) return;
    known.erase(same);
  }
  known.insert(std::upper_bound(known.begin(), known.end(), facts, earlier), std::move(facts));
}

void Register::add(PartyTies ties) {
  ties_.push_back(std::move(ties));
}

std::vector<const AircraftFacts*> Register::facts_of(Address address) const {
  std::vector<const AircraftFacts*> all;
  if (const auto found = facts_.find(address); found != facts_.end())
    for (const AircraftFacts& facts : found->second) all.push_back(&facts);
  return all;
}

Affiliation Register::affiliation_of(Address address,
                                     const std::vector<std::string>& call_signs) const {
  Claims claims;
  claims_by_address(ties_, address, claims);
  const auto facts = facts_of(address);
  for (const AircraftFacts* f : facts) claims_by_facts(ties_, *f, claims);
  for (const AircraftFacts* f : facts) claims_by_type(ties_, f->type, f->evidence, claims);
  claims_by_call_sign(ties_, call_signs, claims);
  claims_by_block(ties_, address, claims);
  return std::move(claims).settled();
}

Affiliation Register::affiliation_of_type(std::string_view type) const {
  Claims claims;
  claims_by_type(ties_, base::trimmed(type), {}, claims);
  return std::move(claims).settled();
}

}  // namespace truce::observations
