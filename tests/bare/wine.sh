#!/usr/bin/env bash
# Uses what Windows gets under Wine 10, in a bare Debian 13, from any Debian:
#
#     bash tests/bare/wine.sh [FOLDER] [PYTEST'S WORDS...]
#
# Run by hand, as root, where debootstrap, Xvfb, xdotool and what packages/windows/build.py needs are
# installed, with the project's tests' Python as `python3` or in PYTHON. FOLDER keeps the system
# (1.7 GB) and what was built for the next run. OFFPRINT_PDFS names a folder of PDFs that are to be
# read there as they are here.
set -euo pipefail

project=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(realpath "${1:-$(mktemp -d)}")
shift || true
root=$folder/root
mkdir -p "$folder/tests"

# in_root COMMAND... : in the bare system, which sees the folders of tests, project and display.
cat > "$folder/in-root" << 'EOF'
#!/usr/bin/env bash
folder=$(dirname "$0")
exec unshare --mount --propagation private bash -c '
    folder=$1 root=$1/root
    shift
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    for seen in "$folder/tests" /tmp/.X11-unix "$OFFPRINT_PROJECT" ${OFFPRINT_PDFS:-}; do
        [ -d "$seen" ] && mkdir -p "$root$seen" && mount --bind "$seen" "$root$seen"
    done
    exec chroot "$root" env HOME=/root LANG=C.UTF-8 PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
' bash "$folder" "$@"
EOF
printf '#!/bin/sh\nexec "%s/in-root" wine "$@"\n' "$folder" > "$folder/wine"
chmod 755 "$folder/in-root" "$folder/wine"
export OFFPRINT_PROJECT=$project

if [ ! -e "$root/made" ]; then
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | head -1)
    rm -rf "$root"
    debootstrap --variant=minbase --include=ca-certificates trixie "$root" "$mirror" > "$folder/debootstrap.log"
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
    "$folder/in-root" sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends wine wine64 fontconfig fonts-dejavu-core' > "$folder/apt.log" 2>&1
    touch "$root/made"
fi
if [ -z "${OFFPRINT_WINDOWS:-}" ]; then
    export OFFPRINT_WINDOWS=$folder/built
    if [ ! -e "$OFFPRINT_WINDOWS/made" ]; then
        (cd "$project" && "${PYTHON:-python3}" -c "
import sys; from pathlib import Path; from tests.packages.wine import build; build(Path(sys.argv[1]))" "$OFFPRINT_WINDOWS")
        touch "$OFFPRINT_WINDOWS/made"
    fi
fi
# The installer is started where it lies.
mkdir -p "$folder/tests/built"
cp "$OFFPRINT_WINDOWS"/*-setup.exe "$OFFPRINT_WINDOWS"/*-portable.zip "$folder/tests/built/"
export OFFPRINT_WINDOWS=$folder/tests/built OFFPRINT_WINE=$folder/wine
"$OFFPRINT_WINE" --version
export DISPLAY=:93
Xvfb "$DISPLAY" -screen 0 1366x768x24 -nolisten tcp > /dev/null 2>&1 &
display=$!
trap 'kill "$display"' EXIT
cd "$project"
"${PYTHON:-python3}" -m pytest -p no:cacheprovider --basetemp "$folder/tests/run" -rs -v tests/packages/test_wine.py "$@"
