#!/usr/bin/env bash
# To keep exemplars off the _count of summaries (Prometheus up to 2.42 refuses the whole target for one), the Prometheus
# client has a switch that it calls exemplars_on_all_metric_types. Set under that name to false beside Micrometer's own
# defaults, as Spring Boot's management.prometheus.metrics.export.properties does, it has no effect and says nothing:
# Micrometer's default has the name in camel case, the client takes both for the same, and the default wins. Only the
# camel-case spelling turns it off.
# Needs a JDK 17 or newer and Maven. Exits with 1 if any of this is no longer so.
set -euo pipefail
VERSION=1.17.2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<XML
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>exemplars</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.micrometer</groupId><artifactId>micrometer-registry-prometheus</artifactId><version>$VERSION</version></dependency>
  </dependencies>
</project>
XML
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=jars
cat > Exemplars.java <<'JAVA'
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.*;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.Properties;

public class Exemplars {
  static final SpanContext SPAN = new SpanContext() {
    public String getCurrentTraceId() { return "4bf92f3577b34da6a3ce929d0e0e4736"; }
    public String getCurrentSpanId() { return "00f067aa0ba902b7"; }
    public boolean isCurrentSpanSampled() { return true; }
    public void markCurrentSpanAsExemplar() {}
  };

  static String countLine(String property) {
    PrometheusConfig config = new PrometheusConfig() {
      public String get(String key) { return null; }
      public Properties prometheusProperties() { // as Spring Boot does: the default, and what was configured besides
        Properties all = PrometheusConfig.super.prometheusProperties();
        if (property != null) { all.setProperty(property, "false"); }
        return all;
      }
    };
    PrometheusMeterRegistry meters = new PrometheusMeterRegistry(config, new PrometheusRegistry(), Clock.SYSTEM, SPAN);
    Timer.builder("took").register(meters).record(Duration.ofMillis(1));
    return meters.scrape("application/openmetrics-text; version=1.0.0; charset=utf-8").lines()
        .filter(line -> line.startsWith("took_seconds_count")).findFirst().orElse("none");
  }

  public static void main(String[] arguments) {
    String plain = countLine(null);
    String documented = countLine("io.prometheus.exporter.exemplars_on_all_metric_types");
    String same = countLine("io.prometheus.exporter.exemplarsOnAllMetricTypes");
    System.out.println("by default:               " + plain);
    System.out.println("snake case set to false:  " + documented);
    System.out.println("camel case set to false:  " + same);
    boolean as = plain.contains("# {") && documented.contains("# {") && !same.contains("# {");
    System.exit(as ? 0 : 1);
  }
}
JAVA
echo "micrometer-registry-prometheus $VERSION"
java -cp "jars/*" Exemplars.java
