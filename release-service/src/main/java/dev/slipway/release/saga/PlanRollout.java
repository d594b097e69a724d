package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.release.PlanView.Asked;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Tags;
import dev.slipway.release.saga.PlanStation.Draft;
import dev.slipway.release.saga.PlanStation.Place;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The steps of a plan in production: each share of traffic with its hold and what takes it back, the bake, and the merge. */
final class PlanRollout {
    private final Dossier d;
    private final Policy policy;
    private final PlanAsked asked;
    private final Policy.Environments.Production production;
    private final @Nullable String before;

    PlanRollout(Dossier d, PlanAsked asked) {
        this.d = d;
        this.policy = d.guide();
        this.asked = asked;
        this.production = policy.environments().production();
        this.before = before(d);
    }

    /** What production goes back to from it, as far as that is known; null where there is nothing. */
    static @Nullable String before(Dossier d) {
        Launch launch = d.release();
        Launch.Rollback rollback = launch.rollback();
        if (rollback != null) {
            return rollback.fromVersion();
        }
        WayBackStatus wayBack = d.wayBack();
        if (wayBack != null) {
            return wayBack.toVersion();
        }
        return launch.baseline() == null ? null : launch.baseline().version();
    }

    List<Draft> steps(Instant now) {
        List<Draft> steps = new ArrayList<>();
        steps.add(start(now));
        List<Step> shares = shares();
        for (int i = 0; i < shares.size(); i++) {
            steps.add(share(shares.get(i), i + 1, shares.size()));
        }
        if (!production.bake().isZero()) {
            steps.add(bake());
        }
        steps.add(keep());
        Policy.Merge merge = policy.merge();
        if (merge != null && !d.isRollback() && !d.isConfiguration()) {
            steps.add(merge(merge));
        }
        if (!Steps.arrival(d).isEmpty()) {
            steps.add(arrival());
        }
        return steps;
    }

    /** As the environment takes them: where there is nothing to compare with, or all switch at once, the last alone. */
    private List<Step> shares() {
        List<Step> all = production.steps();
        boolean known =
                d.rollout(PRODUCTION).filter(status -> status.steps() > 0).isPresent();
        boolean single = known ? d.rollout(PRODUCTION).map(RolloutStatus::steps).orElse(0) == 1 : !isCompared();
        if (single) {
            return d.isRollback() ? List.of(new Step(Step.FULL, Duration.ZERO)) : List.of(all.getLast());
        }
        return all;
    }

    private boolean isCompared() {
        return production.strategy() == Strategy.CANARY && !d.isRollback() && before != null;
    }

    private Draft start(Instant now) {
        Optional<Instant> freeze = d.isRollback() || Yielding.begun(d)
                ? Optional.empty()
                : d.freezes().next(now);
        Duration warmUp = production.canary().warmUp();
        String dropped = "No user has met it: production drops it%s. %s"
                .formatted(before == null ? "" : " and goes on with " + before, abort());
        return new Draft(
                Place.of(PlanStation.START),
                ReleasePhase.ROLLING_OUT,
                "Production begins",
                "It takes its turn for production, where one rollout at a time is under way, is started %s%s, without users yet.%s"
                        .formatted(
                                before == null ? "there" : "beside " + before,
                                warmUp.isZero() ? "" : " and warmed up for up to " + Texts.words(warmUp),
                                freeze.map(at ->
                                                " The next freeze begins at %s: what has not begun by then waits for its end."
                                                        .formatted(at))
                                        .orElse("")),
                List.of(),
                ForwardOnly.isMeant(d) ? goesBack() + " " + abort() : dropped);
    }

    private String abort() {
        return ForwardOnly.isMeant(d) ? "A person takes it back by: " + ForwardOnly.typed(d) : PlanApproach.abort(d);
    }

    /** What follows from what is found at a step. */
    private String consequence() {
        return ForwardOnly.isMeant(d) ? "It is held for " : "It is taken back by ";
    }

    private Draft share(Step step, int number, int of) {
        Canary canary = production.canary();
        boolean compared = isCompared();
        String held = step.hold().isZero()
                ? "no time of its own, as the bake follows"
                : "at least " + Texts.words(step.hold());
        String share = step.traffic() == Step.FULL
                ? "all traffic"
                : "%d %% of %s"
                        .formatted(
                                step.traffic(),
                                canary.assign() == Canary.Assign.CLIENT ? "clients, each for good" : "requests");
        String answers = compared ? ", and until each side has given %d answers".formatted(canary.answersMin()) : "";
        String probes = canary.traffic() == Canary.Traffic.PROBE
                ? " Where no users come by, Slipway sends bounded load of its own."
                : "";
        return new Draft(
                new Place(PlanStation.STEP, number),
                ReleasePhase.ROLLING_OUT,
                "%d %% of traffic".formatted(step.traffic()),
                "Step %d of %d: %s, for %s%s.%s %s%s. %s"
                        .formatted(
                                number,
                                of,
                                share,
                                held,
                                answers,
                                probes,
                                consequence(),
                                takesBack(compared),
                                tooFew(canary)),
                List.of(),
                goesBack() + " " + abort() + "; or waits there: slipway release pause " + d.id());
    }

