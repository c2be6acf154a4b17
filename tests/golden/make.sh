#!/bin/sh
# usage: tests/golden/make.sh vN     Makes the golden bundles of a new version; one that is there stays as it is.
set -eu
cd "$(dirname "$0")"
version=${1:?usage: make.sh vN}
case $version in v[1-9]|v[1-9][0-9]) ;; *) echo "a version is v1 to v99" >&2; exit 1 ;; esac
if [ -e "$version" ] || [ -e "$version.sha256" ]; then
  echo "$version is there, and a golden bundle is never overwritten; name the next version" >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet run --project ../../samples/Kfm.Pipeline -- demo --out "$work/demo"
mkdir "$version"
cp -R "$work/demo/allowed" "$work/demo/review" "$work/demo/denied" "$work/demo/trust.json" "$version/"
(cd "$version" && find . -type f | sed 's|^\./||' | LC_ALL=C sort | tr '\n' '\0' | xargs -0 sha256sum) > "$version.sha256"
echo "made $version, $(du -sk "$version" | cut -f1) KiB; run the GoldenBundleTests, then commit it"
