package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A team with 300 old vulnerabilities demands "none new" on the first day; on the real broker and store. */
@Tag("thorough")
final class ComparedVulnerabilitiesIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int OLD = 300;

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(folder);
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void three_hundred_old_vulnerabilities_pass_on_the_first_day_and_one_new_one_does_not() throws Exception {
        String first = RunningValidation.commit();
        send(first, bill(0, OLD, 1));
        AssessmentStatus begun =
                service.closed(others.ask(first, gate(LONG, WithoutBaseline.RECORD, "vulnerabilities.new")));
        assertThat(begun.outcome()).as(begun.toString()).isEqualTo(Outcome.PASSED);
        assertThat(begun.gates().getFirst().observed()).contains("vulnerabilities.total 300", "vulnerabilities.new 0");
        assertThat(begun.gates().getFirst().cause())
                .contains("No release of hello has been verified yet", "the next release is compared with it");

        String updated = RunningValidation.commit();
        send(updated, bill(0, OLD, 2));
        AssessmentStatus same =
                service.closed(others.askAgainst(first, updated, gate(LONG, null, "vulnerabilities.new")));
        assertThat(same.outcome())
                .as("packages that are updated and still have them: %s", same)
                .isEqualTo(Outcome.PASSED);
        assertThat(same.gates().getFirst().observed())
                .contains("vulnerabilities.total 300", "vulnerabilities.new 0", "vulnerabilities.fixed 0");

        String worse = RunningValidation.commit();
        send(worse, bill(0, OLD + 1, 1));
        QuestionKey question = others.askAgainst(first, worse, gate(LONG, null, "vulnerabilities.new"));
        AssessmentStatus failed = service.closed(question);
        assertThat(failed.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(failed.gates().getFirst().cause())
                .startsWith("vulnerabilities.new 1, expected vulnerabilities.new == 0")
                .contains("new: high CVE-2026-300 in pkg:npm/lib-300@1");

        JsonNode chain = service.verdicts();
        assertThat(chain.path("faults"))
                .as("each comparison gives the same again")
                .isEmpty();
        assertThat(chain.path("records")
                        .valueStream()
                        .map(one -> one.at("/verdict/baseline").size()))
                .contains(0, 1);
        JsonNode why = service.json("/api/v1/applications/hello/gates/scan?release=" + question.release());
        assertThat(why.path("toPass").toString()).contains("vulnerabilities.new 1, expected vulnerabilities.new == 0");
    }

    @Test
    void what_was_mended_is_counted_and_pays_for_nothing_that_is_new() throws Exception {
        String verified = RunningValidation.commit();
        send(verified, bill(0, 10, 1));
        String sha = RunningValidation.commit();
        send(sha, bill(3, 11, 1));

        AssessmentStatus one = service.closed(others.askAgainst(
                verified, sha, gate(LONG, null, "vulnerabilities.new.critical", "vulnerabilities.new")));

        assertThat(one.outcome()).as(one.toString()).isEqualTo(Outcome.FAILED);
        assertThat(one.gates().getFirst().observed())
                .contains("vulnerabilities.new.critical 0", "vulnerabilities.new.high 1", "vulnerabilities.fixed 3");
    }

    @Test
    void without_anything_to_compare_with_nobody_can_say_and_the_gate_says_how_to_begin() throws Exception {
        String sha = RunningValidation.commit();
        send(sha, bill(0, 1, 1));

        AssessmentStatus first =
                service.closed(others.ask(sha, gate(Duration.ofSeconds(1), null, "vulnerabilities.new")));
        assertThat(first.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(first.gates().getFirst().cause())
                .isEqualTo("No release of hello has been verified yet, so nobody can say what is new. To begin, say"
                        + " baseline: record in the gate scan, and the first release records what the next ones are"
                        + " compared with");

        String verified = RunningValidation.commit();
        AssessmentStatus later = service.closed(
                others.askAgainst(verified, sha, gate(Duration.ofSeconds(1), null, "vulnerabilities.new")));
        assertThat(later.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(later.gates().getFirst().cause())
                .contains(
                        "The last verified release 0.9.0 has no cyclonedx report of the suite scan",
                        "./slipway evidence push FILE --kind cyclonedx --sha " + verified + " --suite scan");

        send(verified, bill(0, 1, 1));
        assertThat(service.closed(others.askAgainst(verified, sha, gate(LONG, null, "vulnerabilities.new")))
                        .outcome())
                .as("as it was said")
                .isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_list_without_a_proof_that_it_was_scanned_is_no_beginning() throws Exception {
        String sha = RunningValidation.commit();
        send(sha, bill(0, 0, 1).replace("osv-scanner", "some-generator"));

        AssessmentStatus begun = service.closed(
                others.ask(sha, gate(Duration.ofSeconds(1), WithoutBaseline.RECORD, "vulnerabilities.new")));

        assertThat(begun.outcome()).as(begun.toString()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(begun.gates().getFirst().cause()).contains("No scan for vulnerabilities is proved by these reports");
    }

    @Test
    void what_fails_for_another_reason_fails_without_a_baseline_too() throws Exception {
        String sha = RunningValidation.commit();
        send(sha, bill(0, 1, 1));

        assertThat(service.closed(others.ask(sha, gate(LONG, null, "vulnerabilities.new", "vulnerabilities.high")))
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    private static Gate gate(Duration within, @Nullable WithoutBaseline baseline, String... none) {
        return Gates.none("cyclonedx", within, baseline, none);
    }

    /**
     * A scan that found each of these in a library of its own.
     *
     * @param version of all libraries
     */
    private static String bill(int from, int to, int version) {
        String components = IntStream.range(from, to)
                .mapToObj(i -> """
                        {"type": "library", "bom-ref": "ref-%d", "name": "lib-%d", "purl": "pkg:npm/lib-%d@%d"}""".formatted(i, i, i, version))
                .collect(Collectors.joining(","));
        String found =
                IntStream.range(from, to).mapToObj(i -> """
                        {"id": "CVE-2026-%d", "ratings": [{"severity": "high"}], "affects": [{"ref": "ref-%d"}]}""".formatted(i, i)).collect(Collectors.joining(","));
        return """
                {"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"tools": [{"name": "osv-scanner"}]},
                 "components": [%s], "vulnerabilities": [%s]}""".formatted(components, found);
    }

    private static void send(String sha, String body) throws IOException, InterruptedException, JOSEException {
        service.accepted(sha, "&kind=cyclonedx&suite=scan", body.getBytes(StandardCharsets.UTF_8));
    }
}
