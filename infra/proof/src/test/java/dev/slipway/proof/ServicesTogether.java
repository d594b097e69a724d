package dev.slipway.proof;

import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.cli.proof.Bundle;
import dev.slipway.cli.proof.BundleCheck;
import dev.slipway.cli.proof.Verified;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Instance;
import dev.slipway.deployment.environment.Plan;
import dev.slipway.deployment.environment.Rhythm;
import dev.slipway.deployment.environment.Rollout;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Routes;
import dev.slipway.release.application.FixedBy;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.Answered;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.saga.SagaLimits;
import dev.slipway.testkit.MemoryBus;
import dev.slipway.testkit.MovableClock;
import dev.slipway.testkit.ServiceInMemory;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput;
import dev.slipway.validation.judgement.JudgementState;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.SealedSeconds;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.UrlResource;

/**
 * The sagas, the environments and the judge on one bus, under one clock that a test moves by the second: the shipped cores
 * with the bounds of their application.yml. Gateways are what they tell: a sample a second wherever a table asks for it.
 * Git, the target and gates are stand-ins that answer at once. A service that is killed hears nothing
 * until it is back, and then all of it.
 */
final class ServicesTogether {
    private static final Cause TEST = Cause.of("user:test");
    private static final int ANSWERS_A_SECOND = 100;
    private static final String JUDGEMENT = "slipway.validation.judgement.";

    private final MemoryBus bus = new MemoryBus();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-01-05T10:00:00Z"));
    private final ServiceInMemory release = new ServiceInMemory("release-service", bus, clock);
    private final ServiceInMemory deployment = new ServiceInMemory("deployment-service", bus, clock);
    private final ServiceInMemory validation = new ServiceInMemory("validation-service", bus, clock);
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Policy policy;
    private final @Nullable Gates gates;
    private boolean judging = true;
    private boolean starting = true;
    private boolean provingWayBack = true;
    private boolean sampling = true;
    private int errorsInAHundred;
    private int answers;
    private int looks;
    private boolean forgetful;
    private final Set<String> words = new HashSet<>();
    private final Set<String> holding = new HashSet<>();
    private final Map<QuestionKey, Assess> assessed = new LinkedHashMap<>();
    private final Map<QuestionKey, Recorded> recorded = new HashMap<>();

    ServicesTogether(String onInconclusive) {
        this(policy(onInconclusive));
    }

    /** Under another policy, whose gates pass as soon as they are asked unless a test has them hold. */
    ServicesTogether(Policy policy) {
        this(policy, null);
    }

    /** What becomes of the gates of a stage. */
    @FunctionalInterface
    interface Gates {
        AssessmentStatus of(Assess asked, Instant now);
    }

    /** Under a policy whose gates are answered by something else; null for the same. */
    ServicesTogether(Policy policy, @Nullable Gates gates) {
        this.policy = policy;
        this.gates = gates;
        this.releases = saga();
        environments();
        judgements();
    }

    // ---- what happens

    void validationKilled() {
        judging = false;
    }

    void validationBack() {
        judging = true;
        settle();
    }

    /** Samples are lost, or nobody comes by. */
    void samples(boolean arrive) {
        sampling = arrive;
    }

    /** Whether programs come up. */
    void programsStart(boolean start) {
        starting = start;
    }

    /** Whether the way back is there when it is tried. */
    void wayBack(boolean there) {
        provingWayBack = there;
    }

    /** From now on Git shows no revision any more. */
    void gitForgets() {
        forgetful = true;
    }

    void newVersionFails(int percent) {
        errorsInAHundred = percent;
    }

    /** What this gate looks at is not as it should be, and may still become so. */
    void gateHolds(String gate) {
        holding.add(gate);
    }

    /** It is from now on, and whoever asked hears of it. */
    void gatePasses(String gate) {
        holding.remove(gate);
        for (Assess assess : List.copyOf(assessed.values())) {
            releases.submit(assess.question().release().value(), passed(assess), TEST);
        }
        settle();
    }

