#!/usr/bin/env bash
# Brings another release to the nodes of a network one by one, while the network goes on.
#
#   rolling-upgrade.sh --devnet DIR --from WITAN --to WITAN     a devnet; both are paths of bin/witan
#   rolling-upgrade.sh --hosts FILE --to VERSION                nodes of this host, run by systemd
#   rolling-upgrade.sh … --back                                 the old release again, one by one
#
#   --plan-only      say what would be done in which order, change nothing
#   --state FILE     what is done already; the same command goes on from there (default below DIR or
#                    beside FILE). The backups lie beside it, in FILE.backups
#   --soak SECONDS   how long the gates of an upgraded node must stay open (10)
#   --wait SECONDS   how long a gate may take to open before the node goes back (120)
#
# FILE has a line for each node: ID URL HOME. URL is the node's HTTP API, HOME its folder; the unit is
# witan@ID. The release is staged already: install.sh stage ARCHIVE. Each node has a release of its own
# (install.sh activate VERSION --node ID), so that one which crashes meanwhile starts as it was; what
# touches a home runs as the home's owner. The command on the PATH follows when all nodes are done.
#
# For each node (who does not vote first, who leads last): all are ready and one can be spared → drain
# → backup, verified → stop → the new release accepts the home → start → ready, counted and linked by
# all, the same state as f+1 members, signing → soak. A gate that stays shut puts the old release back
# on that node and ends the run; after two failures the state file has to be looked at by a person.
# While the ledger has an open upgrade plan, its gates come first (witan upgrade preflight), each node
# is restarted with the permit of the ledger, and how it went is reported there.
# Exit codes are those of witan: 2 usage, 4 not found, 5 unreachable, 6 a backup that does not hold,
# 7 refused, 8 not root, 9 a gate stayed shut, 74 the state file cannot be written.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
devnet='' hosts='' from='' to='' state='' plan='' back=''
soak=10
wait=120
ids=() urls=() homes=() turns=() reasons=()
# Whether the ledger has an upgrade plan that is open: yes, suspended, or nothing.
planned=''
# Why the node in hand goes back, and what the last act on the ledger was answered.
reason='' answer=''
# Killed while a command runs, the script ends behind it, so that the state file tells the truth.
trap 'exit 143' TERM
trap 'exit 130' INT HUP

# fail CODE NAME WHAT WHY TRY: an error as witan itself prints it.
fail() {
    printf 'error[%s] %s\n  %s\n  try: %s\n' "$2" "$3" "$4" "$5" >&2
    exit "$1"
}

say() {
    printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*"
}

usage() {
    sed -n '2,/^set /{/^set /d;s/^# \{0,1\}//;p}' "$0"
}

while [ $# -gt 0 ]; do
    case $1 in
        --devnet | --hosts | --from | --to | --state | --soak | --wait)
            [ $# -ge 2 ] || fail 2 USAGE "$1 wants a value" "none follows it" "rolling-upgrade.sh --help"
            declare "${1#--}=$2"
            shift
            ;;
        --plan-only) plan=yes ;;
        --back) back=yes ;;
        -h | --help)
            usage
            exit 0
            ;;
        *) fail 2 USAGE "unknown word $1" "it is no option of this script" "rolling-upgrade.sh --help" ;;
    esac
    shift
done

# witan WORDS…: with the newer release, whichever way it goes, so that one program asks all nodes.
# Nothing that it starts keeps the lock.
witan() {
    "$asking" "$@" 9>&-
}

# as_node NODE COMMAND…: as the owner of its home and with what its unit tells it. Else files in it
# would belong to whoever runs this script, and the node could not open them any more.
as_node() {
    local i=$1 owner words=() passphrase="/etc/witan/${ids[$1]}/passphrase"
    shift
    if [ -n "$hosts" ]; then
        owner=$(stat -c %U "${homes[$i]}") || return
        [ ! -e "$passphrase" ] || words=(env "WITAN_KEY_PASSPHRASE_FILE=$passphrase")
        [ "$owner" = "$(id -un)" ] || words=(runuser -u "$owner" -- "${words[@]}")
    fi
    "${words[@]}" "$@" 9>&-
}

