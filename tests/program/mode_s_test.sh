#!/usr/bin/env bash
# Raw Mode S through a decoder that nobody here wrote: Debian's dump1090-mutability reads captures
# (AVR text, Beast binary, hexadecimal messages in their own time) and writes BaseStation text, which
# truce assess reads. Positions are compared with those that another run of a decoder gave.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

captures=../shared/data/aircraft/modes
if [ ! -x "${TRUCE_PROGRAM:-}" ]; then
  echo "TRUCE_PROGRAM names no program"
  exit 77
fi
if [ ! -d "$captures" ]; then
  echo "real data absent: $captures"
  exit 77
fi
if ! command -v dump1090-mutability >/dev/null || ! command -v jq >/dev/null; then
  echo "dump1090-mutability or jq is not installed: no raw Mode S is decoded"
  exit 77
fi

folder=$(mktemp -d)
decoder='' listener=''
stop() {
  for process in $listener $decoder; do kill "$process" 2>/dev/null || true; done
  wait 2>/dev/null || true
  decoder='' listener=''
}
trap 'stop; rm -rf "$folder"' EXIT

# Waits for a command to succeed, for as long as a busy machine may need.
until_it_does() {
  local tries
  for ((tries = 0; tries < 300; ++tries)); do
    "$@" 2>/dev/null && return 0
    sleep 0.1
  done
  return 1
}
opens() { (exec 9<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
lines_in() { wc -l <"$1"; }

# Starts a decoder that listens on the loopback alone, and writes what it says to a file. TZ: the
# decoder writes local time.
start() {
  local said=$1 tries
  for ((tries = 0; tries < 20; ++tries)); do
    port=$((20000 + RANDOM % 20000))
    TZ=UTC dump1090-mutability --net-only --net-bind-address 127.0.0.1 --net-ri-port "$port" \
      --net-sbs-port "$((port + 1))" --net-bi-port "$((port + 2))" --net-ro-port 0 \
      --net-bo-port 0 --net-heartbeat 0 --max-range 0 --quiet >"$folder/log" 2>&1 &
    decoder=$!
    if until_it_does opens "$((port + 1))" && kill -0 "$decoder" 2>/dev/null; then
      break
    fi
    stop
  done
  [ -n "$decoder" ]
  : >"$said"
  cat <"/dev/tcp/127.0.0.1/$((port + 1))" >"$said" &
  listener=$!
  sleep 1
}

# Waits until the decoder has said no more for two seconds.
finish() {
  local said=$1 before=-1
  until_it_does test -s "$said"
  while [ "$(lines_in "$said")" != "$before" ]; do
    before=$(lines_in "$said")
    sleep 2
  done
  stop
}

positions_in() { # address, latitude, longitude
  tr -d '\r' <"$1" | awk -F, '$1 == "MSG" && $2 == 3 && $15 != "" {print $5 "," $15 "," $16}'
}

# A case whose area lies where the captures begin, and which reads one file.
make_case() {
  local case=$1
  mkdir -p "$case/observations"
  cat >"$case/agreement.toml" <<'TOML'
[agreement]
id        = "made-up"
title     = "An agreement made up for this test"
in_force  = 2016-02-27T00:00:00
time_zone = "UTC"
co_chairs = ["us", "ru"]

[parties.operator]
name = "Operator"

[grades]
designated = "designated area"

[areas.A-1]
grade   = "designated"
outline = { circle = ["51.15 N 7.24 E", "10 km"] }

[rules."1"]
clause    = "No aircraft of the Operator shall fly in a designated area."
prohibits = "flight"
by        = ["operator"]
in        = { grades = ["designated"] }
TOML
  cat >"$case/sources.toml" <<'TOML'
[sources.decoder]
origin      = "decoder"
kind        = "receiver"
files       = ["observations/*"]
time_zone   = "UTC"
accepted_by = ["us", "ru"]

  [sources.decoder.bounds]
  position          = "200 m"
  pressure_altitude = "125 ft"
TOML
  cat >"$case/affiliations.toml" <<'TOML'
[parties.operator]
addresses = ["406b90"]
TOML
}

assess() {
  local case=$1 said=$2
  make_case "$case"
  cp "$said" "$case/observations/decoded.sbs"
  "$TRUCE_PROGRAM" assess "$case" --quiet 2>"$folder/complaints"
}
taken() { jq -r '.inputs[] | select(.name == "observations/decoded.sbs") | .positions' "$1/out/findings.json"; }

# Beast binary: every position is one that the other run gave; the capture's 12 minutes go by at
# once, so that the decoder thinks some of them too far from the last and leaves them out.
start "$folder/beast.sbs"
cat "$captures/replay_406b90.beast.bin" >"/dev/tcp/127.0.0.1/$((port + 2))"
finish "$folder/beast.sbs"
positions_in "$folder/beast.sbs" | sort -u >"$folder/beast.positions"
positions_in "$captures/replay_406b90.sbs.csv" | sort -u >"$folder/reference.positions"
[ "$(lines_in "$folder/beast.positions")" -ge 500 ]
[ -z "$(comm -23 "$folder/beast.positions" "$folder/reference.positions")" ]
assess "$folder/beast" "$folder/beast.sbs"
[ "$(taken "$folder/beast")" = "$(positions_in "$folder/beast.sbs" | lines_in /dev/stdin)" ]

# The other run's own text: 937 airborne positions, 933 of them with a place.
assess "$folder/reference" "$captures/replay_406b90.sbs.csv"
[ "$(taken "$folder/reference")" = 933 ]

# AVR text: 76 positions, of one aircraft.
start "$folder/avr.sbs"
cat "$captures/modes1.avr" >"/dev/tcp/127.0.0.1/$port"
finish "$folder/avr.sbs"
[ "$(positions_in "$folder/avr.sbs" | lines_in /dev/stdin)" = 76 ]
assess "$folder/avr" "$folder/avr.sbs"
[ "$(taken "$folder/avr")" = 76 ]

# The first seconds of the capture in their own time: an overflight of the area, and a finding.
start "$folder/paced.sbs"
exec 3>"/dev/tcp/127.0.0.1/$port"
now=''
while IFS=, read -r second message _; do
  [ -n "$now" ] && [ "$second" != "$now" ] && sleep 1
  now=$second
  message=${message//\"/}
  printf '*%s;\n' "$message" >&3
done < <(head -n 40 "$captures/pymodes_adsb_406b90.csv")
exec 3>&-
finish "$folder/paced.sbs"
[ "$(positions_in "$folder/paced.sbs" | lines_in /dev/stdin)" -ge 5 ]
assess "$folder/paced" "$folder/paced.sbs"
found=$(jq -r '.findings[] | "\(.verdict) \(.rule) \(.aircraft.address)"' "$folder/paced/out/findings.json")
[ "$found" = "violation 1 406b90" ]