    void propose(String version, long ordinal) {
        propose(version, ordinal, Map.of());
    }

    /** @param said of it beside, as a proposal has it */
    void propose(String version, long ordinal, Map<String, String> said) {
        Map<String, Object> proposal = new HashMap<>(proposal(version));
        proposal.putAll(said);
        Map<String, Object> launch = Map.of(
                "id",
                "hello@" + version,
                "ordinal",
                ordinal,
                "proposal",
                proposal,
                "publisher",
                "ci@example.test",
                "policy",
                policy,
                "policyHash",
                PolicyReader.hash(policy),
                "at",
                clock.instant());
        String json = MessagingJson.mapper().writeValueAsString(Map.of("launch", launch));
        releases.submit("hello@" + version, MessagingJson.mapper().readValue(json, ReleaseInput.Launched.class), TEST);
        settle();
    }

    void resume(String version) {
        said(version, new ReleaseInput.Resume("user:op", "it is back", null));
    }

    /** What a person says. */
    void said(String version, ReleaseInput.Request request) {
        releases.submit("hello@" + version, request, TEST);
        settle();
    }

    /** So much time passes, second by second. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            clock.advance(Duration.ofSeconds(1));
            count();
            release.lookAround();
            deployment.lookAround();
            if (judging) {
                validation.lookAround();
            }
            settle();
        }
    }

    // ---- what is there

    ReleasePhase phase(String version) {
        return dossier(version).state().phase();
    }

    RolloutStatus rollout(String version) {
        return dossier(version).rollout(EnvironmentId.PRODUCTION).orElseThrow();
    }

    /** Which seconds its record says that it was judged by. */
    Dossier.@Nullable SecondsJudged seconds(String version) {
        return dossier(version).seconds();
    }

    /** What somebody finds who goes over its record and the seconds that it was judged by. */
    Verified verified(String version) {
        Aggregates.Chained chained = releases.chained("hello@" + version);
        Proof proof = new Proof(chained.chain(), Journal.links(chained.entries()), chained.head(), List.of(), null);
        List<String> lines = Optional.ofNullable(seconds(version))
                .map(bound -> Objects.requireNonNull(recorded.get(bound.rollout())).lines)
                .orElse(List.of());
        Bundle bundle = new Bundle(proof, List.of(), lines, List.of(), null);
        return BundleCheck.of(bundle, ProofKeys.of(List.of()), List.of(), _ -> Optional.empty());
    }

    List<Milestone.Kind> told(String version) {
        return dossier(version).milestones().stream().map(Milestone::kind).toList();
    }

    TrafficTable table() {
        return tables().reduce((_, later) -> later).orElseThrow();
    }

    Optional<String> verified() {
        return Optional.ofNullable(
                tables().reduce((_, later) -> later).orElseThrow().verified());
    }

    Instant now() {
        return clock.instant();
    }

    /** How often Git was asked for a revision so far. */
    int looks() {
        return looks;
    }

    /** Writes to all stores so far. */
    long writes() {
        return release.stores().writes()
                + deployment.stores().writes()
                + validation.stores().writes();
    }

    /** Records that services sent so far; samples are the gateways'. */
    long recordsOfServices() {
        return bus.records().stream()
                .filter(record -> !record.topic().equals(Topics.TRAFFIC_SAMPLES))
                .count();
    }

    Dossier dossier(String version) {
        return releases.find("hello@" + version).orElseThrow().state();
    }

    // ---- the services

