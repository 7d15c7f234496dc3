#!/bin/sh
# shellcheck shell=dash disable=SC2154 # udhcpc sets interface, ip, mask, router, dns, domain, staticroutes
# Called by udhcpc with an event as $1: puts the lease onto the card.
FERRIC_ROOT=${FERRIC_ROOT:-}

# A renewal leaves the card alone: the disk is being written over it.
has_lease() {
    ip -4 addr show dev "$interface" | grep -q -F " $ip/${mask:-24} "
}

use_lease() {
    ip -4 addr flush dev "$interface"
    ip addr add "$ip/${mask:-24}" dev "$interface"
    ip link set "$interface" up
    # Classless routes, when given, take the place of the router (RFC 3442).
    if [ -n "${staticroutes:-}" ]; then
        # shellcheck disable=SC2086 # pairs: network gateway network gateway ...
        add_routes $staticroutes
    else
        for gateway in ${router:-}; do
            ip route add default via "$gateway" dev "$interface" && break
        done
    fi
    write_resolv_conf
}

add_routes() {
    while [ $# -ge 2 ]; do
        case $2 in
            0.0.0.0) ip route add "$1" dev "$interface" ;;
            *) ip route add "$1" via "$2" dev "$interface" ;;
        esac
        shift 2
    done
}

write_resolv_conf() {
    {
        [ -z "${domain:-}" ] || printf 'search %s\n' "$domain"
        for server in ${dns:-}; do
            printf 'nameserver %s\n' "$server"
        done
    } >"$FERRIC_ROOT/etc/resolv.conf"
}

case ${1:-} in
    bound) use_lease ;;
    renew) has_lease || use_lease ;;
    deconfig) ip link set "$interface" up ;;
esac
