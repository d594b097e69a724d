#!/usr/bin/env bash
# A version whose number is beyond 2^31, such as one made of a time, is legal by SemVer 2.0.0, which knows no upper end; a
# library that says "SemVer 2.0.0" calls it no version. It orders pre-release numbers only up to 2^63: beyond, comparing throws.
# So: precedence is compared with numbers that have no end (SemanticVersion).
# Seen with org.semver4j:semver4j 6.0.0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
mvn -q -B -ntp org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact=org.semver4j:semver4j:6.0.0 \
  -DoutputDirectory="$work/lib" -Dmdep.useBaseVersion=true >/dev/null
cat >Seen.java <<'END'
import org.semver4j.Semver;

public class Seen {
    static String compared(String one, String other) {
        try {
            return Integer.toString(Integer.signum(new Semver(one).compareTo(new Semver(other))));
        } catch (RuntimeException thrown) {
            return thrown.getClass().getSimpleName();
        }
    }

    public static void main(String[] args) {
        System.out.println(Semver.isValid("2147483647.0.0") + " " + Semver.isValid("2147483648.0.0") + " "
                + Semver.isValid("20260105100000.0.0") + " "
                + compared("1.0.0-9223372036854775808", "1.0.0-9223372036854775809"));
    }
}
END
seen=$(java -cp lib/semver4j-6.0.0.jar Seen.java)
echo "semver4j 6.0.0: valid up to 2147483647, 2147483648, 20260105100000; pre-release beyond 2^63: $seen"
[ "$seen" = "true false false NumberFormatException" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
