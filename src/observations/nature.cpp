// Nature: what kind of aircraft it is, from its type, its registers and what it sends of itself.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "observations/affiliation.h"
#include "observations/aircraft_types.h"
#include "observations/flight_classes.h"

namespace truce::observations {

using base::Answer;

namespace {

// One question, answered by several bases: where two disagree it is unknown.
class Question {
 public:
  void take(Answer answer) {
    if (answer == Answer::unknown) return;
    if (!any_) value_ = answer;
    if (any_ && answer != value_) contradicted_ = true;
    any_ = true;
  }
  Answer answer() const { return any_ && !contradicted_ ? value_ : Answer::unknown; }

 private:
  Answer value_ = Answer::unknown;
  bool any_ = false;
  bool contradicted_ = false;
};

// The kind of aircraft that a category stands for, and the classes that it leaves possible.
struct Category {
  std::string_view code;
  Answer helicopter, unmanned;
  std::string_view flight_class;
  std::string_view agrees_with;  ///< Classes, separated by spaces.
  std::string_view meaning;
};

// Emitter categories (RTCA DO-260B, 2.2.3.2.5.2): the aircraft's own word. Sets that tell nothing
// of the class of an aircraft (no information, surface vehicles, obstacles) are left out.
constexpr std::array emitter_categories = {
    Category{"A1", Answer::unknown, Answer::unknown, "small",
             "small light turboprop_transport business_jet helicopter glider unmanned balloon",
             "light aircraft"},
    Category{"A2", Answer::unknown, Answer::unknown, "small",
             "small light turboprop_transport business_jet airliner helicopter unmanned",
             "small aircraft"},
    Category{"A3", Answer::unknown, Answer::unknown, "airliner",
             "airliner business_jet turboprop_transport", "large aircraft"},
    Category{"A4", Answer::unknown, Answer::unknown, "airliner",
             "airliner business_jet turboprop_transport", "large aircraft with strong wake"},
    Category{"A5", Answer::unknown, Answer::unknown, "airliner", "airliner turboprop_transport",
             "heavy aircraft"},
    Category{"A6", Answer::unknown, Answer::unknown, "fighter", "fighter",
             "high-performance aircraft"},
    Category{"A7", Answer::yes, Answer::unknown, "helicopter", "helicopter", "rotorcraft"},
    Category{"B1", Answer::unknown, Answer::unknown, "glider", "glider light", "glider"},
    Category{"B2", Answer::unknown, Answer::unknown, "balloon", "balloon", "lighter than air"},
    Category{"B4", Answer::unknown, Answer::unknown, "light", "light helicopter balloon",
             "ultralight"},
    Category{"B6", Answer::unknown, Answer::yes, "unmanned", "unmanned", "unmanned aircraft"},
    Category{"B7", Answer::unknown, Answer::unknown, "unknown", "", "space vehicle"},
};

bool is_listed(std::string_view word, std::string_view list) {
  const auto words = base::split(list, ' ');
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The class of a register after ICAO Doc 8643: kind (L, S, A, G, H, T), engines, engine type (J, T,
// P, E, R): "L2J", "H2T". Fighters and airliners are both "L2J", so the faster holds.
std::optional<Category> register_category(std::string_view code) {
  if (code.size() != 3 || std::string_view("LSAGHT").find(code[0]) == std::string_view::npos ||
      std::string_view("12345678C").find(code[1]) == std::string_view::npos ||
      std::string_view("JTPER").find(code[2]) == std::string_view::npos)
    return {};
  if (code[0] == 'H')
    return Category{code, Answer::yes, Answer::unknown, "helicopter", "helicopter", "helicopter"};
  if (code[0] == 'G')
    return Category{code, Answer::no, Answer::unknown, "light", "light helicopter", "gyrocopter"};
  if (code[0] == 'T')
    return Category{
        code,       Answer::unknown, Answer::unknown, "turboprop_transport", "turboprop_transport",
        "tiltrotor"};
  constexpr std::string_view with_wings = "aircraft with fixed wings";
  if (code[2] == 'J')
    return Category{code,
                    Answer::no,
                    Answer::unknown,
                    "fighter",
                    "fighter airliner business_jet small unmanned",
                    with_wings};
  if (code[2] == 'T')  // four turboprops may be a Tupolev Tu-95, as fast as an airliner
    return Category{code,
                    Answer::no,
                    Answer::unknown,
                    code[1] >= '3' && code[1] <= '8' ? "airliner" : "small",
                    "turboprop_transport airliner small light unmanned",
                    with_wings};
  if (code[2] == 'P' || code[2] == 'E')
    return Category{code,
                    Answer::no,
                    Answer::unknown,
                    "light",
                    "light turboprop_transport glider unmanned",
                    with_wings};
  return Category{code, Answer::no, Answer::unknown, "unknown", "", with_wings};
}

std::string words_of(const AircraftType& type) {
  std::vector<std::string> words;
  const auto say = [&](Answer answer, const char* yes, const char* no) {
    if (answer == Answer::yes) words.emplace_back(yes);
    if (answer == Answer::no) words.emplace_back(no);
  };
  say(type.military, "military", "not military");
  say(type.combat, "combat aircraft", "not a combat aircraft");
  say(type.helicopter, "helicopter", "not a helicopter");
  say(type.unmanned, "unmanned", "not unmanned");
  return words.empty() ? "nothing of its kind" : base::listed(words);
}

// Which of two beliefs about the class holds, when either may be absent.
class ClassBelief {
 public:
  void take(std::string_view name) {
    const FlightClass& found = flight_class(name);
    class_ = class_ ? &covering_class(*class_, found) : &found;
  }
  const FlightClass* known() const { return class_; }

 private:
  const FlightClass* class_ = nullptr;
};

// The answers and beliefs about one aircraft, as they are collected.
class NatureBuilder {
 public:
  void take(const AircraftFacts& f) {
    const auto keep_first = [](std::string& kept, const std::string& said) {
      if (kept.empty()) kept = said;
    };
    keep_first(nature_.registration, f.registration);
    keep_first(nature_.type, f.type);
    keep_first(nature_.operator_name, f.operator_name);
    if (f.military) {
      military_.take(base::certainly(*f.military));
      add({"register", *f.military ? "military" : "not military",
           *f.military ? "the register marks it military" : "the register marks it not military",
           f.evidence});
    }
    if (!f.type.empty()) take_type(f.type, f.evidence);
    if (!f.category.empty()) take_category(f.category, f.evidence);
  }

  void take_type(const std::string& text, std::optional<Evidence> evidence) {
    const AircraftType* type = aircraft_type(text);
    if (type == nullptr) return;
    military_.take(type->military);
    helicopter_.take(type->helicopter);
    unmanned_.take(type->unmanned);
    combat_.take(type->combat);
    by_type_.take(type->flight_class);
    const std::string says = words_of(*type);
    add({"type", says, "the type " + base::valid_utf8(text) + " says: " + says, evidence});
  }

  AircraftNature settled() && {
    nature_.military = military_.answer();
    nature_.helicopter = helicopter_.answer();
    nature_.unmanned = unmanned_.answer();
    nature_.combat = combat_.answer();
    nature_.flight_class = settled_class();
    return std::move(nature_);
  }
  void name_type(std::string_view type) { nature_.type = type; }

 private:
  void take_category(const std::string& code, Evidence evidence) {
    const auto in_register = register_category(code);
    if (in_register) {
      categories_.push_back(*in_register);
      by_register_.take(in_register->flight_class);
    } else {
      const auto emitted = std::find_if(emitter_categories.begin(), emitter_categories.end(),
                                        [&](const Category& c) { return c.code == code; });
      if (emitted == emitter_categories.end()) return;
      categories_.push_back(*emitted);
      by_emitter_.take(emitted->flight_class);
    }
    const Category& category = categories_.back();
    helicopter_.take(category.helicopter);
    unmanned_.take(category.unmanned);
    const std::string meaning(category.meaning);
    add({in_register ? "register" : "feed", meaning,
         (in_register ? "the register gives the class " : "it sends the category ") + code + ", " +
             meaning,
         evidence});
  }

  // The type comes first, then the register's class, then the aircraft's own word; a category that
  // does not go with what was chosen makes the choice wider.
  std::string settled_class() const {
    const FlightClass* chosen = by_type_.known()       ? by_type_.known()
                                : by_register_.known() ? by_register_.known()
                                                       : by_emitter_.known();
    if (chosen == nullptr) return "unknown";
    const std::string first = chosen->name;
    for (const Category& category : categories_)
      if (!is_listed(first, category.agrees_with))
        chosen = &covering_class(*chosen, flight_class(category.flight_class));
    return chosen->name;
  }

  void add(Basis basis) {
    for (const Basis& b : nature_.bases)
      if (b.kind == basis.kind && b.text == basis.text) return;
    nature_.bases.push_back(std::move(basis));
  }

  AircraftNature nature_;
  Question military_, helicopter_, unmanned_, combat_;
  ClassBelief by_type_, by_register_, by_emitter_;
  std::vector<Category> categories_;
};

}  // namespace

AircraftNature Register::nature_of(Address address) const {
  NatureBuilder builder;
  for (const AircraftFacts* facts : facts_of(address)) builder.take(*facts);
  return std::move(builder).settled();
}

AircraftNature Register::nature_of_type(std::string_view type) {
  NatureBuilder builder;
  builder.name_type(base::trimmed(type));
  builder.take_type(std::string(base::trimmed(type)), {});
  return std::move(builder).settled();
}

}  // namespace truce::observations
