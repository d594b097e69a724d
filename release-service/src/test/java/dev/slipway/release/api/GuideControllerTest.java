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
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GuideControllerTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApiSettings SETTINGS = new ApiSettings(1_000, 2, 2, 3, 6, 50, Duration.ofSeconds(1));
    private static final GuideSettings GUIDES = new GuideSettings(5, 3);
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
            new GuideController(applications, releases, new Kept<Keeping, KeepingInput>(), SETTINGS, GUIDES);

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
        release(version, POLICY, rollback);
    }

    private void release(String version, PolicyReading.Accepted under, Launch.@Nullable Rollback rollback) {
        submit(new ApplicationInput.Propose(Examples.proposal(version), "ci@example.test", version, false));
        ReleaseId id = new ReleaseId("hello@" + version);
        Launch launch = new Launch(
                id,
                1,
                Examples.proposal(version),
                "ci@example.test",
                under.policy(),
                under.hash(),
                AT,
                null,
                rollback,
                null,
                1);
        releases.states.put(id.value(), EndedReleases.of(launch, ReleasePhase.COMPLETED, AT));
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
    void a_line_that_applied_to_none_of_the_last_releases_is_listed_for_repair_once_enough_have_ended() {
        List<String> versions = List.of("1.0.0", "2.0.0", "3.0.0", "4.0.0");
        PolicyReading.Accepted mended = policy("guide: {lines: [{id: a, text: Backport, when: patch}]}\n");
        versions.subList(0, 2).forEach(version -> release(version, mended, null));
        assertThat(controller.lines("hello", null).repair()).isEmpty();

        release("3.0.0", mended, null);

        assertThat(controller.lines("hello", null).repair())
                .containsExactly(new GuideView.Repair("a", "Backport", GuideView.Flaw.NEVER_APPLIED, 3, 3));
        release("4.0.0", mended, new Launch.Rollback("3.0.0", target(), "orders are lost"));
        assertThat(controller.lines("hello", "hello@1.0.0").repair())
                .as("a way back says nothing")
                .extracting(GuideView.Repair::releases)
                .containsExactly(3);
    }

    @Test
    void fewer_than_three_releases_show_nothing_and_how_many_are_looked_at_is_bounded() {
        assertThatThrownBy(() -> new GuideSettings(5, 2)).hasMessageContaining("repair-seen must be 3 to repair-over");
        assertThatThrownBy(() -> new GuideSettings(2, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GuideSettings(51, 3)).hasMessageContaining("repair-over at most 50");
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
