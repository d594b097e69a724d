#!/usr/bin/env bash
# CycloneDX's Maven plugin demands a network: bound to a phase, with `mvn -o` it is skipped with a warning, the build succeeds, and
# there is no bill of materials, or the one of an earlier build. A pipeline that builds offline from a filled repository hands in
# nothing, or something old, and no exit status says so.
# Expected (2.9.1): exit 0 twice; bom.json after the first build, none after the second.
set -euo pipefail
command -v mvn >/dev/null || { echo "Maven is missing"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>hello</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.jspecify</groupId>
      <artifactId>jspecify</artifactId>
      <version>1.0.0</version>
    </dependency>
  </dependencies>
  <build><plugins><plugin>
    <groupId>org.cyclonedx</groupId>
    <artifactId>cyclonedx-maven-plugin</artifactId>
    <version>2.9.1</version>
    <configuration><outputFormat>json</outputFormat></configuration>
    <executions><execution>
      <phase>validate</phase>
      <goals><goal>makeBom</goal></goals>
    </execution></executions>
  </plugin></plugins></build>
</project>
POM
echo "CycloneDX Maven plugin 2.9.1, $(mvn -v 2>/dev/null | head -1 | tr -d '\033' | sed 's/\[[0-9;]*m//g')"
mvn -B -ntp -q validate
[ -s target/bom.json ] || { echo "no bom.json online: changed"; exit 1; }
echo "online: exit 0, bom.json of $(wc -c <target/bom.json) bytes"
rm -r target
said=$(mvn -B -ntp -o validate) || { echo "offline: it fails now, which is better: changed"; exit 1; }
grep -i 'requires online mode' <<<"$said" || { echo "offline: no such warning: changed"; exit 1; }
[ ! -e target/bom.json ] || { echo "offline: a bom.json is written: changed"; exit 1; }
echo "offline: exit 0, BUILD SUCCESS, no bom.json"
