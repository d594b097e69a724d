#!/usr/bin/env bash
# `go test -coverprofile` over all packages leaves a package that does not compile out of the profile, so that the total
# of the very commit that broke it is higher than before. Only the exit status tells.
# So: a coverage report counts only beside the exit status of the run that wrote it.
# Seen with go1.24.0: 50.0% before, exit 0; 100.0% with the poorly covered package broken, exit 1.
set -euo pipefail
work=$(mktemp -d); trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
export GOTOOLCHAIN=go1.24.0 GOFLAGS=-mod=mod GOMODCACHE="$work/mod" GOCACHE="$work/cache"
mkdir good poor
printf 'module example.test/shop\n\ngo 1.24\n' >go.mod
printf 'package good\n\nfunc Twice(n int) int { return 2 * n }\n' >good/good.go
printf 'package good\n\nimport "testing"\n\nfunc TestTwice(t *testing.T) {\n\tif Twice(2) != 4 {\n\t\tt.Fail()\n\t}\n}\n' >good/good_test.go
printf 'package poor\n\nfunc Untested(n int) int { return n }\n' >poor/poor.go
printf 'package poor\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n' >poor/poor_test.go
total() { go tool cover -func=profile.out | awk '/^total:/ {print $3}'; }
status=0; go test -coverprofile=profile.out ./... >/dev/null 2>&1 || status=$?
before="$(total), exit $status"
echo 'func broken( {' >>poor/poor.go
status=0; go test -coverprofile=profile.out ./... >/dev/null 2>&1 || status=$?
after="$(total), exit $status"
echo "$(go version | awk '{print $3}'): before $before; with a broken package $after"
[ "$before" = "50.0%, exit 0" ] && [ "$after" = "100.0%, exit 1" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
