#!/usr/bin/env bash
# The long run of UnderFireIT: 200 servers, at least 500 deploys, as many of each, a blow against a conductor every 10 seconds.
set -euo pipefail
cd "$(dirname "$0")/../.."
exec mvn -q -B -ntp test -Dtest=UnderFireIT -Dferric.peers=required \
    -Dferric.fire.servers="${SERVERS:-200}" -Dferric.fire.deploys="${DEPLOYS:-500}" \
    -Dferric.fire.interval="${INTERVAL:-10}" -Dferric.fire.at_once="${AT_ONCE:-16}"
