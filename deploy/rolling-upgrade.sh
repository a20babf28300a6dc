#!/usr/bin/env bash
# Brings another release to the validators of a network one by one, while the network goes on.
#
#   rolling-upgrade.sh --devnet DIR --from WITAN --to WITAN     a devnet; both are paths of bin/witan
#   rolling-upgrade.sh --hosts FILE --to VERSION                nodes of this host, run by systemd
#   rolling-upgrade.sh … --back                                 the old release again, one by one
#
#   --plan-only      say what would be done in which order, change nothing
#   --state FILE     what is done already; the same command goes on from there (default below DIR or
#                    beside FILE)
#   --soak SECONDS   how long an upgraded node must stay ready before the next one's turn (10)
#   --wait SECONDS   how long a gate may take to open before the node goes back (120)
#
# FILE has a line for each node: ID URL HOME. URL is the node's HTTP API, HOME its folder; the unit is
# witan@ID. The release is staged already: install.sh stage ARCHIVE.
#
# For each node, the leader last: all are ready and one can be spared → drain → stop → swap → start →
# ready, and counted by all others → soak. A gate that stays shut puts the old release back on that
# node and ends the run; after two failures the state file has to be looked at by a person.
# While the ledger has an open upgrade plan, its gates come first (witan upgrade preflight), each node
# is restarted with the permit of the ledger, and how it went is reported there.
# Exit codes are those of witan: 2 usage, 4 not found, 5 unreachable, 7 refused, 9 a gate stayed shut.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
devnet='' hosts='' from='' to='' state='' plan='' back=''
soak=10
wait=120
ids=() urls=() homes=()
# Whether the ledger has an upgrade plan that is open: yes, suspended, or nothing.
planned=''

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

# witan WORDS…: with the release that is installed before anything is changed, so that one program
# asks all nodes.
witan() {
    "$asking" "$@"
}

# field NAME: the value of the first field of that name in the JSON on standard input.
field() {
    grep -o "\"$1\" *: *\"\{0,1\}[^\",}]*" | head -1 | sed 's/^[^:]*: *"\{0,1\}//'
}

