#!/usr/bin/env bash
# CEL's Java library resolves a.b to the variable of that whole name where one is declared. has(a.b) then no longer
# compiles: "expression does not select a field", though the same has(a.b) is fine while only the map a is declared, and
# a.b alone goes on to compile. So declaring one more variable breaks expressions that were legal before.
# Seen with dev.cel:cel 0.14.0. Needs a JDK 17 or newer and Maven; exits with 1 if it is no longer so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>has</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>dev.cel</groupId><artifactId>cel</artifactId><version>0.14.0</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q ${MAVEN_ARGS:-} org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars
cat > Has.java <<'JAVA'
import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;

public class Has {
  static String compiled(String expression, boolean whole) {
    CelCompilerBuilder compiler = CelCompilerFactory.standardCelCompilerBuilder()
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
        .addVar("a", MapType.create(SimpleType.STRING, SimpleType.DYN));
    if (whole) { compiler.addVar("a.b", SimpleType.DYN); }
    try {
      compiler.build().compile(expression).getAst();
      return "compiles";
    } catch (CelValidationException refused) {
      return refused.getErrors().get(0).getMessage();
    }
  }

  public static void main(String[] arguments) {
    System.out.println("map a alone:       has(a.b): " + compiled("has(a.b)", false));
    System.out.println("a.b declared too:  a.b == 1: " + compiled("a.b == 1", true));
    System.out.println("a.b declared too:  has(a.b): " + compiled("has(a.b)", true));
  }
}
JAVA
java -cp 'jars/*' Has.java | tee said
grep -q 'map a alone:       has(a.b): compiles' said
grep -q 'a.b declared too:  a.b == 1: compiles' said
grep -q 'a.b declared too:  has(a.b): expression does not select a field' said
echo "cel-java 0.14.0: has(a.b) is refused once a.b is declared"
