package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.gateway.GateWhy;
import dev.slipway.contracts.WireJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTextTest {
    private static final String ANSWER = """
            {"release": "hello@1.0.0", "gate": "unit-tests", "stage": "PRE_RELEASE", "question": "hello@1.0.0/assess-pre-release/1",
             "verdict": "FAILED", "complete": true, "cause": "tests.failed 1, expected tests.failed == 0",
             "observed": "tests.total 3", "record": "abc", "kind": "junit", "suite": "unit",
             "parts": [{"text": "tests.total >= 1", "holds": true, "why": ""},
                       {"text": "tests.failed == 0", "holds": false, "why": "tests.failed 1, expected tests.failed == 0"},
                       {"text": "tests.flaky == 0", "holds": null, "why": "The report says nothing about tests.flaky"}],
             "facts": [{"name": "tests.failed", "value": 1, "unit": "COUNT", "from": ["sha256:1"]},
                       {"name": "run.exit", "value": 0, "unit": "STATUS", "from": ["sha256:2"]}],
             "sources": [{"digest": "sha256:1", "file": "r/TEST-a.xml", "dialect": "pytest", "run": "17", "part": null,
                          "attempt": 2, "by": "ci", "at": "2026-01-02T03:04:05Z", "facts": {"tests.failed": 1}, "trouble": null,
                          "places": ["failed shop.PriceTest.rounds"]},
                         {"digest": "sha256:2", "file": null, "dialect": "run record", "run": "17", "part": null,
                          "attempt": 2, "by": "ci", "at": null, "facts": {"run.exit": 0}, "trouble": null}],
             "toPass": ["tests.failed 1, expected tests.failed == 0"], "later": "unknown fields are no trouble"}
            """;

    @Test
    void a_person_reads_rule_facts_sources_and_what_would_have_to_change() {
        List<String> lines = GateText.lines(WireJson.mapper().readValue(ANSWER, GateWhy.class));

        assertThat(lines)
                .containsSequence(
                        "rule       holds     tests.total >= 1",
                        "           broken    tests.failed == 0: tests.failed 1, expected tests.failed == 0",
                        "           unknown   tests.flaky == 0: The report says nothing about tests.flaky")
                .anyMatch(line -> line.matches("facts +tests.failed +1 +from r/TEST-a.xml \\(run 17, attempt 2\\)"))
                .anyMatch(line -> line.matches(" +run.exit +0 +from the run's end \\(run 17, attempt 2\\)"))
                .containsSequence(
                        "sources    r/TEST-a.xml sha256:1, pytest, run 17, attempt 2, by ci at 2026-01-02T03:04:05Z",
                        "             failed shop.PriceTest.rounds",
                        "           a report without a name sha256:2, run record, run 17, attempt 2, by ci")
                .contains("to pass    tests.failed 1, expected tests.failed == 0")
                .startsWith("gate       unit-tests (PRE_RELEASE): FAILED");
    }
}
