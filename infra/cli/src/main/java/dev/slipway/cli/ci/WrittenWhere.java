package dev.slipway.cli.ci;

import dev.slipway.validation.evidence.JUnitReader;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the usual tools write their reports, below the folder where they run. */
final class WrittenWhere {
    static final List<String> TESTS = List.of(
            "*.xml",
            "{report,reports,test-report,test-reports,test-results,results}/**/*.xml",
            "build/{reports,logs,test-results,meson-logs,junit}/**/*.xml",
            "**/build/test-results/**/*.xml",
            "**/target/{surefire,failsafe}-reports/**/*.xml",
            "**/target/{test-reports,nextest}/**/*.xml",
            "**/TEST-*.xml",
            "**/*junit*.xml",
            "**/open-test-report.xml",
            "**/*.trx",
            "**/{TestResult,TestResults,xunit}*.xml");

    private static final List<String> OTHERS = List.of(
            // scanners
            "**/*.sarif",
            "**/*sarif*.json",
            "{report,reports,results,scan,scans}/**/*.json",
            "**/build/reports/**/*.sarif",
            // parts and their vulnerabilities
            "**/{bom,sbom,vex}*.{json,xml}",
            "**/*.{cdx,cyclonedx,spdx,openvex,vex}.{json,xml}",
            // coverage
            "**/target/site/jacoco*/jacoco.xml",
            "**/build/reports/jacoco/**/*.xml",
            "**/*jacoco*.xml",
            "**/{coverage,cobertura}*.{xml,json,info,out,lcov,txt}",
            "coverage/**/*.{xml,json,info}",
            "**/*lcov*.info",
            "{cover,c,profile}.out",
            "**/*.coverprofile",
            // benchmarks and load tests
            "**/{jmh,bench,benchmark,hyperfine,k6,vegeta,autocannon,bombardier}*.{json,txt}",
            "**/build/results/jmh/**/*.json",
            ".benchmarks/**/*.json",
            "**/target/criterion/**/new/*.json",
            "**/*_stats.csv",
            // what nobody foresaw
            "**/*facts*.json");

    private WrittenWhere() {}

    /** @param kind of the reports, or null for every kind */
    static List<String> patterns(@Nullable String kind) {
        return JUnitReader.KIND.equals(kind)
                ? TESTS
                : Stream.concat(TESTS.stream(), OTHERS.stream()).toList();
    }
}
