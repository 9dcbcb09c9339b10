#!/usr/bin/env bash
# Signs Offprint.app, packs it into a disk image, and has Apple notarise that.
#
#   SIGNING_IDENTITY="Developer ID Application: …"  NOTARY_PROFILE=…  packages/macos/sign.sh
#
# The identity is in the keychain; the profile was stored by "xcrun notarytool store-credentials".
# Without them the image is made unsigned, and says so. Not run: the project has no Mac.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=$(sed -n 's/__version__ = "\(.*\)"/\1/p' reader/__init__.py)
app=dist/Offprint.app image=dist/Offprint-$version-macos.dmg
if [ -n "${SIGNING_IDENTITY:-}" ]; then
    codesign --force --deep --options runtime --timestamp --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --strict "$app"
else
    echo "There is no SIGNING_IDENTITY: $app stays unsigned."
fi
rm -f "$image"
hdiutil create -volname Offprint -srcfolder "$app" -format UDZO "$image"
if [ -n "${SIGNING_IDENTITY:-}" ] && [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit --wait --keychain-profile "$NOTARY_PROFILE" "$image"
    xcrun stapler staple "$image"
fi
echo "$image"
