package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PushHeard;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application makes of rollbacks, of pushes, and of the fate of its releases. */
final class RollbackTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();
    private static final Sha OTHER = new Sha("9".repeat(40));

    private final ApplicationCore core = new ApplicationCore(new ApplicationLimits(20, 20, 2, 3, 4));
    private Application application = core.initial("hello");
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");
    private Decision<Application> last = Decision.stay(application);
    private int keys;

    private RollbackTest take(ApplicationInput input) {
        now = now.plus(Duration.ofSeconds(1));
        last = core.decide(application, input, now);
        if (last.refusal() == null) {
            application = last.state();
        }
        return this;
    }

    private RollbackTest policy() {
        return take(new PutPolicy(POLICY, "h1", "admin@example.test"));
    }

    private RollbackTest propose(String version) {
        return take(new Propose(Examples.proposal(version), "ci@example.test", "k" + ++keys, false));
    }

    private RollbackTest at(String release, ReleasePhase phase) {
        return moved(release, phase, false, false, null);
    }

    private RollbackTest moved(
            String release, ReleasePhase phase, boolean wentBack, boolean blocks, @Nullable Verified verified) {
        return take(new ReleaseMoved(
                new Moved(new ReleaseId(release), phase, wentBack, blocks, verified, null, null, false)));
    }

    private RollbackTest completed(String version) {
        ReleaseId id = new ReleaseId("hello@" + version);
        Target target = POLICY.environments().production().target();
        return propose(version)
                .moved(
                        id.value(),
                        ReleasePhase.COMPLETED,
                        false,
                        false,
                        new Verified(id, Examples.proposal(version), target, false));
    }

    private RollbackTest rollBack(@Nullable String version) {
        return take(new RollBack(version, "orders are lost", "op@example.test", "k" + ++keys));
    }

    private RollbackTest rolledBack() {
        Launch launch = launched();
        Target target = Objects.requireNonNull(launch.rollback()).target();
        return moved(
                launch.id().value(),
                ReleasePhase.COMPLETED,
                true,
                false,
                new Verified(launch.id(), launch.proposal(), target, true));
    }

    private <T> Stream<T> sent(Class<T> type) {
        return messages().map(Message::body).filter(type::isInstance).map(type::cast);
    }

    private Stream<Message> messages() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message());
    }

    private Launch launched() {
        return sent(Launch.class).findFirst().orElseThrow();
    }

    private String refusal() {
        return Objects.requireNonNull(last.refusal()).code();
    }

    private String detail() {
        return Objects.requireNonNull(last.refusal()).detail();
    }

    @Test
    void production_goes_back_to_the_version_before_the_present_one() {
        policy().completed("1.0.0").completed("1.1.0").rollBack(null);

        Launch launch = launched();
        assertThat(launch.id()).hasToString("hello@1.0.0~rollback-3");
        assertThat(launch.ordinal()).isEqualTo(3);
        assertThat(launch.publisher()).isEqualTo("op@example.test");
        assertThat(launch.refused()).isNull();
        assertThat(launch.proposal()).isEqualTo(Examples.proposal("1.0.0"));
        assertThat(launch.rollback())
                .isEqualTo(new Launch.Rollback(
                        "1.1.0", POLICY.environments().production().target(), "orders are lost"));
        assertThat(application.live()).containsExactly(launch.id());
        assertThat(application.highest()).isEqualTo("1.1.0");
        assertThat(last.reason()).isEqualTo("back from 1.1.0 to 1.0.0: orders are lost");
    }

    @Test
    void what_was_left_is_not_gone_back_to_unless_it_is_named() {
        policy().completed("1.0.0")
                .completed("1.1.0")
                .completed("1.2.0")
                .rollBack(null)
                .rolledBack();
        rollBack(null);
        assertThat(launched().proposal().version()).isEqualTo("1.0.0");
        rolledBack().rollBack(null);
        assertThat(refusal()).isEqualTo("no-earlier-version");

        rollBack("1.2.0").rolledBack().rollBack(null);

        assertThat(launched().proposal().version()).isEqualTo("1.0.0");
    }

    @Test
    void a_new_version_after_a_rollback_goes_back_to_where_the_rollback_went() {
        policy().completed("1.0.0")
                .completed("1.1.0")
                .rollBack(null)
                .rolledBack()
                .completed("1.2.0");

        assertThat(rollBack(null).launched().proposal().version()).isEqualTo("1.0.0");
    }

    @Test
    void a_rollback_that_failed_changes_nothing_about_what_production_runs() {
        policy().completed("1.0.0").completed("1.1.0").rollBack(null);
        at(launched().id().value(), ReleasePhase.REJECTED);

        assertThat(rollBack(null).launched().proposal().version()).isEqualTo("1.0.0");
    }

    @Test
    void a_version_that_is_verified_can_be_left_although_its_merge_is_not_done() {
        ReleaseId id = new ReleaseId("hello@1.1.0");
        Target target = POLICY.environments().production().target();
        policy().completed("1.0.0").propose("1.1.0");
        for (ReleasePhase phase : List.of(ReleasePhase.MERGING, ReleasePhase.NEEDS_OPERATOR)) {
            moved(id.value(), phase, false, false, new Verified(id, Examples.proposal("1.1.0"), target, false));
        }

        assertThat(rollBack(null).launched().proposal().version()).isEqualTo("1.0.0");
        assertThat(application.verified()).hasSize(2);
    }

    @Test
    void what_cannot_be_gone_back_to_is_refused_with_the_remedy() {
        rollBack(null);
        assertThat(refusal()).isEqualTo("unknown-application");
        policy().rollBack(null);
        assertThat(refusal()).isEqualTo("nothing-to-roll-back");
        completed("1.0.0").rollBack(null);
        assertThat(refusal()).isEqualTo("no-earlier-version");
        completed("1.1.0").rollBack("1.1.0");
        assertThat(refusal()).isEqualTo("already-there");
        rollBack("0.9.0");
        assertThat(refusal()).isEqualTo("no-such-version");
        assertThat(detail()).contains("Versions to go back to: 1.0.0.");
        assertThat(application.live()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleasePhase.class,
            names = {"ROLLING_OUT", "BAKING", "ROLLING_BACK"})
    void while_a_release_has_production_it_is_to_be_aborted_instead(ReleasePhase phase) {
        policy().completed("1.0.0").completed("1.1.0").propose("1.2.0").at("hello@1.2.0", phase);
        rollBack(null);

        assertThat(refusal()).isEqualTo("production-busy");
        assertThat(detail())
                .contains(
                        phase == ReleasePhase.ROLLING_BACK
                                ? "it goes back already"
                                : "./slipway release abort hello@1.2.0 --reason WHY");
    }

    @Test
    void a_rollback_that_is_under_way_is_the_only_one() {
        policy().completed("1.0.0").completed("1.1.0").rollBack(null);
        at(launched().id().value(), ReleasePhase.ROLLING_OUT).rollBack(null);

        assertThat(refusal()).isEqualTo("production-busy");
    }

    @Test
    void the_same_request_again_is_the_same_rollback() {
        policy().completed("1.0.0").completed("1.1.0");
        take(new RollBack(null, "r", "op", "key"));
        ReleaseId id = launched().id();

        take(new RollBack(null, "r", "op", "key"));

        assertThat(last.effects()).isEmpty();
        assertThat(application.answerTo("key")).contains(id);
    }

    @Test
    void a_request_that_is_known_to_have_led_to_a_rollback_leads_to_no_other() {
        policy().completed("1.0.0").completed("1.1.0");
        ReleaseId before = new ReleaseId("hello@1.0.0~rollback-9");

        take(new RollBack(null, "r", "op", "old request").leadingTo(before));

        assertThat(last.effects()).isEmpty();
        assertThat(application.answerTo("old request")).contains(before);
    }

    @Test
    void releases_on_their_way_are_held_and_come_after_the_rollback() {
        policy().completed("1.0.0").completed("1.1.0").propose("1.2.0");
        rollBack(null);

        assertThat(launched().ordinal()).isEqualTo(4);
        assertThat(sent(Hold.class)).containsExactly(new Hold(launched().id(), Hold.Kind.HELD, 5));
        assertThat(propose("1.3.0").launched().ordinal()).isEqualTo(6);
    }

    @Test
    void too_many_at_a_time_are_refused() {
        policy().completed("1.0.0")
                .completed("1.1.0")
                .propose("1.2.0")
                .propose("1.3.0")
                .propose("1.4.0");
        rollBack(null);

        assertThat(refusal()).isEqualTo("too-many-releases");
    }

    @Test
    void what_is_remembered_of_production_is_bounded() {
        policy();
        for (int minor = 0; minor < 9; minor++) {
            completed("1." + minor + ".0");
        }

        assertThat(application.verified()).hasSize(4);
    }

    // ---- the fate of others

    @Test
    void the_others_are_held_once_when_production_goes_back_and_blocked_while_an_operator_is_needed() {
        policy().propose("1.0.0").propose("1.1.0");
        moved("hello@1.0.0", ReleasePhase.ROLLING_BACK, true, false, null);
        assertThat(sent(Hold.class)).containsExactly(new Hold(new ReleaseId("hello@1.0.0"), Hold.Kind.HELD, 0));
        assertThat(messages()).extracting(Message::key).containsExactly("hello@1.1.0");

        moved("hello@1.0.0", ReleasePhase.NEEDS_OPERATOR, true, true, null);
        assertThat(sent(Hold.class)).extracting(Hold::kind).containsExactly(Hold.Kind.BLOCKED);
        moved("hello@1.0.0", ReleasePhase.ROLLED_BACK, true, false, null);
        assertThat(sent(Hold.class)).extracting(Hold::kind).containsExactly(Hold.Kind.HELD);
        assertThat(application.standing()).isEmpty();
    }

    @Test
    void a_release_that_is_well_after_all_blocks_nobody() {
        policy().propose("1.0.0").propose("1.1.0");
        moved("hello@1.0.0", ReleasePhase.NEEDS_OPERATOR, false, true, null)
                .moved("hello@1.0.0", ReleasePhase.MERGING, false, false, null);

        assertThat(sent(Hold.class)).extracting(Hold::kind).containsExactly(Hold.Kind.LIFTED);
    }

    @Test
    void only_what_fixes_it_is_let_past_a_release_that_needs_an_operator() {
        policy().propose("1.0.0");
        moved("hello@1.0.0", ReleasePhase.NEEDS_OPERATOR, true, true, null);

        assertThat(propose("1.1.0").launched().blockedBy()).hasToString("hello@1.0.0");
        assertThat(take(new Propose(fixing("1.2.0", "hello@1.0.0"), "op@example.test", "f1", true))
                        .launched()
                        .blockedBy())
                .isNull();
    }

    @Test
    void what_needs_no_operator_cannot_be_fixed() {
        policy().propose("1.0.0").at("hello@1.0.0", ReleasePhase.BAKING);

        take(new Propose(fixing("1.2.0", "hello@1.0.0"), "op@example.test", "f1", true));

        assertThat(Objects.requireNonNull(launched().refused()).kind()).isEqualTo("nothing-to-fix");
    }

    private static Proposal fixing(String version, String fixes) {
        Proposal proposal = Examples.proposal(version);
        return new Proposal(proposal.application(), version, proposal.sha(), proposal.artifacts(), fixes);
    }

    // ---- pushes

    @Test
    void a_push_counts_once_git_shows_it_and_concerns_only_what_was_on_its_way() {
        policy().propose("1.0.0").take(new PushHeard(OTHER));
        assertThat(last.effects())
                .containsExactly(new Effect.StartTask(
                        "look-at-branch/" + OTHER, SourceBranch.LOOK, new SourceBranch.Look(POLICY.source(), OTHER)));
        propose("1.1.0").take(new HeadSeen(OTHER, OTHER));

        assertThat(messages()).extracting(Message::key).containsExactly("hello@1.0.0");
        assertThat(sent(Supersede.class)).containsExactly(Supersede.byPush(OTHER, List.of()));
        assertThat(application.pushed()).isNull();
    }

    @Test
    void a_push_that_git_does_not_show_changes_nothing() {
        policy().propose("1.0.0").take(new PushHeard(OTHER)).take(new HeadSeen(OTHER, Examples.SHA));

        assertThat(last.effects()).isEmpty();
        assertThat(last.reason()).contains("does not count: Git shows 1111111");
        assertThat(take(new HeadSeen(OTHER, OTHER)).last.effects()).isEmpty();
    }

    @Test
    void a_newer_push_takes_the_place_of_one_that_is_looked_at() {
        Sha newer = new Sha("8".repeat(40));
        policy().propose("1.0.0").take(new PushHeard(OTHER)).take(new PushHeard(newer));

        assertThat(last.effects()).contains(new Effect.DropTask("look-at-branch/" + OTHER));
        assertThat(take(new HeadSeen(OTHER, OTHER)).last.effects()).isEmpty();
        assertThat(take(new PushHeard(newer)).last.effects()).isEmpty();
    }

    @Test
    void a_push_is_nothing_where_nothing_is_on_its_way_or_the_policy_ignores_it() {
        assertThat(policy().take(new PushHeard(OTHER)).last.effects()).isEmpty();
        Policy ignoring = Examples.policy(
                POLICY.application(),
                POLICY.source(),
                POLICY.contacts(),
                POLICY.approvals(),
                POLICY.checks(),
                POLICY.gates(),
                POLICY.environments(),
                POLICY.merge(),
                Policy.OnPush.IGNORE,
                List.of());

        take(new PutPolicy(ignoring, "h2", "admin")).propose("1.0.0").take(new PushHeard(OTHER));

        assertThat(last.effects()).isEmpty();
    }

    @Test
    void it_reads_back_as_it_was_stored() {
        policy().completed("1.0.0").completed("1.1.0").rollBack(null);
        at(launched().id().value(), ReleasePhase.ROLLING_OUT).take(new PushHeard(OTHER));

        String json = MessagingJson.mapper().writeValueAsString(application);

        assertThat(MessagingJson.mapper().readValue(json, Application.class)).isEqualTo(application);
    }
}
