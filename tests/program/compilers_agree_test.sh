#!/usr/bin/env bash
# The same case, assessed by the program as gcc built it and as clang did, gives the same bytes: the
# bundled case, and a made-up one with errors beyond their bounds.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.."

if [ ! -x "${TRUCE_PROGRAM:-}" ] || [ ! -x "${TRUCE_OTHER_PROGRAM:-}" ]; then
  echo "TRUCE_PROGRAM and TRUCE_OTHER_PROGRAM do not both name a program"
  exit 77
fi
if cmp -s "$TRUCE_PROGRAM" "$TRUCE_OTHER_PROGRAM"; then
  echo "both programs are the same file: nothing would be compared"
  exit 1
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cp -r examples/joint-implementation-group "$folder/bundled"
rm -rf "$folder/bundled/out"
"$TRUCE_PROGRAM" exercise --out "$folder/made-up" --seed 20160227 --aircraft 30 --broken-bounds >"$folder/log"
"$TRUCE_OTHER_PROGRAM" exercise --out "$folder/made-up-again" --seed 20160227 --aircraft 30 \
  --broken-bounds >"$folder/log"
diff -r "$folder/made-up" "$folder/made-up-again"

for case in bundled made-up; do
  "$TRUCE_PROGRAM" assess "$folder/$case" --out "$folder/$case.one" --threads 1 --quiet 2>"$folder/log"
  "$TRUCE_OTHER_PROGRAM" assess "$folder/$case" --out "$folder/$case.other" --threads 2 --quiet \
    2>"$folder/log"
  [ -s "$folder/$case.one/findings.json" ]
  diff -rq "$folder/$case.one" "$folder/$case.other"
done
# Outlines drawn as geodesics, circles and corridors go through more of the library.
"$TRUCE_PROGRAM" check "$folder/bundled" --lock >"$folder/log" 2>&1
mv "$folder/bundled/agreement.lock" "$folder/lock.one"
"$TRUCE_OTHER_PROGRAM" check "$folder/bundled" --lock >"$folder/log" 2>&1
cmp "$folder/bundled/agreement.lock" "$folder/lock.one"
