#!/usr/bin/env bash
# Proves the two commands on machines with nothing but python3 and python3-pip: Debian 12 and 13, each as root and as an
# ordinary user, each from a clean copy of the last commit. Run by hand as root, with a network; prints the times.
#
#   .ci/prove-fresh.sh [FOLDER FOR THE ROOTS] [release ...]
#
# Needs debootstrap. The roots are kept and used again; the copies are made afresh each time. Variables PIP_* and
# proxies of the caller are handed in, as is the caller's list of certificate authorities.
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
roots=${1:-/var/tmp/family-case-roots}
shift || true
releases=${*:-bookworm trixie}
authorities=/etc/ssl/certs/ca-certificates.crt
mkdir -p "$roots"

make_root() {  # release folder
    [ -x "$2/usr/bin/python3" ] && return
    debootstrap --variant=minbase --include=python3,python3-pip "$1" "$2" >"$2.log" 2>&1
    chroot "$2" useradd --create-home worker
    rm -rf "$2"/var/lib/apt/lists/*  # as slim images come
}

inside() {  # root user command
    local handed=()
    while IFS= read -r line; do handed+=("$line"); done < <(env | grep -E '^(PIP_(CERT|INDEX_URL|EXTRA_INDEX_URL|DEFAULT_TIMEOUT)|https?_proxy|HTTPS?_PROXY)=' || true)
    chroot "$1" su "$2" -s /bin/bash -c "env -i HOME=\$(getent passwd $2 | cut -d: -f6) PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 ${handed[*]@Q} bash -c ${3@Q}"
}

timed() {  # root user what command
    local start end code=0
    start=$(date +%s.%N)
    inside "$1" "$2" "$4" >"$roots/output.log" 2>&1 || code=$?
    end=$(date +%s.%N)
    printf '%-9s %-7s %-28s %7.1f s  exit %d   %s\n' "$(basename "$1")" "$2" "$3" "$(echo "$end - $start" | bc)" "$code" \
        "$(grep -v '^[[:space:]]*$' "$roots/output.log" | tail -1 | cut -c1-90)"
    [ "$code" = 0 ] || { sed 's/^/    /' "$roots/output.log" | tail -60; failed=1; }
}

fresh_copy() {  # root user home: nothing left of an earlier start, neither environment nor downloads
    rm -rf "$1$3/clean" "$1$3/.cache"
    git -C "$checkout" archive --prefix=clean/ HEAD | tar -x -C "$1$3"
    chroot "$1" chown -R "$2:" "$3/clean"
}

failed=0
for release in $releases; do
    root=$roots/$release
    make_root "$release" "$root"
    cp -L /etc/resolv.conf "$root/etc/resolv.conf"
    [ -r "$authorities" ] && install -D -m 644 "$authorities" "$root$authorities"
    mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
    [ -c "$root/dev/null" ] || mount --bind /dev "$root/dev"
    # a terminal for the tests that type into one; in containers the folder is there but empty
    [ -c "$root/dev/pts/ptmx" ] || mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666
    for user in root worker; do
        home=$(chroot "$root" getent passwd "$user" | cut -d: -f6)
        fresh_copy "$root" "$user" "$home"
        timed "$root" "$user" "family_case, first start" "cd ~/clean && python3 -m family_case"
        timed "$root" "$user" "family_case, second start" "cd ~/clean && python3 -m family_case"
        timed "$root" "$user" "a command, second start" "cd ~/clean && python3 -m family_case --version"
        fresh_copy "$root" "$user" "$home"
        timed "$root" "$user" "tests, first start" "cd ~/clean && python3 -m tests"
    done
    umount "$root/proc" "$root/dev/pts"
    mountpoint -q "$root/dev" && umount "$root/dev"
done
exit "$failed"