    private Aggregates<Dossier, ReleaseInput> saga() {
        SagaLimits limits = bound(ReleaseSaga.class, "slipway.release.saga", SagaLimits.class);
        Aggregates<Dossier, ReleaseInput> sagas = release.recipe()
                .aggregates("release", Dossier.class, ReleaseInput.class, new ReleaseSaga(limits))
                .onTimer(ReleaseSaga::onTimer)
                .backsOff(ReleaseSaga.REPEAT, Duration.ofMinutes(5), Answered::inFull)
                .task("read-revision", Map.class, (_, _) -> looked())
                .task("merge", Map.class, (_, _) -> merged())
                .task("announce", Map.class, (run, _) -> announced(run.aggregateId()))
                .build();
        release.recipe()
                .local(Routes.builder()
                        .on(LocalTypes.MOVED, Map.class, (_, _) -> {}) // to the application, who is not here
                        .on(
                                LocalTypes.FIXED_BY,
                                FixedBy.class,
                                (inbound, fixed) -> sagas.submit(
                                        inbound.key(),
                                        new ReleaseInput.Fixed(fixed.by(), fixed.environment()),
                                        inbound.cause()))
                        .build());
        release.recipe()
                .listen(
                        "release-service",
                        Routes.builder()
                                .on(DeploymentTypes.ROLLOUT_STATUS, RolloutStatus.class, (inbound, status) -> {
                                    String id = status.question().release().value();
                                    sagas.submit(id, changed(inbound, status), inbound.cause());
                                })
                                .on(DeploymentTypes.WAY_BACK_STATUS, WayBackStatus.class, (inbound, status) -> {
                                    String id = status.question().release().value();
                                    sagas.submit(id, wayBack(inbound, status), inbound.cause());
                                })
                                .build(),
                        Topics.DEPLOYMENT_EVENTS);
        return sagas;
    }

    private ReleaseInput looked() {
        looks++;
        return forgetful
                ? new ReleaseInput.RevisionRefused("It is not on branch production.")
                : new ReleaseInput.RevisionRead(List.of("ada@example.test"));
    }

    private static ReleaseInput changed(Inbound inbound, RolloutStatus status) {
        return new ReleaseInput.RolloutChanged(inbound.source(), inbound.sourceVersion(), status);
    }

    private static ReleaseInput wayBack(Inbound inbound, WayBackStatus status) {
        return new ReleaseInput.WayBackChanged(inbound.source(), inbound.sourceVersion(), status);
    }

    private static ReleaseInput merged() {
        return new ReleaseInput.Merged(new dev.slipway.contracts.Sha("2".repeat(40)));
    }

    /** Of what has changed nothing is told, as Git is not here. */
    private ReleaseInput announced(String id) {
        Dossier ended = releases.find(id).orElseThrow().state();
        NotesView notes = ReleaseNotes.of(
                ended, new History.Told.Read(ended.release().proposal().sha(), List.of(), false, List.of()));
        return new ReleaseInput.AnnouncementsWritten(Announcements.due(ended).stream()
                .map(asked -> AnnouncementTexts.of(ended, notes, asked))
                .toList());
    }

