#include "observations/aircraft_types.h"

#include <array>
#include <map>

#include "base/check.h"
#include "base/text.h"

namespace truce::observations {

using base::Answer;

namespace {

constexpr Answer no = Answer::no;
constexpr Answer unknown = Answer::unknown;
constexpr Answer yes = Answer::yes;

// Types that share every answer, separated by spaces. Designators are those of ICAO Doc 8643.
struct Family {
  Answer military, helicopter, unmanned, combat;
  std::string_view flight_class;
  std::string_view designators;
};

constexpr std::array families = {
    // Jet transports: airlines, governments and air forces fly them.
    Family{unknown, no, no, no, "airliner",
           "A124 A148 A158 A19N A20N A21N A225 A306 A30B A310 A318 A319 A320 A321 A332 A333 A337 "
           "A338 A339 A342 A343 A345 A346 A359 A35K A388 A3ST AJ27 AN72 AN74 B37M B38M B39M B3XM "
           "B461 B462 B463 B703 B712 B720 B721 B722 B731 B732 B733 B734 B735 B736 B737 B738 B739 "
           "B741 B742 B743 B744 B748 B74D B74R B74S B752 B753 B762 B763 B764 B772 B773 B778 B779 "
           "B77L B77W B788 B789 B78X BA11 BCS1 BCS3 BLCF C919 CRJ1 CRJ2 CRJ7 CRJ9 CRJX DC10 DC85 "
           "DC86 DC87 DC91 DC92 DC93 DC94 DC95 E135 E145 E170 E190 E195 E290 E295 E45X E75L E75S "
           "F100 F28 F70 IL62 IL86 IL96 J328 L101 MD11 MD81 MD82 MD83 MD87 MD88 MD90 RJ1H "
           "RJ70 RJ85 SU95 T134 T154 T204 YK40 YK42"},
    // Jet transports, tankers and patrol aircraft that only air forces fly.
    Family{
        yes, no, no, no, "airliner",
        "A50 C135 C141 C17 C390 C5 C5M E3CF E3TF E6 E737 E767 K35A K35E K35R KC10 KE3 R135 VC10"},
    Family{yes, no, no, unknown, "airliner", "P8 P1 NIM"},
    // Subsonic bombers.
    Family{yes, no, no, yes, "airliner", "B2 B52 TU16 TU95 TU142 H6"},
    Family{unknown, no, no, no, "business_jet",
           "ASTR BE40 C25A C25B C25C C25M C500 C501 C510 C525 C526 C550 C551 C55B C560 C56X C650 "
           "C680 C68A C700 C750 CL30 CL35 CL60 E35L E50P E545 E550 E55P EA50 F2TH F900 FA10 FA20 "
           "FA50 FA5X FA6X FA7X FA8X G150 G280 GA5C GA6C GA7C GA8C GALX GL5T GL6T GL7T GLEX GLF2 "
           "GLF3 GLF4 GLF5 GLF6 H25A H25B H25C HA4T HDJT L29A L29B LJ23 LJ24 LJ25 LJ28 LJ31 LJ35 "
           "LJ40 LJ45 LJ55 LJ60 LJ70 LJ75 LJ85 MU30 PC24 PRM1 S601 SBR1 SBR2 SF50 SJ30 WW23 WW24"},
    Family{unknown, no, no, no, "turboprop_transport",
           "A140 AC90 AC95 AN22 AN24 AN28 AN30 AN38 AT43 AT44 AT45 AT46 AT72 AT73 "
           "AT75 AT76 ATP B190 B350 BE10 BE20 BE30 BE99 BE9L BE9T C212 C425 "
           "C441 D228 D328 DH8A DH8B DH8C DH8D DHC5 DHC6 DHC7 E110 E120 E121 F27 F406 F50 F60 "
           "G159 I114 IL18 JS1 JS20 JS31 JS32 JS41 KODI L188 L410 M28 MA60 MU2 N262 P180 P46T P68T "
           "PAT4 PAY1 PAY2 PAY3 PAY4 PC12 PC6T SB20 SC7 SF34 SH33 SH36 SW2 SW3 SW4 TBM7 TBM8 "
           "TBM9 Y12 YS11"},
    // Transports of which some were made into bombers or gunships, by whoever had them.
    Family{unknown, no, no, unknown, "turboprop_transport",
           "AN12 AN26 AN32 C130 C208 C27J C295 C30J CN35"},
    Family{unknown, no, no, unknown, "airliner", "IL76"},
    Family{yes, no, no, no, "turboprop_transport", "A400 C160 C2 E2 G222 IL38 P3 V22 Y8"},
    Family{unknown, no, no, no, "light",
           "AA1 AA5 AC11 AN2 B36T BE17 BE18 BE19 BE23 BE24 BE33 BE35 BE36 BE50 BE55 BE56 BE58 BE60 "
           "BE65 BE70 BE76 BE77 BE80 BL8 BN2P C120 C140 C150 C152 C162 C170 C172 C175 C177 C180 "
           "C182 C185 C188 C195 C205 C206 C207 C210 C303 C310 C320 C335 C336 C337 C340 C402 C404 "
           "C411 C414 C421 C72R C77R C82R CH7A COL3 COL4 CP30 D140 DA40 DA42 DA50 DA62 DC3 DH82 "
           "DHC1 DHC2 DHC3 DR40 DV20 E300 E400 EV97 G115 GLAS GLST J3 LNC2 LNC4 M20P M20T NAVI "
           "P06T P208 P210 P28A P28B P28R P28S P28T P28U P32R P32T P46C PA11 PA12 PA16 PA18 PA20 "
           "PA22 PA23 PA24 PA25 PA27 PA28 PA30 PA31 PA32 PA34 PA36 PA38 PA44 PA46 PARO PIVI PTS2 "
           "PULS RALL RV10 RV12 RV14 RV3 RV4 RV6 RV7 RV8 RV9 S22T S108 SIRA SR20 SR22 SU26 SU29 "
           "T6 TAMP TB20 TB21 TOBA TRIN ULAC WT9 YK18 YK50 YK52 Z42 Z43 Z50"},
    // Fast turboprop trainers; light attack variants exist.
    Family{unknown, no, no, unknown, "small", "E314 PC21 PC7 PC9 TEX2 TUCA OV10"},
    Family{unknown, no, no, no, "glider",
           "AS02 AS14 AS16 AS20 AS21 AS22 AS24 AS25 AS26 AS28 AS29 AS30 AS31 DG1T DG40 DG50 "
           "DG80 DIMO DISC DUOD G103 G109 GLID JANU LAK1 LAK9 LS10 LS4 LS6 LS8 NIMB PK20 SF25 SZ55 "
           "VENT"},
    Family{unknown, no, unknown, no, "balloon", "BALL SHIP"},
    Family{unknown, yes, no, no, "helicopter",
           "A109 A119 A139 A169 A189 ALO2 AS32 AS3B AS50 AS55 B06 B06T B105 B222 B230 B407 B427 "
           "B429 B430 B47G B47J B505 BK17 CABR EC20 EC25 EC30 EC35 EC45 EC55 EC75 EN28 EN48 EXEC "
           "EXPL G2CA H160 H269 H40 K209 KA26 KA32 KA62 KMAX LAMA MD52 MD60 MI10 MI26 MI34 R22 R44 "
           "R66 S300 S55P S55T S58P S58T S62 S64 S76 S92 UH12"},
    // Helicopters that carry arms for some and passengers for others.
    Family{
        unknown, yes, no, unknown, "helicopter",
        "ALO3 AS65 B212 B412 B214 B205 GAZL H500 HUCO KA25 KA27 KA29 MI14 MI2 MI4 MI6 MI8 PUMA S61 "
        "S61R SCOU UH1 W3"},
    Family{yes, yes, no, unknown, "helicopter",
           "A149 EH10 H2 H46 H47 H53 H53S H60 LYNX NH90 RMOH SUCO UH1Y WASP Z8 Z9 Z20"},
    Family{yes, yes, no, yes, "helicopter", "A129 H64 KA50 KA52 MI24 MI28 T129 TIGR Z10 Z19"},
    // Combat jets that no one flies for pleasure.
    Family{yes, no, no, yes, "fighter",
           "A10 AMX B1 EUFI F1 F111 F117 F14 F15 F16 F18H F18S F2 F22 F35 J10 J11 J15 J16 J20 J7 "
           "J8 JAGR JF17 JH7 LCA M346 MG27 MIR2 MIR4 MIRA RFAL S3 SB35 SB37 SB39 SU15 "
           "SU17 SU20 SU22 SU24 SU25 SU27 SU30 SU34 SU35 SU57 T160 TOR TU22 T22M"},
    // Faster than every other aircraft in service.
    Family{yes, no, no, yes, "unknown", "MG25 MG31"},
    // Combat jets and jet trainers of which some fly in civil hands.
    Family{unknown, no, no, unknown, "fighter",
           "A37 A4 AJET AT38 AV8B BUCA F104 F4 F5 F86 HAR HAWK HUNT JPRO K8 KFIR L159 L29 L39 LTNG "
           "M339 "
           "MG15 MG17 MG19 MG21 MG23 MG29 MRF1 S211 T2 T33 T37 T38 VAMP YK30"},
    // Unmanned aircraft; those that Doc 8643 does not list have a designator of this table.
    Family{unknown, unknown, yes, unknown, "unmanned", "DRON"},
    Family{yes, no, yes, unknown, "unmanned",
           "Q4 Q5 Q7 HRON HRM4 HRM9 ORLN FPST SHD1 TB2 ANKA MOH4 MOH6 CH4 SCEG"},
    Family{yes, no, yes, yes, "unmanned", "Q1 Q9 AKNC WGL1 WGL2 SH36D"},
};

// Names that people say, in capital letters and digits, and the designator of the table.
struct Alias {
  std::string_view name, designator;
};
constexpr Alias aliases[] = {
    {"MI17", "MI8"},         {"MI171", "MI8"},        {"MI8MT", "MI8"},
    {"MI8MTV", "MI8"},       {"MI8AMTSH", "MI8"},     {"HIP", "MI8"},
    {"MI25", "MI24"},        {"MI35", "MI24"},        {"MI35M", "MI24"},
    {"HIND", "MI24"},        {"MI28N", "MI28"},       {"HAVOC", "MI28"},
    {"KA52K", "KA52"},       {"ALLIGATOR", "KA52"},   {"HALO", "MI26"},
    {"SA342", "GAZL"},       {"GAZELLE", "GAZL"},     {"SA341", "GAZL"},
    {"UH60", "H60"},         {"MH60", "H60"},         {"HH60", "H60"},
    {"BLACKHAWK", "H60"},    {"SEAHAWK", "H60"},      {"CH47", "H47"},
    {"CHINOOK", "H47"},      {"CH53", "H53"},         {"AH64", "H64"},
    {"APACHE", "H64"},       {"AH1", "HUCO"},         {"COBRA", "HUCO"},
    {"UH1H", "UH1"},         {"HUEY", "UH1"},         {"BELL212", "B212"},
    {"BELL412", "B412"},     {"BELL206", "B06"},      {"BELL407", "B407"},
    {"AW139", "A139"},       {"AB139", "A139"},       {"AW109", "A109"},
    {"AW101", "EH10"},       {"MERLIN", "EH10"},      {"SUPERPUMA", "AS32"},
    {"COUGAR", "AS32"},      {"ECUREUIL", "AS50"},    {"EC135", "EC35"},
    {"H135", "EC35"},        {"EC145", "EC45"},       {"H145", "EC45"},
    {"BK117", "BK17"},       {"EC155", "EC55"},       {"TIGER", "TIGR"},
    {"TIGRE", "TIGR"},       {"MIG15", "MG15"},       {"MIG17", "MG17"},
    {"MIG19", "MG19"},       {"MIG21", "MG21"},       {"FISHBED", "MG21"},
    {"MIG23", "MG23"},       {"FLOGGER", "MG23"},     {"MIG25", "MG25"},
    {"FOXBAT", "MG25"},      {"MIG27", "MG27"},       {"MIG29", "MG29"},
    {"FULCRUM", "MG29"},     {"MIG31", "MG31"},       {"FOXHOUND", "MG31"},
    {"SU17M", "SU17"},       {"FITTER", "SU22"},      {"SU22M4", "SU22"},
    {"SU24M", "SU24"},       {"SU24MK", "SU24"},      {"FENCER", "SU24"},
    {"SU25SM", "SU25"},      {"FROGFOOT", "SU25"},    {"FLANKER", "SU27"},
    {"SU30SM", "SU30"},      {"SU35S", "SU35"},       {"SU33", "SU27"},
    {"FULLBACK", "SU34"},    {"TU22M", "T22M"},       {"TU22M3", "T22M"},
    {"BACKFIRE", "T22M"},    {"TU160", "T160"},       {"TU95MS", "TU95"},
    {"BEAR", "TU95"},        {"F15E", "F15"},         {"F15I", "F15"},
    {"F15C", "F15"},         {"STRIKEEAGLE", "F15"},  {"F16C", "F16"},
    {"F16I", "F16"},         {"F18", "F18H"},         {"FA18", "F18H"},
    {"HORNET", "F18H"},      {"SUPERHORNET", "F18S"}, {"F35A", "F35"},
    {"F35I", "F35"},         {"F22A", "F22"},         {"PHANTOM", "F4"},
    {"TYPHOON", "EUFI"},     {"EUROFIGHTER", "EUFI"}, {"RAFALE", "RFAL"},
    {"MIRAGE2000", "MIR2"},  {"MIRAGEF1", "MRF1"},    {"TORNADO", "TOR"},
    {"GRIPEN", "SB39"},      {"WARTHOG", "A10"},      {"HARRIER", "HAR"},
    {"ALBATROS", "L39"},     {"L39ZA", "L39"},        {"YAK130", "YK30"},
    {"B52H", "B52"},         {"B1B", "B1"},           {"LANCER", "B1"},
    {"AN2T", "AN2"},         {"AN124", "A124"},       {"RUSLAN", "A124"},
    {"CANDID", "IL76"},      {"IL76MD", "IL76"},      {"TU154", "T154"},
    {"TU134", "T134"},       {"TU204", "T204"},       {"TU214", "T204"},
    {"YAK40", "YK40"},       {"YAK42", "YK42"},       {"HERCULES", "C130"},
    {"C130J", "C30J"},       {"C17A", "C17"},         {"GLOBEMASTER", "C17"},
    {"A400M", "A400"},       {"KC135", "K35R"},       {"E3A", "E3TF"},
    {"AWACS", "E3TF"},       {"P8A", "P8"},           {"POSEIDON", "P8"},
    {"P3C", "P3"},           {"ORION", "P3"},         {"MV22", "V22"},
    {"OSPREY", "V22"},       {"MQ1", "Q1"},           {"PREDATOR", "Q1"},
    {"MQ9", "Q9"},           {"REAPER", "Q9"},        {"RQ4", "Q4"},
    {"GLOBALHAWK", "Q4"},    {"RQ7", "Q7"},           {"HERON", "HRON"},
    {"HERMES450", "HRM4"},   {"HERMES900", "HRM9"},   {"ORLAN10", "ORLN"},
    {"ORLAN", "ORLN"},       {"FORPOST", "FPST"},     {"BAYRAKTAR", "TB2"},
    {"BAYRAKTARTB2", "TB2"}, {"AKINCI", "AKNC"},      {"MOHAJER4", "MOH4"},
    {"MOHAJER6", "MOH6"},    {"SHAHED129", "SHD1"},   {"SHAHED136", "SH36D"},
    {"GERAN2", "SH36D"},     {"WINGLOONG", "WGL1"},   {"WINGLOONG2", "WGL2"},
    {"SCANEAGLE", "SCEG"},
};

// General words, in small letters; Arabic ones as hotlines write them down.
struct Word {
  std::string_view text;
  Answer military, helicopter, unmanned, combat;
  std::string_view flight_class;
};
constexpr Word words[] = {
    {"helicopter", unknown, yes, unknown, unknown, "helicopter"},
    {"heli", unknown, yes, unknown, unknown, "helicopter"},
    {"helo", unknown, yes, unknown, unknown, "helicopter"},
    {"chopper", unknown, yes, unknown, unknown, "helicopter"},
    {"rotorcraft", unknown, yes, unknown, unknown, "helicopter"},
    {"attack helicopter", yes, yes, unknown, yes, "helicopter"},
    {"helicopter gunship", yes, yes, unknown, yes, "helicopter"},
    {"gunship", yes, unknown, unknown, yes, "unknown"},
    {"military helicopter", yes, yes, unknown, unknown, "helicopter"},
    {"jet", unknown, no, unknown, unknown, "fighter"},
    {"fighter", yes, no, unknown, yes, "unknown"},
    {"fighter jet", yes, no, unknown, yes, "unknown"},
    {"jet fighter", yes, no, unknown, yes, "unknown"},
    {"bomber", yes, no, unknown, yes, "unknown"},
    {"warplane", yes, no, unknown, yes, "unknown"},
    {"attack aircraft", yes, unknown, unknown, yes, "unknown"},
    {"combat aircraft", yes, unknown, unknown, yes, "unknown"},
    {"military aircraft", yes, unknown, unknown, unknown, "unknown"},
    {"military plane", yes, no, unknown, unknown, "unknown"},
    {"drone", unknown, unknown, yes, unknown, "unmanned"},
    {"uav", unknown, unknown, yes, unknown, "unmanned"},
    {"uas", unknown, unknown, yes, unknown, "unmanned"},
    {"rpas", unknown, unknown, yes, unknown, "unmanned"},
    {"ucav", yes, unknown, yes, yes, "unmanned"},
    {"quadcopter", unknown, unknown, yes, unknown, "unmanned"},
    {"unmanned", unknown, unknown, yes, unknown, "unmanned"},
    {"unmanned aircraft", unknown, unknown, yes, unknown, "unmanned"},
    {"plane", unknown, no, unknown, unknown, "unknown"},
    {"airplane", unknown, no, unknown, unknown, "unknown"},
    {"aeroplane", unknown, no, unknown, unknown, "unknown"},
    {"fixed wing", unknown, no, unknown, unknown, "unknown"},
    {"fixed-wing", unknown, no, unknown, unknown, "unknown"},
    {"transport", unknown, unknown, unknown, no, "unknown"},
    {"transport plane", unknown, no, unknown, no, "unknown"},
    {"transport aircraft", unknown, unknown, unknown, no, "unknown"},
    {"airliner", unknown, no, no, no, "airliner"},
    {"passenger plane", unknown, no, no, no, "airliner"},
    {"glider", unknown, no, unknown, no, "glider"},
    {"balloon", unknown, no, unknown, no, "balloon"},
    {"airship", unknown, no, unknown, no, "balloon"},
    {"aircraft", unknown, unknown, unknown, unknown, "unknown"},
    {"مروحية", unknown, yes, unknown, unknown, "helicopter"},
    {"طائرة مروحية", unknown, yes, unknown, unknown, "helicopter"},
    {"هليكوبتر", unknown, yes, unknown, unknown, "helicopter"},
    {"طائرة حربية", yes, no, unknown, yes, "unknown"},
    {"طيران حربي", yes, no, unknown, yes, "unknown"},
    {"مسيرة", unknown, unknown, yes, unknown, "unmanned"},
    {"طائرة مسيرة", unknown, unknown, yes, unknown, "unmanned"},
    {"طائرة بدون طيار", unknown, unknown, yes, unknown, "unmanned"},
    {"طائرة", unknown, unknown, unknown, unknown, "unknown"},
};

// Capital letters and digits alone.
std::string bare(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

using Types = std::map<std::string, AircraftType, std::less<>>;

const Types& types_by_designator() {
  static const Types types = [] {
    Types all;
    for (const Family& f : families)
      for (std::string_view name : base::split(f.designators, ' '))
        all.emplace(name, AircraftType{std::string(name), f.military, f.helicopter, f.unmanned,
                                       f.combat, std::string(f.flight_class)});
    return all;
  }();
  return types;
}

const Types& types_by_name() {
  static const Types names = [] {
    Types all;
    for (const Alias& alias : aliases) {
      const auto found = types_by_designator().find(alias.designator);
      CHECK(found != types_by_designator().end());
      all.emplace(alias.name, found->second);
    }
    return all;
  }();
  return names;
}

const Types& types_by_word() {
  static const Types general = [] {
    Types all;
    for (const Word& w : words)
      all.emplace(w.text, AircraftType{std::string(w.text), w.military, w.helicopter, w.unmanned,
                                       w.combat, std::string(w.flight_class)});
    return all;
  }();
  return general;
}

const AircraftType* found_in(const Types& types, std::string_view key) {
  const auto found = types.find(key);
  return found == types.end() ? nullptr : &found->second;
}

}  // namespace

const AircraftType* aircraft_type(std::string_view text) {
  if (const auto* word = found_in(types_by_word(), base::lower_case(base::trimmed(text))))
    return word;
  const std::string key = bare(text);
  if (key.empty()) return nullptr;
  if (const auto* type = found_in(types_by_designator(), key)) return type;
  return found_in(types_by_name(), key);
}

std::string canonical_type(std::string_view text) {
  if (const auto* type = aircraft_type(text)) return type->name;
  std::string key = bare(text);
  return key.empty() ? base::lower_case(base::trimmed(text)) : key;
}

std::vector<std::string_view> known_designators() {
  std::vector<std::string_view> all;
  for (const auto& [name, type] : types_by_designator()) all.push_back(name);
  return all;
}

}  // namespace truce::observations
