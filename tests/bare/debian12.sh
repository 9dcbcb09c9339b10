#!/usr/bin/env bash
# Shows, in a bare Debian 12, that each of the two commands of README.md does all that it says:
#   python3 main.py       a fresh clone opens the window, whoever starts it and wherever it lies
#   python3 -m tests      a fresh clone passes all quality gates
#
# Run by hand, as root, where debootstrap is installed:  bash tests/bare/debian12.sh [FOLDER]
# It takes about 10 minutes and 6 GB; FOLDER keeps the bare system for the next run, and the
# screenshots. How apt and pip reach their registries is taken over from this machine as it is.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(realpath "${1:-$(mktemp -d)}")
mkdir -p "$folder"

if [ -z "${OFFPRINT_APART:-}" ]; then
    # In a mount name space of its own: whatever is mounted below is gone when this ends.
    OFFPRINT_APART=1 exec unshare --mount --propagation private bash "$0" "$folder"
fi

base=$folder/base root=$folder/root
if [ ! -e "$base/made" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -1)
    rm -rf "$base"
    debootstrap --variant=minbase --include=python3,ca-certificates bookworm "$base" "$mirror" > "$folder/debootstrap.log"
    rm -rf "$base/etc/apt/sources.list.d"
    cp -a /etc/apt/sources.list* "$base/etc/apt/"
    mkdir -p "$base/etc/apt/keyrings"
    cp -a /usr/share/keyrings/. "$base/usr/share/keyrings/"
    touch "$base/made"
fi
rm -rf "$root"
cp -a "$base" "$root"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
mkdir -p "$root/etc/xdg/pip"
for settings in /etc ~/.config/pip; do
    if [ -e "$settings/pip.conf" ]; then
        cp "$settings/pip.conf" "$root/etc/$([ "$settings" = /etc ] || echo xdg/pip)/"
    fi
done
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
chroot "$root" useradd --create-home ann

home="/srv/a clinic é"
mkdir -p "$root$home" "$root/tmp/shots"
chmod 777 "$root/tmp/shots"
clone() { git clone --quiet "$project" "$root$home/$1"; chroot "$root" chown -R "$2:" "$home/$1"; }
passed=0 failed=0
# as USER WORD... : the command in the bare system, with nothing of this one's but the way to pip's registry.
as() {
    local user=$1
    shift
    local user_home=/home/$user
    [ "$user" = root ] && user_home=/root
    mapfile -t kept < <(env | grep -E '^(PIP_|SSL_CERT|REQUESTS_CA|CURL_CA|(https?|no)_proxy=)' || true)
    "${net[@]}" chroot --userspec "$user:$user" "$root" env -i "HOME=$user_home" PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        "${kept[@]}" "${extra[@]}" sh -c 'cd "$1" && shift && exec "$@"' sh "$where" "$@"
}
# shows NAME EXPECTED_CODE [PATTERN] -- USER WORD... : runs it in $where, and says what came of it.
shows() {
    local name=$1 expected=$2 pattern=$3 code=0 begun
    shift 4
    begun=${EPOCHREALTIME/./}
    as "$@" > "$folder/output" 2>&1 || code=$?
    if [ "$code" = "$expected" ] && { [ -z "$pattern" ] || grep -q -- "$pattern" "$folder/output"; }; then
        passed=$((passed + 1))
        printf 'ok      %6d ms  %s\n' $(((${EPOCHREALTIME/./} - begun) / 1000)) "$name"
    else
        failed=$((failed + 1))
        printf 'FAILED  %s: exit code %s\n' "$name" "$code"
        tail -n 30 "$folder/output" | sed 's/^/        /'
    fi
}
# A screenshot of a window with an article in it is no small file.
drawn() {
    if [ "$(stat -c %s "$root/tmp/shots/$1.png" 2> /dev/null || echo 0)" -gt 40000 ]; then
        cp "$root/tmp/shots/$1.png" "$folder/$1.png"
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED  no window was drawn: $1"
    fi
}
extra=() net=()

clone ann ann
where="$home/ann"
shows "a user is told what the system lacks" 1 "sudo apt-get install" -- ann python3 main.py
clone root root
where="$home/root"
shows "root, from nothing to the window" 0 "Ready after" -- root python3 main.py --screenshot /tmp/shots/root.png
drawn root
shows "root, started again" 0 "" -- root python3 main.py --screenshot /tmp/shots/again.png
drawn again
where="$home/ann"
shows "a user, from nothing to the window" 0 "Ready after" -- ann python3 main.py --screenshot /tmp/shots/ann.png
drawn ann
extra=(LC_ALL=C)
shows "a user, in the C locale" 0 "" -- ann python3 main.py --screenshot /tmp/shots/c.png
drawn c
extra=()

mkdir -p "$root$home/fixed" "$root/wheels"
clone "fixed/offprint" root
mount --bind "$root$home/fixed" "$root$home/fixed"
mount -o remount,ro,bind "$root$home/fixed"
where="$home/fixed/offprint"
shows "a user, in a tree that is read-only" 0 "Ready after" -- ann python3 main.py --screenshot /tmp/shots/fixed.png
drawn fixed
shows "a user, in a tree that is read-only, again" 0 "" -- ann python3 main.py --screenshot /tmp/shots/fixed.png

where="$home/root"
shows "wheels for a machine without network" 0 "" -- root sh -c \
    'exec .venv-run-*/bin/python -m pip download --quiet --no-deps --only-binary :all: --require-hashes -r resources/locks/run.txt -d /wheels'
clone offline ann
where="$home/offline"
net=(unshare --net)
# At home there is an environment already, from the tree that is read-only.
mkdir "$root/tmp/away"
chroot "$root" chown ann: /tmp/away
extra=(HOME=/tmp/away)
shows "a user, without network" 1 "needs the network once" -- ann python3 main.py --screenshot /tmp/shots/none.png
extra=(HOME=/tmp/away OFFPRINT_WHEELS=/wheels)
shows "a user, without network, from wheels" 0 "Ready after" -- ann python3 main.py --screenshot /tmp/shots/offline.png
drawn offline
extra=() net=()

clone tests ann
where="$home/tests"
shows "a user, python3 -m tests" 0 "All gates passed" -- ann python3 -m tests
grep -E '^(=+ )?[0-9]+ (passed|failed)' "$folder/output" || true

echo "$passed passed, $failed failed; screenshots in $folder"
[ "$failed" = 0 ]
