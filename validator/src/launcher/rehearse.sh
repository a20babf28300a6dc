#!/bin/sh
# Usage: rehearse.sh JAVA_HOME CACHE
# Runs a few commands once and keeps the classes they loaded in CACHE, for a faster start.
set -eu
lib=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
java_home=$1
cache=$2

# One rehearsal at a time; a lock left behind by a crash only means a slower start.
mkdir "$cache.lock" 2>/dev/null || exit 0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch" "$cache.new"; rmdir "$cache.lock"' EXIT
trap 'exit 1' HUP INT TERM

# The port 9 of this machine answers nobody: the command learns that at once and says so. The
# network of one is there for what a node loads; where its ports are taken, nodes start slower.
node=http://127.0.0.1:48641
"$java_home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
    --enable-native-access=ALL-UNNAMED -Xlog:disable "-XX:AOTCacheOutput=$cache.new" \
    "-Djava.library.path=$lib/../native" \
    -cp "$(echo "$lib"/witan-validator-*.jar)" org.witan.validator.cli.Rehearsal \
    "version" "--help" "config show" "config show -o json" "no-such-verb" \
    "genesis draft --name rehearsal" "genesis hash /dev/null" "key show /dev/null" \
    "status --node http://127.0.0.1:9" "status --node http://127.0.0.1:9 -o json" \
    "devnet -n 1 --in-process --blocks 3 --timeout 20s --dir $scratch/d --base-port 47640" \
    "status --node $node" "status --node $node -o json" "why --node $node" \
    "entry put a b --home $scratch/d/v1" "entry get v1/a --node $node" "peer list --node $node" \
    </dev/null >/dev/null 2>&1
[ ! -f "$cache.new" ] || mv "$cache.new" "$cache"
