#!/bin/bash
# Installs Keystone, Swift and Glance from Debian's packages without ever starting them as services. As root it does so
# itself; else it prints the line to run. Nothing to do is done at once.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin # maintainer scripts want Debian's own python3, not one of somebody's home
export DEBIAN_FRONTEND=noninteractive

packages=(keystone swift-proxy swift-account swift-container swift-object swift-object-expirer glance-api memcached
    python3-swiftclient curl)

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "$(id -u)" != 0 ]; then
    echo "[openstack] run this as root: apt-get install --no-install-recommends ${missing[*]}"
    exit 0
fi

# Packages start what they bring unless this policy forbids it; a policy that is there already is left alone.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod 755 $policy
fi
echo "[openstack] installing: ${missing[*]}"
options=(-y -qq --no-install-recommends -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
apt-get install "${options[@]}" "${missing[@]}" </dev/null >/dev/null 2>&1 && exit 0
# The lists may be older than the archive: fetch them and try once more, loudly.
apt-get update -qq
apt-get install "${options[@]}" "${missing[@]}" </dev/null >/dev/null
