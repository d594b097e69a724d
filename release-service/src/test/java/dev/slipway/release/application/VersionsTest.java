package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Application.Fate;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a version is used up, and what may be proposed again, or below. */
final class VersionsTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(64, 4, 4, 8, 8));
    private Application application = core.initial("hello");
    private Decision<Application> last = Decision.stay(application);
    private int keys;

    private VersionsTest take(ApplicationInput input) {
        last = core.decide(application, input, NOW);
        application = last.state();
        return this;
    }

    private VersionsTest policy() {
        return take(new PutPolicy(POLICY, "h1", "admin@example.test"));
    }

    private VersionsTest propose(String version) {
        return propose(version, "a", null, false);
    }

    private VersionsTest propose(String version, String digit, @Nullable String hotfix, boolean operator) {
        Proposal plain = Examples.proposal(version, digit);
        Proposal proposal = new Proposal(plain.application(), version, plain.sha(), plain.artifacts(), null, hotfix);
        return take(new Propose(proposal, "ci@example.test", "key " + ++keys, operator));
    }

    private VersionsTest moved(String release, ReleasePhase phase, boolean traffic) {
        return take(
                new ReleaseMoved(new Moved(new ReleaseId(release), phase, false, false, null, null, null, traffic)));
    }

    private VersionsTest completed(String version) {
        return propose(version).moved("hello@" + version, ReleasePhase.COMPLETED, true);
    }

    private Launch launched() {
        return messages()
                .map(Message::body)
                .filter(Launch.class::isInstance)
                .map(Launch.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Stream<Message> messages() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message());
    }

    private Cause refused() {
        return Objects.requireNonNull(launched().refused());
    }

    private List<String> superseded() {
        return messages()
                .filter(message -> message.type().equals(LocalTypes.SUPERSEDE))
                .map(Message::key)
                .toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"ABORTED", "REJECTED", "EXPIRED", "SUPERSEDED", "ROLLED_BACK"})
    void what_ended_before_production_had_traffic_of_it_is_proposed_again_as_the_next_attempt(ReleasePhase end) {
        policy().propose("1.0.0").moved("hello@1.0.0", end, false).propose("1.0.0");

        assertThat(launched().refused()).isNull();
        assertThat(launched().id()).hasToString("hello@1.0.0~2");
        assertThat(launched().attempt()).isEqualTo(2);
        assertThat(launched().ordinal()).isEqualTo(2);

        moved("hello@1.0.0~2", end, false).propose("1.0.0", "b", null, false);

        assertThat(launched().id()).as("with other content too").hasToString("hello@1.0.0~3");
    }

    @Test
    void a_typo_burns_no_version() {
        policy().completed("1.0.0").propose("100.0.0").moved("hello@100.0.0", ReleasePhase.ABORTED, false);

        assertThat(propose("1.1.0").launched().refused()).isNull();
        assertThat(application.highest()).isEqualTo("1.0.0");
    }

    @Test
    void what_production_had_traffic_of_is_used_up_however_it_ended() {
        policy().propose("1.0.0").moved("hello@1.0.0", ReleasePhase.ROLLING_OUT, true);
        assertThat(application.highest()).isEqualTo("1.0.0");

        moved("hello@1.0.0", ReleasePhase.ROLLED_BACK, true).propose("1.0.0");

        assertThat(Effects.besidesTheAnswer(last))
                .as("the same content is the same release")
                .isEmpty();
        assertThat(propose("1.0.0", "b", null, false).refused().kind()).isEqualTo("version-taken");
        assertThat(refused().text()).contains("had traffic of it", "used up", "Propose a higher version");
        assertThat(propose("0.9.0").refused().kind()).isEqualTo("version-not-above");
        assertThat(refused().text()).contains("not above 1.0.0", "./slipway release create 0.9.0 --hotfix WHY");
    }

    @Test
    void the_same_while_it_is_on_its_way_is_the_same_release_and_another_says_how_to_go_on() {
        policy().propose("1.0.0").propose("1.0.0");
        assertThat(Effects.besidesTheAnswer(last)).isEmpty();

        assertThat(propose("1.0.0", "b", null, false).refused().text())
                .contains("hello@1.0.0 is on its way", "./slipway release abort hello@1.0.0 --reason WHY");
    }

    @Test
    void a_hotfix_below_the_highest_is_an_operators_with_a_reason() {
        policy().completed("1.0.0").propose("1.1.0").moved("hello@1.1.0", ReleasePhase.ROLLED_BACK, true);
        assertThat(propose("1.0.1").refused().kind()).isEqualTo("version-not-above");
        assertThat(propose("1.0.1", "a", "orders are lost", false).refused().kind())
                .isEqualTo("not-an-operator");

        propose("1.0.1", "a", "orders are lost", true);

        assertThat(launched().refused()).isNull();
        assertThat(launched().proposal().hotfix()).isEqualTo("orders are lost");
        assertThat(application.highest()).isEqualTo("1.1.0");
        moved("hello@1.0.1", ReleasePhase.ROLLING_OUT, true);
        assertThat(application.highest()).as("it stays the highest").isEqualTo("1.1.0");
        assertThat(propose("1.1.0+other", "a", "why", true).refused().text())
                .as("by precedence the same")
                .doesNotContain("--hotfix");
    }

    @Test
    void while_a_higher_one_waits_a_lower_one_takes_its_place_and_that_one_can_come_again() {
        policy().completed("1.0.0").propose("1.1.0").moved("hello@1.1.0", ReleasePhase.AWAITING_APPROVAL, false);

        propose("1.0.1").moved("hello@1.0.1", ReleasePhase.VALIDATING, false);
        assertThat(superseded()).containsExactly("hello@1.1.0");

        moved("hello@1.1.0", ReleasePhase.SUPERSEDED, false).propose("1.1.0");
        assertThat(launched().id()).hasToString("hello@1.1.0~2");
    }

    @Test
    void a_lower_one_that_waits_is_overtaken_once_production_has_traffic_of_a_higher_one() {
        policy().completed("1.0.0").propose("1.1.0").moved("hello@1.1.0", ReleasePhase.ROLLING_OUT, false);
        propose("1.0.1").moved("hello@1.0.1", ReleasePhase.VALIDATING, false);
        propose("1.2.0");

        moved("hello@1.1.0", ReleasePhase.ROLLING_OUT, true);

        assertThat(superseded()).containsExactly("hello@1.0.1");
        assertThat(messages().map(Message::body)).containsExactly(Supersede.byHigher(new ReleaseId("hello@1.1.0")));
        assertThat(moved("hello@1.1.0", ReleasePhase.BAKING, true).superseded()).isEmpty();
    }

    @Test
    void an_operators_hotfix_is_not_overtaken() {
        policy().completed("1.0.0").propose("1.1.0").propose("1.0.1", "a", "orders are lost", true);

        assertThat(moved("hello@1.1.0", ReleasePhase.ROLLING_OUT, true).superseded())
                .isEmpty();
    }

    @Test
    void no_id_comes_twice_although_a_version_is_remembered_no_more() {
        policy().propose("9.0.0").moved("hello@9.0.0", ReleasePhase.ABORTED, false);
        for (int minor = 0; minor < 4; minor++) {
            propose("1." + minor + ".0").moved("hello@1." + minor + ".0", ReleasePhase.ABORTED, false);
        }
        assertThat(application.taken())
                .hasSize(4)
                .noneMatch(each -> each.version().equals("9.0.0"));

        propose("9.0.0");

        assertThat(launched().id()).hasToString("hello@9.0.0~6");
        assertThat(propose("9.1.0").launched().id()).as("that never was").hasToString("hello@9.1.0");
    }

    @Test
    void a_version_that_cannot_be_a_tag_is_refused() {
        policy();
        for (String version : List.of("1.0.0-x.lock", "1.0.0+lock.lock")) {
            assertThat(propose(version).refused().kind()).isEqualTo("version-cannot-be-a-tag");
            assertThat(refused().text()).contains("v" + version, "merge.tag");
        }
        Policy withoutTag = Examples.policy(
                POLICY.application(),
                POLICY.source(),
                POLICY.contacts(),
                POLICY.approvals(),
                POLICY.checks(),
                POLICY.gates(),
                POLICY.environments(),
                null,
                POLICY.onPush(),
                POLICY.freeze());

        take(new PutPolicy(withoutTag, "h2", "admin")).propose("1.0.0-x.lock");

        assertThat(launched().refused()).isNull();
    }

    @Test
    void a_tag_that_is_too_long_for_git_is_refused() {
        Policy longTag = Examples.policy(
                POLICY.application(),
                POLICY.source(),
                POLICY.contacts(),
                POLICY.approvals(),
                POLICY.checks(),
                POLICY.gates(),
                POLICY.environments(),
                new Policy.Merge("v".repeat(190) + "{version}"),
                POLICY.onPush(),
                POLICY.freeze());

        take(new PutPolicy(longTag, "h", "admin")).propose("1.0.0-" + "a".repeat(80));

        assertThat(refused().kind()).isEqualTo("version-cannot-be-a-tag");
        assertThat(refused().limit()).isEqualTo("250 bytes");
    }

    @Test
    void an_application_from_before_versions_could_be_tried_again_keeps_what_it_knew() {
        policy().propose("1.0.0");
        String before = MessagingJson.mapper()
                .writeValueAsString(application)
                .replaceAll(",\"release\":\"hello@1.0.0\",\"attempt\":1,\"fate\":\"ON_ITS_WAY\",\"hotfix\":false", "")
                .replace("\"highest\":null", "\"highest\":\"1.0.0\"")
                .replaceAll(",\"unread\":.*}$", "}");
        assertThat(before).doesNotContain("attempt", "ceiling", "forgotten");

        application = MessagingJson.mapper().readValue(before, Application.class);

        assertThat(application.taken().getFirst().isUsed()).isTrue();
        assertThat(Effects.besidesTheAnswer(propose("1.0.0").last)).isEmpty();
        assertThat(propose("0.9.0").refused().kind()).isEqualTo("version-not-above");
        assertThat(propose("1.1.0").launched().id()).hasToString("hello@1.1.0");
    }

    @Test
    void it_reads_back_as_it_was_stored() {
        policy().completed("1.0.0").propose("1.1.0").propose("1.0.1", "a", "why", true);
        moved("hello@1.1.0", ReleasePhase.ABORTED, false);

        String json = MessagingJson.mapper().writeValueAsString(application);

        assertThat(MessagingJson.mapper().readValue(json, Application.class)).isEqualTo(application);
        assertThat(application.taken())
                .extracting(Application.Taken::fate)
                .containsExactly(Fate.USED, Fate.FREE, Fate.ON_ITS_WAY);
    }

    @Test
    void a_key_that_is_known_to_have_led_somewhere_leads_nowhere_else() {
        policy().propose("1.0.0");
        ReleaseId before = new ReleaseId("hello@0.9.0");

        take(new Propose(Examples.proposal("0.9.0"), "ci@example.test", "old event", false).leadingTo(before));

        assertThat(last.effects()).isEmpty();
        assertThat(application.answerTo("old event")).contains(before);
        assertThat(application.ordinal()).isEqualTo(1);
    }

    @Test
    void what_a_key_led_to_is_kept_for_good_and_the_first_answer_stays() {
        policy().propose("1.0.0");
        assertThat(last.effects())
                .contains(Answer.giving("hello", "key " + keys, new ReleaseId("hello@1.0.0")))
                .filteredOn(Effects::isAnswer)
                .hasSize(1);

        Answer.Once core = new Answer.Once();
        Answer first = core.decide(core.initial("hello/k"), new Answer.Given(new ReleaseId("hello@1.0.0")), NOW)
                .state();
        assertThat(core.finished(core.initial("hello/k"))).isFalse();
        assertThat(core.finished(first)).isTrue();
        assertThat(core.decide(first, new Answer.Given(new ReleaseId("hello@2.0.0")), NOW)
                        .state())
                .isEqualTo(first);
    }
}
