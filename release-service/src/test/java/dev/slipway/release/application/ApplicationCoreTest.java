package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApplicationCoreTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();
    private static final Sha SHA = new Sha("1".repeat(40));

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(4, 3, 2, 3, 3));
    private Application application = core.initial("hello");
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Decision<Application> last = Decision.stay(application);
    private int events;

    private ApplicationCoreTest take(ApplicationInput input) {
        now = now.plus(Duration.ofSeconds(1));
        last = core.decide(application, input, now);
        application = last.state();
        return this;
    }

    private ApplicationCoreTest policy() {
        return take(new PutPolicy(POLICY, "h1", "admin@example.test"));
    }

    private ApplicationCoreTest propose(String version) {
        return propose(Examples.proposal(version), "event " + ++events);
    }

    private ApplicationCoreTest propose(Proposal proposal, String key) {
        return take(new Propose(proposal, "ci@example.test", key, false));
    }

    private static ReleaseMoved moved(String release, ReleasePhase phase) {
        return new ReleaseMoved(new Moved(new ReleaseId(release), phase, false, false, null, null, null, false));
    }

    private ApplicationCoreTest ended(String release) {
        return take(moved(release, ReleasePhase.COMPLETED));
    }

    private <T> Stream<T> sent(Class<T> type) {
        return last.effects().stream()
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(type::isInstance)
                .map(type::cast);
    }

    private Launch launched() {
        return sent(Launch.class).findFirst().orElseThrow();
    }

    private String refusal() {
        return java.util.Objects.requireNonNull(launched().refused()).kind();
    }

    @Test
    void a_release_gets_the_next_ordinal_and_the_policy_in_force() {
        policy().propose("1.0.0");

        assertThat(launched())
                .isEqualTo(new Launch(
                        new ReleaseId("hello@1.0.0"),
                        1,
                        Examples.proposal("1.0.0"),
                        "ci@example.test",
                        POLICY,
                        "h1",
                        now,
                        null,
                        null,
                        null,
                        1));
        assertThat(propose("1.1.0").launched().ordinal()).isEqualTo(2);
        assertThat(application.ceiling()).isEqualTo("1.1.0");
        assertThat(application.highest()).isNull();
    }

    @Test
    void messages_go_to_the_release_and_stay_in_the_service() {
        policy().propose("1.0.0");

        Message message = ((Effect.Send) last.effects().getFirst()).message();

        assertThat(message).isEqualTo(Message.local("hello@1.0.0", LocalTypes.LAUNCH, launched(), "hello@1.0.0"));
    }

    @Test
    void the_same_event_again_changes_nothing() {
        policy().propose(Examples.proposal("1.0.0"), "event 1");
        Application before = application;

        propose(Examples.proposal("1.0.0"), "event 1");

        assertThat(last).isEqualTo(Decision.stay(before));
        assertThat(application.answerTo("event 1")).contains(new ReleaseId("hello@1.0.0"));
    }

    @Test
    void the_same_content_in_another_event_is_the_same_release() {
        policy().propose("1.0.0").propose("1.0.0");

        assertThat(Effects.besidesTheAnswer(last)).isEmpty();
        assertThat(application.ordinal()).isEqualTo(1);
        assertThat(application.answerTo("event 2")).contains(new ReleaseId("hello@1.0.0"));
    }

    @Test
    void the_same_content_is_the_same_release_although_it_has_ended_or_lies_elsewhere() {
        policy().propose("1.0.0").ended("hello@1.0.0");
        Proposal moved = new Proposal(
                new ApplicationName("hello"),
                "1.0.0",
                SHA,
                List.of(new Artifact(URI.create("file:/other/hello.jar"), new Digest("sha256:" + "a".repeat(64)))),
                null);

        propose(moved, "later");

        assertThat(Effects.besidesTheAnswer(last)).isEmpty();
        assertThat(application.answerTo("later")).contains(new ReleaseId("hello@1.0.0"));
    }

    private static Artifact artifact(String digit) {
        return new Artifact(URI.create("file:/srv/" + digit + ".jar"), new Digest("sha256:" + digit.repeat(64)));
    }

    private static Proposal proposal(Sha sha, Artifact... artifacts) {
        return new Proposal(new ApplicationName("hello"), "1.0.0", sha, List.of(artifacts), null);
    }

    @Test
    void the_order_of_artifacts_is_no_content() {
        assertThat(Content.of(proposal(SHA, artifact("a"), artifact("b"))))
                .isEqualTo(Content.of(proposal(SHA, artifact("b"), artifact("a"))))
                .isNotEqualTo(Content.of(proposal(SHA, artifact("a"))));
    }

    @Test
    void several_artifacts_are_released_together_and_two_of_one_name_are_refused_in_words() {
        policy().propose(proposal(SHA, artifact("a"), artifact("a")), "k1");

        assertThat(refusal()).isEqualTo("artifact-names");
        assertThat(Objects.requireNonNull(launched().refused()).text())
                .startsWith("Two artifacts of this proposal are called a.jar")
                .contains("--artifact NAME=FILE");

        propose(proposal(SHA, artifact("a"), artifact("b")), "k2");
        assertThat(launched().refused()).as("the version is still free").isNull();
        assertThat(launched().proposal().artifacts()).hasSize(2);
    }

    @Test
    void an_artifact_that_the_policy_names_must_be_among_the_proposed() {
        Proposal one = proposal(SHA, artifact("a"));
        Policy policy = naming("{artifacts.assets}");

        assertThat(ArtifactNames.refusal(one, policy))
                .hasValueSatisfying(why ->
                        assertThat(why).contains("{artifacts.assets}", "it has a.jar", "--artifact assets=FILE"));
        assertThat(ArtifactNames.refusal(one, naming("{artifacts.a.jar}"))).isEmpty();
        Artifact assets = new Artifact(artifact("b").uri(), artifact("b").digest(), "assets");
        assertThat(ArtifactNames.refusal(proposal(SHA, artifact("a"), assets), policy))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            health: /health             | health: "/health?of={artifacts.assets}"
            get: /health                | get: "/health?of={artifacts.assets}"
            "$.greeting": "Hello x"     | "$.greeting": "{artifacts.assets}"
            status: 200, latency: 500ms | contains: "{artifacts.assets}"
            """)
    void so_must_one_that_a_version_is_asked_with(String from, String to) {
        assertThat(ArtifactNames.refusal(
                        proposal(SHA, artifact("a")),
                        accepted(Examples.demoYaml().replace(from, to))))
                .hasValueSatisfying(why -> assertThat(why).contains("{artifacts.assets}", "--artifact assets=FILE"));
    }

    private static Policy naming(String artifact) {
        String yaml = Examples.demoYaml().replace("\"{artifact}\"", "\"{artifact}\", \"" + artifact + "\"");
        assertThat(yaml).contains(artifact);
        return accepted(yaml);
    }

    private static Policy accepted(String yaml) {
        return ((PolicyReading.Accepted) new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8)))
                .policy();
    }

    @Test
    void the_same_files_under_other_names_are_other_content() {
        Artifact plain = artifact("a");
        Artifact named = new Artifact(plain.uri(), plain.digest(), "server");
        assertThat(Content.of(proposal(SHA, named))).isNotEqualTo(Content.of(proposal(SHA, plain)));
    }

    @Test
    void the_same_version_with_other_content_is_a_rejected_release_of_its_own() {
        policy().propose(proposal(SHA, artifact("a")), "k1");

        for (Proposal other : List.of(
                proposal(new Sha("2".repeat(40)), artifact("a")),
                proposal(SHA, artifact("b")),
                proposal(SHA, artifact("a"), artifact("b")))) {
            propose(other, other.toString());

            assertThat(refusal()).isEqualTo("version-taken");
            assertThat(launched().id().value()).matches("hello@1\\.0\\.0~[0-9a-f]{10}");
            assertThat(launched().ordinal()).isZero();
            assertThat(last.reason()).contains("exists with another revision", "hello@1.0.0 is on its way");
            assertThat(application.answerTo(other.toString()))
                    .contains(launched().id());
        }
        assertThat(application.answered())
                .extracting(Application.Answered::release)
                .doesNotHaveDuplicates();
        assertThat(application.live()).containsExactly(new ReleaseId("hello@1.0.0"));
        assertThat(application.ordinal()).isEqualTo(1);
    }

    @Test
    void other_content_proposed_again_is_answered_the_same_way() {
        Proposal other = proposal(SHA, artifact("b"));
        policy().propose(proposal(SHA, artifact("a")), "k1").propose(other, "k2");
        ReleaseId rejected = launched().id();

        propose(other, "k3");

        assertThat(launched().id()).isEqualTo(rejected);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, 1.0.1",
        "1.9.0, 1.10.0",
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-alpha.beta, 1.0.0-beta",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-beta.11, 1.0.0-rc.1",
        "1.0.0-rc.1, 1.0.0",
        "1.0.0, 2.0.0-alpha",
        "1.0.0-20260105100000, 1.0.0-20260105100001",
        "1.0.0-999999999999999998, 1.0.0-999999999999999999",
        "0.0.0, 0.0.1-0",
        "1.0.0, 99999999999.0.0",
        "1.0.0-9999999999999999999, 1.0.0-rc.99999999999999999999999999",
        "2147483648.0.0, 20260105100000.0.0"
    })
    void a_version_must_be_above_all_that_production_had_by_precedence(String lower, String higher) {
        policy().propose(lower).ended("hello@" + lower).propose(higher);
        assertThat(launched().refused()).isNull();
        assertThat(launched().ordinal()).isEqualTo(2);

        ApplicationCoreTest other = new ApplicationCoreTest();
        other.policy().propose(higher).ended("hello@" + higher).propose(lower);
        assertThat(other.refusal()).isEqualTo("version-not-above");
        assertThat(java.util.Objects.requireNonNull(other.launched().refused()).limit())
                .isEqualTo("above " + higher);
        assertThat(other.application.highest()).isEqualTo(higher);
    }

    @Test
    void build_metadata_is_no_step_forward() {
        policy().propose("1.0.0+build.1").ended("hello@1.0.0+build.1").propose("1.0.0+build.2");

        assertThat(refusal()).isEqualTo("version-not-above");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1.2",
                "1.2.3.4",
                "v1.0.0",
                "1.0.0 ",
                " 1.0.0",
                "01.0.0",
                "1.0.0-01",
                "1.0.0-",
                "1.0.0+",
                "1.0.0-a..b",
                "1.0.0-ä",
                "one",
                "latest",
                "1.0.0/../..",
                "-1.0.0",
                "1.0.0?x=y",
                "١.٠.٠"
            })
    void what_is_no_version_is_rejected_under_an_id_that_fits_into_an_address(String version) {
        policy().propose("1.0.0-1").propose(version);

        assertThat(refusal()).isEqualTo("invalid-version");
        assertThat(launched().id().value()).matches("hello@[0-9A-Za-z.+_-]{1,60}~[0-9a-f]{10}");
        assertThat(application.ceiling()).isEqualTo("1.0.0-1");
    }

    @Test
    void the_longest_version_of_the_longest_name_still_has_an_id() {
        ApplicationName name = new ApplicationName("a".repeat(63));
        String version = "1.0.0-" + "a".repeat(94);

        for (String each : List.of(version, version.replace('a', '?'))) {
            Decision<Application> decision = core.decide(
                    core.initial(name.value()),
                    new Propose(new Proposal(name, each, SHA, List.of(artifact("a")), null), "ci", "k", false),
                    now);
            assertThat(Effects.besidesTheAnswer(decision)).hasSize(1);
        }
    }

    @Test
    void an_unknown_application_rejects_and_takes_the_same_proposal_once_it_has_a_policy() {
        propose("1.0.0");

        assertThat(refusal()).isEqualTo("no-policy");
        assertThat(launched().policy()).isNull();
        assertThat(launched().policyHash()).isEmpty();
        assertThatThrownBy(() -> launched().guide()).isInstanceOf(NullPointerException.class);

        policy().propose("1.0.0");

        assertThat(launched().refused()).isNull();
        assertThat(launched().id().value()).isEqualTo("hello@1.0.0");
        assertThat(launched().guide()).isEqualTo(POLICY);
    }

    @Test
    void the_first_event_keeps_its_answer_although_a_policy_came_later() {
        propose(Examples.proposal("1.0.0"), "k1");
        ReleaseId rejected = launched().id();

        policy().propose(Examples.proposal("1.0.0"), "k1");

        assertThat(last.effects()).isEmpty();
        assertThat(application.answerTo("k1")).contains(rejected);
    }

    @Test
    void the_newest_asks_all_others_on_their_way_to_make_room_once_its_revision_was_accepted() {
        policy().propose("1.0.0").take(read("hello@1.0.0")).propose("1.1.0");
        assertThat(superseded()).isEmpty();
        assertThat(take(read("hello@1.1.0")).superseded()).containsExactly("hello@1.0.0");

        propose("1.2.0").take(read("hello@1.2.0"));

        assertThat(superseded()).containsExactly("hello@1.0.0", "hello@1.1.0");
        assertThat(sent(Supersede.class)).containsOnly(Supersede.byNewer(new ReleaseId("hello@1.2.0")));
        assertThat(application.live())
                .extracting(ReleaseId::value)
                .containsExactly("hello@1.0.0", "hello@1.1.0", "hello@1.2.0");
        assertThat(take(moved("hello@1.2.0", ReleasePhase.STAGING)).superseded())
                .as("it asks once")
                .isEmpty();
    }

    @Test
    void a_release_whose_revision_is_refused_supersedes_nobody() {
        policy().propose("1.0.0").take(read("hello@1.0.0")).propose("1.1.0");

        assertThat(take(moved("hello@1.1.0", ReleasePhase.REJECTED)).superseded())
                .isEmpty();
        assertThat(application.live()).containsExactly(new ReleaseId("hello@1.0.0"));
        assertThat(application.unread()).isEmpty();
    }

    private static ReleaseMoved read(String release) {
        return moved(release, ReleasePhase.VALIDATING);
    }

    private List<String> superseded() {
        return last.effects().stream()
                .map(effect -> ((Effect.Send) effect).message())
                .filter(message -> message.type().equals(LocalTypes.SUPERSEDE))
                .map(Message::key)
                .toList();
    }

    @Test
    void what_is_rejected_supersedes_nobody() {
        policy().propose("1.0.0").propose("0.9");

        assertThat(sent(Supersede.class)).isEmpty();
        assertThat(Effects.besidesTheAnswer(last)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(ReleasePhase.class)
    void only_a_release_that_has_ended_leaves(ReleasePhase phase) {
        policy().propose("1.0.0").take(moved("hello@1.0.0", phase));

        assertThat(application.live()).hasSize(phase.terminal() ? 0 : 1);
        assertThat(last.effects()).isEmpty();
    }

    @Test
    void the_end_of_what_was_never_on_its_way_changes_nothing() {
        policy().propose("1.0.0");
        Application before = application;

        ended("hello@0.9.0");

        assertThat(last).isEqualTo(Decision.stay(before));
    }

    @Test
    void too_many_at_a_time_are_refused_until_one_has_ended() {
        policy().propose("1.0.0").propose("1.1.0").propose("1.2.0").propose("1.3.0");
        assertThat(refusal()).isEqualTo("too-many-releases");
        assertThat(application.live()).hasSize(3);

        ended("hello@1.0.0").propose("1.3.0");

        assertThat(launched().refused()).isNull();
        assertThat(launched().id().value()).isEqualTo("hello@1.3.0");
    }

    @Test
    void only_an_operator_proposes_what_fixes_another() {
        Proposal fix = new Proposal(new ApplicationName("hello"), "1.0.1", SHA, List.of(artifact("a")), "hello@1.0.0");
        policy().propose("1.0.0")
                .take(moved("hello@1.0.0", ReleasePhase.NEEDS_OPERATOR))
                .propose(fix, "k1");
        assertThat(refusal()).isEqualTo("not-an-operator");

        take(new Propose(fix, "op@example.test", "k2", true));

        assertThat(launched().refused()).isNull();
        assertThat(launched().proposal().fixes()).isEqualTo("hello@1.0.0");
    }

    @Test
    void the_same_policy_again_changes_nothing() {
        policy();
        Application before = application;

        take(new PutPolicy(POLICY, "h1", "other@example.test"));

        assertThat(last).isEqualTo(Decision.stay(before));
    }

    @Test
    void a_release_keeps_the_policy_that_was_in_force_when_it_was_proposed() {
        policy().propose("1.0.0");
        Launch first = launched();

        take(new PutPolicy(POLICY, "h2", "admin@example.test")).propose("1.1.0");

        assertThat(first.policyHash()).isEqualTo("h1");
        assertThat(launched().policyHash()).isEqualTo("h2");
    }

    @Test
    void earlier_policies_are_remembered_with_who_put_them_and_until_when_but_not_for_ever() {
        for (int i = 1; i <= 5; i++) {
            take(new PutPolicy(POLICY, "h" + i, "admin" + i));
        }

        assertThat(application.policy()).isEqualTo(new Application.PolicyInForce(POLICY, "h5", "admin5", now));
        assertThat(application.earlierPolicies())
                .containsExactly(
                        new Application.EarlierPolicy("h3", "admin3", now.minusSeconds(1)),
                        new Application.EarlierPolicy("h4", "admin4", now));
    }

    @Test
    void a_policy_can_come_back() {
        policy().take(new PutPolicy(POLICY, "h2", "b")).take(new PutPolicy(POLICY, "h1", "c"));

        assertThat(application.policy())
                .extracting(Application.PolicyInForce::by)
                .isEqualTo("c");
        assertThat(application.earlierPolicies())
                .extracting(Application.EarlierPolicy::hash)
                .containsExactly("h1", "h2");
    }

    @Test
    void what_is_remembered_is_bounded() {
        policy();
        for (int minor = 0; minor < 10; minor++) {
            propose("1." + minor + ".0").ended("hello@1." + minor + ".0");
        }

        assertThat(application.answered()).hasSize(4);
        assertThat(application.taken())
                .extracting(Application.Taken::version)
                .containsExactly("1.7.0", "1.8.0", "1.9.0");
        assertThat(application.live()).isEmpty();
        assertThat(application.ordinal()).isEqualTo(10);
        assertThat(application.answerTo("event 1")).isEmpty();
    }

    @Test
    void a_version_that_is_remembered_no_more_is_still_not_above_the_last() {
        policy();
        for (int minor = 0; minor < 5; minor++) {
            propose("1." + minor + ".0").ended("hello@1." + minor + ".0");
        }

        assertThat(propose("1.0.0").refusal()).isEqualTo("version-not-above");
    }

    @Test
    void an_application_is_never_finished() {
        assertThat(core.finished(policy().propose("1.0.0").ended("hello@1.0.0").application))
                .isFalse();
    }

    @Test
    void it_reads_back_as_it_was_stored() {
        policy().take(new PutPolicy(POLICY, "h2", "b")).propose("1.0.0").propose("one");

        String json = MessagingJson.mapper().writeValueAsString(application);

        assertThat(MessagingJson.mapper().readValue(json, Application.class)).isEqualTo(application);
    }

    @Test
    void its_lists_are_its_own() {
        List<ReleaseId> live = new java.util.ArrayList<>(Collections.nCopies(1, new ReleaseId("hello@1.0.0")));
        Application built = new Application(
                "hello", null, List.of(), 1, "1.0.0", List.of(), List.of(), live, List.of(), List.of(), null, List.of(),
                null, false, null, null, List.of());

        live.clear();

        assertThat(built.live()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1, 1",
        "1, 0, 1, 1, 1",
        "1, 1, 0, 1, 1",
        "1, 1, 1, 0, 1",
        "1001, 1, 1, 1, 1",
        "1, 1, 1, 1, 1001"
    })
    void limits_have_ranges(int proposals, int versions, int policies, int live, int verified) {
        assertThatThrownBy(() -> new ApplicationLimits(proposals, versions, policies, live, verified))
                .hasMessageContaining("1 to 1,000");
    }
}
