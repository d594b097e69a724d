package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.ApplicationInput.ChangedBehind;
import dev.slipway.release.application.ApplicationInput.Configure;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When another configuration of what production runs is a release, and as what. */
final class ConfiguringTest {
    private static final List<SettingChange> SECRET =
            List.of(new SettingChange("secret db", "fingerprint a1b2", "fingerprint c3d4"));
    private static final List<String> PASSED = List.of("unit-tests=0123456789ab");

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(20, 20, 2, 3, 4));
    private Application application = core.initial("hello");
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Decision<Application> last = Decision.stay(application);
    private int keys;

    private ConfiguringTest take(ApplicationInput input) {
        now = now.plus(Duration.ofSeconds(1));
        last = core.decide(application, input, now);
        if (last.refusal() == null) {
            application = last.state();
        }
        return this;
    }

    private ConfiguringTest policy(PolicyReading.Accepted policy, String by) {
        return take(new PutPolicy(policy.policy(), policy.hash(), by));
    }

    private ConfiguringTest greeting(String text) {
        return policy(Examples.greeting(text), "admin@example.test");
    }

    private ConfiguringTest propose(String version) {
        return take(new Propose(Examples.proposal(version), "ci@example.test", "k" + ++keys, false));
    }

    private ConfiguringTest configure() {
        return take(new Configure("op@example.test", "k" + ++keys));
    }

    private ConfiguringTest ended(ReleasePhase phase) {
        return take(new ReleaseMoved(
                new Moved(application.live().getFirst(), phase, false, false, null, null, null, false)));
    }

    /** Production has verified what is on its way, as the policy in force has it. */
    private ConfiguringTest completed() {
        ReleaseId id = application.live().getFirst();
        Policy.Environments.Production production = Objects.requireNonNull(application.policy())
                .policy()
                .environments()
                .production();
        String version = id.value().substring(id.value().indexOf('@') + 1).replaceAll("~.*", "");
        boolean rollback = id.value().contains("~rollback");
        Verified verified = new Verified(
                id,
                Examples.proposal(version),
                rollback ? launchedRollback().target() : production.target(),
                rollback,
                production.front(),
                production.whenBad(),
                PASSED);
        return take(
                new ReleaseMoved(new Moved(id, ReleasePhase.COMPLETED, rollback, false, verified, null, null, true)));
    }

    private Launch.Rollback launchedRollback() {
        return Objects.requireNonNull(rollback);
    }

    private Launch.@Nullable Rollback rollback;

    private ConfiguringTest at(String version) {
        return greeting("hello").propose(version).completed();
    }

    private Launch launched() {
        return sent(Launch.class).findFirst().orElseThrow();
    }

    private <T> Stream<T> sent(Class<T> type) {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private String refusal() {
        return Objects.requireNonNull(last.refusal()).code();
    }

    @Test
    void it_takes_artifacts_and_revision_of_what_production_runs_and_the_present_policy() {
        at("1.4.2").greeting("hi").configure();

        Launch launch = launched();
        assertThat(launch.id()).hasToString("hello@1.4.2+config.2");
        assertThat(launch.ordinal()).isEqualTo(2);
        assertThat(launch.proposal().artifacts())
                .isEqualTo(Examples.proposal("1.4.2").artifacts());
        assertThat(launch.proposal().sha()).isEqualTo(Examples.SHA);
        assertThat(launch.policyHash()).isEqualTo(Examples.greeting("hi").hash());
        assertThat(launch.publisher()).isEqualTo("op@example.test");
        assertThat(launch.configured())
                .isEqualTo(new Launch.Configured(new ReleaseId("hello@1.4.2"), "admin@example.test", PASSED));
        assertThat(launch.changes())
                .extracting(SettingChange::text)
                .containsExactly("env.GREETING: \"hello\" -> \"hi\"");
        assertThat(last.reason()).isEqualTo("another configuration of hello@1.4.2: env.GREETING");
    }

    @Test
    void a_configuration_of_a_configuration_is_called_after_the_artifacts_and_the_version_is_above_nothing() {
        at("1.4.2").greeting("hi").configure().completed();
        assertThat(application.highest()).isEqualTo("1.4.2");
        greeting("moin").configure();

        assertThat(launched().id()).hasToString("hello@1.4.2+config.3");
        assertThat(launched().changes())
                .extracting(SettingChange::text)
                .containsExactly("env.GREETING: \"hi\" -> \"moin\"");
        completed().propose("1.4.3");
        assertThat(launched().refused()).isNull();
    }

    @Test
    void one_that_ended_before_production_does_not_take_the_number_of_the_next() {
        at("1.4.2").greeting("hi").configure().ended(ReleasePhase.ABORTED).configure();

        assertThat(launched().id()).hasToString("hello@1.4.2+config.3");
    }

    @Test
    void it_is_refused_in_words_where_there_is_nothing_to_do() {
        assertThat(configure().refusal()).isEqualTo("unknown-application");
        assertThat(greeting("hello").configure().refusal()).isEqualTo("nothing-in-production");
        assertThat(propose("1.0.0").configure().refusal()).isEqualTo("nothing-in-production");
        assertThat(completed().configure().refusal()).isEqualTo("nothing-differs");
        assertThat(Objects.requireNonNull(last.refusal()).detail())
                .contains("runs 1.0.0 with the configuration of the present policy");
        assertThat(greeting("hi").propose("1.1.0").configure().refusal()).isEqualTo("release-under-way");
        assertThat(Objects.requireNonNull(last.refusal()).detail()).contains("./slipway release abort hello@1.1.0");
    }

    @Test
    void what_changes_staging_alone_is_refused_with_when_staging_takes_it() {
        String staging = Examples.demoYaml().replaceFirst("health: /health}", "health: /health, env: {GREETING: hi}}");
        PolicyReading.Accepted changed =
                (PolicyReading.Accepted) new PolicyReader(100_000).read(staging.getBytes(StandardCharsets.UTF_8));
        Policy.Environments before = Examples.demoPolicy().policy().environments();
        assertThat(changed.policy().environments().production()).isEqualTo(before.production());
        assertThat(changed.policy().environments().staging()).isNotEqualTo(before.staging());

        policy(Examples.demoPolicy(), "admin@example.test").propose("1.4.2").completed();

        assertThat(policy(changed, "admin@example.test").configure().refusal()).isEqualTo("nothing-differs");
        assertThat(Objects.requireNonNull(last.refusal()).detail())
                .endsWith(
                        "What the policy says of staging alone changes nothing in production: staging takes it with the next release of a version.");
    }

    @Test
    void a_changed_secret_is_reason_enough_and_has_no_author() {
        at("1.4.2").take(new ChangedBehind(1, false, SECRET)).configure();

        assertThat(launched().changes()).isEqualTo(SECRET);
        assertThat(Objects.requireNonNull(launched().configured()).changedBy()).isNull();
    }

    @Test
    void what_was_changed_counts_until_its_incident_is_over_and_an_old_word_of_it_no_more() {
        at("1.4.2").take(new ChangedBehind(1, false, SECRET)).take(new ChangedBehind(1, true, List.of()));
        assertThat(configure().refusal()).isEqualTo("nothing-differs");
        assertThat(take(new ChangedBehind(1, false, SECRET)).configure().refusal())
                .isEqualTo("nothing-differs");

        take(new ChangedBehind(2, false, SECRET)).configure();
        assertThat(launched().id()).hasToString("hello@1.4.2+config.2");
    }

    @Test
    void the_same_key_is_the_same_release() {
        at("1.4.2").greeting("hi");
        Configure asked = new Configure("op@example.test", "once");
        take(asked).take(asked);

        assertThat(last.effects()).isEmpty();
        assertThat(application.live()).hasSize(1);
        assertThat(take(new Configure("op@example.test", "old", new ReleaseId("hello@1.4.2+config.2")))
                        .application
                        .answerTo("old"))
                .contains(new ReleaseId("hello@1.4.2+config.2"));
    }

    @Test
    void its_name_is_given_by_slipway_alone() {
        greeting("hello").propose("1.0.0+config.1");

        assertThat(Objects.requireNonNull(launched().refused()).kind()).isEqualTo("reserved-version");
    }

    @Test
    void a_release_with_artifacts_says_as_well_what_is_otherwise() {
        at("1.4.2").greeting("hi").propose("1.5.0");

        assertThat(launched().changes()).extracting(SettingChange::name).containsExactly("env.GREETING");
        assertThat(launched().configured()).isNull();
    }

    @Test
    void going_back_brings_the_configuration_of_then_and_says_so() {
        at("1.4.2").greeting("hi").configure().completed();
        take(new RollBack(null, "it greets wrongly", "op@example.test", "back"));
        rollback = Objects.requireNonNull(launched().rollback());

        assertThat(launched().proposal().version()).isEqualTo("1.4.2");
        assertThat(rollback.target())
                .isEqualTo(Examples.greeting("hello")
                        .policy()
                        .environments()
                        .production()
                        .target());
        assertThat(launched().changes())
                .extracting(SettingChange::text)
                .containsExactly("env.GREETING: \"hi\" -> \"hello\"");
        completed().configure();
        assertThat(launched().id()).as("the policy still says hi").hasToString("hello@1.4.2+config.4");
    }

    @Test
    void a_version_that_was_kept_before_more_was_known_of_it_is_compared_by_its_target() {
        Proposal proposal = Examples.proposal("1.0.0");
        Verified older = new Verified(
                new ReleaseId("hello@1.0.0"),
                proposal,
                Examples.greeting("hello").policy().environments().production().target(),
                false);
        String json = MessagingJson.mapper().writeValueAsString(older);

        assertThat(json).doesNotContain("front", "whenBad", "passed");
        assertThat(MessagingJson.mapper().readValue(json, Verified.class)).isEqualTo(older);
        greeting("hello")
                .propose("1.0.0")
                .take(new ReleaseMoved(
                        new Moved(older.release(), ReleasePhase.COMPLETED, false, false, older, null, null, true)));
        assertThat(configure().refusal()).isEqualTo("nothing-differs");
    }
}
