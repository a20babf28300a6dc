#!/bin/sh
# Usage: rehearse.sh JAVA_HOME CACHE
# Runs a few commands once and keeps the classes they loaded in CACHE, for a faster start.
set -eu
lib=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
java_home=$1
cache=$2

# One rehearsal at a time; a lock left behind by a crash only means a slower start.
mkdir "$cache.lock" 2>/dev/null || exit 0
trap 'rm -f "$cache.new"; rmdir "$cache.lock"' EXIT
trap 'exit 1' HUP INT TERM

# The port 9 of this machine answers nobody: the command learns that at once and says so.
"$java_home/bin/java" -XX:+UseSerialGC -XX:+UseCompactObjectHeaders \
    --enable-native-access=ALL-UNNAMED -Xlog:disable "-XX:AOTCacheOutput=$cache.new" \
    -cp "$(echo "$lib"/witan-validator-*.jar)" org.witan.validator.cli.Rehearsal \
    "version" "--help" "config show" "config show -o json" "no-such-verb" \
    "genesis draft --name rehearsal" "genesis hash /dev/null" "key show /dev/null" \
    "status --node http://127.0.0.1:9" "status --node http://127.0.0.1:9 -o json" \
    </dev/null >/dev/null 2>&1
[ ! -f "$cache.new" ] || mv "$cache.new" "$cache"
