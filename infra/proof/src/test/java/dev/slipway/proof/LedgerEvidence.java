package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.gateway.Role;
import dev.slipway.proof.NamedCallers.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a CI hands in of the ledger: what a scanner finds in it, what is known of its parts, and runs of its tests. */
final class LedgerEvidence {
    static final String RULE = "B602";
    static final String PLACE = "ledger/export.py:17";
    static final String VULNERABILITY = "CVE-2026-4711";
    static final String PART = "pkg:pypi/pyyaml@5.3";
    static final String TEST = "ledger.ExportTest.writes_all";

    private static final String CI = "ci@example.test";

    private final NamedCallers callers;
    private int runs;

    LedgerEvidence(NamedCallers callers) {
        this.callers = callers;
    }

    /** Of a scanner that did not fail, and found this or nothing. */
    void scanned(String sha, boolean error) throws IOException, InterruptedException {
        handsIn(sha, "kind=sarif&suite=scan&file=bandit.sarif&exit=" + (error ? 1 : 0), findings(error));
    }

    static String findings(boolean error) {
        String found = """
                {"ruleId": "B602", "level": "error", "message": {"text": "A shell is started with what somebody says"},
                 "locations": [{"physicalLocation": {"artifactLocation": {"uri": "ledger/export.py"}, "region": {"startLine": 17}}}]}""";
        return """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "Bandit", "version": "1.9.4"}},
                 "invocations": [{"executionSuccessful": true}], "results": [%s]}]}""".formatted(error ? found : "");
    }

    /** Of one part of it, of which this is known or nothing. */
    void scannedParts(String sha, boolean vulnerable) throws IOException, InterruptedException {
        handsIn(sha, "kind=cyclonedx&suite=scan&file=trivy.cdx.json&exit=0", parts(vulnerable));
    }

    static String parts(boolean vulnerable) {
        String known = """
                {"id": "CVE-2026-4711", "ratings": [{"severity": "critical"}], "affects": [{"ref": "yaml"}]}""";
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "trivy"}]},
                 "components": [{"type": "library", "bom-ref": "yaml", "name": "pyyaml", "purl": "pkg:pypi/pyyaml@5.3"}],
                 "vulnerabilities": [%s]}""".formatted(vulnerable ? known : "");
    }

    /** A run of the CI of its own, in which all passes at once. */
    void tested(String sha) throws IOException, InterruptedException {
        attempt(sha, ++runs, 1, true);
    }

    /** A run in which one test failed, and passed when all was tried again. */
    void testedTwice(String sha) throws IOException, InterruptedException {
        int run = ++runs;
        attempt(sha, run, 1, false);
        attempt(sha, run, 2, true);
    }

    private void attempt(String sha, int run, int attempt, boolean passes) throws IOException, InterruptedException {
        String query = "kind=junit&suite=unit&branch=production&run=%d&attempt=%d&exit=%d&file=TEST-export.xml"
                .formatted(run, attempt, passes ? 0 : 1);
        handsIn(sha, query, tests(run, passes));
    }

    /** @param run of which each takes another time, so that no two reports are alike */
    static String tests(int run, boolean passes) {
        return """
                <testsuite name="ledger.ExportTest" tests="2" failures="%d" time="0.%03d">
                  <testcase classname="ledger.ExportTest" name="writes_all">%s</testcase>
                  <testcase classname="ledger.ExportTest" name="writes_nothing_twice"/></testsuite>\
                """.formatted(passes ? 0 : 1, run, passes ? "" : "<failure message=\"expected 12 lines, were 11\"/>");
    }

    private void handsIn(String sha, String query, String report) throws IOException, InterruptedException {
        String path = "/api/v1/applications/%s/evidence?sha=%s&%s".formatted(LedgerPolicy.APPLICATION, sha, query);
        Answer taken = callers.hands(CI, Role.PUBLISHER, path, report.getBytes(StandardCharsets.UTF_8));
        assertThat(taken.status()).as("%s: %s", query, taken.body()).isEqualTo(201);
    }
}
