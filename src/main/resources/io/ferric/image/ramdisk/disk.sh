# shellcheck shell=dash
# Which disk is offered: by root_device hints, else the only one there is, else the one whose name can be relied on.

# Sets DISK to its name in /sys/block. Waits until disks are there, no more appear for some looks and every storage
# controller has shown one; but one that has none does not keep the others waiting for ever.
choose_disk() {
    local matches
    DISKS=none QUIET=0
    await "$DISK_LOOKS" disks_settled || [ -n "$DISKS" ] || fault "no disk found; block devices: $(disk_words). Is the driver of the" \
        "storage controller in this ramdisk?" || return 1
    HINTS=$(param root_device)
    if [ -n "$HINTS" ]; then
        LOOKED_AT=
        await "$MATCH_LOOKS" any_match || fault "no disk matches $HINTS; there are: $(described "$DISKS")" || return 1
        matches=$MATCHES
    else
        matches=$(relied_on)
        [ "$(count "$matches")" -eq 1 ] || matches=$DISKS
    fi
    only_one "$matches" || return 1
    say "disk: $(describe "$DISK")"
}

disks_settled() {
    local before=$DISKS
    load_drivers
    DISKS=$(usable_disks)
    if [ "$DISKS" = "$before" ]; then QUIET=$((QUIET + 1)); else QUIET=0; fi
    [ -n "$DISKS" ] && [ "$QUIET" -ge "$QUIET_LOOKS" ] && ! has_idle_controller
}

# Whether a PCI device of class 01 (storage) has a driver, but no block device yet. Not IDE and SATA (0101, 0106), which
# are part of the chipset and mostly empty.
has_idle_controller() {
    local device
    for device in "$SYS"/bus/pci/devices/*; do
        case $(content "$device/class") in 0x0101* | 0x0106*) continue ;; 0x01*) ;; *) continue ;; esac
        [ -e "$device/driver" ] || continue
        find "$device/" -type d -name block 2>/dev/null | grep -q . || return 0
    done
    return 1
}

usable_disks() {
    local disk
    for disk in "$SYS"/block/*; do
        is_usable "${disk##*/}" && echo "${disk##*/}"
    done
}

# Not what comes and goes, cannot be written, has no size, or is built on other disks.
is_usable() {
    local size
    case $1 in ram* | loop* | sr* | fd* | zram* | md* | dm-* | nbd*) return 1 ;; esac
    [ "$1" != "${FLOPPY:-}" ] || return 1
    size=$(content "$SYS/block/$1/size")
    [ "${size:-0}" -gt 0 ] || return 1
    [ "$(content "$SYS/block/$1/ro")" != 1 ] || return 1
    [ "$(content "$SYS/block/$1/removable")" != 1 ] || return 1
    [ "$(content "$SYS/block/$1/hidden")" != 1 ] || return 1
    ! is_virtual_media "$1"
}

# Those of the names in "disk" that are here and do not depend on which disk the kernel saw first, as sda does. sysfs
# writes cciss/c0d0 as cciss!c0d0.
relied_on() {
    local name
    for name in $(param disk | tr , ' ' | tr / '!'); do
        case $name in sd* | hd*) continue ;; esac
        printf '%s\n' "$DISKS" | grep -x -F "$name"
    done | sort -u
}

count() {
    printf '%s\n' "$1" | grep -c .
}

only_one() {
    case $(count "$1") in
        1) DISK=$1 ;;
        2) fault "two disks match ${HINTS:-because properties/root_device is not set}: $(described "$1")." \
            "Give a hint that only one of them has, such as serial or wwn" ;;
        *) fault "several disks match ${HINTS:-because properties/root_device is not set}: $(described "$1")." \
            "Give a hint that only one of them has, such as serial or wwn" ;;
    esac
}

any_match() {
    local name
    load_drivers
    DISKS=$(usable_disks)
    [ "$DISKS" != "$LOOKED_AT" ] || return 1
    LOOKED_AT=$DISKS
    MATCHES=$(for name in $DISKS; do
        if has_all_hints "$name"; then echo "$name"; fi
    done)
    [ -n "$MATCHES" ]
}

