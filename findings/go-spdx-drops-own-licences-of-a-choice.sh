#!/usr/bin/env bash
# "LicenseRef-Commercial OR AGPL-3.0-only" is how a package says that its licence can be bought. Whoever bought it allows
# LicenseRef-Commercial; GitHub's library for Go answers that the expression is not satisfied: of a choice it drops each side
# that is a LicenseRef, though the same LicenseRef alone, or joined by AND, is fine. Of "X OR (Y AND (A OR B))" it looks at A
# alone, so that the order of two alternatives decides. spdx-satisfies, which answers the same question in JavaScript, says
# yes to all: one list of allowed licences lets a release pass there and stops it here.
# So: expressions are evaluated as they stand, and a licence gate is tried with a LicenseRef on either side of OR.
# Seen with github.com/github/go-spdx/v2 2.3.4 and spdx-satisfies 6.0.0 (npm).
set -euo pipefail
work=$(mktemp -d); trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
export GOPATH="$work/go" GOFLAGS=-modcacherw
cat >main.go <<'END'
package main

import (
	"fmt"

	"github.com/github/go-spdx/v2/spdxexp"
)

func main() {
	allowed := []string{"LicenseRef-Commercial", "MIT", "ISC"}
	for _, each := range []string{
		"LicenseRef-Commercial",
		"LicenseRef-Commercial AND MIT",
		"LicenseRef-Commercial OR AGPL-3.0-only",
		"AGPL-3.0-only OR (MIT AND (ISC OR GPL-2.0-only))",
		"AGPL-3.0-only OR (MIT AND (GPL-2.0-only OR ISC))",
	} {
		satisfied, err := spdxexp.Satisfies(each, allowed)
		if err != nil {
			fmt.Print("error ")
			continue
		}
		fmt.Print(satisfied, " ")
	}
}
END
go mod init example.test/choice 2>/dev/null
go get github.com/github/go-spdx/v2@v2.3.4 >/dev/null 2>&1
go=$(go run . | sed 's/ $//')
npm init -y >/dev/null
npm install --silent --no-audit --no-fund spdx-satisfies@6.0.0 >/dev/null
javascript=$(node -e '
const satisfies = require("spdx-satisfies");
console.log(["LicenseRef-Commercial", "LicenseRef-Commercial AND MIT", "LicenseRef-Commercial OR AGPL-3.0-only",
  "AGPL-3.0-only OR (MIT AND (ISC OR GPL-2.0-only))", "AGPL-3.0-only OR (MIT AND (GPL-2.0-only OR ISC))"]
  .map(each => satisfies(each, ["LicenseRef-Commercial", "MIT", "ISC"])).join(" "));')
echo "go-spdx 2.3.4: $go; spdx-satisfies 6.0.0: $javascript"
[ "$go" = "true true false true false" ] && [ "$javascript" = "true true true true true" ] \
  || { echo "changed: this finding no longer holds" >&2; exit 1; }
