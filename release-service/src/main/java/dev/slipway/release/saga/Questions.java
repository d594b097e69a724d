package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.ConfigurationVersion;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Launch;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The questions that a release has open in each state. They are asked on entering it, and again until answered. */
final class Questions {
    private static final List<Step> AT_ONCE = List.of(new Step(Step.FULL, Duration.ZERO));

    private static final String SERVICE = "service:release-service";

    private final SagaLimits limits;

    Questions(SagaLimits limits) {
        this.limits = limits;
    }

    List<Message> open(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Proposed _ -> List.of();
            case ReleaseState.AwaitingApproval _ -> Waits.questions(d);
            case ReleaseState.Merging s -> merging(d, s);
            case ReleaseState.NeedsOperator s ->
                s.trouble() == ReleaseState.Trouble.MERGING || s.trouble() == ReleaseState.Trouble.ARRIVING
                        ? unconfirmed(d)
                        : List.of();
            case ReleaseState.Ended s -> ended(d, s);
            case ReleaseState.Validating s ->
                List.of(assess(
                        d,
                        Steps.ASSESS_PRE_RELEASE,
                        Stage.PRE_RELEASE,
                        null,
                        s.waits().since()));
            case ReleaseState.Staging s -> staging(d, s);
            case ReleaseState.Candidate s -> candidate(d, s);
            case ReleaseState.RollingOut s -> rollingOut(d, s);
            case ReleaseState.Baking s -> baking(d, s);
            case ReleaseState.Restoring _ -> List.of(command(d, STAGING, DeploymentTypes.ROLL_BACK));
            case ReleaseState.RollingBack s ->
                List.of(command(d, PRODUCTION, s.aborted() ? DeploymentTypes.ABORT : DeploymentTypes.ROLL_BACK));
        };
    }

    /** A person went on without production's word; it still has to move its snapshot. */
    private static List<Message> unconfirmed(Dossier d) {
        return confirmed(d) ? List.of() : List.of(command(d, PRODUCTION, DeploymentTypes.CONFIRM_VERIFIED));
    }

    /** Whether production has nothing left to confirm. */
    static boolean confirmed(Dossier d) {
        return d.rollout(PRODUCTION)
                .filter(status -> status.phase() == RolloutStatus.Phase.FULL)
                .isEmpty();
    }

    /** An environment that has not let go of an ended release is asked until it has. */
    private static List<Message> ended(Dossier d, ReleaseState.Ended state) {
        String environment = state.lettingGo();
        if (environment != null) {
            return List.of(command(d, environment, DeploymentTypes.ROLL_BACK));
        }
        return state.phase() == ReleasePhase.COMPLETED ? unconfirmed(d) : List.of();
    }

    /**
     * Whether the environment has said for good where the release is, or knows it no more. What staging has verified it has
     * left by then, or says why not.
     */
    static boolean settled(Dossier d, String environment) {
        return d.rollout(environment)
                .filter(status -> switch (status.phase()) {
                    case VERIFIED -> environment.equals(PRODUCTION) || isLeft(status);
                    case RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN -> true;
                    case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING -> false;
                })
                .isPresent();
    }

    private static boolean isLeft(RolloutStatus status) {
        Leaving leaving = status.leaving();
        return leaving != null && leaving.settled();
    }

    private List<Message> staging(Dossier d, ReleaseState.Staging state) {
        return switch (state.part()) {
            case ROLLING_OUT -> List.of(startStaging(d));
            case VERIFYING ->
                List.of(assess(
                        d,
                        Steps.ASSESS_STAGING,
                        Stage.STAGING,
                        address(d, STAGING),
                        state.waits().since()));
            case CONFIRMING -> List.of(command(d, STAGING, DeploymentTypes.CONFIRM_VERIFIED));
        };
    }

    private static List<Message> candidate(Dossier d, ReleaseState.Candidate state) {
        if (state.ahead() != ReleaseState.Ahead.VERIFYING || !Duties.awaited(d).isEmpty()) {
            return Waits.questions(
                    d); // what is looked at before production is looked at when nothing else is waited for
        }
        List<Message> open = new ArrayList<>();
        if (d.wayBack() == null) {
            open.add(Message.question(
                    Topics.DEPLOYMENT_COMMANDS,
                    d.environment(PRODUCTION).toString(),
                    DeploymentTypes.PROVE_WAY_BACK,
                    new ProveWayBack(d.question(Steps.WAY_BACK), d.environment(PRODUCTION)),
                    d.id().value()));
        }
        boolean pending = Waivers.awaited(d, Steps.ASSESS_CANDIDATE).isEmpty()
                && d.assessment(Steps.ASSESS_CANDIDATE)
                        .filter(status -> status.outcome() == AssessmentStatus.Outcome.PASSED)
                        .isEmpty();
        if (pending && !Steps.candidate(d).isEmpty()) {
            Instant since = state.waits().since();
            open.add(assess(d, Steps.ASSESS_CANDIDATE, Stage.CANDIDATE, address(d, STAGING), since));
        }
        return open;
    }

    private List<Message> rollingOut(Dossier d, ReleaseState.RollingOut state) {
        List<Message> open = new ArrayList<>();
        open.add(startProduction(d));
        if (state.withdraws()) {
            boolean freeze = state.withdrawnFor() == null && state.end() == null;
            String why = freeze ? "a freeze is on" : reason(d);
            open.add(message(d, PRODUCTION, DeploymentTypes.WITHDRAW, why, SERVICE, false)
                    .asQuestion());
        }
        if (ForwardOnly.asksForPause(d)) {
            open.add(command(d, PRODUCTION, DeploymentTypes.PAUSE));
        }
        boolean held = d.rollout(PRODUCTION)
                .filter(status -> status.phase() == RolloutStatus.Phase.WAITING && status.paused())
                .isPresent();
        if (held && d.release().proposal().fixes() != null) {
            open.add(command(d, PRODUCTION, DeploymentTypes.RESUME)); // an operator said so when proposing it
        }
        return open;
    }

    private List<Message> baking(Dossier d, ReleaseState.Baking state) {
        return switch (state.part()) {
            case ROLLING_OUT -> List.of(startProduction(d)); // its answer is the rollout's present state
            case VERIFYING -> verifyingProduction(d, state.waits().since());
            case CONFIRMING -> List.of(command(d, PRODUCTION, DeploymentTypes.CONFIRM_VERIFIED));
        };
    }

    private static List<Message> verifyingProduction(Dossier d, Instant since) {
        List<Message> open = new ArrayList<>(Waits.questions(d));
        if (!d.guide().gates(Stage.PRODUCTION).isEmpty()) {
            open.add(assess(d, Steps.ASSESS_PRODUCTION, Stage.PRODUCTION, address(d, PRODUCTION), since));
        }
        return open;
    }

    private static List<Message> merging(Dossier d, ReleaseState.Merging state) {
        List<Message> open = new ArrayList<>(unconfirmed(d));
        if (state.looks()) {
            Instant since = state.waits().since();
            open.add(assess(d, Steps.ASSESS_ARRIVAL, Stage.ARRIVAL, address(d, PRODUCTION), since));
        }
        return open;
    }

    private static List<Gate> gates(Dossier d, Stage stage) {
        return switch (stage) {
            case PRE_RELEASE, MERGE -> Steps.preRelease(d);
            case CANDIDATE -> Steps.candidate(d);
            case ARRIVAL -> Steps.arrival(d);
            case STAGING, PRODUCTION, UNKNOWN -> d.guide().gates(stage);
        };
    }

    private static Message assess(Dossier d, String step, Stage stage, @Nullable URI address, Instant askedAt) {
        String environment = isOfProduction(stage) ? PRODUCTION : STAGING;
        Proposal proposal = d.release().proposal();
        Assess assess = new Assess(
                d.question(step),
                d.id().application(),
                proposal.sha(),
                proposal.artifacts(),
                stage,
                Placed.gates(gates(d, stage), known(d, environment)),
                d.guide().source(),
                address,
                askedAt,
                target(d, stage).http2(),
                address == null
                        ? null
                        : d.rollout(environment).map(RolloutStatus::metrics).orElse(null),
                d.release().baseline(),
                gates(d, stage).stream()
                        .map(Gate::id)
                        .filter(gate -> Waivers.isWaivable(d, gate))
                        .toList(),
                gates(d, stage).stream().anyMatch(Isolating::isMeant)
                        ? Isolating.isolation(d, facts(d, STAGING), facts(d, PRODUCTION))
                        : null,
                gates(d, stage).stream().anyMatch(Drifting::isMeant) ? Drifting.drift(d) : null);
        return Message.question(
                Topics.VALIDATION_COMMANDS, d.id().value(), ValidationTypes.ASSESS, assess, d.id().value());
    }

    /** What the version that a stage's requests ask runs on. */
    private static Target target(Dossier d, Stage stage) {
        Policy.Environments environments = d.guide().environments();
        return isOfProduction(stage)
                ? environments.production().target()
                : environments.staging().target();
    }

    private static boolean isOfProduction(Stage stage) {
        return stage == Stage.PRODUCTION || stage == Stage.ARRIVAL;
    }

    private static @Nullable URI address(Dossier d, String environment) {
        return d.rollout(environment).map(RolloutStatus::address).orElse(null);
    }

    private Message startStaging(Dossier d) {
        Policy.Environments.Staging staging = d.guide().environments().staging();
        return start(
                d,
                STAGING,
                new Course(
                        staging.target(),
                        Strategy.ALL_AT_ONCE,
                        AT_ONCE,
                        null,
                        List.of(),
                        Duration.ZERO,
                        staging.front(),
                        staging.whenBad()));
    }

    private Message startProduction(Dossier d) {
        Policy.Environments.Production production = d.guide().environments().production();
        Launch.Rollback rollback = d.release().rollback();
        List<Gate.HttpProbe> warmUp = d.guide().gates(Stage.STAGING).stream()
                .flatMap(gate -> gate.http().stream())
                .flatMap(request -> request.asWarmUp().stream())
                .toList();
        if (rollback != null) {
            return start(
                    d,
                    PRODUCTION,
                    new Course(
                            rollback.target(),
                            Strategy.ALL_AT_ONCE,
                            AT_ONCE,
                            production.canary(),
                            warmUp,
                            production.bake(),
                            production.front(),
                            production.whenBad()));
        }
        return start(
                d,
                PRODUCTION,
                new Course(
                        production.target(),
                        production.strategy(),
                        production.steps(),
                        production.canary(),
                        warmUp,
                        production.bake(),
                        production.front(),
                        production.whenBad()));
    }

    private record Course(
            Target target,
            Strategy strategy,
            List<Step> steps,
            @Nullable Canary canary,
            List<Gate.HttpProbe> warmUp,
            Duration bake,
            Front front,
            WhenBad whenBad) {}

    private Message start(Dossier d, String environment, Course course) {
        EnvironmentId where = d.environment(environment);
        Filling facts = Filling.first(facts(d, environment));
        StartRollout start = new StartRollout(
                d.question(environment),
                where,
                d.ordinal(),
                d.release().proposal().version(),
                d.release().proposal().artifacts().getFirst(),
                Placed.target(course.target(), facts),
                course.strategy(),
                course.steps(),
                course.canary(),
                facts.requests(course.warmUp()),
                Objects.requireNonNullElse(course.target().startWithin(), limits.startWithin()),
                d.isRollback(),
                course.bake(),
                course.front(),
                d.release().proposal().sha(),
                course.whenBad(),
                d.guide().contacts(),
                d.release().proposal().artifacts().stream().skip(1).toList(),
                Configuration.digest(course.target()),
                told(d, environment),
                environment.equals(PRODUCTION) ? ForwardOnly.reason(d) : null,
                environment.equals(PRODUCTION) ? repaired(d) : null,
                environment.equals(PRODUCTION) && asksFirst(d));
        return Message.question(
                Topics.DEPLOYMENT_COMMANDS, where.toString(), DeploymentTypes.START_ROLLOUT, start, d.id().value());
    }

    /** What waits in production's queue is looked at once more before it begins: Git may not show its revision any more. */
    private static boolean asksFirst(Dossier d) {
        boolean begins =
                d.state() instanceof ReleaseState.RollingOut rollingOut && rollingOut.seen() && !rollingOut.withdraws();
        return !begins && !d.isRollback() && !d.isConfiguration();
    }

    private static @Nullable ReleaseId repaired(Dossier d) {
        String fixes = d.release().proposal().fixes();
        return fixes == null ? null : new ReleaseId(fixes);
    }

    /** What the machine is to tell: what requests need, and what has to be known to compare the environments. */
    private static List<String> told(Dossier d, String environment) {
        Stream<String> requests = Placed.ofMachine(asking(d, environment)).stream();
        Stream<String> compared = environment.equals(STAGING)
                ? Stream.concat(Isolating.asked(d.guide()).stream(), Drifting.asked(d.guide()).stream())
                : Stream.of();
        return Stream.concat(requests, compared)
                .distinct()
                .sorted()
                .limit(StartRollout.PLACEHOLDERS_MAX)
                .toList();
    }

    /** The gates whose requests are sent to what runs in an environment. */
    private static Stream<Gate> asking(Dossier d, String environment) {
        return environment.equals(PRODUCTION)
                ? d.guide().gates(Stage.PRODUCTION).stream()
                : Stream.concat(d.guide().gates(Stage.STAGING).stream(), d.guide().gates(Stage.CANDIDATE).stream());
    }

    /** What is asked of a version that runs knows the release, and what the version's machine has told. */
    static Filling known(Dossier d, String environment) {
        Map<String, String> values = new TreeMap<>(facts(d, environment));
        List<Artifact> artifacts = d.release().proposal().artifacts();
        artifacts.reversed().forEach(each -> {
            values.put(Placeholders.DIGEST, each.digest().value());
            values.put(
                    Placeholders.DIGESTS_PREFIX + each.called(), each.digest().value());
        });
        d.rollout(environment).map(RolloutStatus::placeholders).ifPresent(values::putAll);
        return Filling.last(values::get);
    }

    private static Map<String, String> facts(Dossier d, String environment) {
        Proposal proposal = d.release().proposal();
        return Map.of(
                Placeholders.VERSION,
                        ConfigurationVersion.made(proposal.version()), // what the artifacts say of themselves
                Placeholders.SHA, proposal.sha().value(),
                Placeholders.RELEASE, d.id().value(),
                Placeholders.ENVIRONMENT, environment);
    }

    private static Message command(Dossier d, String environment, String type) {
        return message(d, environment, type, reason(d), SERVICE, false).asQuestion();
    }

    private static String reason(Dossier d) {
        return d.cause() == null ? "" : Advancing.why(d).text();
    }

    /** A person's command to a rollout. */
    static Effect rolloutCommand(
            Dossier d, String environment, String type, String reason, String actor, boolean full) {
        return Effect.send(message(d, environment, type, reason, actor, full));
    }

    private static Message message(
            Dossier d, String environment, String type, String reason, String actor, boolean full) {
        EnvironmentId where = d.environment(environment);
        QuestionKey question = d.question(environment);
        return Message.command(
                Topics.DEPLOYMENT_COMMANDS,
                where.toString(),
                type,
                new RolloutCommand(question, where, reason, actor, full, goesBackTo(d, environment, type)),
                d.id().value());
    }

    /** What production runs, as far as this release has heard; staging goes back to the same. */
    private static @Nullable Digest goesBackTo(Dossier d, String environment, String type) {
        if (!environment.equals(STAGING) || !type.equals(DeploymentTypes.ROLL_BACK)) {
            return null;
        }
        WayBackStatus wayBack = d.wayBack();
        return d.rollout(PRODUCTION).map(RolloutStatus::running).orElse(wayBack == null ? null : wayBack.to());
    }
}
