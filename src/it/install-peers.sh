#!/bin/sh
# Installs the real programs that the tests are held against. As root on Debian it does so itself; else it prints the
# line to run and lets the tests name what is missing.
set -eu

packages="tgt dosfstools mtools xorriso genisoimage isolinux syslinux syslinux-common qemu-utils qemu-block-extra e2fsprogs xfsprogs btrfs-progs fdisk gdisk util-linux diffutils busybox-static cpio kmod curl ca-certificates qemu-system-x86 ovmf grub-common grub2-common grub-pc-bin grub-efi-amd64-bin grub-efi-amd64-signed shim-signed python3-hpilo python3-proliantutils python3-sushy"

"$(dirname "$0")/openstack/install.sh"

missing=""
for package in $packages; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$state" = installed ] || missing="$missing $package"
done
# Tests download a kernel by apt-get, without root; the lists of packages must be there for that.
if ! apt-cache show linux-image-cloud-amd64 >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    apt-get update -qq || true
fi
if [ -z "$missing" ]; then
    echo "[peers] all installed"
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    echo "[peers] installing:$missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 $missing >/dev/null
else
    echo "[peers] missing:$missing"
    echo "[peers] run this as root: apt-get install -y$missing"
fi
