package dev.slipway.release.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Retention;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.Verified;
import dev.slipway.release.retention.Ageing.Due;
import dev.slipway.release.retention.Ageing.Part;
import dev.slipway.release.retention.Keeping.Going;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AgeingTest {
    private static final Instant END = Instant.parse("2026-01-05T10:00:00Z");
    private static final ReleaseId ID = new ReleaseId("hello@1.0.0");
    private static final ReleaseSaga SAGA = new ReleaseSaga(Examples.SAGA_LIMITS);
    private static final Retention KEPT = new Retention(Duration.ofDays(400), Duration.ofDays(3650));

    private static Dossier launched(@Nullable Policy policy, @Nullable Cause refused) {
        Launch launch = new Launch(
                ID, 1, Examples.proposal("1.0.0"), Examples.PUBLISHER, policy, "h", END, refused, null, null, 1);
        return SAGA.decide(SAGA.initial(ID.value()), new ReleaseInput.Launched(launch), END)
                .state();
    }

    /** Without a policy it was refused at once. */
    private static Dossier ended(@Nullable Policy policy) {
        return policy == null
                ? launched(null, Cause.of("no-policy", "There is none."))
                : SAGA.decide(launched(policy, null), new ReleaseInput.Abort("user:op", "wrong", null), END)
                        .state();
    }

    private static Policy keeping(@Nullable Retention retention) {
        Policy demo = Examples.demoPolicy().policy();
        return Examples.demoPolicy(demo.waivers(), retention, demo.duties());
    }

    private static @Nullable Keeping was(String what) {
        Going went = new Going("evidence: 400 days", END, END, 3, null);
        Going goes = new Going("evidence: 400 days", END, null, 0, null);
        Keeping.Held held = new Keeping.Held("ada", "an audit", END);
        return switch (what) {
            case "nothing" -> null;
            case "lifted" -> new Keeping(ID.value(), null, null, null, List.of());
            case "held" -> new Keeping(ID.value(), held, null, null, List.of());
            case "evidence goes" -> new Keeping(ID.value(), null, goes, null, List.of());
            case "evidence went" -> new Keeping(ID.value(), null, went, null, List.of());
            case "evidence went, held" -> new Keeping(ID.value(), held, went, null, List.of());
            case "all went" -> new Keeping(ID.value(), null, went, went, List.of());
            default -> throw new IllegalArgumentException(what);
        };
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # days after the end | what was held or went | needed | due
            399, nothing, false, -
            400, nothing, false, evidence: 400 days
            400, nothing, true, -
            9999, nothing, true, -
            400, lifted, false, evidence: 400 days
            400, held, false, -
            9999, held, false, -
            9999, evidence goes, false, -
            3649, evidence went, false, -
            3650, evidence went, false, records: 3650 days
            3650, evidence went, true, -
            3650, 'evidence went, held', false, -
            9999, nothing, false, evidence: 400 days
            9999, all went, false, -
            """)
    void what_has_been_kept_for_long_enough_goes_reports_first(int days, String was, boolean needed, String due) {
        Set<ReleaseId> all = needed ? Set.of(ID) : Set.of();
        Optional<Due> found = Ageing.due(ended(null), KEPT, all, was(was), END.plus(Duration.ofDays(days)));

        assertThat(found.map(Due::rule).orElse("-")).isEqualTo(due);
        found.ifPresent(
                part -> assertThat(part.part()).isEqualTo(due.startsWith("evidence") ? Part.EVIDENCE : Part.RECORDS));
    }

    @Test
    void of_a_release_that_goes_on_nothing_goes() {
        assertThat(Ageing.due(launched(keeping(null), null), KEPT, Set.of(), null, END.plus(Duration.ofDays(99_999))))
                .isEmpty();
    }

    @Test
    void of_the_policy_that_it_began_with_and_the_present_one_the_longer_counts() {
        Retention shortEvidence = new Retention(Duration.ofDays(10), Duration.ofDays(9_000));
        Retention shortRecords = new Retention(Duration.ofDays(900), Duration.ofDays(1_000));

        assertThat(Ageing.kept(ended(keeping(shortEvidence)), keeping(shortRecords)))
                .isEqualTo(new Retention(Duration.ofDays(900), Duration.ofDays(9_000)));
        assertThat(Ageing.kept(ended(keeping(shortEvidence)), null)).isEqualTo(shortEvidence);
        assertThat(Ageing.kept(ended(keeping(null)), keeping(shortEvidence)))
                .isEqualTo(new Retention(Duration.ofDays(400), Duration.ofDays(9_000)));
        assertThat(Ageing.kept(ended(null), null)).isEqualTo(Retention.DEFAULT);
    }

    @Test
    void what_production_runs_what_is_on_its_way_and_what_that_is_compared_with_is_needed() {
        ApplicationCore core = new ApplicationCore(Examples.APPLICATION_LIMITS);
        Application application = core.initial("hello");
        for (ApplicationInput input : List.of(
                new ApplicationInput.PutPolicy(keeping(null), "h", "admin"),
                new ApplicationInput.Propose(Examples.proposal("1.0.0"), "ci", "1", false),
                completed("1.0.0"),
                new ApplicationInput.Propose(Examples.proposal("1.1.0"), "ci", "2", false),
                completed("1.1.0"),
                new ApplicationInput.Propose(Examples.proposal("1.2.0"), "ci", "3", false))) {
            application = core.decide(application, input, END).state();
        }

        assertThat(Ageing.needed(application, List.of()))
                .containsExactlyInAnyOrder(new ReleaseId("hello@1.1.0"), new ReleaseId("hello@1.2.0"));
    }

    private static ApplicationInput completed(String version) {
        ReleaseId id = new ReleaseId("hello@" + version);
        Verified verified = new Verified(
                id,
                Examples.proposal(version),
                keeping(null).environments().production().target(),
                false);
        return new ApplicationInput.ReleaseMoved(
                new Moved(id, ReleasePhase.COMPLETED, false, false, verified, null, null, false));
    }

    @Test
    void a_policy_that_says_nothing_of_it_is_written_as_before() {
        assertThat(MessagingJson.mapper().writeValueAsString(keeping(null))).doesNotContain("retention");
    }
}
