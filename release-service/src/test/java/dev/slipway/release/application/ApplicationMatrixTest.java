package dev.slipway.release.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.RemoveEnvironment;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.ApplicationInput.ChangedBehind;
import dev.slipway.release.application.ApplicationInput.Configure;
import dev.slipway.release.application.ApplicationInput.HeadSeen;
import dev.slipway.release.application.ApplicationInput.Propose;
import dev.slipway.release.application.ApplicationInput.PushHeard;
import dev.slipway.release.application.ApplicationInput.PutPolicy;
import dev.slipway.release.application.ApplicationInput.ReleaseMoved;
import dev.slipway.release.application.ApplicationInput.Remove;
import dev.slipway.release.application.ApplicationInput.RollBack;
import dev.slipway.release.wiring.Examples;
import dev.slipway.testkit.ClassDoc;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Holds the class doc of {@link ApplicationCore}, which lists every (situation, input) pair, against the code. */
final class ApplicationMatrixTest {
    private static final Policy POLICY = Examples.demoPolicy().policy();
    private static final List<SettingChange> SECRET =
            List.of(new SettingChange("secret db", "fingerprint a1b2", "fingerprint c3d4"));
    private static final Sha PUSHED = new Sha("9".repeat(40));
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final ApplicationCore CORE_OF_IT = new ApplicationCore(new ApplicationLimits(8, 8, 8, 4, 8));

    private static Application after(ApplicationInput... inputs) {
        Application state = CORE_OF_IT.initial("hello");
        for (ApplicationInput input : inputs) {
            state = CORE_OF_IT.decide(state, input, NOW).state();
        }
        return state;
    }

    private static ApplicationInput put(String hash) {
        return new PutPolicy(POLICY, hash, "admin");
    }

    private static ApplicationInput propose(String version, String digit) {
        return new Propose(Examples.proposal(version, digit), "ci", version + digit, false);
    }

    private static ApplicationInput ofOneName() {
        Proposal one = Examples.proposal("2.0.0", "a");
        List<Artifact> both =
                List.of(one.artifacts().getFirst(), one.artifacts().getFirst());
        return new Propose(new Proposal(one.application(), "2.0.0", one.sha(), both, null), "ci", "several", false);
    }

    private static ApplicationInput propose(String version, String digit, String key) {
        return new Propose(Examples.proposal(version, digit), "ci", key, false);
    }

    private static ApplicationInput hotfix(boolean operator) {
        Proposal plain = Examples.proposal("1.0.1");
        Proposal hotfix =
                new Proposal(plain.application(), "1.0.1", plain.sha(), plain.artifacts(), null, "orders are lost");
        return new Propose(hotfix, "op", "hotfix " + operator, operator);
    }

    private static Policy frozen() {
        return Examples.policy(
                POLICY.application(),
                POLICY.source(),
                POLICY.contacts(),
                POLICY.approvals(),
                POLICY.checks(),
                POLICY.gates(),
                POLICY.environments(),
                POLICY.merge(),
                POLICY.onPush(),
                List.of(new Policy.Freeze(NOW, NOW.plusSeconds(60), "stocktaking")));
    }

    private static ApplicationInput fix(boolean operator, String fixes) {
        Proposal plain = Examples.proposal("2.0.0");
        Proposal fix = new Proposal(plain.application(), "2.0.0", plain.sha(), plain.artifacts(), fixes);
        return new Propose(fix, "op", "fix " + operator + fixes, operator);
    }

    private static ApplicationInput moved(
            String release, ReleasePhase phase, boolean wentBack, boolean blocks, @Nullable Verified verified) {
        return new ReleaseMoved(
                new Moved(new ReleaseId(release), phase, wentBack, blocks, verified, null, null, false));
    }

    private static ApplicationInput completed(String version) {
        ReleaseId id = new ReleaseId("hello@" + version);
        return moved(
                id.value(),
                ReleasePhase.COMPLETED,
                false,
                false,
                new Verified(
                        id,
                        Examples.proposal(version),
                        POLICY.environments().production().target(),
                        false));
    }