# at_home NODE VERB…: what touches the node's home, by the newer release.
at_home() {
    local i=$1
    shift
    as_node "$i" "$asking" "$@" --home "${homes[$i]}"
}

# lock: two runs at a time could stop two nodes.
lock() {
    exec 9>>"$state.lock" || fail 74 STATE_FILE "$state.lock cannot be written" \
        "its message stands above" "another --state FILE"
    flock -n 9 || fail 7 RUNNING "this upgrade is being run already" "another process has $state.lock" \
        "wait for it; or end it: the same command goes on from there"
}

# field NAME: the value of the first field of that name in the JSON on standard input.
field() {
    grep -o "\"$1\" *: *\"\{0,1\}[^\",}]*" | head -1 | sed 's/^[^:]*: *"\{0,1\}//'
}

# all_but NODE: the addresses of the other nodes, with commas; of all without NODE.
all_but() {
    local i list=''
    for i in "${!urls[@]}"; do
        [ "$i" = "${1:-}" ] || list+=",${urls[$i]}"
    done
    echo "${list#,}"
}

# gates NODE WORDS…: waits until the node's gates are open; says which of them stayed shut.
gates() {
    local i=$1 said others words=()
    others=$(all_but "$i")
    [ -z "$others" ] || words=(--others "$others")
    said=$(witan upgrade gates --margin 1 --node "${urls[$i]}" "${words[@]}" "${@:2}") && return
    echo "$said" | grep -v ' ok ' >&2
    reason=$(echo "$said" | sed -n 's/^\([a-z]*\)  *NO  */\1: /p' | paste -sd ';')
    return 1
}

# spare NODE SECONDS: all are ready, and one can be spared by the word of each.
spare() {
    gates "$1" --spare --timeout "$2s"
}

# until_true SECONDS COMMAND…: whether the command succeeds in this time.
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 1
    done
}

# down NODE: its API does not answer.
down() {
    ! witan status --node "${urls[$1]}" >/dev/null 2>&1
}

# settled NODE: what the last run began has ended: the node is down, or goes on as if not asked.
settled() {
    down "$1" || spare "$1" 0 2>/dev/null
}

# The state file has a line for each act: taken, done or failed, the release and the node. Before the
# first one it says from which release to which, since the release of this host changes with it.
note() {
    grep -qxF "from $from to $to" "$state" 2>/dev/null || write "from $from to $to"
    write "$1 $target ${ids[$2]}"
}

write() {
    echo "$1" >>"$state" || fail 74 STATE_FILE "$state cannot be written" \
        "its message stands above" "make room, and add this line to it: $1; then the same again"
}

# last_act NODE PATTERN: the last line about a node whose act matches.
last_act() {
    grep -E "^($2) .* ${ids[$1]}\$" "$state" 2>/dev/null | tail -1
}

# Whether the node runs the release already, as far as this script brought it there.
done_already() {
    local last
    last=$(last_act "$1" "done") || true
    last=${last#done }
    last=${last% *}
    [ "${last:-$from}" = "$target" ] && ! in_hand "$1"
}

# Whether the script ended while it had the node in hand.
in_hand() {
    case $(last_act "$1" 'taken|done|failed' || true) in taken*) return 0 ;; esac
    return 1
}

failures() {
    local lines
    lines=$(grep -c "^failed $target " "$state" 2>/dev/null) || true
    echo "${lines:-0}"
}

# start_with RELEASE NODE: whether it came up.
start_with() {
    if [ -n "$devnet" ]; then
        "$1" devnet start "${ids[$2]#v}" --dir "$devnet" >/dev/null 9>&-
    else
        "$here/install.sh" activate "$1" --node "${ids[$2]}" >/dev/null || return
        # Starts that failed count against this one, and where something still runs it is the old one.
        systemctl reset-failed "witan@${ids[$2]}" 2>/dev/null || true
        systemctl restart "witan@${ids[$2]}" 9>&-
    fi
}

# stop_node NODE [--force]: without force it ends only if the others can go on without it.
stop_node() {
    at_home "$1" stop "${@:2}" >/dev/null || return
    # It has ended with 0, which systemd takes for its end; now systemd knows as well.
    [ -z "$hosts" ] || systemctl stop "witan@${ids[$1]}"
}

