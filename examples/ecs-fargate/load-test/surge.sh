#!/usr/bin/env bash
# A small surge with wrk, which every Linux distribution has. It holds connections rather than a rate, so that overload shows as
# latency: good for a look, surge.js for figures.
#   ./surge.sh http://… [connections before] [connections in the surge] [seconds of each part]
set -euo pipefail

url=${1:?"usage: $0 URL [connections before] [connections in the surge] [seconds]"}
before=${2:-4}
surge=${3:-16}
seconds=${4:-60}

command -v wrk >/dev/null || { echo 'wrk is not installed (apt-get install wrk, brew install wrk)' >&2; exit 2; }
for number in "connections before=$before" "connections in the surge=$surge" "seconds=$seconds"; do
  [[ ${number#*=} =~ ^[1-9][0-9]*$ ]] || { echo "${number%%=*}: '${number#*=}' is not allowed; allowed is a whole number above 0" >&2; exit 2; }
done

for part in "before $before" "surge $surge" "after $before"; do
  read -r name connections <<<"$part"
  echo "== $name: $connections connections for $seconds s, from $(date -u +%H:%M:%S) UTC"
  wrk --threads 1 --connections "$connections" --duration "${seconds}s" --timeout 30s --latency "$url"
done