    private void environments() {
        Rollout core = new Rollout(
                bound(Rollout.class, "slipway.rollouts", Rhythm.class),
                bound(Rollout.class, "slipway.watch", WatchRhythm.class));
        Aggregates<Environment, EnvironmentInput> all = deployment
                .recipe()
                .aggregates("environment", Environment.class, EnvironmentInput.class, core)
                .onTimer(Rollout::onTimer)
                .backsOff(Rollout.ASKS_AGAIN, Duration.ofSeconds(30), Rollout::isAnswered)
                .task("start", Map.class, (_, work) -> started(key(work)))
                .task("warm-up", Map.class, (_, work) -> new EnvironmentInput.WarmedUp(key(work), "warm", null))
                .task("restore", Map.class, (_, work) -> restored(work))
                .task(
                        Work.PROVE_WAY_BACK,
                        Work.ProveWayBack.class,
                        (_, work) -> new EnvironmentInput.WayBackTried(work.question(), provingWayBack, "tried"))
                .task("stop", Map.class, (_, work) -> new EnvironmentInput.Stopped(key(work)))
                .build();
        Routes.Builder routes = Routes.builder()
                .on(
                        DeploymentTypes.START_ROLLOUT,
                        StartRollout.class,
                        (inbound, start) -> all.submit(
                                start.environment().toString(),
                                new EnvironmentInput.StartAsked(Plan.of(start)),
                                inbound.cause()))
                .on(
                        ValidationTypes.JUDGEMENT_STATUS,
                        JudgementStatus.class,
                        (inbound, status) -> all.submit(
                                status.environment().toString(),
                                new EnvironmentInput.Judged(inbound.source(), inbound.sourceVersion(), status),
                                inbound.cause()));
        routes.on(
                DeploymentTypes.PROVE_WAY_BACK,
                ProveWayBack.class,
                (inbound, prove) -> all.submit(
                        prove.environment().toString(),
                        new EnvironmentInput.WayBackAsked(prove.question()),
                        inbound.cause()));
        command(
                routes,
                all,
                DeploymentTypes.CONFIRM_VERIFIED,
                (it, _) -> new EnvironmentInput.ConfirmAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                all,
                DeploymentTypes.ROLL_BACK,
                (it, _) -> new EnvironmentInput.RollBackAsked(it.question(), it.reason(), it.actor(), it.production()));
        command(
                routes,
                all,
                DeploymentTypes.WITHDRAW,
                (it, _) -> new EnvironmentInput.WithdrawAsked(it.question(), it.reason(), it.actor()));
        command(
                routes,
                all,
                DeploymentTypes.RESUME,
                (it, id) -> new EnvironmentInput.ResumeAsked(it.question(), it.reason(), it.actor(), id));
        command(
                routes,
                all,
                DeploymentTypes.PROMOTE,
                (it, id) -> new EnvironmentInput.PromoteAsked(it.question(), it.reason(), it.actor(), it.full(), id));
        deployment
                .recipe()
                .listen("deployment-service", routes.build(), Topics.DEPLOYMENT_COMMANDS, Topics.VALIDATION_RESULTS);
    }

    private static void command(
            Routes.Builder routes,
            Aggregates<Environment, EnvironmentInput> all,
            String type,
            java.util.function.BiFunction<RolloutCommand, String, EnvironmentInput> input) {
        routes.on(
                type,
                RolloutCommand.class,
                (inbound, body) ->
                        all.submit(body.environment().toString(), input.apply(body, inbound.id()), inbound.cause()));
    }

    private EnvironmentInput started(String key) {
        return starting
                ? new EnvironmentInput.Started(key, at(key))
                : new EnvironmentInput.StartFailed(key, "start-failed", "it did not come up", null);
    }

    private static EnvironmentInput restored(Map<?, ?> work) {
        Map<?, ?> verified = (Map<?, ?>) Objects.requireNonNull(work.get("verified"));
        return new EnvironmentInput.Restored(String.valueOf(work.get("rollout")), at(key(verified)));
    }

    private static String key(Map<?, ?> work) {
        return String.valueOf(work.get("key"));
    }

    private static Instance at(String key) {
        return new Instance(URI.create("http://127.0.0.1:" + (9000 + Math.floorMod(key.hashCode(), 900))), key);
    }