    private static Map<String, Application> situations() {
        ApplicationInput[] completed = {
            put("h"), propose("1.0.0", "a"), completed("1.0.0"), propose("1.1.0", "a"), completed("1.1.0")
        };
        Map<String, Application> situations = new LinkedHashMap<>();
        situations.put("NO POLICY", after());
        situations.put("NO RELEASE YET", after(put("h")));
        situations.put("TWO COMPLETED, none on its way", after(completed));
        situations.put(
                "A SECRET CHANGED, none on its way", after(plus(completed, new ChangedBehind(1, false, SECRET))));
        situations.put("ONE ON ITS WAY, before production", after(plus(completed, propose("1.2.0", "a"))));
        situations.put(
                "ONE IN PRODUCTION",
                after(plus(
                        completed,
                        propose("1.2.0", "a"),
                        moved("hello@1.2.0", ReleasePhase.ROLLING_OUT, false, false, null))));
        situations.put(
                "ONE NEEDS AN OPERATOR, another on its way",
                after(plus(
                        completed,
                        propose("1.2.0", "a"),
                        moved("hello@1.2.0", ReleasePhase.NEEDS_OPERATOR, true, true, null),
                        propose("1.3.0", "a"))));
        situations.put(
                "ONE ENDED BEFORE PRODUCTION",
                after(plus(
                        completed,
                        propose("1.2.0", "a"),
                        moved("hello@1.2.0", ReleasePhase.ABORTED, false, false, null))));
        situations.put(
                "ONE IS READ, an older one on its way",
                after(plus(completed, propose("1.1.5", "a"), propose("1.2.0", "a"))));
        situations.put("REMOVED", after(plus(completed, new Remove("nobody uses it", "admin"))));
        situations.put("A PUSH IS LOOKED AT", after(plus(completed, propose("1.2.0", "a"), new PushHeard(PUSHED))));
        return situations;
    }

    private static ApplicationInput[] plus(ApplicationInput[] first, ApplicationInput... more) {
        List<ApplicationInput> all = new ArrayList<>(Arrays.asList(first));
        all.addAll(Arrays.asList(more));
        return all.toArray(ApplicationInput[]::new);
    }

    private static Map<String, ApplicationInput> inputs() {
        Map<String, ApplicationInput> inputs = new LinkedHashMap<>();
        inputs.put("PutPolicy, the same", put("h"));
        inputs.put("PutPolicy, another", put("other"));
        inputs.put("PutPolicy, with a freeze", new PutPolicy(frozen(), "frozen", "admin"));
        inputs.put("Propose above the last", propose("2.0.0", "a"));
        inputs.put("Propose below the last", propose("0.1.0", "a"));
        inputs.put("Propose known content", propose("1.0.0", "a"));
        inputs.put("Propose other content", propose("1.0.0", "b"));
        inputs.put("Propose again", propose("1.2.0", "a", "again"));
        inputs.put("Propose no version", propose("one", "a"));
        inputs.put("Propose artifacts of one name", ofOneName());
        inputs.put("Propose no tag", propose("3.0.0-x.lock", "a"));
        inputs.put("Propose a hotfix as operator", hotfix(true));
        inputs.put("Propose a hotfix as another", hotfix(false));
        inputs.put("Propose a fix as operator", fix(true, "hello@1.2.0"));
        inputs.put("Propose a fix as another", fix(false, "hello@1.2.0"));
        inputs.put("RollBack", new RollBack(null, "why", "op", "back"));
        inputs.put("RollBack to the present", new RollBack("1.1.0", "why", "op", "present"));
        inputs.put("RollBack to what never was", new RollBack("0.0.1", "why", "op", "never"));
        inputs.put("Configure", new Configure("op", "configure"));
        inputs.put("ChangedBehind", new ChangedBehind(1, false, SECRET));
        inputs.put("ChangedBehind, over", new ChangedBehind(1, true, List.of()));
        inputs.put("ItemsLeft", new ApplicationInput.ItemsLeft(new ReleaseId("hello@1.0.0"), true));
        inputs.put("ItemsLeft, none", new ApplicationInput.ItemsLeft(new ReleaseId("hello@1.0.0"), false));
        inputs.put("Remove", new Remove("nobody uses it", "admin"));
        inputs.put("PushHeard", new PushHeard(PUSHED));
        inputs.put("HeadSeen as pushed", new HeadSeen(PUSHED, PUSHED));
        inputs.put("HeadSeen elsewhere", new HeadSeen(PUSHED, null));
        inputs.put("ReleaseMoved, read", moved("hello@1.2.0", ReleasePhase.VALIDATING, false, false, null));
        inputs.put(
                "ReleaseMoved, with traffic",
                new ReleaseMoved(new Moved(
                        new ReleaseId("hello@1.2.0"), ReleasePhase.ROLLING_OUT, false, false, null, null, null, true)));
        inputs.put("ReleaseMoved on", moved("hello@1.2.0", ReleasePhase.BAKING, false, false, null));
        inputs.put("ReleaseMoved back", moved("hello@1.2.0", ReleasePhase.ROLLING_BACK, true, false, null));
        inputs.put("ReleaseMoved to an end", moved("hello@1.2.0", ReleasePhase.REJECTED, false, false, null));
        inputs.put("ReleaseMoved of another", moved("hello@0.0.9", ReleasePhase.COMPLETED, false, false, null));
        return inputs;
    }

