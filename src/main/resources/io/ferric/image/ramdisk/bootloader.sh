# shellcheck shell=dash
# boot_option=local: GRUB from the image, installed by the image's own tools, onto the disk just written.

install_boot_loader() {
    ROOT=$FERRIC_ROOT/mnt/root
    mkdir -p "$ROOT"
    reread_partitions || return 1
    mount_root || fault "no root file system on $(device_name "$DISK"): none of its partitions is ext2/3/4, xfs or btrfs" \
        "with an /etc in it" || return 1
    run_grub
    leave_root
    [ -z "$FAULT" ]
}

reread_partitions() {
    await "$TARGET_LOOKS" reread_once || fault "the partition table of $(device_name "$DISK") cannot be read again: $(last_words)"
}

reread_once() {
    blockdev --rereadpt "$DEV/$(device_name "$DISK")" && [ -n "$(partitions)" ]
}

# From the last to the first, because root is the last one that can grow.
partitions() {
    local part
    for part in "$SYS/block/$DISK/"*; do
        [ ! -r "$part/partition" ] || printf '%s %s\n' "$(content "$part/partition")" "${part##*/}"
    done | sort -rn | cut -d ' ' -f 2
}

# The types leave out swap, the EFI system partition and a config drive.
mount_root() {
    local part type
    for part in $(partitions); do
        for type in ext4 xfs btrfs ext3 ext2; do
            mount -t "$type" "$DEV/$(device_name "$part")" "$ROOT" || continue
            if [ -d "$ROOT/etc" ] && ! is_config_drive "$part"; then
                ROOT_PART=$part
                say "root file system: $type on $(device_name "$part")"
                return 0
            fi
            umount "$ROOT"
            break
        done
    done
    return 1
}

is_config_drive() {
    [ "$(findfs LABEL=config-2 2>/dev/null)" = "/dev/$(device_name "$1")" ]
}

run_grub() {
    local tool place
    tool=$(grub_tool install)
    if [ -z "$tool" ]; then
        fault "the image has neither grub-install nor grub2-install; put GRUB into it, or deploy with boot_option netboot"
        return 1
    fi
    for place in dev proc sys; do
        mkdir -p "$ROOT/$place"
        mount -o bind "$FERRIC_ROOT/$place" "$ROOT/$place"
    done
    # Not ours: it holds the key and the token.
    mkdir -p "$ROOT/run"
    mount -t tmpfs -o mode=0755 run "$ROOT/run"
    mkdir -p "$ROOT/run/lock"
    if is_uefi; then
        set -- "$tool" "--target=$(efi_target)" --efi-directory=/boot/efi --removable --no-nvram
        # Red Hat's refuses UEFI otherwise, because what it writes is not signed.
        case $tool in *grub2-install) set -- "$@" --force ;; esac
        mount_esp && in_root "$@"
    else
        in_root "$tool" --target=i386-pc "/dev/$(device_name "$DISK")"
    fi && write_grub_menu
}

# The path in the image of grub-TOOL or, as some distributions call it, grub2-TOOL.
grub_tool() {
    local name folder
    for name in "grub-$1" "grub2-$1"; do
        for folder in /usr/sbin /sbin /usr/bin /bin; do
            if [ -e "$ROOT$folder/$name" ]; then
                echo "$folder/$name"
                return
            fi
        done
    done
}

is_uefi() {
    case $(param boot_mode) in
        uefi) return 0 ;;
        bios) return 1 ;;
        *) [ -d "$SYS/firmware/efi" ] ;;
    esac
}

efi_target() {
    case $(uname -m) in
        aarch64) echo arm64-efi ;;
        *) echo x86_64-efi ;;
    esac
}

# The first FAT partition, which is where the conductor puts it.
mount_esp() {
    local part
    mkdir -p "$ROOT/boot/efi"
    for part in $(partitions | sort); do
        ! is_config_drive "$part" || continue
        mount -t vfat "$DEV/$(device_name "$part")" "$ROOT/boot/efi" && return 0
    done
    fault "boot_mode is uefi, but $(device_name "$DISK") has no EFI system partition"
}

write_grub_menu() {
    local tool folder=grub
    tool=$(grub_tool mkconfig)
    if [ -z "$tool" ]; then
        say "the image has no grub-mkconfig; its grub.cfg stays as it is"
        return 0
    fi
    case $tool in *grub2*) folder=grub2 ;; esac
    mkdir -p "$ROOT/boot/$folder"
    link_root
    in_root "$tool" -o "/boot/$folder/grub.cfg" && names_root_for_good "$ROOT/boot/$folder/grub.cfg"
}

# grub-mkconfig writes root=UUID= only when /dev/disk/by-uuid has it, which udev would see to. GRUB's own word for the
# UUID is asked, because that is what grub-mkconfig looks for.
link_root() {
    local tool
    tool=$(grub_tool probe)
    [ -n "$tool" ] || return 0
    link_by uuid "$(chroot "$ROOT" "$tool" --target=fs_uuid / 2>>"$LOG")"
    link_by partuuid "$(chroot "$ROOT" "$tool" --target=partuuid / 2>>"$LOG")"
}

link_by() {
    case $2 in '' | *[!0-9A-Za-z-]*) return ;; esac
    mkdir -p "$DEV/disk/by-$1"
    ln -sf "../../$(device_name "$ROOT_PART")" "$DEV/disk/by-$1/$2"
}

# A name such as /dev/sda1 may be another disk's when the server boots.
names_root_for_good() {
    local line
    line=$(grep -E '^[[:space:]]*linux.*[[:space:]]root=/dev/' "$1" 2>>"$LOG" | grep -v -E 'root=/dev/(disk|mapper)/' | head -n 1)
    [ -z "$line" ] || fault "grub-mkconfig of the image did not find the UUID of $(device_name "$ROOT_PART") and wrote" \
        "'$(printf '%s' "$line" | grep -o 'root=[^ ]*')', which may name another disk at the next boot;" \
        "check GRUB_DISABLE_LINUX_UUID and GRUB_CMDLINE_LINUX in the image's /etc/default/grub"
}

# What the tenant's programs do is not ours to know, so neither key nor token lies in any file meanwhile.
in_root() {
    local parameters token result=0
    say "in the image: $*"
    parameters=$(cat "$RUN/parameters")
    token=$(cat "$RUN/token" 2>/dev/null)
    rm -f "$RUN/parameters" "$RUN/token" "$RUN/headers" "$RUN/body" "$RUN/request"
    GRUB_DISABLE_OS_PROBER=true chroot "$ROOT" "$@" >"$RUN/grub.log" 2>&1 || result=$?
    (
        umask 077
        printf '%s\n' "$parameters" >"$RUN/parameters"
        [ -z "$token" ] || printf '%s' "$token" >"$RUN/token"
    )
    [ "$result" -eq 0 ] || fault "$1 of the image failed: $(tail -n 3 "$RUN/grub.log" | one_line)"
}

leave_root() {
    local place
    sync
    for place in boot/efi run sys proc dev; do
        umount "$ROOT/$place"
    done
    umount "$ROOT"
    sync
} 2>>"$LOG"