    private void judgements() {
        Judgement core = new Judgement(new Judgement.Bounds(
                bound(Judgement.class, JUDGEMENT + "memory", Integer.class),
                bound(Judgement.class, JUDGEMENT + "status-every", Duration.class),
                bound(Judgement.class, JUDGEMENT + "heard-every", Duration.class),
                bound(Judgement.class, JUDGEMENT + "abandon-after", Duration.class),
                bound(Judgement.class, JUDGEMENT + "guardrail-window", Duration.class),
                bound(Judgement.class, JUDGEMENT + "second-within", Duration.class)));
        Aggregates<JudgementState, JudgementInput> all = validation
                .recipe()
                .aggregates("judgement", JudgementState.class, JudgementInput.class, core)
                .onTimer(_ -> new JudgementInput.AbandonmentDue())
                .build();
        validation
                .recipe()
                .listen(
                        "validation-service",
                        Routes.builder()
                                .on(
                                        ValidationTypes.JUDGE,
                                        Judge.class,
                                        (inbound, judge) -> all.submit(
                                                judge.environment().toString(),
                                                new JudgementInput.JudgeAsked(judge),
                                                inbound.cause()))
                                .on(
                                        ValidationTypes.ASSESS,
                                        Assess.class,
                                        (inbound, assess) -> releases.submit(
                                                assess.question().release().value(), passed(assess), inbound.cause()))
                                .on(
                                        ValidationTypes.STOP_JUDGING,
                                        StopJudging.class,
                                        (inbound, stop) -> all.submit(
                                                stop.environment().toString(),
                                                new JudgementInput.StopAsked(stop),
                                                inbound.cause()))
                                .on(
                                        TrafficTypes.SAMPLE,
                                        TrafficSample.class,
                                        (inbound, sample) -> judged(all, inbound, sample))
                                .build(),
                        Topics.VALIDATION_COMMANDS,
                        Topics.TRAFFIC_SAMPLES);
    }

    private ReleaseInput passed(Assess assess) {
        assessed.put(assess.question(), assess);
        AssessmentStatus status = gates == null ? held(assess) : gates.of(assess, clock.instant());
        return new ReleaseInput.Assessed("validation-service/assessment/" + assess.question(), ++answers, status);
    }

    private AssessmentStatus held(Assess assess) {
        List<GateVerdict> verdicts = assess.gates().stream()
                .map(gate -> verdict(gate, holding.contains(gate.id()), clock.instant()))
                .toList();
        boolean all = verdicts.stream().allMatch(GateVerdict::complete);
        return new AssessmentStatus(
                assess.question(), all ? AssessmentStatus.Outcome.PASSED : AssessmentStatus.Outcome.PENDING, verdicts);
    }

    static AssessmentStatus allPass(Assess assess, Instant now) {
        return new AssessmentStatus(
                assess.question(),
                AssessmentStatus.Outcome.PASSED,
                assess.gates().stream().map(gate -> verdict(gate, false, now)).toList());
    }

    private static GateVerdict verdict(Gate gate, boolean holds, Instant now) {
        return new GateVerdict(
                gate.id(),
                gate.guide(),
                gate.stage(),
                holds ? GateVerdict.Verdict.INCONCLUSIVE : GateVerdict.Verdict.PASSED,
                !holds,
                gate.ruleText(),
                "seen",
                holds ? "It is not as it should be" : "",
                null,
                null,
                now);
    }

    /** What was judged is stored as soon as the judge has said something for good, and that is said then. */
    private void judged(Aggregates<JudgementState, JudgementInput> all, Inbound inbound, TrafficSample sample) {
        String environment = sample.environment().toString();
        JudgementState state = all.submit(environment, new JudgementInput.Sampled(sample), inbound.cause())
                .state();
        state.asked()
                .ifPresent(asked -> recorded.computeIfAbsent(asked.question(), Recorded::new)
                        .heard(clock.instant(), asked, sample));
        state.present()
                .filter(status -> status.passedStep() > 0 || status.worse() != null)
                .filter(status ->
                        words.add("%s %d %s".formatted(status.question(), status.passedStep(), status.worse())))
                .ifPresent(status -> all.submit(
                        environment,
                        new JudgementInput.SecondsKept(
                                status.question(),
                                Objects.requireNonNull(recorded.get(status.question()))
                                        .head()),
                        inbound.cause()));
    }

    /** What a rollout was judged by, as validation-service keeps it. */
    private static final class Recorded {
        private final SealedSeconds seals;
        private final List<String> lines = new ArrayList<>();
        private @Nullable Judge asked;

