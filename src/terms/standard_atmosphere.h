// The standard atmosphere (ICAO Doc 7488/3, Manual of the ICAO Standard Atmosphere), and what it
// says of an agreement's declared range of pressures and temperatures.
#pragma once

#include "base/result.h"
#include "quantities/altitude.h"
#include "terms/agreement.h"

namespace truce::terms {

/// The pressure altitude at which the standard atmosphere has a pressure (in hPa, 226.3 to 1,100:
/// below the tropopause), by Doc 7488 equation (13) turned round:
/// H = T0/L (1 - (p/p0)^(L R/g0)), with T0 = 288.15 K, L = 0.0065 K/m, p0 = 1013.25 hPa,
/// R = 287.05287 J/(kg K) and g0 = 9.80665 m/s^2. Not rounded but to a tenth of a millimetre.
quantities::PressureAltitude pressure_altitude_of(double hpa);

/// Works out the resolved members of an atmosphere, rounded outward to a decimetre and to a
/// millionth: the pressure altitudes between which sea level lies, and by how much a thickness read
/// on the pressure scale can differ from the true one between the ground and 60,000 ft.
///
/// By the hydrostatic equation a true thickness h reads h (T_isa / T) (g / g0): T between T_isa
/// plus the least and plus the most deviation, at the T_isa between 216.65 and 288.15 K that makes
/// it worst; g between 9.724 m/s^2 (equator, 60,000 ft) and 9.833 (pole, sea level).
///
/// Problems: bounds in the wrong order, or outside what the formulas hold for.
base::Problems resolve(Atmosphere& atmosphere, std::string_view where);

}  // namespace truce::terms
