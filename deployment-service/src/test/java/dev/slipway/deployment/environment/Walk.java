package dev.slipway.deployment.environment;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.StatusRule;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks an environment through inputs, with words for what tests say often. */
final class Walk {
    static final Rhythm RHYTHM = new Rhythm(
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            3,
            Duration.ofSeconds(120),
            Duration.ofMinutes(1),
            50,
            10,
            20);
    static final WatchRhythm PATIENCE = new WatchRhythm(
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            3,
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));
    static final Rollout CORE = new Rollout(RHYTHM, PATIENCE);
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    static final Duration BAKE = Duration.ofHours(1);

    Environment environment;
    Instant now = START;
    Decision<Environment> last;
    private long judgements;

    private Walk(Environment environment) {
        this.environment = environment;
        this.last = Decision.stay(environment);
    }

    static Walk production() {
        return new Walk(CORE.initial("hello/production"));
    }

    static Walk staging() {
        return new Walk(CORE.initial("hello/staging"));
    }

    /** Production with 1.0.0 verified. */
    static Walk established() {
        Walk walk = production();
        walk.start(plan("1.0.0", 1))
                .started()
                .warm()
                .judged(0)
                .judged(1)
                .judged(2)
                .confirm();
        return walk.later(Duration.ofMinutes(1)).when(new EnvironmentInput.DrainDue());
    }

    /** Production with 1.0.0 verified and a canary of 1.1.0 at a step. */
    static Walk stepping(int step) {
        Walk walk = established().start(plan("1.1.0", 2)).started().warm();
        for (int passed = 0; passed < step; passed++) {
            walk.judged(passed);
        }
        return walk;
    }

    static Walk baking() {
        return stepping(4).judged(4);
    }

    static Walk full() {
        return baking().judged(5);
    }

    static Walk restoring() {
        return stepping(1).worse();
    }

    // ---- what happens

    Walk when(EnvironmentInput input) {
        last = CORE.decide(environment, input, now);
        environment = last.state();
        return this;
    }

    Walk later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Walk start(Plan plan) {
        return when(new EnvironmentInput.StartAsked(plan));
    }

    Walk started() {
        return when(new EnvironmentInput.Started(
                active().key(), instance(active().plan().version())));
    }

    Walk warm() {
        return when(new EnvironmentInput.WarmedUp(active().key(), "warm"));
    }

    Walk judged(int passedStep) {
        return judged(true, passedStep, null);
    }

    Walk worse() {
        return judged(true, 0, WORSE);
    }

    Walk judged(boolean baselineReady, int passedStep, @Nullable Worse worse) {
        return when(judgement(active().question(), ++judgements, baselineReady, passedStep, worse));
    }

    Walk confirm() {
        return when(new EnvironmentInput.ConfirmAsked(active().question(), "baked", "service:release"));
    }

    Walk restored() {
        return when(new EnvironmentInput.Restored(active().key(), instance("1.0.0")));
    }

    Walk overdue() {
        now = Objects.requireNonNull(active().deadline()).due();
        return when(new EnvironmentInput.DeadlineDue());
    }

    // ---- what is there

    Active active() {
        return Objects.requireNonNull(environment.active());
    }

    String state() {
        return environment.active() == null
                ? "IDLE"
                : Statuses.of(environment, environment.active()).phase().name();
    }

    <B> List<B> sent(Class<B> type) {
        return last.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    RolloutStatus status() {
        return sent(RolloutStatus.class).getLast();
    }

    TrafficTable table() {
        return sent(TrafficTable.class).getLast();
    }

    Judge judge() {
        return sent(Judge.class).getLast();
    }

    List<String> tasks() {
        return last.effects().stream()
                .filter(Effect.StartTask.class::isInstance)
                .map(effect -> ((Effect.StartTask) effect).id())
                .toList();
    }

    List<String> timers() {
        return last.effects().stream()
                .filter(Effect.StartTimer.class::isInstance)
                .map(effect -> ((Effect.StartTimer) effect).name())
                .toList();
    }

    List<Integer> shares() {
        return environment.traffic().shares().stream()
                .map(TrafficTable.Share::percent)
                .toList();
    }

    // ---- words

    static final Worse WORSE = new Worse("comparison", "errors", "30 %", "0.5 %");

    static JudgementStatus status(QuestionKey question, boolean baselineReady, int passedStep, @Nullable Worse worse) {
        return new JudgementStatus(
                question,
                EnvironmentId.parse("hello/production"),
                baselineReady,
                passedStep,
                worse,
                SideCounts.NONE,
                SideCounts.NONE,
                "12 of 40 answers");
    }

    static EnvironmentInput.Judged judgement(
            QuestionKey question, long version, boolean baselineReady, int passedStep, @Nullable Worse worse) {
        return new EnvironmentInput.Judged(
                "validation-service/judgement/hello/production",
                version,
                status(question, baselineReady, passedStep, worse));
    }

    static QuestionKey question(String version) {
        return new QuestionKey(new ReleaseId("hello@" + version), "production", 1);
    }

    static Instance instance(String version) {
        return new Instance(URI.create("http://127.0.0.1:" + (9000 + version.hashCode() % 500)), "pid of " + version);
    }

    static Digest digest(String version) {
        return new Digest("sha256:" + String.format("%064x", version.hashCode()));
    }

    static Plan plan(String version, long ordinal) {
        return plan(version, ordinal, canary(Canary.OnInconclusive.HOLD));
    }

    /** The same, asked for once more. */
    static Plan attempt(int number, Plan plan) {
        QuestionKey question =
                new QuestionKey(plan.question().release(), plan.question().step(), number);
        return new Plan(
                question,
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                plan.target(),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                plan.bake(),
                plan.holdBack(),
                plan.front(),
                plan.care(),
                null,
                List.of());
    }

    static Plan unjudged(String version, long ordinal) {
        return plan(version, ordinal, null);
    }

    static Canary canary(Canary.OnInconclusive onInconclusive) {
        return canary(onInconclusive, Canary.Traffic.LIVE);
    }

    static Canary canary(Canary.OnInconclusive onInconclusive, Canary.Traffic traffic) {
        return new Canary(
                Canary.Assign.REQUEST,
                0.01,
                40,
                onInconclusive,
                Duration.ofSeconds(10),
                traffic,
                new Canary.Guardrails(5.0, List.of()),
                Duration.ofMinutes(10));
    }

    /** The same, with an own metric that has to stay below a limit. */
    static Plan metered(Plan plan) {
        return metered(plan, false, new MetricsAddress("/metrics", null));
    }

    static Plan metered(Plan plan, boolean http2, MetricsAddress metrics) {
        Canary rules = Objects.requireNonNull(plan.canary());
        MetricRule depth = new MetricRule(
                "queue_depth",
                Map.of(),
                MetricRule.As.VALUE,
                null,
                Map.of(),
                MetricRule.Sense.BELOW,
                100,
                false,
                false);
        Canary canary = new Canary(
                rules.assign(),
                rules.alpha(),
                rules.answersMin(),
                rules.onInconclusive(),
                rules.warmUp(),
                rules.traffic(),
                new Canary.Guardrails(5.0, List.of(), null, null, null, List.of(depth)),
                rules.stepWithin());
        Target plain = plan.target();
        Target telling = new Target(
                plain.type(),
                plain.command(),
                plain.portEnv(),
                plain.health(),
                http2,
                null,
                metrics.port() == null ? Map.of() : Map.of(metrics.port(), new NamedPort(null, null)),
                Map.of(),
                null,
                null,
                null,
                null,
                metrics);
        return on(telling, with(plan, plan.strategy(), canary, plan.bake()));
    }

    /** The same without a bake, as an older release-service asks for it. */
    static Plan unbaked(Plan plan) {
        return with(plan, plan.strategy(), plan.canary(), Duration.ZERO);
    }

    static Plan by(Strategy strategy, Plan plan) {
        return with(plan, strategy, plan.canary(), plan.bake());
    }

    static Plan heldBack(int percent, Plan plan) {
        Canary rules = Objects.requireNonNull(plan.canary());
        Canary canary = new Canary(
                rules.assign(),
                rules.alpha(),
                rules.answersMin(),
                rules.onInconclusive(),
                rules.warmUp(),
                rules.traffic(),
                rules.guardrails(),
                rules.stepWithin(),
                percent,
                rules.latencyMargin(),
                rules.latencyDifference(),
                rules.detect(),
                List.of(new StatusRule("/login", List.of(), List.of(), List.of("401"))));
        return with(plan, plan.strategy(), canary, plan.bake());
    }

    private static Plan with(Plan plan, Strategy strategy, @Nullable Canary canary, Duration bake) {
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                plan.target(),
                strategy,
                plan.steps(),
                canary,
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                bake,
                0,
                plan.front(),
                plan.care(),
                null,
                List.of());
    }

    /** Whose release is asked before it begins, where it had to wait; or which says that it may. */
    static Plan asking(boolean first, Plan plan) {
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                plan.target(),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                plan.bake(),
                plan.holdBack(),
                plan.front(),
                plan.care(),
                plan.sha(),
                plan.others(),
                plan.configuration(),
                plan.placeholders(),
                plan.forwardOnly(),
                plan.fixes(),
                first);
    }

    /** On another target. */
    static Plan on(Target target, Plan plan) {
        return changed(target, plan.care(), plan);
    }

    static Plan cared(Care care, Plan plan) {
        return changed(plan.target(), care, plan);
    }

    private static Plan changed(Target target, @Nullable Care care, Plan plan) {
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                target,
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                plan.bake(),
                plan.holdBack(),
                plan.front(),
                care,
                plan.sha(),
                List.of());
    }

    /** Goes all the way. */
    static Walk verified(Walk walk, Plan plan) {
        walk.start(plan).started();
        if (plan.judged()) {
            walk.warm();
            for (int passed = 0; !walk.state().equals("FULL"); passed++) {
                walk.judged(passed);
                walk.when(new EnvironmentInput.MetricsSeen(walk.active().key(), ""));
            }
        }
        return walk.confirm().later(Duration.ofMinutes(1)).when(new EnvironmentInput.DrainDue());
    }

    /** Users come like this, and the version is spoken to in HTTP/2. */
    static Plan reached(Front front, Plan plan) {
        Target target = plan.target();
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                new Target(target.type(), target.command(), target.portEnv(), target.health(), true),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                plan.keptOnly(),
                plan.bake(),
                plan.holdBack(),
                front,
                plan.care(),
                null,
                List.of());
    }

    /** Back to a version of which there should be a snapshot. */
    static Plan back(String version, long ordinal) {
        Plan plan = plan(version, ordinal);
        return new Plan(
                question("9." + version),
                ordinal,
                version,
                plan.artifact(),
                plan.target(),
                Strategy.ALL_AT_ONCE,
                List.of(new Step(100, Duration.ZERO)),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                true,
                plan.bake(),
                0,
                plan.front(),
                plan.care(),
                null,
                List.of());
    }

    static Plan plan(String version, long ordinal, @Nullable Canary canary) {
        return new Plan(
                question(version),
                ordinal,
                version,
                new Artifact(URI.create("file:/builds/hello-" + version + ".jar"), digest(version)),
                new Target("process", List.of("java", "-jar", "{artifact}"), "PORT", "/health"),
                canary == null ? Strategy.ALL_AT_ONCE : Strategy.CANARY,
                List.of(
                        new Step(10, Duration.ofSeconds(10)),
                        new Step(25, Duration.ofSeconds(10)),
                        new Step(50, Duration.ofSeconds(10)),
                        new Step(100, Duration.ZERO)),
                canary,
                List.of(new HttpProbe("/health", 200, null, List.of())),
                Duration.ofSeconds(30),
                false,
                BAKE,
                0,
                Front.DEFAULT,
                null,
                null,
                List.of());
    }
}
