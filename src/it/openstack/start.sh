#!/bin/bash
# Starts a fresh instance in DIR in place of any that is there, and returns once it answers; DIR/env.new tells of it. For up.sh.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$(dirname "$0")/lib.sh"

"$here/down.sh" "$dir" # what is left of a run that nobody ended
rm -rf "${dir:?}"/{etc,db,log,run,swift,glance,env,who}
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

await keystone "$KEYSTONE_PORT" /v3
for server in account container object proxy; do
    port=${server^^}_PORT
    await swift-$server "${!port}" /healthcheck
done
await memcached "$MEMCACHED_PORT"
# The key with which Ferric signs TempURLs belongs to the account that also holds Glance's images.
token=$(curl -sS -f -o "$dir/run/answer" -D - -H 'Content-Type: application/json' "$AUTH_URL/auth/tokens" -d @"$dir/etc/login.json" |
    tr -d '\r' | sed -n 's/^x-subject-token: //Ip')
curl -sS -f -X POST -H "X-Auth-Token: $token" -H "X-Account-Meta-Temp-URL-Key: $TEMP_URL_KEY" "$SWIFT_URL"
await glance "$GLANCE_PORT" /
