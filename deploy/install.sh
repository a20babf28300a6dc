#!/usr/bin/env bash
# Puts releases of Witan on a host, and switches between them. Every step may be repeated.
#
#   install.sh stage ARCHIVE [--sha256 HEX]   unpack next to the others; what runs is not touched
#   install.sh activate VERSION [--node ID]   make it the one that starts next: of this node, or of all
#   install.sh command VERSION                make it the one that people call; nodes keep theirs
#   install.sh rollback [--node ID]           make the one before it the one that starts next
#   install.sh list                           the releases here, which one is active, and of which node
#   install.sh host                           user, folders and the systemd unit, once a host
#
#   --root DIR    work below DIR instead of / and touch neither users nor systemd
#   --plan-only   say what would be done, change nothing
#
# Layout: /opt/witan/releases/VERSION; links into it are /opt/witan/{current,previous}, and for each
# node /opt/witan/nodes/ID and ID.previous, which the unit starts: a node that is restarted by
# systemd, or by a reboot, gets the release that was chosen for it. /usr/local/bin/witan is current's;
# homes in /var/lib/witan/ID, secrets in /etc/witan/ID.
# Exit codes are those of witan: 2 usage, 4 not found, 6 another hash, 7 refused, 74 disk.
set -euo pipefail

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=''
plan=''
sha256=''
node=''
words=()

# fail CODE NAME WHAT WHY TRY: an error as witan itself prints it.
fail() {
    printf 'error[%s] %s\n  %s\n  try: %s\n' "$2" "$3" "$4" "$5" >&2
    exit "$1"
}

# act COMMAND…: does it, or says that it would.
act() {
    if [ -n "$plan" ]; then
        echo "would: $*"
    else
        "$@" || fail 74 STEP_FAILED "a step failed: $*" "its message stands above" \
            "mend that and run the same command again; it goes on from there"
    fi
}

need_release() {
    [ -d "$releases/$1" ] || fail 4 NO_SUCH_RELEASE "there is no release $1 here" \
        "here are: $(releases_here)" "install.sh stage witan-$1.tar.gz, then again"
}

releases_here() {
    local names=()
    for folder in "$releases"/*/; do
        [ -d "$folder" ] && names+=("$(basename "$folder")")
    done
    echo "${names[*]:-none}"
}

# link NAME VERSION: replaced in one step, so that nobody ever finds it missing.
link() {
    local up=''
    [ "$(linked "$1")" != "$2" ] || return 0
    case $1 in */*) up=../ ;; esac
    act mkdir -p "$(dirname "$base/$1")"
    act ln -sfn "${up}releases/$2" "$base/$1.new"
    act mv -T "$base/$1.new" "$base/$1"
}

linked() {
    basename "$(readlink "$base/$1" 2>/dev/null || echo none)"
}

check_hash() {
    [ -n "$sha256" ] || return 0
    local found
    found=$(sha256sum <"$1")
    [ "${found%% *}" = "$sha256" ] || fail 6 ARTIFACT_HASH "$1 is not what you named" \
        "its SHA-256 is ${found%% *}, you named $sha256" \
        "fetch it again, and compare the hash with the one in the upgrade plan"
}

stage() {
    local archive=$1 folder version scratch
    [ -f "$archive" ] || fail 4 NO_SUCH_FILE "$archive cannot be read" "no such file" \
        "build one: ./mvnw package makes validator/target/witan-VERSION.tar.gz"
    check_hash "$archive"
    folder=$(tar -tzf "$archive" 2>/dev/null | sed -n '1s#/.*##p') || true
    case $folder in
        witan-[0-9]*) version=${folder#witan-} ;;
        *) fail 2 NOT_A_RELEASE "$archive is no release of Witan" \
            "it does not begin with a folder witan-VERSION" "name witan-VERSION.tar.gz" ;;
    esac
    if [ -d "$releases/$version" ]; then
        same_build "$archive" "$folder" "$version"
        return 0
    fi
    act mkdir -p "$releases"
    scratch="$releases/.$version.$$"
    act mkdir "$scratch"
    act tar -xzf "$archive" -C "$scratch" --strip-components=1 --no-same-owner
    # Makes the cache for fast starts now, while the folder may be written.
    [ -n "$plan" ] || WITAN_REHEARSE='wait' "$scratch/bin/witan" version >/dev/null ||
        { rm -rf "$scratch"; fail 3 CANNOT_RUN "this host cannot run $version" \
            "its message stands above" "install a JDK 25, or set JAVA_HOME"; }
    # What the ledger's upgrade plan names; the rolling upgrade compares it with that.
    [ -n "$plan" ] || (cd "$(dirname "$archive")" && sha256sum "$(basename "$archive")") \
        >"$scratch/archive.sha256"
    act mv -T "$scratch" "$releases/$version"
    echo "staged $version"
}

