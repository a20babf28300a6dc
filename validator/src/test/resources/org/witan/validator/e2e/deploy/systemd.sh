#!/bin/bash
# Boots this machine's systemd as a host of its own: systemd.sh FOLDER SHARED
#
# The host's root is an overlay: it sees this machine's files and changes none of them. Processes,
# mounts, names and control groups are its own, and so are /tmp, /run, /dev and all units but a few;
# of /sys and /proc/sys it writes nothing, and it has no capability over clocks, network or modules.
# The network is this machine's. SHARED is the one folder that both have.
#
# Says "ready PID" when it has booted, PID being its first process as seen from here, and again each
# time that it was rebooted; else why it cannot. It ends with its input.
set -euo pipefail

folder=$1 shared=$2
root=$folder/root
slice=witan-host.$$
units=/usr/lib/systemd/system

# cgroups: the hierarchies that a systemd uses, as TYPE MOUNT OPTIONS OWN_GROUP.
cgroups() {
    local type mount options own
    while read -r _ mount type options _; do
        own=''
        case $type,$options, in
            cgroup2,*) own=$(sed -n 's/^0:://p' /proc/self/cgroup) ;;
            cgroup,*,cpuset,* | cgroup,*,freezer,*) continue ;;
            cgroup,*) own=$(sed -n "s/^[1-9][0-9]*:\(.*,\)*\(${mount##*/}\|name=${mount##*/}\)\(,[^:]*\)*://p" /proc/self/cgroup) ;;
        esac
        [ -z "$own" ] || echo "$type $mount $options $own"
    done </proc/mounts
}

# files: everything that outlives a reboot.
files() {
    mount --make-rprivate /
    mkdir -p "$folder"
    mount -t tmpfs -o mode=0755 tmpfs "$folder"
    mkdir "$folder"/{upper,work,root}
    mount -t overlay -o "lowerdir=/,upperdir=$folder/upper,workdir=$folder/work" overlay "$root"
    local own
    for own in /etc/systemd $units /usr/lib/systemd/system-generators /usr/local/bin /opt/witan \
        /var/lib/witan /var/log /var/tmp; do
        mkdir -p "$root$own"
        mount -t tmpfs -o mode=0755 tmpfs "$root$own"
    done
    mkdir "$root/etc/systemd/system"
    for own in basic exit final halt multi-user network network-online poweroff reboot shutdown \
        sockets sysinit umount; do
        cp "$units/$own.target" "$root$units"
    done
    cp $units/systemd-{exit,halt,poweroff,reboot}.service $units/systemd-journald{.service,.socket,-dev-log.socket} \
        "$root$units"
    mkdir "$root$units/sockets.target.wants"
    ln -s ../systemd-journald.socket ../systemd-journald-dev-log.socket \
        "$root$units/sockets.target.wants"
    printf '[Journal]\nStorage=volatile\nReadKMsg=no\nAudit=\n' >"$root/etc/systemd/journald.conf"
    # What unmounts everything and asks the kernel to reboot is not for a host like this.
    mount --bind /bin/true "$root/usr/lib/systemd/systemd-shutdown"
}

# inside: the mounts of one boot, and then systemd.
inside() {
    local type mount options device
    mount -t proc proc "$root/proc"
    mount --bind "$root/proc/sys" "$root/proc/sys"
    mount -o remount,bind,ro "$root/proc/sys"
    mount --bind /sys "$root/sys"
    mount -o remount,bind,ro "$root/sys"
    while read -r type mount options _; do
        if [ "$type $mount" = 'cgroup2 /sys/fs/cgroup' ]; then
            mount -t cgroup2 cgroup2 "$root$mount"
        else
            mountpoint -q "$root/sys/fs/cgroup" ||
                mount -t tmpfs -o mode=0755 tmpfs "$root/sys/fs/cgroup"
            mkdir "$root$mount"
            [ "$type" = cgroup2 ] || options="${options#*relatime,}"
            [ "${mount##*/}" != systemd ] || options=none,name=systemd
            mount -t "$type" ${options:+-o "$options"} "$type" "$root$mount"
        fi
    done <<<"$cgroups"
    mount -t tmpfs -o mode=0755 tmpfs "$root/dev"
    for device in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
        # shellcheck disable=SC2086 # words
        set -- $device
        mknod -m 0666 "$root/dev/$1" c "$2" "$3"
    done
    mkdir "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    mount -t tmpfs -o mode=0755 tmpfs "$root/run"
    mkdir -p "$root$shared"
    mount --bind "$shared" "$root$shared"
    cd "$root"
    mkdir -p mnt
    pivot_root . mnt
    umount -l /mnt
    hostname witan-host
    exec env -i container=witan PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        setpriv --bounding-set "-sys_time,-sys_module,-sys_rawio,-net_admin,-syslog,-wake_alarm,-audit_control,-mac_admin,-mac_override,-bpf,-perfmon" \
        /usr/lib/systemd/systemd --system --unit=multi-user.target --log-target=console \
        --log-level="${WITAN_SYSTEMD_LOG:-notice}"
}

# boot: from the first process to the last.
boot() {
    local mount options own up=''
    (
        while read -r _ mount options own; do
            mkdir -p "$mount$own/$slice"
            echo "$BASHPID" >"$mount$own/$slice/cgroup.procs"
        done <<<"$cgroups"
        exec unshare --pid --mount --uts --ipc --cgroup --fork --kill-child \
            bash -euc "$(declare -p folder shared root cgroups); $(declare -f inside); inside"
    ) </dev/null >>"$folder.log" 2>&1 &
    child=$!
    for _ in {1..300}; do
        kill -0 "$child" 2>/dev/null || { echo "it ended: $(tail -1 "$folder.log")"; exit 1; }
        init=$(cat "/proc/$child/task/$child/children") || init=''
        init=${init%% *}
        case $(readlink "/proc/${init:-none}/exe" || true) in
            */systemd) up=$(nsenter -t "$init" --mount --pid systemctl is-system-running 2>/dev/null) || true ;;
        esac
        case $up in running | degraded) break ;; esac
        sleep 0.1
    done
    case $up in
        running) echo "ready $init" ;;
        *) echo "it did not come up: ${up:-$(tail -1 "$folder.log")}"; exit 1 ;;
    esac
}

# groups: the control groups that are its own, below each hierarchy's.
groups() {
    local mount own
    while read -r _ mount _ own; do
        find "$mount$own/$slice" -depth -type d 2>/dev/null || true
    done <<<"$cgroups"
}

# sweep: ends what runs there, and removes its control groups once all of that is gone.
sweep() {
    trap '' TERM
    [ -z "${child:-}" ] || kill -s KILL "$child" 2>/dev/null || true
    wait "${child:-}" 2>/dev/null || true
    for _ in {1..50}; do
        [ -n "$(groups)" ] || break
        groups | xargs rmdir 2>/dev/null || sleep 0.1
    done
}

[ "$(readlink /proc/self/ns/mnt)" != "$(readlink "/proc/$PPID/ns/mnt")" ] ||
    { echo "run it by unshare --mount: its mounts must be its own"; exit 2; }
cgroups=$(cgroups)
files
trap sweep EXIT
trap 'exit 143' TERM
{ cat; kill -s TERM $$; } <&0 >/dev/null &
boot
while :; do
    wait "$child" 2>/dev/null || true
    boot
done
