package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseState;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuideControllerTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final PolicyReading.Accepted POLICY = policy("guide: {lines: [{id: a, text: Tell the press}]}\n");

    private final Kept<Dossier, ReleaseInput> releases = new Kept<>();
    private final Aggregates<Application, ApplicationInput> applications = new ServiceInMemory("release-service")
            .recipe()
            .aggregates(
                    "application",
                    Application.class,
                    ApplicationInput.class,
                    new ApplicationCore(Examples.APPLICATION_LIMITS))
            .build();
    private final GuideController controller =
            new GuideController(applications, releases, new Kept<Keeping, KeepingInput>());

    /** What was put here. */
    private static final class Kept<S, I> implements Aggregates<S, I> {
        final Map<String, S> states = new HashMap<>();

        @Override
        public Outcome<S> submit(String id, I input, Cause cause) {
            throw new UnsupportedOperationException("A guide is only looked at");
        }

        @Override
        public Optional<Snapshot<S>> find(String id) {
            return Optional.ofNullable(states.get(id)).map(state -> new Snapshot<>(id, state, 1, AT, AT, false));
        }

        @Override
        public List<Snapshot<S>> live(@Nullable String afterId, int limit) {
            throw new UnsupportedOperationException("The application knows its releases");
        }

        @Override
        public List<Snapshot<S>> between(String above, String below, int limit) {
            throw new UnsupportedOperationException("The application knows its releases");
        }

        @Override
        public List<Snapshot<S>> finished(@Nullable String afterId, int limit) {
            throw new UnsupportedOperationException("The application knows its releases");
        }

        @Override
        public List<JournalEntry> journal(String id) {
            return List.of();
        }

        @Override
        public Chained chained(String id) {
            throw new UnsupportedOperationException("A guide shows no proof");
        }
    }

    private static PolicyReading.Accepted policy(String guide) {
        return (PolicyReading.Accepted)
                new PolicyReader(100_000).read((Examples.demoYaml() + guide).getBytes(StandardCharsets.UTF_8));
    }

    @BeforeEach
    void a_policy_is_in_force() {
        submit(new ApplicationInput.PutPolicy(POLICY.policy(), POLICY.hash(), "admin@example.test"));
    }

    private void submit(ApplicationInput input) {
        applications.submit("hello", input, Cause.of("user:test"));
    }

    /** Proposed and let begin; what has become of it is in its dossier. */
    private void release(String version, Launch.@Nullable Rollback rollback) {
        submit(new ApplicationInput.Propose(Examples.proposal(version), "ci@example.test", version, false));
        ReleaseId id = new ReleaseId("hello@" + version);
        Launch launch = new Launch(
                id,
                1,
                Examples.proposal(version),
                "ci@example.test",
                POLICY.policy(),
                POLICY.hash(),
                AT,
                null,
                rollback,
                null,
                1);
        releases.states.put(
                id.value(),
                new Dossier(
                        id,
                        launch,
                        new ReleaseState.Ended(ReleasePhase.COMPLETED, null),
                        AT,
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        List.of(),
                        null,
                        List.of(),
                        List.of(),
                        List.of(),
                        null,
                        0,
                        List.of(),
                        false,
                        null,
                        null,
                        List.of(),
                        0,
                        List.of(),
                        null,
                        null,
                        null,
                        List.of()));
    }

    @Test
    void before_the_first_release_the_guide_of_the_policy_in_force_is_shown() {
        GuideView guide = controller.lines("hello", null);

        assertThat(guide.release()).isNull();
        assertThat(guide.policyHash()).isEqualTo(POLICY.hash());
        assertThat(guide.lines()).extracting(GuideView.Line::state).containsExactly(LineState.UNANSWERED);
        assertThat(controller.badge("hello", null).message()).isEqualTo("0 of 1 covered, 0 proven, 1 open");
        assertThat(controller.drawn("hello", null)).startsWith("<svg").contains("0 of 1 covered");
    }

    @Test
    void the_newest_release_is_shown_that_is_no_way_back_or_the_one_that_is_named() {
        release("1.0.0", null);
        release("1.1.0", null);
        release("1.2.0", new Launch.Rollback("1.1.0", target(), "orders are lost"));

        assertThat(controller.lines("hello", null).release()).isEqualTo(new ReleaseId("hello@1.1.0"));
        assertThat(controller.lines("hello", "hello@1.0.0").release()).isEqualTo(new ReleaseId("hello@1.0.0"));
    }

    @Test
    void what_is_not_there_is_refused_in_words() {
        release("1.0.0", null);

        assertThatThrownBy(() -> controller.lines("nobody", null)).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.lines("hello", "hello@9.0.0")).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.lines("other", "hello@1.0.0")).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.lines("No Name", null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Target target() {
        return POLICY.policy().environments().staging().target();
    }
}
