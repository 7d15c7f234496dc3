# shellcheck shell=dash disable=SC2034 # conductor.sh reads what is set here
# URLs and addresses.

# Takes scheme://host[:port][/path] apart into API_SCHEME, API_HOST (an IPv6 address without brackets), API_PORT, API_PATH.
parse_api_url() {
    local rest authority
    API_URL=${1%/}
    API_SCHEME=${API_URL%%://*}
    rest=${API_URL#*://}
    authority=${rest%%/*}
    API_PATH=${rest#"$authority"}
    case $API_SCHEME in
        http) API_PORT=80 ;;
        https) API_PORT=443 ;;
        *) fault "ironic_api_url is '$1', but has to begin with http:// or https://" || return 1 ;;
    esac
    case $authority in
        '['*']') API_HOST=${authority#'['} API_HOST=${API_HOST%']'} ;;
        '['*']':*) API_HOST=${authority#'['} API_HOST=${API_HOST%%']'*} API_PORT=${authority##*:} ;;
        *:*) API_HOST=${authority%%:*} API_PORT=${authority##*:} ;;
        *) API_HOST=$authority ;;
    esac
    case $API_HOST in '' | *@*) fault "ironic_api_url is '$1', which does not name a host" || return 1 ;; esac
    case $API_PORT in '' | *[!0-9]*) fault "ironic_api_url is '$1', whose port is no number" || return 1 ;; esac
}

is_ip() {
    case $1 in
        *:*) return 0 ;;
        *[!0-9.]* | '') return 1 ;;
        *.*.*.*) return 0 ;;
        *) return 1 ;;
    esac
}

# The first address of a host, which may be an address itself.
resolve() {
    if is_ip "$1"; then
        printf '%s\n' "$1"
    else
        nslookup "$1" 2>>"$LOG" | sed -n '/^Name:/,$ s/^Address[ 0-9]*: *\([0-9A-Fa-f.:]*\).*/\1/p' | grep . | head -n 1
    fi
}

# The address that packets to another one leave with; nothing for lack of a route, and not what the kernel falls back to
# while the real one may not be used yet: a link-local one or IPv6's own.
source_address() {
    ip route get "$1" 2>>"$LOG" | sed -n 's/.* src \([^ ]*\).*/\1/p' | grep -v -i -e '^fe80' -e '^::1$' | head -n 1
}

# What the conductor is to connect to. Behind NAT only the floppy can know.
report_address() {
    ADDRESS=$(param ferric_report_ip)
    [ -n "$ADDRESS" ] || ADDRESS=$SOURCE
}