# A version is one build: two that differ under one name could never be told apart again.
same_build() {
    local theirs ours
    theirs=$(tar -xzOf "$1" "$2/lib/build-id.txt")
    ours=$(cat "$releases/$3/lib/build-id.txt")
    [ "$theirs" = "$ours" ] || fail 7 ANOTHER_BUILD "release $3 is here already, as another build" \
        "the archive is build $theirs, here is $ours" "give the new build another version"
    echo "$3 is staged already"
}

# nodes_here: the nodes for which a release was chosen.
nodes_here() {
    local link
    for link in "$base"/nodes/*; do
        case $link in *.previous | *.new | *'/*') ;; *) basename "$link" ;; esac
    done
}

# switch LINK PREVIOUS VERSION: whether something was changed.
switch() {
    local before
    before=$(linked "$1")
    [ "$before" != "$3" ] || return 1
    [ "$before" = none ] || link "$2" "$before"
    link "$1" "$3"
    echo "$3 starts next${node:+ at $node}; before it: $before"
}

activate() {
    need_release "$1"
    local each
    if [ -n "$node" ]; then
        switch "nodes/$node" "nodes/$node.previous" "$1" || echo "$1 is active already at $node"
        [ "$(linked current)" != none ] || command_of "$1"
        return 0
    fi
    command_of "$1"
    for each in $(nodes_here); do
        node=$each
        switch "nodes/$each" "nodes/$each.previous" "$1" || true
    done
}

# command_of VERSION: what people call; the nodes keep theirs.
command_of() {
    local node=''
    switch current previous "$1" || echo "$1 is active already"
    act mkdir -p "$root/usr/local/bin"
    act ln -sfn /opt/witan/current/bin/witan "$root/usr/local/bin/witan"
}

rollback() {
    local before current=current previous=previous
    [ -z "$node" ] || { current=nodes/$node previous=nodes/$node.previous; }
    before=$(linked "$previous")
    [ "$before" != none ] || fail 4 NO_PREVIOUS "there is no release to go back to" \
        "active is $(linked "$current"), and nothing was active before it" \
        "install.sh list, then install.sh activate VERSION"
    activate "$before"
}

list() {
    local current previous name each said
    current=$(linked current)
    previous=$(linked previous)
    for name in $(releases_here); do
        said=$name
        case $name in
            none) continue ;;
            "$current") said+=' active' ;;
            "$previous") said+=' previous' ;;
        esac
        for each in $(nodes_here); do
            [ "$(linked "nodes/$each")" != "$name" ] || said+=" $each"
        done
        echo "$said"
    done
}

host() {
    if [ -z "$root" ]; then
        [ "$(id -u)" = 0 ] || fail 8 NOT_ROOT "users and units are root's to make" \
            "you are $(id -un)" "sudo install.sh host"
        id witan >/dev/null 2>&1 || act useradd --system --home-dir /var/lib/witan \
            --shell /usr/sbin/nologin --user-group witan
    fi
    act install -d -m 0755 "$releases" "$root/var/lib/witan" "$root/etc/witan" \
        "$root/etc/systemd/system" "$root/usr/local/bin"
    act install -m 0644 "$here/witan@.service" "$root/etc/systemd/system/witan@.service"
    [ -n "$root" ] || act systemctl daemon-reload
    echo "this host is ready for witan@ID.service"
}

usage() {
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | sed '/^set/d'
}

while [ $# -gt 0 ]; do
    case $1 in
        --root) root=${2:?--root DIR}; shift 2 ;;
        --sha256) sha256=${2:?--sha256 HEX}; shift 2 ;;
        --node) node=${2:?--node ID}; shift 2 ;;
        --plan-only) plan=yes; shift ;;
        -h | --help) usage; exit 0 ;;
        -*) fail 2 USAGE "there is no option $1" "see install.sh --help" "install.sh --help" ;;
        *) words+=("$1"); shift ;;
    esac
done
case $node in
    *[!a-z0-9-]*) fail 2 USAGE "'$node' is no node" "an id has letters, digits and hyphens" \
        "--node acme-1" ;;
esac
base="$root/opt/witan"
releases="$base/releases"

case "${words[0]:-} ${#words[@]}" in
    'stage 2') stage "${words[1]}" ;;
    'activate 2') activate "${words[1]}" ;;
    'command 2') need_release "${words[1]}" && command_of "${words[1]}" ;;
    'rollback 1') rollback ;;
    'list 1') list ;;
    'host 1') host ;;
    *) fail 2 USAGE "not understood: ${words[*]:-nothing was asked}" \
        "wanted: stage ARCHIVE, activate VERSION, command VERSION, rollback, list or host" "install.sh --help" ;;
esac
