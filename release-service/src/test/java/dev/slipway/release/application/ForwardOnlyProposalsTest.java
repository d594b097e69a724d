package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who may say of a release that it cannot be undone, and what that means for going back behind it. */
final class ForwardOnlyProposalsTest {
    private static final String CI = "ci@example.test";
    private static final String WHY = "orders are rewritten";
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final ApplicationCore core = new ApplicationCore(Examples.APPLICATION_LIMITS);
    private Application application = core.initial("hello");
    private Decision<Application> last = Decision.stay(application);
    private int keys;

    /** The demo policy with this at its end; nothing where it says nothing of it. */
    static Policy policy(String forwardOnly) {
        String yaml = Examples.demoYaml() + "\n" + forwardOnly + "\n";
        PolicyReading read = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(read).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) read).policy();
    }

    private ForwardOnlyProposalsTest take(ApplicationInput input) {
        last = core.decide(application, input, NOW);
        if (last.refusal() == null) {
            application = last.state();
        }
        return this;
    }

    private ForwardOnlyProposalsTest under(String forwardOnly) {
        return take(new PutPolicy(policy(forwardOnly), "h " + forwardOnly, "admin@example.test"));
    }

    private Launch proposed(Proposal proposal, String by, boolean operator) {
        take(new Propose(proposal, by, "k" + ++keys, operator));
        return launched();
    }

    private Launch launched() {
        return sent().filter(Launch.class::isInstance)
                .map(Launch.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private Stream<Object> sent() {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message())
                .map(Message::body);
    }

    private static String refused(Launch launch) {
        Cause cause = Objects.requireNonNull(launch.refused());
        return cause.kind() + " " + cause.text();
    }

    private ForwardOnlyProposalsTest completed(String version, @Nullable String forwardOnly) {
        Proposal plain = Examples.proposal(version);
        Proposal proposal = forwardOnly == null ? plain : plain.onlyForward(forwardOnly);
        ReleaseId id = new ReleaseId("hello@" + version);
        Target target = Objects.requireNonNull(application.policy())
                .policy()
                .environments()
                .production()
                .target();
        proposed(proposal, CI, false);
        return take(new ReleaseMoved(new Moved(
                id,
                ReleasePhase.COMPLETED,
                false,
                false,
                new Verified(id, proposal, target, false),
                null,
                null,
                true)));
    }

    @Test
    void it_may_be_declared_where_the_policy_says_what_is_done_instead_of_going_back() {
        Launch launch = under("forwardOnly: {ask: [technical-lead]}")
                .proposed(Examples.proposal("1.0.0").onlyForward(WHY), CI, false);

        assertThat(launch.refused()).isNull();
        assertThat(launch.proposal().forwardOnly()).isEqualTo(WHY);
    }

    @Test
    void a_policy_that_says_nothing_of_it_has_it_refused_with_what_to_say_there() {
        Launch launch = under("").proposed(Examples.proposal("1.0.0").onlyForward(WHY), CI, false);

        assertThat(refused(launch)).contains("no-forward-only", "forwardOnly: {ask: [technical-lead]}");
    }

    @Test
    void only_those_whom_the_policy_names_declare_it_by_role_or_by_identity() {
        under("forwardOnly: {ask: [devops], declaredBy: [technical-lead, \"Bot@example.test\"]}");
        Proposal proposal = Examples.proposal("1.0.0").onlyForward(WHY);

        assertThat(refused(proposed(proposal, CI, false)))
                .contains("not-yours-to-declare", CI, "technical-lead, Bot@example.test");
        assertThat(proposed(proposal, "bot@example.test", false).refused()).isNull();

        under("forwardOnly: {ask: [devops], declaredBy: [technical-lead]}");
        assertThat(proposed(Examples.proposal("1.1.0").onlyForward(WHY), Examples.ADA, false)
                        .refused())
                .isNull();
    }

    @Test
    void what_was_proposed_without_it_does_not_become_one_by_saying_so_later_and_stays_one_without_saying_so_again() {
        under("forwardOnly: {ask: [devops]}");
        proposed(Examples.proposal("1.0.0"), CI, false);
        assertThat(refused(proposed(Examples.proposal("1.0.0").onlyForward(WHY), CI, false)))
                .contains("version-taken", "abort");

        proposed(Examples.proposal("1.1.0").onlyForward(WHY), CI, false);
        take(new Propose(Examples.proposal("1.1.0"), CI, "ci event", false));
        assertThat(application.answerTo("ci event")).contains(new ReleaseId("hello@1.1.0"));
        assertThat(sent().filter(Launch.class::isInstance)).isEmpty();
    }

    @Test
    void what_repairs_one_that_is_held_may_be_proposed_and_may_only_go_forward_too() {
        under("forwardOnly: {ask: [devops]}");
        proposed(Examples.proposal("1.0.0").onlyForward(WHY), CI, false);
        Proposal plain = Examples.proposal("1.0.1");
        Proposal fix =
                new Proposal(plain.application(), plain.version(), plain.sha(), plain.artifacts(), "hello@1.0.0");
        assertThat(refused(proposed(fix, "op@example.test", true))).contains("nothing-to-fix");

        take(new ReleaseMoved(new Moved(
                new ReleaseId("hello@1.0.0"), ReleasePhase.ROLLING_OUT, false, true, null, null, null, true, WHY)));

        Launch launch = proposed(fix, "op@example.test", true);
        assertThat(launch.refused()).isNull();
        assertThat(launch.proposal().forwardOnly()).isEqualTo(WHY);
        assertThat(launch.blockedBy()).isNull();
        assertThat(proposed(Examples.proposal("1.2.0"), CI, false).blockedBy())
                .as("others wait")
                .isEqualTo(new ReleaseId("hello@1.0.0"));
    }

    @Test
    void going_back_to_it_and_no_further_takes_no_such_word() {
        under("forwardOnly: {ask: [devops]}")
                .completed("1.0.0", null)
                .completed("1.1.0", WHY)
                .completed("1.2.0", null);

        take(new RollBack(null, "orders are lost", "op@example.test", "back"));
        assertThat(last.refusal()).isNull();
        assertThat(launched().proposal().version()).isEqualTo("1.1.0");
    }

    @Test
    void nobody_goes_back_behind_it_without_saying_that_they_know() {
        under("forwardOnly: {ask: [devops]}")
                .completed("1.0.0", null)
                .completed("1.1.0", WHY)
                .completed("1.2.0", null);

        take(new RollBack("1.0.0", "orders are lost", "op@example.test", "back"));

        assertThat(Objects.requireNonNull(last.refusal()).code()).isEqualTo("forward-only");
        assertThat(last.refusal().detail())
                .contains("1.1.0 may only go forward: " + WHY, "--to 1.0.0 --although-forward-only REASON");
        take(new RollBack("1.0.0", "orders are lost", "op@example.test", "back").although("1.0.0 reads them"));
        assertThat(last.refusal()).isNull();
        assertThat(last.reason()).contains("orders are lost", "although 1.1.0 may only go forward: 1.0.0 reads them");
    }

    @Test
    void what_goes_bad_later_is_not_taken_back_by_itself_either_and_people_hear_why() {
        under("forwardOnly: {ask: [devops]}").completed("1.0.0", null).completed("1.1.0", WHY);
        IncidentStatus incident = new IncidentStatus(
                EnvironmentId.parse("hello/production"),
                new ReleaseId("hello@1.1.0"),
                "1.1.0",
                1,
                IncidentStatus.Kind.DIED,
                NOW,
                null,
                null,
                1,
                Trouble.of("Its process is gone"),
                true,
                List.of(),
                List.of(),
                null);

        take(RollBack.ofBad(incident, "it hangs", "service:deployment-service"));

        assertThat(sent().filter(Launch.class::isInstance)).isEmpty();
        assertThat(sent().filter(IncidentStatus.class::isInstance).map(IncidentStatus.class::cast))
                .singleElement()
                .satisfies(told -> assertThat(told.notBack()).contains(WHY));
    }
}
