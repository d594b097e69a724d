#!/usr/bin/env bash
# A SARIF result without `level` has the level of its rule, and only without one there it is a warning (3.27.10): a written
# "warning" and no level are two things. Java's class library for SARIF, made from the format's schema, has the schema's
# default for both. Read with it, what a rule calls an error, as semgrep and staticcheck leave it to the rule, is a warning;
# written with it, what a tool itself had lowered to a warning stands there without a level, and is the rule's error again.
# So: levels are looked up in the bytes that the tool wrote; what a library has read and written on is not the tool's report.
# Seen with com.contrastsecurity:java-sarif 2.0: both read as warning, both written without a level, under a rule of level error.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
cat >pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>example</groupId>
  <artifactId>reading</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>com.contrastsecurity</groupId><artifactId>java-sarif</artifactId><version>2.0</version></dependency>
  </dependencies>
</project>
POM
cat >scan.sarif <<'END'
{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "scan", "rules": [
  {"id": "injection", "defaultConfiguration": {"level": "error"}}]}},
 "results": [{"ruleId": "injection", "message": {"text": "found"}},
  {"ruleId": "injection", "level": "warning", "message": {"text": "found, but less"}}]}]}
END
cat >Reading.java <<'JAVA'
import com.contrastsecurity.sarif.Run;
import com.contrastsecurity.sarif.SarifSchema210;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;

public class Reading {
    public static void main(String[] arguments) throws Exception {
        ObjectMapper json = new ObjectMapper();
        SarifSchema210 log = json.readValue(new File("scan.sarif"), SarifSchema210.class);
        Run run = log.getRuns().get(0);
        JsonNode written = json.readTree(json.writeValueAsString(log)).at("/runs/0/results");
        System.out.print("rule "
                + run.getTool().getDriver().getRules().iterator().next().getDefaultConfiguration().getLevel().value());
        for (int at = 0; at < 2; at++) {
            System.out.print("; read " + run.getResults().get(at).getLevel().value()
                    + ", written with a level: " + written.path(at).has("level"));
        }
        System.out.println("; results " + written.size());
    }
}
JAVA
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.10.0:build-classpath -Dmdep.outputFile=classpath
seen=$(java -cp "$(cat classpath)" Reading.java)
echo "java-sarif 2.0, absent and warning: $seen"
[ "$seen" = "rule error; read warning, written with a level: false; read warning, written with a level: false; results 2" ] \
  || { echo "changed: this finding no longer holds" >&2; exit 1; }