# HINTS is key=value,key=value with %xx in the values.
has_all_hints() {
    local hint
    for hint in $(printf '%s' "$HINTS" | tr , ' '); do
        has_hint "$1" "${hint%%=*}" "$(printf '%s' "${hint#*=}" | percent_decode | normal)" || return 1
    done
}

has_hint() {
    local wwn
    [ -n "$3" ] || return 1
    case $2 in
        size) [ "$(disk_gib "$1")" = "$3" ] ;;
        name) [ "$(device_name "$1")" = "${3#/dev/}" ] ;;
        model | vendor) [ "$(content "$SYS/block/$1/device/$2" | normal)" = "$3" ] ;;
        # A RAID volume has no serial number but the one in its WWN.
        serial) [ "$(disk_serial "$1" | normal)" = "$3" ] || [ "$(disk_wwn "$1")" = "${3#0x}" ] ;;
        wwn)
            wwn=$(disk_wwn "$1")
            # udev's ID_WWN is the first half of a long one.
            [ -n "$wwn" ] && { [ "$wwn" = "${3#0x}" ] || { [ ${#3} -eq 18 ] && [ "${wwn#"${3#0x}"}" != "$wwn" ]; }; }
            ;;
        *) return 1 ;;
    esac
}

normal() {
    lower | sed 's/  */ /g; s/^ //; s/ $//'
}

# %41 to A, by awk because printf of a POSIX shell knows octal only.
percent_decode() {
    LC_ALL=C awk '{
        while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
            high = index("0123456789abcdef", tolower(substr($0, RSTART + 1, 1))) - 1
            low = index("0123456789abcdef", tolower(substr($0, RSTART + 2, 1))) - 1
            printf "%s%c", substr($0, 1, RSTART - 1), high * 16 + low
            $0 = substr($0, RSTART + 3)
        }
        print
    }'
}

# Whole GiB, rounded down; sysfs counts sectors of 512 bytes whatever the disk's own are.
disk_gib() {
    echo $(($(content "$SYS/block/$1/size") / 2097152))
}

device_name() {
    printf '%s' "$1" | tr '!' /
}

disk_serial() {
    local block=$SYS/block/$1
    if [ -r "$block/device/vpd_pg80" ]; then
        tail -c +5 "$block/device/vpd_pg80" | LC_ALL=C tr -d '\000-\037\177-\377' | sed 's/^ *//; s/ *$//'
    elif [ -r "$block/serial" ]; then
        content "$block/serial"
    else
        content "$block/device/serial"
    fi
}

# Hexadecimal digits only, for naa. and eui. names; nothing for others.
disk_wwn() {
    local wwn
    for wwn in "$SYS/block/$1/wwid" "$SYS/block/$1/device/wwid"; do
        [ -r "$wwn" ] || continue
        content "$wwn" | lower | sed -n 's/^naa\.//p; s/^eui\.//p; s/^0x//p'
        return
    done
}

describe() {
    local words serial wwn
    words="$(device_name "$1") ($(content "$SYS/block/$1/device/vendor") $(content "$SYS/block/$1/device/model")"
    serial=$(disk_serial "$1")
    wwn=$(disk_wwn "$1")
    printf '%s, %s GiB%s%s)' "$words" "$(disk_gib "$1")" "${serial:+, serial $serial}" "${wwn:+, wwn 0x$wwn}" |
        sed 's/( */(/; s/ ,/,/; s/(, /(/'
}

described() {
    local name words=''
    for name in $1; do
        words="$words${words:+ and }$(describe "$name")"
    done
    printf '%s' "$words"
}

# All block devices in short, whether usable or not.
disk_words() {
    local disk model words=''
    for disk in "$SYS"/block/*; do
        case ${disk##*/} in ram* | loop* | '*') continue ;; esac
        model=$(content "$disk/device/model")
        words="$words${words:+, }${disk##*/}${model:+ ($model)}"
    done
    printf '%s' "${words:-none}"
}
