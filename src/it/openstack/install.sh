#!/bin/bash
# Installs Keystone, Swift, Glance, Ironic and their clients from Debian's packages without starting them as services, now or at the next boot.
# As root it does so itself; else it prints the line to run. Nothing to do is done at once. With --check it installs
# nothing, and fails with the line to run if anything is missing.
set -euo pipefail
export PATH=/usr/sbin:/usr/bin:/sbin:/bin # maintainer scripts want Debian's own python3, not one of somebody's home
export DEBIAN_FRONTEND=noninteractive

packages=(keystone swift-proxy swift-account swift-container swift-object swift-object-expirer glance-api memcached
    python3-swiftclient ironic-api ironic-conductor python3-openstackclient python3-ironicclient curl)

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0
if [ "${1:-}" = --check ]; then
    echo "[openstack] missing; run this as root: apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "[openstack] run this as root: apt-get install --no-install-recommends ${missing[*]}"
    exit 0
fi

# Packages start what they bring unless this policy forbids it; a policy of somebody else's is left alone. One of ours
# is there only if its installer was killed.
policy=/usr/sbin/policy-rc.d
mark="# by src/it/openstack/install.sh of Ferric"
if [ ! -e $policy ] || grep -qxF "$mark" $policy; then
    trap 'rm -f $policy' EXIT
    printf '#!/bin/sh\n%s\nexit 101\n' "$mark" >$policy
    chmod 755 $policy
fi

enabled() {
    systemctl --root=/ list-unit-files --state=enabled --no-legend 2>/dev/null | awk '{ print $1 }' | sort
}

# Whatever the packages, and those they need, have enabled for the next boot is disabled again.
disable_new() {
    local new
    command -v systemctl >/dev/null || return 0
    mapfile -t new < <(comm -13 <(echo "$before") <(enabled))
    [ ${#new[@]} -eq 0 ] || systemctl --root=/ --quiet disable "${new[@]}" 2>/dev/null ||
        echo "[openstack] these start at the next boot: ${new[*]}" >&2
}

before=$(enabled || true)
echo "[openstack] installing: ${missing[*]}"
options=(-y -qq --no-install-recommends -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold)
apt-get install "${options[@]}" "${missing[@]}" </dev/null >/dev/null 2>&1 || {
    # The lists may be older than the archive: fetch them and try once more, loudly.
    apt-get update -qq
    apt-get install "${options[@]}" "${missing[@]}" </dev/null >/dev/null
}
disable_new
