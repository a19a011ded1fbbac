// The built-in theatre as people would write it: agreement.toml and the page beside it.
#include "exercise/theatre.h"

namespace truce::exercise {

std::string_view joint_implementation_group_toml() {
  return R"TOML(# The bundled case: Syria from 27 February 2016, as it might have been written down.
#
# The cessation of hostilities, its date, its co-chairs and the idea of designated areas in three
# grades are history. The areas, clauses and numbers below are ILLUSTRATIONS drawn for an exercise:
# no published map or text has them.

[agreement]
id        = "cessation-2016"
title     = { en = "Cessation of hostilities, with designated areas", ar = "وقف الأعمال العدائية مع مناطق محددة" }
in_force  = 2016-02-27T00:00:00            # local to the zone below
time_zone = "Asia/Damascus"
co_chairs = ["us", "ru"]
languages = ["en", "ar"]
max_gap   = "30 min"

[parties.government]
name       = { en = "Government of Syria", ar = "حكومة سوريا" }
acceded    = { at = 2016-02-26T12:00:00, to = "ru" }
guarantors = ["ru"]

[parties.opposition]
name       = { en = "Armed opposition groups that accepted the cessation", ar = "فصائل المعارضة المسلحة التي قبلت الوقف" }
acceded    = { at = 2016-02-26T12:00:00, to = "us" }
guarantors = ["us"]

[parties.ru]
name = { en = "Russian Federation", ar = "روسيا الاتحادية" }

[parties.us]
name = { en = "United States", ar = "الولايات المتحدة" }

[parties.nusra]
name    = { en = "Jabhat al-Nusra", ar = "جبهة النصرة" }
outside = true                             # neither bound nor protected by the terms

[parties.isil]
name    = { en = "Islamic State in Iraq and the Levant", ar = "تنظيم داعش" }
outside = true

[grades]
concentrated = "most concentrated presence"
significant  = "significant presence"
mixed        = "opposition dominant, with possible presence"
aid_road     = "road kept open for aid; not one of the three grades"

[areas.A-01]
name    = { en = "Idlib and its countryside", ar = "إدلب وريفها" }
grade   = "concentrated"
outline = "areas.geojson#A-01"             # with a hole around two besieged villages
floor   = "SFC"
ceiling = "FL245"
terrain = { least = "300 m MSL", most = "500 m MSL" }

[areas.A-02]
name    = { en = "Jisr al-Shughur", ar = "جسر الشغور" }
grade   = "concentrated"
outline = "areas.geojson#A-02"
floor   = "SFC"
ceiling = "UNL"

[areas.A-03]
name    = { en = "Northern countryside of Aleppo", ar = "ريف حلب الشمالي" }
grade   = "significant"
outline = "areas.geojson#A-03"
floor   = "SFC"
ceiling = "20000 ft MSL"                   # until the first amendment

[areas.A-04]
name    = { en = "Northern Homs and southern Hama", ar = "شمال حمص وجنوب حماة" }
grade   = "mixed"
outline = "areas.geojson#A-04"
floor   = "500 ft AGL"
ceiling = "FL195"
terrain = { least = "300 m MSL", most = "500 m MSL" }

[areas.A-05]
name    = { en = "Maarat al-Numan", ar = "معرة النعمان" }
grade   = "concentrated"
outline = { circle = ["35.64 N 36.67 E", "12 km"] }
floor   = "SFC"
ceiling = "UNL"

[areas.A-06]
name    = { en = "Aid road from Bab al-Hawa", ar = "طريق المساعدات من باب الهوى" }
grade   = "aid_road"
outline = { corridor = ["36.23 N 36.69 E", "36.15 N 36.82 E", "36.19 N 37.05 E"], width = "6 km" }
floor   = "SFC"
ceiling = "15000 ft MSL"
terrain = { least = "300 m MSL", most = "500 m MSL" }

[rules."4.1"]
clause    = "No military aircraft of the Government shall fly in a designated area."
prohibits = "flight"
by        = ["government"]
aircraft  = ["military"]
in        = { grades = ["concentrated", "significant", "mixed"] }

[rules."4.1".exceptions.medical]
purpose = "medical evacuation"
clause  = "Medical evacuation is allowed if it was notified two hours before and acknowledged, and keeps to its route and hours."
needs   = { notice = "2 h before", answer = "acknowledged", corridor = "5 km", window = "10 min" }

[rules."4.1".exceptions.recovery]
purpose = "personnel recovery"
clause  = "The recovery of personnel is allowed at once on notice."
needs   = { notice = "at once", answer = "none" }

[rules."4.2"]
clause    = "Combat aircraft of the Russian Federation shall not fly in areas where the opposition is dominant."
prohibits = "flight"
by        = ["ru"]
aircraft  = ["combat"]
in        = { grades = ["mixed"] }

[rules."4.2".exceptions.recovery]
purpose = "personnel recovery"
needs   = { notice = "at once", answer = "none" }

[rules."5.1"]
clause    = "On days of distribution (Tuesday and Saturday, 08:00 to 16:00 local time) no military aircraft shall fly below 10,000 ft above the ground over the aid road."
prohibits = "flight"
by        = ["government", "ru", "us"]
aircraft  = ["military"]
in        = { areas = ["A-06"] }
below     = "10000 ft AGL"
when      = [{ days = ["tue", "sat"], from = "08:00", until = "16:00" }]

[rules."5.1".exceptions.aid]
purpose = "humanitarian"
clause  = "Flights that bring aid are allowed if notified one hour before and acknowledged."
needs   = { notice = "1 h before", answer = "acknowledged" }

[amendments.first]
agreed = 2016-02-27T14:00:00
title  = "First amendment: Eastern Ghouta is designated; the ceiling over northern Aleppo is raised"

[amendments.first.areas.A-07]
name    = { en = "Eastern Ghouta", ar = "الغوطة الشرقية" }
grade   = "mixed"
outline = "areas.geojson#A-07"
floor   = "SFC"
ceiling = "FL245"

[amendments.first.areas.A-03]
ceiling = "FL290"

[clauses."2.3"]
clause = "The parties shall use only proportionate force if and when responding in self-defence."
reason = "whether force was proportionate is for people to judge"

[evidence_standard]
violation = { origins = 2, or_accepted_by = "all co-chairs" }

[coverage]
compliant_from = 0.8

[counting]
unit    = "overflight"
cut_off = "00:00"

[atmosphere]
pressure      = "980..1050 hPa"
isa_deviation = "-25..35 K"

[release]
delay = "48 h"
never = ["tracks of exempt flights", "receivers", "hotline callers"]
)TOML";
}

std::string_view joint_implementation_group_readme() {
  return R"PAGE(# The case of the Joint Implementation Group

Everything in this folder is made up for an exercise, except this much of history: a cessation of
hostilities in Syria came into force on 27 February 2016; the United States and the Russian
Federation chaired it jointly; and in July 2016 it was proposed that one party's aircraft should
not fly in *designated areas*, mapped and graded by who is present.

**The areas are illustrations.** Their outlines were drawn for this exercise around the names of
real places. No published map has them, and nothing may be concluded from them about where anybody
was. The clauses, the flights, the receivers, the notices and the people's reports are made up as
well.

- `agreement.toml`, `areas.geojson`: the terms
- `sources.toml`, `affiliations.toml`, `registry.csv`, `notices.toml`, `restrictions.toml`
- `observations/`: what receivers and people reported
- `truth.json`: what really happened; `truce assess` does not look at it, and
  `truce exercise --score` compares the findings with it (see docs/formats/truth.md)
)PAGE";
}

}  // namespace truce::exercise
