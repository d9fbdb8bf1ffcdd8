# Small words shared by the scripts here. POSIX sh; sourced from the project's root.

log=build/setup.log
mkdir -p build

# One calm line per long step. What the step itself says goes to the log, and is shown, shortened, when it fails.
step() {
    step_text=$1; shift
    step_from=$(date +%s)
    printf '  %s … ' "$step_text"
    printf '\n== %s: %s\n' "$step_text" "$*" >>"$log"
    if "$@" >>"$log" 2>&1 </dev/null; then
        printf 'done (%s s)\n' $(($(date +%s) - step_from))
    else
        printf 'failed.\n\n'
        awk '/^== / { n = 0 } { said[n++] = $0 } END {
            for (i = 1; i < n; i++) if (i < 15 || i > n - 8) print "    " said[i]; else if (i == 15) print "    …" }' "$log"
        return 1
    fi
}

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

is_root() { [ "$(id -u)" = 0 ]; }

has() { command -v "$1" >/dev/null 2>&1; }

sha256() { if has sha256sum; then sha256sum; else shasum -a 256; fi | cut -c1-64; }

# A stamp is a file that holds the hash of everything a step was made from: equal means nothing to do.
is_fresh() { [ -f "$1" ] && [ "$(cat "$1")" = "$2" ]; }

stamp() { mkdir -p "$(dirname "$1")" && printf '%s\n' "$2" >"$1"; }

# Installs Debian packages where we may; elsewhere says the one command that a person has to type.
apt_install() {
    if is_root && has apt-get; then
        step "Installing $* with apt-get" sh -c '
            apt-get update -q &&
            DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"' sh "$@" ||
            fail "apt-get could not install $*. Its own words are in $log."
    else
        fail "This machine lacks $*. Please run
    sudo apt-get update && sudo apt-get install -y --no-install-recommends $*
and then the same command again."
    fi
}
