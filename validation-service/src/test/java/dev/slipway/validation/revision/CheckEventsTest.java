package dev.slipway.validation.revision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.messaging.Inbound;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Runs of a check that begin, end or are skipped, in whatever order CI tells of them. */
final class CheckEventsTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String SHA = "a".repeat(40);
    private static final Revision CORE = new Revision(new Revision.Bounds(3, 100, 3, 2, Duration.ofDays(30)));

    private static JsonNode event(String outcome, String customData) {
        return WireJson.mapper().readTree("""
                {"context": {"timestamp": "2026-01-05T09:00:00Z"}, "subject": {"id": "run/7", "content": {"outcome": "%s"}},
                 "customData": %s}""".formatted(outcome, customData));
    }

    private static String ours() {
        return "{\"application\": \"hello\", \"sha\": \"%s\", \"check\": \"e2e\"}".formatted(SHA);
    }

    private static Inbound inbound() {
        return new Inbound(
                "slipway.ci.events",
                "hello",
                "type",
                "id",
                "/ci",
                0,
                "correlation",
                null,
                null,
                NOW,
                Map.of("publisher", "ci@example.test"),
                new byte[0]);
    }

    @ParameterizedTest
    @CsvSource({
        "success,true,",
        "SUCCESS,true,",
        "neutral,false,NEUTRAL",
        "Skipped,false,NEUTRAL",
        "skip,false,NEUTRAL",
        "failure,false,",
        "error,false,",
        "cancel,false,",
        "'',false,"
    })
    void only_success_succeeds_and_what_was_skipped_says_nothing(
            String outcome, boolean succeeded, Check.@Nullable Standing standing) {
        Check check = CheckEvents.read(inbound(), event(outcome, ours()))
                .orElseThrow()
                .check();

        assertThat(check.succeeded()).isEqualTo(succeeded);
        assertThat(check.standing()).isEqualTo(standing);
    }

    @Test
    void one_that_begins_is_pending_and_means_nothing_where_it_is_not_whole() {
        assertThat(CheckEvents.readBegun(inbound(), event("", ours()))
                        .orElseThrow()
                        .check()
                        .isPending())
                .isTrue();
        assertThat(CheckEvents.readBegun(inbound(), event("", "{\"application\": \"hello\", \"check\": \"e2e\"}")))
                .isEmpty();
        assertThat(CheckEvents.readBegun(inbound(), event("", "{}"))).isEmpty();
    }

    // ---- what a revision makes of them

    private static Check begun(@Nullable String run, @Nullable Integer attempt, int seconds) {
        return new Check(
                "e2e",
                false,
                "begun " + run + attempt + seconds,
                run,
                attempt,
                NOW.plusSeconds(seconds),
                "ci",
                Check.Standing.PENDING);
    }

    private static Check ended(@Nullable String run, @Nullable Integer attempt, int seconds, boolean succeeded) {
        return new Check(
                "e2e", succeeded, "ended " + run + attempt + seconds, run, attempt, NOW.plusSeconds(seconds), "ci");
    }

    private static RevisionState after(Check... checks) {
        RevisionState state = CORE.initial("hello@" + SHA);
        for (Check check : checks) {
            state = CORE.decide(state, new RevisionInput.CheckArrived(check), NOW.plusSeconds(100))
                    .state();
        }
        return state;
    }

    private static List<Boolean> pending(Check... checks) {
        return after(checks).latestChecks().stream().map(Check::isPending).toList();
    }

    @Test
    void one_that_has_ended_no_longer_runs_in_whatever_order_that_is_heard() {
        assertThat(pending(begun("7", 1, 0))).containsExactly(true);
        assertThat(pending(begun("7", 1, 0), ended("7", 1, 5, true))).containsExactly(false);
        assertThat(pending(ended("7", 1, 5, true), begun("7", 1, 9))).containsExactly(false);
        assertThat(pending(begun(null, null, 0), ended(null, null, 5, true))).containsExactly(false);
        assertThat(after(begun("7", 1, 0), ended("7", 1, 5, true)).checks())
                .as("what is over takes no room")
                .hasSize(1);
    }

    @Test
    void one_that_is_repeated_runs_again_beside_how_it_ended_before() {
        assertThat(pending(ended("7", 1, 5, false), begun("7", 2, 9))).containsExactly(false, true);
        assertThat(pending(ended("7", 1, 5, false), begun("8", 1, 9))).containsExactly(false, true);
        assertThat(pending(begun("7", 1, 0), ended("7", 2, 9, true)))
                .as("nobody says any more how the first attempt ended")
                .containsExactly(false);
    }

    @Test
    void the_same_beginning_again_changes_nothing() {
        RevisionState once = after(begun("7", 1, 0));

        assertThat(after(begun("7", 1, 0), begun("7", 1, 3))).isEqualTo(once);
    }
}