status() {
    witan status --node "${urls[$1]}" -o json 2>/dev/null
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

ready() {
    [ "$(status "$1" | field ready)" = true ]
}

# spared MARGIN NODE: whether all nodes are ready, and as many can be spared by the word of each. The
# node is asked first, since it is the one that is waited for.
spared() {
    local i said
    for i in "$2" "${!ids[@]}"; do
        said=$(status "$i") || return 1
        [ "$(field ready <<<"$said")" = true ] || return 1
        [ "$(field margin <<<"$said")" -ge "$1" ] || return 1
    done
}

# down NODE: its API does not answer.
down() {
    ! status "$1" >/dev/null
}

# settled NODE: what the last run began has ended: the node is down, or goes on as if not asked.
settled() {
    down "$1" || spared 1 "$1"
}

# The same state as another node's at the height that this one stands at.
same_root() {
    local other height mine theirs
    other=$(((${1} + 1) % ${#ids[@]}))
    height=$(status "$1" | field height)
    [ -n "$height" ] || return 1
    mine=$(witan ledger get "$height" --node "${urls[$1]}" -o json 2>/dev/null | field stateRoot)
    theirs=$(witan ledger get "$height" --node "${urls[$other]}" -o json 2>/dev/null | field stateRoot)
    [ -n "$mine" ] && [ "$mine" = "$theirs" ]
}

# The state file has a line for each act: taken, done or failed, the release and the node.
note() {
    echo "$1 $target ${ids[$2]}" >>"$state"
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

# start_with RELEASE NODE
start_with() {
    if [ -n "$devnet" ]; then
        "$1" devnet start "${ids[$2]#v}" --dir "$devnet" >/dev/null 2>&1 || true
    else
        "$here/install.sh" activate "$1" >/dev/null
        systemctl start "witan@${ids[$2]}" || true
    fi
}

# stop_node NODE [--force]: without force it ends only if the others can go on without it.
stop_node() {
    witan stop --home "${homes[$1]}" --node "${urls[$1]}" "${@:2}" >/dev/null
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
    [ -z "$planned" ] ||
        witan upgrade "${@:2}" --home "${homes[$1]}" --node "${urls[$at]}" >/dev/null 2>&1
}

# The permit of the ledger, as long as a plan is open; asked for again, it lasts longer.
permit() {
    by_node "$1" permit
}

give_back() {
    by_node "$1" permit --release || say "${ids[$1]}: the permit was not given back; it lapses"
}

report() {
    by_node "$1" report "$2"
}

# What the plan wants before the first node is touched.
preflight() {
    witan upgrade preflight --node "${urls[0]}" --home "${homes[0]}" \
        --candidate "$(program "$target")"
}

# check_home NODE: the new program accepts the stopped node's configuration, key and database.
check_home() {
    [ -z "$planned" ] || "$(program "$target")" start --check-only --home "${homes[$1]}" >/dev/null
}

# check_release: the new program runs here.
check_release() {
    local program
    program=$(program "$target")
    [ -x "$program" ] || fail 4 NO_SUCH_RELEASE "there is no release $target here" \
        "$program cannot be run" "install.sh stage witan-$target.tar.gz"
    "$program" version >/dev/null || fail 8 NO_USABLE_RELEASE "$program does not run here" \
        "its message stands above" "stage it again"
}

# upgrade NODE: whether it runs the release in the end.
upgrade() {
    local i=$1 margin
    if in_hand "$i"; then
        # Undrained it is ready again, unless it was told to stop as well and is about to end.
        down "$i" || witan undrain --home "${homes[$i]}" --node "${urls[$i]}" >/dev/null || true
        until_true "$wait" settled "$i" || true
        if down "$i"; then
            say "${ids[$i]}: start $target, where the last run ended"
            permit "$i" || say "${ids[$i]}: no permit, but it is down already"
            start_with "$target" "$i"
            gates "$i" 1
            return
        fi
    fi
    until_true "$wait" spared 1 "$i" || fail 7 NO_MARGIN "no validator can be spared now" \
        "one is to be stopped, and the network must not stand" "witan why; then again"
    until_true "$wait" permit "$i" || fail 7 NO_PERMIT "${ids[$i]} gets no permit to restart" \
        "another member has it, or no validator can be spared by the ledger" "witan upgrade status"
    margin=$(status "$i" | field margin)
    note taken "$i"
    say "${ids[$i]}: drain"
    witan drain --home "${homes[$i]}" --node "${urls[$i]}" >/dev/null
    say "${ids[$i]}: stop"
    stop_node "$i" || {
        witan undrain --home "${homes[$i]}" --node "${urls[$i]}" >/dev/null || true
        note failed "$i"
        give_back "$i"
        fail 7 NO_MARGIN "${ids[$i]} cannot be spared now" "its message stands above" \
            "witan why; then again"
    }
    check_home "$i" || { say "${ids[$i]}: $target does not accept its home"; return 1; }
    say "${ids[$i]}: start $target"
    start_with "$target" "$i"
    gates "$i" "$margin"
}

# gates NODE MARGIN: what an upgraded node has to show before the next one's turn.
gates() {
    local i=$1 end
    until_true "$wait" spared "$2" "$i" || { say "${ids[$i]}: not ready, or not counted by all"; return 1; }
    until_true "$wait" same_root "$i" || { say "${ids[$i]}: another state than its neighbour"; return 1; }
    end=$((SECONDS + soak))
    while [ $SECONDS -lt $end ]; do
        ready "$i" || { say "${ids[$i]}: no longer ready while it soaked"; return 1; }
        sleep 1
    done
    [ -z "$back" ] || { report "$i" back || true; give_back "$i"; return; }
    # The ledger takes this word only once the node itself has attested the plan's level.
    until_true "$wait" report "$i" upgraded || { say "${ids[$i]}: did not attest the plan"; return 1; }
    give_back "$i"
}

put_back() {
    say "${ids[$1]}: back to $before"
    stop_node "$1" --force 2>/dev/null || true
    start_with "$before" "$1"
    until_true "$wait" ready "$1" || say "${ids[$1]}: not ready with $before either; see its log"
    report "$1" failed || say "${ids[$1]}: the failure was not reported to the ledger"
    give_back "$1"
}

# First the node that the last run ended with, since the others cannot be spared while it is down.
# The leader of the moment comes last, so that no view waits for a change of leaders twice.
order() {
    local leader='' i first=() others=() last=()
    for i in "${!ids[@]}"; do
        [ -n "$leader" ] || leader=$(status "$i" | field leader) || true
        if in_hand "$i"; then
            first+=("$i")
        elif [ "${ids[$i]}" = "$leader" ]; then
            last+=("$i")
        else
            others+=("$i")
        fi
    done
    printf '%s\n' "${first[@]}" "${others[@]}" "${last[@]}" | grep .
}

read_devnet() {
    [ -f "$devnet/genesis.json" ] || fail 4 NO_DEVNET "there is no devnet in $devnet" \
        "it holds no genesis.json" "witan devnet --detach --dir $devnet"
    [ -n "$from" ] || fail 2 USAGE "--from is missing" "a devnet has no notion of releases" \
        "--from OLD/bin/witan --to NEW/bin/witan"
    local i=1
    while [ -d "$devnet/v$i" ]; do
        ids+=("v$i")
        homes+=("$devnet/v$i")
        urls+=("http://$(witan config show --home "$devnet/v$i" -o json | field api.listen)")
        i=$((i + 1))
    done
    state=${state:-$devnet/rolling-upgrade.state}
}

read_hosts() {
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
    state=${state:-$hosts.state}
    from=${from:-$(basename "$(readlink /opt/witan/current 2>/dev/null || echo none)")}
}

[ -n "$to" ] || fail 2 USAGE "--to is missing" "it names the new release" "rolling-upgrade.sh --help"
if [ -n "$devnet" ]; then
    asking=$from
    read_devnet
elif [ -n "$hosts" ]; then
    asking=/usr/local/bin/witan
    read_hosts
else
    fail 2 USAGE "neither --devnet nor --hosts is given" "one of them names the nodes" \
        "rolling-upgrade.sh --help"
fi
[ ${#ids[@]} -gt 0 ] || fail 3 NO_NODES "there are no nodes to upgrade" "the list is empty" "name some"
target=$to before=$from
[ -z "$back" ] || { target=$from before=$to; }

check_release
for i in "${!ids[@]}"; do
    in_hand "$i" || status "$i" >/dev/null || fail 5 UNREACHABLE "${ids[$i]} does not answer" \
        "its API at ${urls[$i]} cannot be reached" "witan start; then again"
done
[ "$(failures)" -lt 2 ] || fail 7 SUSPENDED "two upgrades to $target have failed" \
    "$state names them" "find out why; then remove the lines that begin with failed"

read_plan
if [ "$planned" = suspended ]; then
    [ -n "$back" ] || fail 7 PLAN_SUSPENDED "two upgrades of the plan have failed" \
        "the ledger gives no permit any more" "find out why; then witan upgrade abort"
    planned=''
fi
if [ -n "$planned" ] && [ -z "$back$plan" ] && [ ! -s "$state" ]; then
    until_true "$wait" preflight >/dev/null || { preflight >&2 || true
        fail 7 PREFLIGHT "the plan's gates are not all open" "they stand above" "then again"; }
fi
for i in $(order); do
    if done_already "$i"; then
        say "${ids[$i]}: done before"
    elif [ -n "$plan" ]; then
        echo "would: ${ids[$i]} drain, stop, start with $target, wait until all count it, soak $soak s"
    elif upgrade "$i"; then
        note "done" "$i"
        say "${ids[$i]}: done"
    else
        note failed "$i"
        put_back "$i"
        fail 9 GATE_SHUT "${ids[$i]} did not come back as it should" \
            "$before runs on it again, and the others were not touched" \
            "read its log; then the same command goes on with it"
    fi
done
[ -n "$plan" ] || say "all ${#ids[@]} run $target"
