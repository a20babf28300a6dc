#!/bin/bash
# systemctl for witan@.service where no systemd runs: reads the unit and does with processes what
# systemd would do, as far as start, stop, restart after failures and their limit go.
set -euo pipefail

unit=/etc/systemd/system/witan@.service
verb=$1
[ "$verb ${2:-}" != 'enable --now' ] || { verb=start && shift; }
id=${2:-}
id=${id#witan@}
id=${id%.service}
state=/etc/witan-units/$id
[ -f "$unit" ] || { echo "Unit witan@$id.service not found." >&2; exit 5; }
mkdir -p /etc/witan-units

all() { sed -n "s/^$1=//p" "$unit" | sed "s/%i/$id/g"; }
one() { all "$1" | tail -1; }
active() { [ -e "$state.pid" ] && kill -0 "$(cat "$state.pid")" 2>/dev/null; }

# The words of the unit's environment, and nothing of the caller's.
environment() {
    local file
    all Environment
    file=$(one EnvironmentFile)
    [ ! -f "${file#-}" ] || cat "${file#-}"
}

in_unit() {
    local words=()
    mapfile -t words < <(environment)
    umask "$(one UMask)"
    exec setpriv --reuid "$(one User)" --regid "$(one Group)" --init-groups \
        env -i PATH=/usr/bin:/bin "${words[@]}" "$@"
}

# counted: one more start, unless there were too many.
counted() {
    local starts=0
    [ ! -e "$state.starts" ] || starts=$(wc -l <"$state.starts")
    [ "$starts" -lt "$(one StartLimitBurst)" ] || { echo "witan@$id: start request repeated too quickly" >&2; return 1; }
    date >>"$state.starts"
}

start() {
    local command
    ! active || return 0
    counted || return
    rm -f "$state.stopping"
    install -d -o "$(one User)" -g "$(one Group)" -m "$(one StateDirectoryMode)" "/var/lib/$(one StateDirectory)"
    while read -r command; do
        # shellcheck disable=SC2086 # a line of words
        (in_unit $command) >>"$state.log" 2>&1 </dev/null || { echo "witan@$id: $command" >&2; return 1; }
    done < <(all ExecStartPre)
    setsid bash "$0" supervise "$id" </dev/null >>"$state.log" 2>&1 &
    echo $! >"$state.pid"
}

supervise() {
    local code
    while :; do
        # shellcheck disable=SC2046 # a line of words
        (in_unit $(one ExecStart)) &
        echo $! >"$state.main"
        code=0
        wait $! || code=$?
        echo "ended with $code"
        [ ! -e "$state.stopping" ] || break
        case " 0 $(one SuccessExitStatus) $(one RestartPreventExitStatus) " in *" $code "*) break ;; esac
        [ "$(one Restart)" = on-failure ] || break
        sleep "$(one RestartSec)"
        counted || break
    done
    rm -f "$state.pid" "$state.main"
}

stop() {
    local signal
    active || return 0
    touch "$state.stopping"
    signal=$(one KillSignal)
    kill -s "${signal#SIG}" "$(cat "$state.main")" 2>/dev/null || kill "$(cat "$state.pid")"
    for _ in {1..250}; do
        active || return 0
        sleep 0.1
    done
    kill -s KILL "$(cat "$state.main")"
}

case $verb in
    start | stop | supervise) "$verb" ;;
    restart) stop; start ;;
    reset-failed) rm -f "$state.starts" ;;
    is-active) if active; then echo active; else echo inactive; exit 3; fi ;;
    daemon-reload) ;;
    *) echo "not understood: $*" >&2; exit 1 ;;
esac
