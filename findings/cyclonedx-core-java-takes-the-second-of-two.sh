#!/usr/bin/env bash
# CycloneDX's own library for Java takes a bill of materials in which `components` stands twice by the second one: empty, it is
# one without components. Text behind the end of the document and a version that does not exist are as good to it, and its
# validator, which has the JSON Schema, finds no fault in any of the three: what it is given to check is a tree that was built
# already. So a gate "no such licence" passes on a document that holds the component.
# Expected (cyclonedx-core-java 9.0.5, which CycloneDX's Maven plugin 2.9.3 writes with): 0 components, 1, 1, and 0 faults each.
set -euo pipefail
command -v mvn >/dev/null || { echo "Maven is missing"; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>reading</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.cyclonedx</groupId>
      <artifactId>cyclonedx-core-java</artifactId>
      <version>9.0.5</version>
    </dependency>
  </dependencies>
</project>
POM
cat >Reading.java <<'JAVA'
import java.util.List;
import org.cyclonedx.parsers.JsonParser;

public class Reading {
    public static void main(String[] arguments) throws Exception {
        String head = "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"version\":1,";
        String one = "\"components\":[{\"type\":\"library\",\"name\":\"a\",\"version\":\"1\",\"purl\":\"pkg:npm/a@1\"}]";
        for (String bill : List.of(
                head + one + ",\"components\":[]}",
                head + one + "} and more",
                head.replace("1.6", "9.9") + one + "}")) {
            byte[] bytes = bill.getBytes();
            System.out.printf("%d components, %d faults%n",
                    new JsonParser().parse(bytes).getComponents().size(), new JsonParser().validate(bytes).size());
        }
    }
}
JAVA
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath -Dmdep.outputFile=classpath
said=$(java -cp "$(cat classpath)" Reading.java 2>/dev/null)
echo "cyclonedx-core-java 9.0.5:"
echo "$said"
[ "$said" = "0 components, 0 faults
1 components, 0 faults
1 components, 0 faults" ] || { echo "changed: this finding no longer holds" >&2; exit 1; }