    private String tooFew(Canary canary) {
        String time = Texts.words(canary.stepWithin());
        return switch (canary.onInconclusive()) {
            case HOLD ->
                "Where nobody can know within %s it waits for a person: slipway release promote %s"
                        .formatted(time, d.id());
            case ROLL_BACK ->
                "Where nobody can know within %s, %s."
                        .formatted(time, ForwardOnly.isMeant(d) ? "it is held" : "production goes back");
        };
    }

    /** What is found at any step, the bake included. */
    private String takesBack(boolean compared) {
        Canary canary = production.canary();
        Canary.Guardrails guardrails = canary.guardrails();
        List<String> causes = new ArrayList<>();
        if (compared) {
            causes.add("more errors, refusals or slow answers than %s gives (alpha %s)"
                    .formatted(before, number(canary.alpha())));
        }
        if (guardrails.errorRatePercentMax() != null) {
            causes.add("an error rate of %s %% or more".formatted(number(guardrails.errorRatePercentMax())));
        }
        guardrails
                .latencies()
                .forEach(limit -> causes.add(
                        "p%s of %s or more".formatted(number(limit.quantile() * 100), Texts.words(limit.below()))));
        if (guardrails.memoryBytesMax() != null) {
            causes.add("%,d bytes of memory or more".formatted(guardrails.memoryBytesMax()));
        }
        if (guardrails.memoryGrowthPercentMax() != null) {
            causes.add("memory that grows by %s %% or more".formatted(number(guardrails.memoryGrowthPercentMax())));
        }
        guardrails.metrics().stream()
                .map(MetricRule::toString)
                .forEach(rule -> causes.add("a metric that breaks " + rule));
        causes.add("a version that ends or turns unready");
        return String.join("; ", causes);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }

    private String goesBack() {
        if (ForwardOnly.isMeant(d)) {
            return ForwardOnly.plan(d);
        }
        return before == null
                ? "There is no version before it: its traffic is taken away, production answers 503, and an operator"
                        + " is asked."
                : "Production goes back to %s by itself, everybody is told, and it ends as ROLLED_BACK."
                        .formatted(before);
    }

    private Draft bake() {
        int heldBack = production.canary().holdBack();
        String beside = isCompared() && heldBack > 0
                ? " %d %% of traffic stays on %s, to compare with.".formatted(heldBack, before)
                : "";
        return new Draft(
                Place.of(PlanStation.BAKE),
                ReleasePhase.BAKING,
                "Bake",
                "It is watched for %s of seconds in which answers were seen, not by the clock.%s %s."
                        .formatted(
                                Texts.words(production.bake()),
                                beside,
                                ForwardOnly.isMeant(d)
                                        ? "It is held for what holds it at a step"
                                        : "It is taken back by what takes back a step"),
                List.of(),
                goesBack() + " " + abort());
    }

    private Draft keep() {
        List<Asked> gates = asked.gates(policy.gates(Stage.PRODUCTION), Steps.ASSESS_PRODUCTION);
        List<Asked> duties = asked.duties(Duty.Before.END);
        List<String> first = new ArrayList<>();
        if (!gates.isEmpty()) {
            first.add("%s at what users have.".formatted(Texts.counted(gates.size(), "gate looks", "gates look")));
        }
        if (!duties.isEmpty()) {
            first.add("%s answered: %s."
                    .formatted(
                            Texts.counted(duties.size(), "duty has to be", "duties have to be"),
                            asked.answer(Duty.Before.END)));
        }
        first.add("Production keeps it: it is verified, and what later releases go back to.");
        return new Draft(
                Place.of(PlanStation.KEEP),
                ReleasePhase.BAKING,
                "Production keeps it",
                String.join(" ", first),
                PlanAsked.both(gates, duties),
                goesBack() + " " + abort());
    }

    private Draft merge(Policy.Merge merge) {
        return new Draft(
                Place.of(PlanStation.MERGE),
                ReleasePhase.MERGING,
                "Merge and tag",
                "The revision is merged into %s and tagged %s, by one push."
                        .formatted(
                                policy.source().to(),
                                Tags.of(merge, d.release().proposal().version())),
                List.of(),
                "Production keeps it whatever comes of the merge. What Git refuses needs an operator: slipway release retry %s, or resolve. %s"
                        .formatted(d.id(), byHand(d)));
    }

    private Draft arrival() {
        List<Asked> gates = asked.gates(Steps.arrival(d), Steps.ASSESS_ARRIVAL);
        return new Draft(
                Place.of(PlanStation.ARRIVAL),
                ReleasePhase.MERGING,
                "What was published is there",
                "%s where it was published, again and again until it is found or the time is over."
                        .formatted(Texts.counted(gates.size(), "gate looks", "gates look")),
                gates,
                "Production keeps it whatever is found. What is not found, or is something else, needs an operator: slipway release retry %s, or resolve. %s"
                        .formatted(d.id(), byHand(d)));
    }

    /** How a person takes production back from what it has verified. */
    static String byHand(Dossier d) {
        String back = before(d);
        return back == null || d.isRollback()
                ? "There is no version to go back to; a new one goes forward."
                : "A person goes back to %s by: slipway app rollback %s %s"
                        .formatted(
                                back,
                                d.id().application(),
                                ForwardOnly.isMeant(d) ? "--although-forward-only REASON" : "--reason WHY");
    }
}