# end_node NODE: whatever state it is in, and whether or not systemd is about to start it again.
end_node() {
    if [ -n "$hosts" ]; then
        systemctl stop "witan@${ids[$1]}"
    else
        stop_node "$1" --force 2>/dev/null || true
    fi
}

# program RELEASE: its bin/witan.
program() {
    if [ -n "$devnet" ]; then echo "$1"; else echo "/opt/witan/releases/$1/bin/witan"; fi
}

# The plan that the ledger has open. A release that knows no plans has none.
read_plan() {
    local i said
    for i in "${!ids[@]}"; do
        if said=$(witan upgrade status --node "${urls[$i]}" -o json 2>/dev/null); then
            case $(field stage <<<"$said") in
                approved | rolling | soaking) planned=yes ;;
            esac
            [ -z "$planned" ] || [ "$(field suspended <<<"$said")" != true ] || planned=suspended
            return
        fi
    done
}

# by_node NODE WORDS…: an act of the node's own key, through a neighbour, so that it works while the
# node itself is down.
by_node() {
    local at=$(((${1} + 1) % ${#ids[@]}))
    [ -z "$planned" ] || answer=$(at_home "$1" upgrade "${@:2}" --node "${urls[$at]}" 2>&1 >/dev/null)
}

# answered: the last refusal in one line, without its code and advice.
answered() {
    echo "$answer" | sed -n '/^  try:/d;s/^error\[[A-Z_]*\] //;s/^ *//;1,3p' | paste -sd ',' | sed 's/,/, /g'
}

# The permit of the ledger, as long as a plan is open; asked for again, it lasts longer.
permit() {
    by_node "$1" permit
}

give_back() {
    by_node "$1" permit --release ||
        say "${ids[$1]}: the permit was not given back ($(answered)); it lapses by itself"
}

report() {
    by_node "$1" report "$2"
}

# What the plan wants before the first node is touched.
preflight() {
    local program archive words=()
    program=$(program "$target")
    words=(--candidate "$program")
    # install.sh wrote down of which archive the release was unpacked.
    archive=$(dirname "$(dirname "$program")")/archive.sha256
    [ ! -f "$archive" ] ||
        words+=(--artifact "$(sed -n '1s/^\([0-9a-f]*\) *\(.*\)$/\2#\1/p' "$archive")")
    at_home 0 upgrade preflight --node "${urls[0]}" "${words[@]}"
}

# backup NODE: its settings, the genesis and a signed checkpoint of its ledger, verified. Not its
# database: every member has that state, and a node that got an old one back could sign twice.
backup() {
    local said from=${homes[$1]} to=$state.backups/${ids[$1]}
    mkdir -p "$to" && rm -f "$to/checkpoint.json" || return
    cp -p "$from/witan.yaml" "$from/genesis.json" "$to" || return
    said=$(witan checkpoint create --node "${urls[$1]}" --out "$to/checkpoint.json" 2>&1 >/dev/null) || {
        # Where nothing was ever written the genesis is all that there is.
        case $said in *NO_SUCH_BLOCKS*height\ 0*) return 0 ;; esac
        echo "$said" >&2
        return 1
    }
    witan checkpoint verify "$to/checkpoint.json" --genesis "$to/genesis.json" >/dev/null
}

# check_home NODE: the new program accepts the stopped node's configuration, key and database.
check_home() {
    as_node "$1" "$(program "$target")" start --check-only --home "${homes[$1]}" >/dev/null
}

# check_release RELEASE: its program runs here.
check_release() {
    local program
    program=$(program "$1")
    [ -x "$program" ] || fail 4 NO_SUCH_RELEASE "there is no release $1 here" \
        "$program cannot be run" "install.sh stage witan-$1.tar.gz"
    "$program" version >/dev/null || fail 8 NO_USABLE_RELEASE "$program does not run here" \
        "its message stands above" "stage it again"
}

# taken_back NODE: whether the node that the last run ended with is down, after it had time to settle.
taken_back() {
    # Undrained it is ready again, unless it was told to stop as well and is about to end.
    down "$1" || at_home "$1" undrain >/dev/null || true
    until_true "$wait" settled "$1" || true
    down "$1"
}

# let_go NODE: nothing was stopped, and the node goes on as before.
let_go() {
    at_home "$1" undrain >/dev/null || true
    note failed "$1"
    give_back "$1"
}

# back_because NODE WHY: always false.
back_because() {
    reason=$2
    say "${ids[$1]}: $2"
    return 1
}

# stop_safely NODE: everything from the first gate until the node has ended.
stop_safely() {
    local i=$1
    spare "$i" "$wait" || fail 7 NO_MARGIN "no validator can be spared now" \
        "$reason" "witan why --node ${urls[$i]}; nothing was touched: then the same command again"
    until_true "$wait" permit "$i" || fail 7 NO_PERMIT "${ids[$i]} gets no permit to restart" \
        "$(answered)" "witan upgrade status --node ${urls[$i]} says who has it; then the same command again"
    note taken "$i"
    say "${ids[$i]}: drain"
    at_home "$i" drain >/dev/null || {
        let_go "$i"
        fail 7 NOT_DRAINED "${ids[$i]} cannot be drained" "its message stands above" \
            "nothing was stopped; mend that, then the same command again"
    }
    say "${ids[$i]}: backup"
    backup "$i" || {
        let_go "$i"
        fail 6 BACKUP_INVALID "the backup of ${ids[$i]} does not hold" "its message stands above" \
            "nothing was stopped; look at the node, then the same command again"
    }
    say "${ids[$i]}: stop"
    stop_node "$i" || {
        let_go "$i"
        fail 7 NO_MARGIN "${ids[$i]} cannot be spared now" "its message stands above" \
            "nothing was stopped; witan why --node ${urls[$i]}, then the same command again"
    }
    check_home "$i" || back_because "$i" "$target does not accept its home"
}

# upgrade NODE: whether it runs the release in the end.
upgrade() {
    local i=$1
    if in_hand "$i" && taken_back "$i"; then
        permit "$i" || say "${ids[$i]}: no permit, but it is down already"
        say "${ids[$i]}: start $target, where the last run ended"
    else
        stop_safely "$i" || return 1
        say "${ids[$i]}: start $target"
    fi
    start_with "$target" "$i" || back_because "$i" "$target does not start" || return 1
    say "${ids[$i]}: wait for its gates"
    gates "$i" --soak "${soak}s" --timeout "${wait}s" || return 1
    [ -z "$back" ] || { report "$i" back || true; give_back "$i"; return; }
    # The ledger takes this word only once the node itself has attested the plan's level.
    until_true "$wait" report "$i" upgraded ||
        back_because "$i" "did not attest the plan: $(answered)" || return 1
    give_back "$i"
}

put_back() {
    say "${ids[$1]}: back to $before"
    end_node "$1"
    if ! start_with "$before" "$1" || ! spare "$1" "$wait"; then
        say "${ids[$1]}: not ready with $before either; see its log"
    fi
    report "$1" failed ||
        say "${ids[$1]}: the failure was not reported to the ledger ($(answered))"
    give_back "$1"
}

# read_order: the nodes' places in the order of their turns, into turns; and why, into reasons. First
# comes the node that the last run ended with, since the others cannot be spared while it is down.
read_order() {
    local url id why i later=() said
    said=$(witan upgrade order --nodes "$(all_but)") || exit
    while read -r url id why; do
        for i in "${!urls[@]}"; do
            [ "${urls[$i]}" = "$url" ] || continue
            reasons[i]=$why
            if in_hand "$i"; then
                turns+=("$i")
            elif [ "$id" = - ]; then
                fail 5 UNREACHABLE "${ids[$i]} does not answer" "its API at $url cannot be reached" \
                    "witan start; then again"
            else
                later+=("$i")
            fi
        done
    done <<<"$said"
    turns+=("${later[@]}")
}

read_devnet() {
    [ -f "$devnet/genesis.json" ] || fail 4 NO_DEVNET "there is no devnet in $devnet" \
        "it holds no genesis.json" "witan devnet --detach --dir $devnet"
    [ -n "$from" ] || fail 2 USAGE "--from is missing" "a devnet has no notion of releases" \
        "--from OLD/bin/witan --to NEW/bin/witan"
    check_release "$from"
    check_release "$to"
    local listen i=1
    while [ -d "$devnet/v$i" ]; do
        ids+=("v$i")
        homes+=("$devnet/v$i")
        # As witan devnet wrote it; only where somebody wrote it otherwise is the program asked.
        listen=$(sed -n 's/^api\.listen: "\([0-9.:]*\)"$/\1/p' "$devnet/v$i/witan.yaml")
        urls+=("http://${listen:-$(witan config show --home "$devnet/v$i" -o json | field api.listen)}")
        i=$((i + 1))
    done
    state=${state:-$devnet/rolling-upgrade.state}
}

read_hosts() {
    check_release "$to"
    [ -f "$hosts" ] || fail 4 NO_SUCH_FILE "$hosts cannot be read" "no such file" \
        "a line for each node: ID URL HOME"
    local id url home
    while read -r id url home; do
        case $id in '' | '#'*) continue ;; esac
        [ -n "$home" ] || fail 3 HOSTS_FILE "$hosts cannot be read" \
            "the line of $id does not hold ID URL HOME" "acme-1 http://127.0.0.1:8400 /var/lib/witan/acme-1"
        ids+=("$id")
        urls+=("$url")
        homes+=("$home")
    done <"$hosts"
    [ "$(id -u)" = 0 ] || [ -n "$plan" ] || fail 8 NOT_ROOT "units are root's to stop and start" \
        "you are $(id -un)" "sudo rolling-upgrade.sh …"
    state=${state:-$hosts.state}
    from=${from:-$(sed -n "s/^from \\(.*\\) to $to\$/\\1/p" "$state" 2>/dev/null | tail -1 || true)}
    from=${from:-$(basename "$(readlink /opt/witan/current 2>/dev/null || echo none)")}
    [ "$from" = "$to" ] || check_release "$from"
}

[ -n "$to" ] || fail 2 USAGE "--to is missing" "it names the new release" "rolling-upgrade.sh --help"
if [ -n "$devnet" ]; then
    asking=$to
    read_devnet
elif [ -n "$hosts" ]; then
    asking=/opt/witan/releases/$to/bin/witan
    read_hosts
else
    fail 2 USAGE "neither --devnet nor --hosts is given" "one of them names the nodes" \
        "rolling-upgrade.sh --help"
fi
[ ${#ids[@]} -gt 0 ] || fail 3 NO_NODES "there are no nodes to upgrade" "the list is empty" "name some"
[ "$from" != "$to" ] || fail 2 USAGE "from $from to $to is no upgrade" \
    "this host runs $to already, and $state names no release before it" "--from OLD"
target=$to before=$from
[ -z "$back" ] || { target=$from before=$to; }

[ -n "$plan" ] || lock
read_order
[ "$(failures)" -lt 2 ] || fail 7 SUSPENDED "two upgrades to $target have failed" \
    "the state file $state names them" \
    "read the logs of these nodes; then remove its lines that begin with failed, and run the same again"

read_plan
if [ "$planned" = suspended ]; then
    [ -n "$back" ] || fail 7 PLAN_SUSPENDED "two upgrades of the plan have failed" \
        "the ledger gives no permit any more" \
        "find out why: witan upgrade status; then witan upgrade abort, and propose another plan"
    planned=''
fi
if [ -n "$planned" ] && [ -z "$back$plan" ] && ! grep -q "^[a-z]* $target " "$state" 2>/dev/null; then
    until_true "$wait" preflight >/dev/null || { preflight >&2 || true
        fail 7 PREFLIGHT "the plan's gates are not all open" "those marked NO above stayed shut" \
            "nothing was touched; mend them, then the same command again"; }
fi
for i in "${turns[@]}"; do
    if done_already "$i"; then
        say "${ids[$i]}: done before"
    elif [ -n "$plan" ]; then
        echo "would: ${ids[$i]} (${reasons[$i]}) drain, backup, stop, start with $target," \
            "wait for its gates, soak $soak s"
    elif upgrade "$i"; then
        note "done" "$i"
        say "${ids[$i]}: done"
    else
        why=$reason
        note failed "$i"
        put_back "$i"
        fail 9 GATE_SHUT "${ids[$i]} did not come back as it should with $target" "$why" \
            "$before is on it again, the others were not touched; read its log, then the same command"
    fi
done
if [ -z "$plan" ]; then
    [ -z "$hosts" ] || "$here/install.sh" command "$target" >/dev/null
    say "all ${#ids[@]} run $target"
fi
