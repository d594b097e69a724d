package dev.slipway.validation;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gates as a policy names them. */
final class Gates {
    private Gates() {}

    static Gate tests(Duration within) {
        return gate(
                "unit-tests",
                "junit",
                List.of(new Threshold("tests.total", ">= 1"), new Threshold("tests.failed", "0")),
                null,
                List.of(),
                within);
    }

    /** As {@code init} writes it. */
    static Gate run(Duration within) {
        return gate(
                "unit-tests",
                "junit",
                List.of(
                        new Threshold("run.exit", "0"),
                        new Threshold("tests.passed", ">= 1"),
                        new Threshold("tests.failed", "0")),
                null,
                List.of(),
                within);
    }

    /** Of the suite of a scan, which is to have none of each of these. */
    static Gate none(String evidence, Duration within, @Nullable WithoutBaseline baseline, String... facts) {
        EvidenceGate gate = EvidenceGate.of("scan", evidence, "scan").without(baseline);
        Stream.of(facts).forEach(fact -> gate.expecting(fact, "0"));
        return gate.within(within);
    }

    static Gate check(String name) {
        return gate("check-" + name, null, List.of(), "required-check:" + name, List.of(), Duration.ofSeconds(30));
    }

    static Gate merge() {
        return gate("merge", null, List.of(), "merge", List.of(), Duration.ofSeconds(30));
    }

    static Gate smoke() {
        HttpProbe greet = new HttpProbe(
                "/greet?name=x", 200, Duration.ofSeconds(2), List.of(new JsonExpectation("$.greeting", "\"Hello x\"")));
        return gate("smoke", null, List.of(), null, List.of(greet), Duration.ofSeconds(30));
    }

    private static Gate gate(
            String id,
            @Nullable String evidence,
            List<Threshold> rule,
            @Nullable String check,
            List<HttpProbe> http,
            Duration within) {
        String suite = evidence == null ? null : "unit";
        return new Gate(id, "", Stage.PRE_RELEASE, evidence, suite, rule, null, check, http, within);
    }
}
