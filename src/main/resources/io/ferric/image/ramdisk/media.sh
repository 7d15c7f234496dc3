# shellcheck shell=dash
# The virtual floppy and what the conductor wrote onto it.

# Looks until there is a floppy with parameters.txt, for ever: a missing one may still be inserted by hand.
find_parameters() {
    until await "$FLOPPY_LOOKS" read_any_floppy; do
        say "ERROR: no virtual floppy with parameters.txt. Looked for a removable disk labelled ir-vfd-dev and for the" \
            "model 'virtual media'; disks seen: $(disk_words)."
        say "Is the floppy inserted in the iLO, and does this ramdisk have the USB drivers? Still looking."
        FLOPPY_LOOKS=$FLOPPY_LOOKS_AGAIN
    done
    say "floppy $FLOPPY read: node $(param deployment_id), conductor $(param ironic_api_url)"
}

read_any_floppy() {
    local name
    load_drivers
    for name in $(labelled_floppies) $(virtual_floppies); do
        if read_floppy "$name"; then
            FLOPPY=$name
            return 0
        fi
    done
    return 1
}

# Names of removable disks with the floppy's label, which FAT may hold in capitals.
labelled_floppies() {
    local label device name
    for label in ir-vfd-dev IR-VFD-DEV; do
        device=$(findfs "LABEL=$label" 2>/dev/null) || continue
        name=${device##*/}
        if [ "$(content "$SYS/block/$name/removable")" = 1 ] || is_virtual_media "$name"; then echo "$name"; fi
    done
}

virtual_floppies() {
    local disk name
    for disk in "$SYS"/block/*; do
        name=${disk##*/}
        case $name in sr* | loop* | ram*) continue ;; esac
        if [ "$(content "$disk/size")" != 0 ] && is_virtual_media "$name"; then echo "$name"; fi
    done
}

# What the iLO calls the drives it plays: "Virtual Media", "Virtual Floppy", "iLO Virtual USB Key".
is_virtual_media() {
    case $(printf '%s %s' "$(content "$SYS/block/$1/device/vendor")" "$(content "$SYS/block/$1/device/model")" | lower) in
        *'virtual media'* | *'virtual floppy'* | *'virtual usb'* | *'virtual cd'* | *'virtual dvd'*) return 0 ;;
        *) return 1 ;;
    esac
}

# Copies parameters and token to $RUN and lets go of the floppy, so that it can be ejected.
read_floppy() {
    local place=$FERRIC_ROOT/mnt/floppy result=1
    mkdir -p "$place"
    mount -t vfat -o ro "$DEV/$1" "$place" 2>>"$LOG" || return 1
    if [ -f "$place/parameters.txt" ]; then
        take_files "$place"
        result=0
    fi
    umount "$place" 2>>"$LOG"
    return "$result"
}

take_files() {
    (
        umask 077
        rm -f "$RUN/parameters" "$RUN/token"
        head -c 65536 "$1/parameters.txt" | split_parameters >"$RUN/parameters"
        if [ -f "$1/token" ]; then
            head -c 65536 "$1/token" | tr -d '\000-\037\177' >"$RUN/token"
        fi
    )
}

# One k=v on a line or many, CRLF or not. The text is only ever cut, never run: a floppy is not a script.
split_parameters() {
    LC_ALL=C tr -s '[:space:]\000' '\n' | grep '='
}

# The value of a parameter, or nothing. As for a ramdisk that reads them in order, the last one counts.
param() {
    sed -n "s/^$1=//p" "$RUN/parameters" | tail -n 1
}

check_parameters() {
    local name
    for name in deployment_id iscsi_target_iqn ironic_api_url; do
        [ -n "$(param $name)" ] || fault "parameters.txt on the floppy lacks $name" || return 1
    done
    case $(param deployment_id) in
        *[!A-Za-z0-9-]*) fault "deployment_id on the floppy is not a node's UUID" || return 1 ;;
    esac
    parse_api_url "$(param ironic_api_url)"
}
