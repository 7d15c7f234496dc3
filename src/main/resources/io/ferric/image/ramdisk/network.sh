# shellcheck shell=dash disable=SC2153 # ADDRESS is set by address.sh
# One network card gets an address from which the conductor can be reached.

start_network() {
    ip link set lo up
    await "$NIC_LOOKS" find_cards || no_card || return 1
    for NIC in $CARDS; do ip link set "$NIC" up; done
    await "$LINK_LOOKS" find_linked || fault "no network card has a link: $(card_words "$CARDS"). Is the cable in?" || return 1
    configure_any || return 1
    report_address || return 1
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

# Static settings, else DHCP, else (a conductor with an IPv6 address) what routers announce. Ends with NIC set.
configure_any() {
    local round=0
    if [ -n "$(param ferric_ip)" ]; then
        configure_static "${LINKED#' '}"
        return
    fi
    while [ "$round" -lt "$DHCP_ROUNDS" ]; do
        find_linked
        for NIC in $LINKED; do
            configure_card && return 0
        done
        round=$((round + 1))
    done
    case $API_HOST in
        *:*) fault "no router announces an IPv6 network on $(card_words "$LINKED") from which $API_HOST can be reached" ;;
        *) fault "no DHCP server answers on $(card_words "$LINKED")" ;;
    esac
}

configure_card() {
    case $API_HOST in
        *:*) await "$LINK_LOOKS" has_route ;;
        # Goes on in the background to renew the lease: writing a disk may take longer than the lease lasts.
        *) udhcpc -i "$NIC" -n -t 4 -T 2 -O staticroutes -s "$FERRIC_LIB/udhcpc.sh" ;;
    esac
}

has_route() {
    [ -n "$(source_address "$API_HOST")" ]
}

configure_static() {
    local address gateway
    NIC=${1%% *}
    address=$(param ferric_ip)
    gateway=$(param ferric_gateway)
    ip addr add "$address" dev "$NIC" || fault "$NIC does not take the address $address (ferric_ip): $(last_words)" || return 1
    [ -n "$gateway" ] || return 0
    ip route add default via "$gateway" dev "$NIC" ||
        fault "$NIC does not take the gateway $gateway (ferric_gateway): $(last_words)"
}

last_words() {
    tail -n 1 "$LOG"
}
