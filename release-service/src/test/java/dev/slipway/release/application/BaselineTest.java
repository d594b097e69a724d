package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** With which release the evidence of another is compared. */
final class BaselineTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(20, 20, 2, 3, 4));
    private Application application = core.initial("hello");
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Decision<Application> last = Decision.stay(application);
    private int keys;

    @Test
    void the_first_release_is_compared_with_none_and_each_later_one_with_the_last_that_production_verified() {
        take(new PutPolicy(POLICY, "h1", "admin@example.test"));

        assertThat(propose("1.0.0").baseline()).isNull();
        verified("1.0.0");
        assertThat(propose("1.1.0").baseline()).isEqualTo(baseline("1.0.0"));
        ended("1.1.0", ReleasePhase.ABORTED);
        assertThat(propose("1.2.0").baseline()).as("1.1.0 was never verified").isEqualTo(baseline("1.0.0"));
        verified("1.2.0");
        assertThat(propose("1.3.0").baseline()).isEqualTo(baseline("1.2.0"));
        ended("1.3.0", ReleasePhase.ABORTED);
    }

    @Test
    void a_way_back_is_compared_with_what_it_leaves_and_what_comes_after_it_with_what_it_brought_back() {
        take(new PutPolicy(POLICY, "h1", "admin@example.test"));
        propose("1.0.0");
        verified("1.0.0");
        propose("1.1.0");
        verified("1.1.0");

        Launch back = launched(new RollBack("1.0.0", "slow", "op@example.test", "back"));
        assertThat(back.baseline()).isEqualTo(baseline("1.1.0"));
        moved(back.id(), ReleasePhase.COMPLETED, new Verified(back.id(), Examples.proposal("1.0.0"), target(), true));

        assertThat(propose("1.2.0").baseline())
                .isEqualTo(new Baseline(
                        Objects.requireNonNull(application.notLeft().getLast()).release(),
                        "1.0.0",
                        Examples.proposal("1.0.0").sha()));
    }

    @Test
    void a_launch_from_before_there_was_a_baseline_is_compared_with_none() {
        take(new PutPolicy(POLICY, "h1", "admin@example.test"));
        propose("1.0.0");
        verified("1.0.0");
        Launch launch = propose("1.1.0");
        ObjectNode stored = (ObjectNode) MessagingJson.mapper().valueToTree(launch);

        assertThat(MessagingJson.mapper().treeToValue(stored, Launch.class)).isEqualTo(launch);
        stored.remove("baseline");
        assertThat(MessagingJson.mapper().treeToValue(stored, Launch.class).baseline())
                .isNull();
    }

    @Test
    void what_both_environments_are_given_is_compared_with_what_the_last_verified_release_was_given() {
        ObjectNode comparing = MessagingJson.mapper().valueToTree(POLICY);
        ((ObjectNode) comparing.at("/gates/1")).put("stage", "STAGING").put("check", Gate.SETTINGS);
        take(new PutPolicy(MessagingJson.mapper().treeToValue(comparing, Policy.class), "h1", "admin@example.test"));
        assertThat(propose("1.0.0").before()).isNull();
        ReleaseId first = new ReleaseId("hello@1.0.0");
        Target staging = POLICY.environments().staging().target();
        moved(
                first,
                ReleasePhase.COMPLETED,
                new Verified(
                        first,
                        Examples.proposal("1.0.0"),
                        target(),
                        false,
                        null,
                        null,
                        List.of(),
                        staging,
                        Map.of("db", "aaa")));
        ObjectNode otherwise = comparing.deepCopy();
        ((ObjectNode) otherwise.at("/environments/staging/target")).put("startWithin", "PT33S");
        take(new PutPolicy(MessagingJson.mapper().treeToValue(otherwise, Policy.class), "h2", "admin@example.test"));
        SettingChange secret = new SettingChange("secret db", "fingerprint aaa", "fingerprint bbb");
        take(new ApplicationInput.ChangedBehind(1, false, List.of(secret)));

        Launch launch = propose("1.1.0");

        assertThat(launch.changes()).as("a release of a version lists it, too").contains(secret);
        Launch.Before before = Objects.requireNonNull(launch.before());
        assertThat(before.release()).isEqualTo(first);
        assertThat(before.fingerprints()).isEqualTo(Map.of("db", "aaa"));
        assertThat(before.staging()).extracting(SettingChange::name).containsExactly("startWithin");
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(launch), Launch.class))
                .isEqualTo(launch);
        ended("1.1.0", ReleasePhase.ABORTED);
        take(new PutPolicy(POLICY, "h3", "admin@example.test"));
        assertThat(propose("1.2.0").before()).as("no gate compares").isNull();
    }

    private static Baseline baseline(String version) {
        return new Baseline(
                new ReleaseId("hello@" + version),
                version,
                Examples.proposal(version).sha());
    }

    private static Target target() {
        return POLICY.environments().production().target();
    }

    private Launch propose(String version) {
        return launched(new Propose(Examples.proposal(version), "ci@example.test", "k" + ++keys, false));
    }

    private void verified(String version) {
        ReleaseId id = new ReleaseId("hello@" + version);
        moved(id, ReleasePhase.COMPLETED, new Verified(id, Examples.proposal(version), target(), false));
    }

    private void ended(String version, ReleasePhase phase) {
        moved(new ReleaseId("hello@" + version), phase, null);
    }

    private void moved(ReleaseId id, ReleasePhase phase, @Nullable Verified verified) {
        take(new ReleaseMoved(new Moved(id, phase, false, false, verified, null, null, false)));
    }

    private Launch launched(ApplicationInput input) {
        take(input);
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(Launch.class::isInstance)
                .map(Launch.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private void take(ApplicationInput input) {
        now = now.plus(Duration.ofSeconds(1));
        last = core.decide(application, input, now);
        assertThat(last.refusal()).isNull();
        application = last.state();
    }
}
