package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.PROVE;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.deployment.environment.Environment.Proving;
import dev.slipway.deployment.environment.EnvironmentInput.WayBackTried;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Whether an environment could go back: asked before production, answered once and remembered. */
final class WayBack {
    private static final int OPEN_MAX = 5;

    private final Rhythm rhythm;

    WayBack(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    Decision<Environment> asked(Environment environment, QuestionKey question, Instant now) {
        for (WayBackStatus known : environment.proofs()) {
            if (known.question().equals(question)) {
                return Decision.stay(environment).and(Statuses.send(known));
            }
        }
        boolean open = environment.proving().stream()
                .anyMatch(proving -> proving.question().equals(question));
        if (open || environment.proving().size() >= OPEN_MAX) {
            return Decision.stay(environment); // the question will be repeated
        }
        Snapshot verified = environment.verified();
        return verified == null
                ? answer(environment, environment.proving(), firstRelease(environment, question))
                : prove(
                        environment,
                        new Proving(question, verified, now.plus(rhythm.proveWithin(verified.target())), false));
    }

    Decision<Environment> tried(Environment environment, WayBackTried tried) {
        return environment.proving().stream()
                .filter(proving -> proving.question().equals(tried.question()))
                .findFirst()
                .map(proving -> answer(
                        environment,
                        without(environment, proving),
                        status(environment, proving, tried.proven(), tried.detail())))
                .orElseGet(() -> Decision.stay(environment)); // answered already, by its deadline
    }

    Decision<Environment> overdue(Environment environment, Instant now) {
        Decision<Environment> decision = Decision.stay(environment);
        for (Proving proving : environment.proving()) {
            Environment state = decision.state();
            if (proving.until().isAfter(now)) {
                continue;
            }
            if (!proving.restarted() && now.isAfter(proving.until().plus(rhythm.askWithin()))) {
                Proving again = new Proving(
                        proving.question(),
                        proving.to(),
                        now.plus(rhythm.proveWithin(proving.to().target())),
                        true);
                List<Proving> open = new ArrayList<>(without(state, proving));
                open.add(again);
                decision = new Decision<>(
                        state.withProofs(open, state.proofs()), decision.effects(), decision.reason(), null);
            } else {
                String detail = "no proof within "
                        + Texts.words(rhythm.proveWithin(proving.to().target()));
                Decision<Environment> answered = answer(
                        leaving(state, proving, now), without(state, proving), status(state, proving, false, detail));
                decision = new Decision<>(answered.state(), decision.effects(), null, null)
                        .and(Orders.dropProof(proving))
                        .and(answered.effects());
            }
        }
        Environment after = decision.state();
        return decision.and(timer(after)).and(after.equals(environment) ? List.of() : Drain.timerWithDue(after, now));
    }

    /** Its worker may have died with the second instance running: that is stopped in any case. */
    private static Environment leaving(Environment environment, Proving proving, Instant now) {
        return environment.retiring(new Retired(Work.proofKey(proving.to(), proving.question()), now));
    }

    private static Decision<Environment> prove(Environment environment, Proving proving) {
        List<Proving> open = new ArrayList<>(environment.proving());
        open.add(proving);
        Environment next = environment.withProofs(open, environment.proofs());
        return Decision.move(next, Orders.prove(proving)).and(timer(next));
    }

    private Decision<Environment> answer(Environment environment, List<Proving> open, WayBackStatus status) {
        List<WayBackStatus> done = new ArrayList<>(environment.proofs());
        done.add(status);
        Environment next = environment.withProofs(
                open, done.subList(Math.max(0, done.size() - rhythm.answersKept()), done.size()));
        return Decision.move(next, Statuses.send(status)).and(timer(next));
    }

    private static List<Effect> timer(Environment environment) {
        return environment.proving().stream()
                .map(Proving::until)
                .min(Comparator.naturalOrder())
                .map(due -> List.of(Effect.startTimer(PROVE, due)))
                .orElseGet(() -> List.of(Effect.stopTimer(PROVE)));
    }

    private static List<Proving> without(Environment environment, Proving done) {
        return environment.proving().stream()
                .filter(proving -> !proving.equals(done))
                .toList();
    }

    private static WayBackStatus firstRelease(Environment environment, QuestionKey question) {
        return new WayBackStatus(
                question,
                environment.id(),
                true,
                "first-release",
                null,
                null,
                "nothing was verified here before, so there is nothing to go back to; on record");
    }

    private static WayBackStatus status(Environment environment, Proving proving, boolean proven, String detail) {
        Snapshot to = proving.to();
        return new WayBackStatus(
                proving.question(),
                environment.id(),
                proven,
                "snapshot",
                to.artifact().digest(),
                to.version(),
                detail);
    }
}
