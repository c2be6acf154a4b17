# Runs a command in a copy of the file system that is read-only but for some paths.
# usage: DIRECTORY {r|w|h}PATH... -- COMMAND...   (h: hidden; of nested paths the deeper comes later)
# It runs in user, mount and process namespaces of its own, as the user who is root in them.
set -eu
command_path=${PATH-}
PATH=/usr/sbin:/usr/bin:/sbin:/bin
directory=$1
shift
ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null || true

# The copy stands on /sys, the one place of the old tree from which nothing is taken afterwards.
root=/sys
old=$(wc -l </proc/self/mountinfo)
mount --rbind / $root

# A user namespace may not take flags off a mount, so each keeps its own.
mounts=$(tail -n "+$((old + 1))" /proc/self/mountinfo)
while read -r _ _ _ _ point options _; do
    point=$(printf '%b' "$point")
    case $point in
        $root/proc | $root/proc/* | $root/dev | $root/dev/*) ;;
        *) mount -o "remount,bind,ro${options#r?}" "$point" ;;
    esac
done <<END
$mounts
END

# A process whose user is the machine's root could write these without any capability.
for point in sys sysrq-trigger irq bus; do
    if [ -e "/proc/$point" ]; then
        mount --bind "/proc/$point" "$root/proc/$point"
        mount -o remount,bind,ro,nosuid,nodev,noexec "$root/proc/$point"
    fi
done

mount -t tmpfs -o mode=755,nosuid dev $root/dev
for device in null zero full random urandom tty; do
    if [ -e "/dev/$device" ]; then
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    fi
done
ln -s /proc/self/fd $root/dev/fd
ln -s /proc/self/fd/0 $root/dev/stdin
ln -s /proc/self/fd/1 $root/dev/stdout
ln -s /proc/self/fd/2 $root/dev/stderr
mkdir -m 1777 $root/dev/shm

for point in /tmp /var/tmp /run; do
    if [ -d "$point" ] && [ ! -L "$point" ]; then
        mount -t tmpfs -o mode=1777,nosuid,nodev empty "$root$point"
    fi
done
for point in /run/systemd/resolve /run/resolvconf /run/NetworkManager; do
    if [ -d "$point" ]; then
        mkdir -p "$root$point"
        mount --bind "$point" "$root$point"
        mount -o remount,bind,ro,nosuid,nodev,noexec "$root$point" 2>/dev/null || mount -o remount,bind,ro,nosuid,nodev "$root$point"
    fi
done

flags() {
    # The options of the mount that holds a path, without ro or rw.
    findmnt -n -o VFS-OPTIONS -T "$1" | sed 's/^r[ow]//'
}

while [ "$1" != -- ]; do
    kind=${1%"${1#?}"}
    point=${1#?}
    shift
    if [ -d "$point" ]; then
        mkdir -p "$root$point"
    elif [ ! -e "$root$point" ]; then
        mkdir -p "$(dirname "$root$point")"
        : >"$root$point"
    fi
    case $kind in
        h)
            if [ -d "$point" ]; then
                mount -t tmpfs -o mode=755,nosuid,nodev empty "$root$point"
            else
                mount --bind /dev/null "$root$point"
            fi
            ;;
        r)
            mount --bind "$point" "$root$point"
            mount -o "remount,bind,ro$(flags "$point")" "$root$point"
            ;;
        w)
            mount --bind "$point" "$root$point"
            ;;
    esac
done
shift

cd $root
pivot_root . .
umount -l .
cd "$directory"
export PATH="$command_path"
# In one more user namespace the mounts are locked: nobody inside can take a cover off.
exec /usr/bin/unshare --user --map-root-user --mount -- "$@"
