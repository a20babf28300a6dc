# Finds a Java of at least release 25; sourced by ./mvnw, ./witan and the installed launcher.
# POSIX sh. Starts no Java: the number is read from the `release` file that every JDK carries.

# java_release DIR: sets java_runtime (for example 25.0.1+8-LTS) and java_feature (25), or fails.
java_release() {
    java_runtime='' java_feature=0
    [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        value=${value#\"}
        value=${value%\"}
        case $key in
            JAVA_RUNTIME_VERSION) java_runtime=$value ;;
            JAVA_VERSION)
                java_feature=${value%%[!0-9]*}
                java_runtime=${java_runtime:-$value}
                ;;
        esac
    done <"$1/release"
    [ "${java_feature:-0}" -ge 25 ]
}

# path_java: the home of the `java` found on PATH, links followed.
path_java() {
    path_found=$(command -v java) || return 1
    path_found=$(readlink -f "$path_found" 2>/dev/null) || return 1
    printf '%s\n' "${path_found%/bin/java}"
}

# find_java TOOL: sets java_home to the first place with bin/TOOL of release 25 or later, or fails.
find_java() {
    for java_home in "${JAVA_HOME:-}" "$(path_java)" \
        /usr/lib/jvm/* /opt/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        [ -x "$java_home/bin/$1" ] && java_release "$java_home" && return 0
    done
    java_home=
    return 1
}

# no_java WHO: says what is missing and ends with the exit code for a fault of the set-up.
no_java() {
    printf '%s: no Java 25 was found\n' "$1" >&2
    printf 'why: looked at JAVA_HOME (%s), PATH, /usr/lib/jvm, /opt, ~/.sdkman and /Library/Java\n' \
        "${JAVA_HOME:-not set}" >&2
    printf 'try: install a JDK 25, for example Eclipse Temurin 25, and set JAVA_HOME to its folder\n' >&2
    exit 2
}