        private Recorded(QuestionKey rollout) {
            this.seals = SealedSeconds.of(rollout);
        }

        private void heard(Instant at, Judge judge, TrafficSample sample) {
            if (!judge.equals(asked)) {
                asked = judge;
                add(Replay.Line.of(at, judge, JudgedBounds.SHIPPED));
            }
            add(Replay.Line.of(at, sample));
        }

        private void add(Replay.Line line) {
            lines.add(seals.add(WireJson.mapper().writeValueAsString(line)));
        }

        private JudgedSeconds head() {
            return seals.head(0).orElseThrow();
        }
    }

    // ---- the gateways

    private java.util.stream.Stream<TrafficTable> tables() {
        return bus.records(Topics.TRAFFIC).stream()
                .map(record -> WireJson.mapper().readValue(record.body(), TrafficTable.class))
                .filter(table -> table.environment().isProduction());
    }

    private void count() {
        Optional<TrafficTable> table = tables().reduce((_, later) -> later);
        if (!sampling
                || table.isEmpty()
                || !table.get().sampled()
                || table.get().shares().isEmpty()) {
            return;
        }
        List<VersionCounts> counts = new ArrayList<>();
        for (TrafficTable.Share share : table.get().shares()) {
            long answers = (long) ANSWERS_A_SECOND * share.percent() / 100;
            boolean verified = share.key().equals(table.get().verified());
            long errors = verified ? 0 : answers * errorsInAHundred / 100;
            counts.add(new VersionCounts(share.key(), new Counts(answers, errors, List.of(answers)), Counts.NONE));
        }
        Instant second = clock.instant().minusSeconds(1);
        EnvironmentId environment = table.get().environment();
        TrafficSample sample = new TrafficSample(
                environment, "gateway-1", "boot", second, table.get().counter(), counts);
        deployment.receive(
                Topics.TRAFFIC_SAMPLES,
                environment.toString(),
                TrafficTypes.SAMPLE,
                sample,
                "gateway/gateway-1/" + environment,
                clock.instant().getEpochSecond());
    }

    // ---- the bus

    private void settle() {
        boolean moved = true;
        while (moved) {
            moved = release.settle();
            moved = deployment.settle() || moved;
            moved = (judging && validation.settle()) || moved;
        }
    }

    private static Map<String, Object> proposal(String version) {
        String digit = Integer.toHexString(version.hashCode() & 15);
        return Map.of(
                "application",
                "hello",
                "version",
                version,
                "sha",
                digit.repeat(40),
                "artifacts",
                List.of(Map.of("uri", "file:/srv/hello.jar", "digest", "sha256:" + digit.repeat(64))));
    }

    private static Policy policy(String onInconclusive) {
        try (InputStream yaml = ServicesTogether.class.getResourceAsStream("/unwatched.yaml")) {
            byte[] bytes = new String(
                            Objects.requireNonNull(yaml).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .replace("onInconclusive: hold", "onInconclusive: " + onInconclusive)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
            return switch (new PolicyReader(100_000).read(bytes)) {
                case PolicyReading.Accepted accepted -> accepted.policy();
                case PolicyReading.Refused refused -> throw new IllegalStateException(refused.toString());
            };
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    /** Bounds as the service that has this class ships them. */
    private static <T> T bound(Class<?> of, String prefix, Class<T> type) {
        try {
            URL jar = of.getProtectionDomain().getCodeSource().getLocation();
            String root = jar.toString().endsWith("/") ? jar.toString() : "jar:" + jar + "!/";
            MutablePropertySources sources = new MutablePropertySources();
            new YamlPropertySourceLoader()
                    .load(of.getSimpleName(), new UrlResource(root + "application.yml"))
                    .forEach(sources::addLast);
            return new Binder(ConfigurationPropertySources.from(sources))
                    .bind(prefix, type)
                    .get();
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
