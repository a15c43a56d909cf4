#!/bin/sh
# usage: reset DATA     DATA: where /data is mounted
# Finishes a factory reset that /data/system/reset asks for; without that file it does nothing. Run at each start before
# anything uses /data: by the initramfs (busybox), in the development box by loopstart-reset.service. The mark goes last,
# so a reset that a power cut interrupted is done at the next start.
#
# Kept, in any case: what RAUC knows of the slots, which are not reset. With "keep" also recordings, voicemail and the
# call history with its records; not the site, no account, no secret, no log.
set -u
data=$1
mark=$data/system/reset
[ -f "$mark" ] || exit 0
kept="lost+found system"
# Read once. A mark that says neither is one whose writing was cut off: nobody was told yet that it begins.
case $(cat "$mark") in
    all) ;;
    keep) kept="$kept recordings voicemail history" ;;
    *)
        rm -f "$mark"
        exit 0
        ;;
esac
echo "loopstart: factory reset, kept: $kept"
for path in "$data"/* "$data"/.[!.]*; do
    name=${path##*/}
    case " $kept " in
        *" $name "*) ;;
        *) rm -rf "$path" ;;
    esac
done
for path in "$data"/system/* "$data"/system/.[!.]*; do
    case ${path##*/} in
        reset | rauc) ;;
        *) rm -rf "$path" ;;
    esac
done
sync
rm -f "$mark"
sync
