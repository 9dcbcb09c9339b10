#!/usr/bin/env bash
# Shows, in a bare Debian, that the package for Linux and the portable archive do all that they say.
#
# Run by hand, as root, where debootstrap is installed:
#     bash tests/bare/package.sh DEB TAR [FOLDER] [RELEASE]
# It takes about two minutes; FOLDER keeps the bare system for the next run, and the screenshots.
# How apt reaches its mirror is taken over from this machine as it is.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
deb=$(realpath "$1") tar=$(realpath "$2") folder=$(realpath "${3:-$(mktemp -d)}") release=${4:-bookworm}
if [ -z "${OFFPRINT_APART:-}" ]; then
    # In a mount name space of its own: whatever is mounted below is gone when this ends.
    OFFPRINT_APART=1 exec unshare --mount --propagation private bash "$0" "$deb" "$tar" "$folder" "$release"
fi
mkdir -p "$folder"
base=$folder/base-$release root=$folder/root
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Codename: bookworm' | head -1)
if [ ! -e "$base/made" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=ca-certificates "$release" "$base" "$mirror" > "$folder/debootstrap.log"
    touch "$base/made"
fi
rm -rf "$root"
cp -a "$base" "$root"
cp /etc/resolv.conf /etc/hosts "$root/etc/"
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
chroot "$root" useradd --create-home ann
mkdir -p "$root/tmp/each"
python3 "$project/tests/packages/one_of_each.py" "$root/tmp/each"
count=$(find "$root/tmp/each" -type f | wc -l)
cp "$deb" "$root/tmp/offprint.deb"

passed=0 failed=0
# shows NAME PATTERN COMMAND... : as Ann, with nothing of this machine's; says what came of it.
shows() {
    local name=$1 pattern=$2 begun=${EPOCHREALTIME/./}
    shift 2
    if chroot --userspec ann:ann "$root" env -i HOME=/home/ann PATH=/usr/bin:/bin "${extra[@]}" "$@" > "$folder/output" 2>&1 \
        && { [ -z "$pattern" ] || grep -q -- "$pattern" "$folder/output"; } && ! grep -q Traceback "$folder/output"; then
        passed=$((passed + 1))
        printf 'ok      %6d ms  %s\n' $(((${EPOCHREALTIME/./} - begun) / 1000)) "$name"
    else
        failed=$((failed + 1))
        echo "FAILED  $name"
        tail -n 20 "$folder/output" | sed 's/^/        /'
    fi
}
drawn() {
    if [ "$(stat -c %s "$root/home/ann/$1.png" 2> /dev/null || echo 0)" -gt 40000 ]; then
        cp "$root/home/ann/$1.png" "$folder/$1.png"
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAILED  no window was drawn: $1"
    fi
}
# story NAME PROGRAM : all that is done with it; its data lies where it puts it by itself.
story() {
    local name=$1 offprint=$2 id
    shows "$name: version" "Offprint" "$offprint" --version
    shows "$name: a file of each format" "added" "$offprint" import /tmp/each
    [ "$(grep -c '^added' "$folder/output")" = "$count" ] || { failed=$((failed + 1)); echo "FAILED  not all were added"; }
    shows "$name: find" "found" "$offprint" find ketamine
    shows "$name: list" "documents" "$offprint" list --json
    id=$(grep -o '"id": "[0-9a-f]*"' "$folder/output" | head -1 | cut -d'"' -f4)
    shows "$name: note" "-" "$offprint" notes add "$id" --quote Ketamine --note "Seen."
    for format in markdown html json docx pdf csv hypothesis anki bibtex ris; do
        shows "$name: notes as $format" "written" "$offprint" notes export --format "$format" -o "/home/ann/notes.$format"
    done
    shows "$name: notes taken in" "" "$offprint" notes import /home/ann/notes.json
    shows "$name: packed" "notes of reader" "$offprint" pack /home/ann/all.offprint-library
    shows "$name: unpacked" "is open now" "$offprint" unpack /home/ann/all.offprint-library
    shows "$name: window" "" "$offprint" --screenshot "/home/ann/$name.png" /tmp/each/html.html
    drawn "$name"
    shows "$name: check" "as they should be" "$offprint" check
}
extra=()

chroot "$root" apt-get update -qq
begun=${EPOCHREALTIME/./}
chroot "$root" apt-get install -y -qq --no-install-recommends /tmp/offprint.deb > "$folder/apt.log" 2>&1
printf 'ok      %6d ms  installed\n' $(((${EPOCHREALTIME/./} - begun) / 1000))
story package offprint
extra=(LC_ALL=C)
shows "package: in the C locale" "" offprint --screenshot /home/ann/c.png
drawn c
extra=()
chroot --userspec ann:ann "$root" env -i HOME=/home/ann PATH=/usr/bin:/bin DISPLAY=:77 offprint > "$folder/output" 2>&1 || true
if grep -q "display “:77” cannot be reached" "$folder/output"; then
    passed=$((passed + 1))
else
    failed=$((failed + 1))
    echo "FAILED  a display that does not answer"
fi
chroot "$root" apt-get remove -y -qq offprint >> "$folder/apt.log" 2>&1
[ ! -e "$root/opt/offprint" ] && [ -e "$root/home/ann/.local/share/Offprint/library.db" ] || {
    failed=$((failed + 1))
    echo "FAILED  removal leaves the notes and nothing else: $(find "$root/opt/offprint" 2> /dev/null | head -3)"
}

# The archive, in a folder whose name has what names may have; its data lies beside it.
stick="/home/ann/a stick é"
mkdir "$root$stick"
tar -xJf "$tar" -C "$root$stick"
chroot "$root" chown -R ann: "$stick"
story portable "$stick/Offprint/offprint"
[ -e "$root$stick/Offprint/offprint-data/library.db" ] || { failed=$((failed + 1)); echo "FAILED  the data is elsewhere"; }
mv "$root$stick" "$root/home/ann/moved"
shows "portable: moved elsewhere" "found" "/home/ann/moved/Offprint/offprint" find ketamine

echo "$passed passed, $failed failed; screenshots in $folder"
[ "$failed" = 0 ]
