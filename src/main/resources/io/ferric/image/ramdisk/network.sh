# shellcheck shell=dash disable=SC2153 # ADDRESS is set by address.sh
# One network card gets an address from which the conductor can be reached.

start_network() {
    ip link set lo up
    await "$NIC_LOOKS" find_cards || no_card || return 1
    for NIC in $CARDS; do ip link set "$NIC" up; done
    await "$LINK_LOOKS" find_linked || fault "no network card has a link: $(card_words "$CARDS"). Is the cable in?" || return 1
    configure_any || return 1
    report_address
    say "network: $NIC, the conductor is told the address $ADDRESS"
}

# All cards with a driver, or the one that BOOTIF names.
find_cards() {
    local card wanted
    load_drivers
    wanted=$(param BOOTIF | lower | tr - : | sed 's/^01:\(..:..:..:..:..:..\)$/\1/')
    CARDS=
    for card in "$SYS"/class/net/*; do
        [ -e "$card/device" ] || continue
        [ -z "$wanted" ] || [ "$(content "$card/address" | lower)" = "$wanted" ] || continue
        CARDS="$CARDS ${card##*/}"
    done
    [ -n "$CARDS" ]
}

no_card() {
    local all='' card
    for card in "$SYS"/class/net/*; do
        [ ! -e "$card/device" ] || all="$all ${card##*/}"
    done
    if [ -n "$all" ]; then
        fault "no network card has the address $(param BOOTIF) (BOOTIF on the floppy); there are: $(card_words "$all")"
    elif [ -n "$(driverless_cards)" ]; then
        fault "no driver in this ramdisk for the network card(s) $(driverless_cards);" \
            "build it with the kernel module that serves this PCI vendor:device"
    else
        fault "this server has no network card that the kernel can see"
    fi
}

# PCI devices of class 02 (network) without a driver, as "0000:03:00.0 (14e4:1657)".
driverless_cards() {
    local device words=''
    for device in "$SYS"/bus/pci/devices/*; do
        case $(content "$device/class") in 0x02*) ;; *) continue ;; esac
        [ ! -e "$device/driver" ] || continue
        words="$words${words:+, }${device##*/} ($(content "$device/vendor" | sed s/^0x//):$(content "$device/device" | sed s/^0x//))"
    done
    printf '%s' "$words"
}

card_words() {
    local card words=''
    for card in $1; do
        words="$words${words:+, }$card ($(content "$SYS/class/net/$card/address"))"
    done
    printf '%s' "$words"
}

find_linked() {
    local card
    LINKED=
    for card in $CARDS; do
        [ "$(content "$SYS/class/net/$card/carrier")" != 1 ] || LINKED="$LINKED $card"
    done
    [ -n "$LINKED" ]
}

# Gives cards an address, one after the other, until one has a route to the conductor; ends with NIC set.
configure_any() {
    local round=0
    WHY=
    while [ "$round" -lt "$DHCP_ROUNDS" ]; do
        find_linked
        for NIC in $LINKED; do
            configure_card && return 0
        done
        [ -z "$(param ferric_ip)" ] || break
        round=$((round + 1))
    done
    [ -z "$WHY" ] || fault "$WHY" || return 1
    case $API_HOST in
        *:*) fault "no router announces an IPv6 network on $(card_words "$LINKED") from which $API_HOST can be reached" ;;
        *) fault "no DHCP server answers on $(card_words "$LINKED")" ;;
    esac
}

# Static settings, else (a conductor with an IPv6 address) what routers announce, else DHCP.
configure_card() {
    if [ -n "$(param ferric_ip)" ]; then
        set_static && reaches_conductor && has_neighbour && return 0
        unset_static
        return 1
    fi
    case $API_HOST in
        *:*) await "$LINK_LOOKS" has_route ;;
        *)
            ask_for_lease || return 1
            reaches_conductor && return 0
            drop_lease
            return 1
            ;;
    esac
}

# Keeps why the last card did not do, and fails.
because() {
    say "$*"
    WHY=$*
    return 1
}

# A new IPv6 address can be used only when the kernel has seen that nobody else has it. A name may take a second try.
reaches_conductor() {
    local looks=2
    case $API_HOST in *:*) looks=$LINK_LOOKS ;; esac
    await "$looks" has_route && return 0
    if [ -n "$HOST" ]; then
        because "there is no route from $NIC to the conductor at $HOST"
    else
        because "the conductor's name $API_HOST could not be resolved by the servers" \
            "$(sed -n 's/^nameserver *//p' "$FERRIC_ROOT/etc/resolv.conf" 2>/dev/null | one_line)"
    fi
}

# Sets HOST and, to what packets to it leave with, SOURCE.
has_route() {
    HOST=$(resolve "$API_HOST")
    [ -n "$HOST" ] || return 1
    SOURCE=$(source_address "$HOST")
    [ -n "$SOURCE" ]
}

# A fixed address looks right on every card, so when there are several the next hop has to answer.
has_neighbour() {
    local next
    case ${LINKED#' '} in *' '*) ;; *) return 0 ;; esac
    next=$(ip route get "$HOST" | sed -n 's/.* via \([^ ]*\).*/\1/p' | head -n 1)
    next=${next:-$HOST}
    ping -c 2 -W 2 "$HOST" >/dev/null 2>&1 && return 0
    # Who does not answer ping has a hardware address all the same.
    ip neigh show dev "$NIC" | grep -F "$next " | grep -q lladdr || because "nobody answers at $next behind $NIC"
}

# Goes on in the background to renew the lease: writing a disk may take longer than the lease lasts.
ask_for_lease() {
    udhcpc -i "$NIC" -n -t 4 -T 2 -O staticroutes -p "$RUN/udhcpc.$NIC" -s "$FERRIC_LIB/udhcpc.sh"
}

drop_lease() {
    [ ! -s "$RUN/udhcpc.$NIC" ] || kill "$(cat "$RUN/udhcpc.$NIC")"
    ip -4 addr flush dev "$NIC"
}

set_static() {
    local address gateway
    address=$(param ferric_ip)
    gateway=$(param ferric_gateway)
    ip addr add "$address" dev "$NIC" || because "$NIC does not take the address $address (ferric_ip): $(last_words)" ||
        return 1
    [ -n "$gateway" ] || return 0
    ip route add default via "$gateway" dev "$NIC" ||
        because "$NIC does not take the gateway $gateway (ferric_gateway): $(last_words)"
}

unset_static() {
    [ -z "$(param ferric_gateway)" ] || ip route del default via "$(param ferric_gateway)" dev "$NIC"
    ip addr del "$(param ferric_ip)" dev "$NIC"
}

last_words() {
    tail -n 1 "$LOG"
}
