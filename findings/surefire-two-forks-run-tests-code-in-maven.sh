#!/usr/bin/env bash
# Surefire and Failsafe run tests in a JVM of their own, which may be another JDK than Maven's: the toolchain's. With forkCount
# above 1 they first list the test classes, and they do that in Maven's own JVM, with JUnit and what it finds as a service
# among the tests. So a build whose tests are of a newer class file version than Maven's JVM, and which has a
# LauncherSessionListener of its own, passes with forkCount 1 and breaks with 2.
set -euo pipefail
older=$(ls -d /usr/lib/jvm/*17* 2>/dev/null | head -n 1)
newer=$(ls -d /usr/lib/jvm/*25* 2>/dev/null | head -n 1)
[ -n "$older" ] && [ -n "$newer" ] || { echo "needs a JDK 17 and a JDK 25 in /usr/lib/jvm" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir -p src/test/java/a src/test/resources/META-INF/services
cat >pom.xml <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>a</groupId><artifactId>a</artifactId><version>1</version>
  <properties>
    <maven.compiler.release>25</maven.compiler.release>
    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
  </properties>
  <dependencies>
    <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId><version>6.0.3</version><scope>test</scope></dependency>
    <dependency><groupId>org.junit.platform</groupId><artifactId>junit-platform-launcher</artifactId><version>6.0.3</version><scope>test</scope></dependency>
  </dependencies>
  <build><plugins>
    <plugin>
      <groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><version>3.15.0</version>
      <configuration><fork>true</fork><executable>$newer/bin/javac</executable></configuration>
    </plugin>
    <plugin>
      <groupId>org.apache.maven.plugins</groupId><artifactId>maven-surefire-plugin</artifactId><version>3.5.6</version>
      <configuration><jvm>$newer/bin/java</jvm></configuration>
    </plugin>
  </plugins></build>
</project>
POM
for name in One Two; do
  printf 'package a;\nclass %sTest {\n  @org.junit.jupiter.api.Test void passes() {}\n}\n' $name >src/test/java/a/${name}Test.java
done
cat >src/test/java/a/Listens.java <<'JAVA'
package a;
public class Listens implements org.junit.platform.launcher.LauncherSessionListener {}
JAVA
echo a.Listens >src/test/resources/META-INF/services/org.junit.platform.launcher.LauncherSessionListener
export JAVA_HOME=$older
mvn -version | sed -n '1p;3p'
run() {
  status=0
  mvn -B -ntp -Dmaven.repo.local="$work/m2" test -DforkCount="$1" >"fork$1.log" 2>&1 || status=$?
  echo "forkCount=$1: exit status $status"
  grep -m 1 -E 'Tests run: 2|UnsupportedClassVersionError' "fork$1.log" | cut -c1-300 || true
}
run 1
[ "$status" = 0 ] || { tail -n 30 fork1.log; echo "changed: one fork does not do either"; exit 1; }
run 2
[ "$status" != 0 ] && grep -q 'UnsupportedClassVersionError: a/Listens' fork2.log ||
  { echo "changed: two forks do as well as one"; exit 1; }
echo "as found: with two forks the tests' own listener is loaded in Maven's JVM"
