#!/bin/bash
# Lets Swift delete what has expired, now: the expirer finds its queue by listings that the container updater brings up
# to date. No daemon does this in an instance of ours, so that listings change when a test says so.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
swift-container-updater "$dir/etc/container-server.conf" once >>"$dir/log/expire.log" 2>&1
swift-object-expirer "$dir/etc/object-expirer.conf" once >>"$dir/log/expire.log" 2>&1