    private static String outcome(Application before, ApplicationInput input) {
        Decision<Application> decision = CORE_OF_IT.decide(before, input, NOW);
        Refusal refusal = decision.refusal();
        if (refusal != null) {
            return "refused " + refusal.code();
        }
        List<String> said = Effects.besidesTheAnswer(decision).stream()
                .map(ApplicationMatrixTest::said)
                .distinct()
                .toList();
        if (!said.isEmpty()) {
            return String.join(", ", said);
        }
        return decision.state().equals(before) ? "nothing" : "recorded";
    }

    private static String said(Effect effect) {
        return switch (effect) {
            case Effect.Send(var message) ->
                switch (message.body()) {
                    case Launch launch
                    when launch.refused() != null ->
                        "rejected " + launch.refused().kind();
                    case Launch launch when launch.rollback() != null -> "rollback launched";
                    case Launch launch when launch.configured() != null -> "configuration launched";
                    case Launch launch -> launch.blockedBy() == null ? "launched" : "launched, blocked";
                    case Supersede _ -> "others superseded";
                    case Hold hold -> "others " + hold.kind();
                    case Freezes _ -> "others told";
                    case RemoveEnvironment _ -> "environments removed";
                    default -> message.type();
                };
            case Effect.StartTask task -> task.kind();
            case Effect.DropTask _, Effect.StartTimer _, Effect.StopTimer _ -> effect.toString();
        };
    }

    private static List<String> matrix() {
        List<String> lines = new ArrayList<>();
        situations().forEach((name, state) -> {
            Map<String, List<String>> byOutcome = new LinkedHashMap<>();
            inputs().forEach((input, value) -> byOutcome
                    .computeIfAbsent(outcome(state, value), _ -> new ArrayList<>())
                    .add(input));
            lines.add(name);
            byOutcome.forEach((outcome, inputs) -> lines.addAll(wrapped(outcome, inputs)));
        });
        return lines;
    }

    private static List<String> wrapped(String outcome, List<String> inputs) {
        return ClassDoc.wrapped("  %-34s ".formatted(outcome), String.join("; ", inputs), 37);
    }

    @Test
    void the_class_doc_lists_every_pair_as_the_code_has_it() {
        ClassDoc.of(ApplicationCore.class).lists(matrix());
    }

    @Test
    void the_matrix_has_every_input() {
        Set<Class<?>> kinds = inputs().values().stream().map(Object::getClass).collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(ApplicationInput.class.getPermittedSubclasses());
    }
}
