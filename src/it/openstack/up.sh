#!/bin/bash
# Starts Keystone, Swift and Glance (its images in Swift) on free ports of 127.0.0.1 with everything they keep below DIR.
# Once all answer, DIR/env tells ports, users and passwords. Any number of instances may run beside each other.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"
if [ -e "$dir/env" ] && running glance; then
    exit 0
fi
trap '[ -e "$dir/env" ] || "$here/down.sh" "$dir"' EXIT # half a cloud is none

"$here/down.sh" "$dir" # what is left of a run that nobody ended
rm -rf "${dir:?}"/{etc,db,log,run,swift,glance,env}
touch "$dir/.ferric-openstack"
mkdir -p "$dir"/{etc,db,log,run,swift/cache,swift/devices/d1} "$dir"/glance/{staging,tasks}
/usr/bin/python3 "$here/configure.py" "$dir"
# shellcheck source=/dev/null
. "$dir/env.new"

start keystone /usr/bin/python3 "$here/serve_keystone.py" "$dir"
# shellcheck disable=SC2016
start glance sh -c 'glance-manage --config-file "$0" db_sync && exec glance-api --config-file "$0"' "$dir/etc/glance-api.conf"
start memcached memcached -u "$(id -un)" -l 127.0.0.1 -p "$MEMCACHED_PORT" -U 0 -m 32
for server in account container object proxy; do
    start swift-$server swift-$server-server "$dir/etc/$server-server.conf"
done

await keystone "$AUTH_URL"
for server in account container object proxy; do
    port=${server^^}_PORT
    await swift-$server "http://127.0.0.1:${!port}/healthcheck"
done
# The key with which Ferric signs TempURLs belongs to the account that also holds Glance's images.
token=$(curl -sS -f -o "$dir/run/answer" -D - -H 'Content-Type: application/json' "$AUTH_URL/auth/tokens" -d @"$dir/etc/login.json" |
    tr -d '\r' | sed -n 's/^x-subject-token: //Ip')
curl -sS -f -X POST -H "X-Auth-Token: $token" -H "X-Account-Meta-Temp-URL-Key: $TEMP_URL_KEY" "$SWIFT_URL"
await glance "$GLANCE_URL/"
mv "$dir/env.new" "$dir/env"
