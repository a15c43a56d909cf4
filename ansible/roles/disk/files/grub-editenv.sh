#!/bin/sh
# RAUC changes its notes on the slots with grub-editenv, which empties the file before it writes it again
# (util/grub-editenv.c, write_envblk): a power cut in between leaves GRUB without notes. Here the change is made on a copy
# in memory and written over the file where it lies: all that is used of it is in its first sector, which a disk writes
# whole or not at all.
set -e
real=${GRUB_EDITENV:-/usr/bin/grub-editenv}
case $2 in
    set | unset) ;;
    *) exec "$real" "$@" ;;
esac
file=$1
shift
copy=$(mktemp /run/loopstart-notes.XXXXXX)
trap 'rm -f "$copy"' EXIT
cp "$file" "$copy"
[ "$(wc -c <"$copy")" = 1024 ] || "$real" "$copy" create
"$real" "$copy" "$@"
dd if="$copy" of="$file" bs=1024 count=1 conv=notrunc,fsync status=none
