package dev.slipway.validation;

import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.git.Answers.FileBounds;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Recipe;
import dev.slipway.metrics.client.MetricsClient;
import dev.slipway.validation.arrival.Arrivals;
import dev.slipway.validation.arrival.Fetching;
import dev.slipway.validation.arrival.HostLook;
import dev.slipway.validation.arrival.PrometheusApi;
import dev.slipway.validation.arrival.RemoteTags;
import dev.slipway.validation.assessment.ArrivalCheck;
import dev.slipway.validation.assessment.Assessment;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentInput.FilesRead;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.TrackerAsked;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.FilesCheck;
import dev.slipway.validation.assessment.MergeCheck;
import dev.slipway.validation.assessment.MetricsProber;
import dev.slipway.validation.assessment.MetricsServers;
import dev.slipway.validation.assessment.Prober;
import dev.slipway.validation.assessment.TagCheck;
import dev.slipway.validation.assessment.TrackerCheck;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.ReportArchive;
import dev.slipway.validation.evidence.stability.RunHistory;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput;
import dev.slipway.validation.judgement.JudgementState;
import dev.slipway.validation.merge.GuardedFilesCheck;
import dev.slipway.validation.merge.GuardedMergeCheck;
import dev.slipway.validation.merge.GuardedTagCheck;
import dev.slipway.validation.probe.HttpProber;
import dev.slipway.validation.probe.ScrapingProber;
import dev.slipway.validation.retention.Forgetting;
import dev.slipway.validation.retention.ForgettingCore;
import dev.slipway.validation.revision.Revision;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.ReadAgain;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.Verification;
import dev.slipway.web.AccessRules;
import dev.slipway.web.BodyLimitFilter;
import dev.slipway.web.Role;
import dev.slipway.web.guard.BreakerGauges;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.data.mongodb.core.MongoOperations;
import org.springframework.http.HttpMethod;

/** What the service consists of. */
@Configuration(proxyBeanMethods = false)
class Wiring {
    @Bean
    AccessRules accessRules() {
        return requests -> {
            AccessRules.allow(requests, HttpMethod.POST, "/api/v1/applications/*/evidence", Role.PUBLISHER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/evidence/*", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/verdicts", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/gates/*", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/seconds", Role.VIEWER);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/hosts", Role.OPERATOR);
            AccessRules.allow(requests, HttpMethod.GET, "/api/v1/applications/*/trackers", Role.OPERATOR);
        };
    }

    /** Before the limit of every request, which has the same bytes and does not know of reports. */
    @Bean
    FilterRegistrationBean<BodyLimitFilter> reportLimit(ValidationSettings settings) {
        FilterRegistrationBean<BodyLimitFilter> registration = new FilterRegistrationBean<>(BodyLimitFilter.ofReports(
                settings.evidence().bodyBytesMax().toBytes(), "slipway.validation.evidence.body-bytes-max"));
        registration.setName("reportLimit");
        registration.addUrlPatterns("/api/v1/applications/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 9);
        return registration;
    }

    @Bean
    EvidenceReaders evidenceReaders(ValidationSettings settings) {
        ValidationSettings.Evidence bounds = settings.evidence();
        return EvidenceReaders.shipped(new JUnitReader.Limits(bounds.depthMax(), bounds.elementsMax()));
    }

    @Bean
    MongoEvidence evidenceBytes(MongoOperations mongo, ValidationSettings settings, InstantSource clock) {
        ValidationSettings.Evidence bounds = settings.evidence();
        return new MongoEvidence(mongo, bounds.chunkBytes(), bounds.bytesMax(), clock);
    }

    @Bean
    EvidenceShelf evidenceShelf(EvidenceBytes bytes, ValidationSettings settings) {
        ValidationSettings.Evidence bounds = settings.evidence();
        return new EvidenceShelf(
                bytes,
                new ReportArchive.Limits(
                        bounds.filesMax(),
                        bounds.reportBytesMax().toBytes(),
                        bounds.unpackedBytesMax().toBytes()));
    }

    @Bean
    RunHistories runHistories(MongoOperations mongo, ValidationSettings settings, InstantSource clock) {
        ValidationSettings.Stability bounds = settings.stability();
        return new MongoRunHistories(
                mongo, new RunHistory.Bounds(bounds.runsMax(), bounds.pushesMax()), bounds.branchesMax(), clock);
    }

    @Bean
    Stabilities stabilities(
            EvidenceReaders readers, EvidenceBytes bytes, RunHistories histories, ValidationSettings settings) {
        return new Stabilities(readers, bytes, histories, settings.stability().namesMax());
    }

    @Bean
    EvidenceExpiry evidenceExpiry(
            Recipe recipe,
            MongoEvidence evidence,
            Aggregates<RevisionState, RevisionInput> revisions,
            InstantSource clock,
            ValidationSettings settings,
            MeterRegistry meters) {
        EvidenceExpiry expiry = new EvidenceExpiry(evidence, revisions, clock, settings.evidence(), meters);
        recipe.repeatedly("old evidence", settings.evidence().expireEvery(), expiry::expire);
        return expiry;
    }

    @Bean
    BreakerGauges breakerGauges(CircuitBreakerRegistry breakers) {
        return new BreakerGauges(breakers);
    }

    @Bean
    HealthIndicator storeHealthIndicator(MongoOperations mongo) {
        return new AbstractHealthIndicator("The store does not answer") {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                mongo.executeCommand("{ping: 1}");
                builder.up();
            }
        };
    }

    @Bean
    Verification verification(EvidenceReaders readers, EvidenceBytes bytes) {
        return new Verification(readers, bytes);
    }

    @Bean
    Git git(Environment environment) {
        GitOptions options =
                Binder.get(environment).bind("slipway.git", GitOptions.class).get();
        return new Git(GitProgram.find(), options);
    }

    @Bean
    MergeCheck mergeCheck(
            Git git,
            ValidationSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        Guarded guard = new Guarded("git", breakers, bulkheads, limits);
        return new GuardedMergeCheck(git, settings.merge().pathsShownMax(), guard);
    }

    @Bean
    TagCheck tagCheck(
            Git git, CircuitBreakerRegistry breakers, BulkheadRegistry bulkheads, TimeLimiterRegistry limits) {
        return new GuardedTagCheck(git, new Guarded("git", breakers, bulkheads, limits));
    }

    @Bean
    FilesCheck filesCheck(
            Git git,
            EvidenceBytes bytes,
            ValidationSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        ValidationSettings.Files bounds = settings.files();
        return new GuardedFilesCheck(
                git,
                new Guarded("git", breakers, bulkheads, limits),
                bytes,
                new FileBounds(
                        bounds.entriesMax(),
                        bounds.filesMax(),
                        (int) bounds.fileBytesMax().toBytes(),
                        (int) bounds.bytesMax().toBytes(),
                        bounds.depthMax()));
    }

    @Bean
    Prober prober(ValidationSettings settings, BulkheadRegistry bulkheads) {
        ValidationSettings.Probe probe = settings.probe();
        HttpProber.Limits limits = new HttpProber.Limits(
                probe.hostsAllowed(),
                probe.connectWithin(),
                probe.answerWithin(),
                probe.bodyBytesMax().toBytes());
        return new HttpProber(limits, bulkheads.bulkhead("probe"), MessagingJson.mapper());
    }

    @Bean
    ArrivalCheck arrivalCheck(
            Git git,
            Prober prober,
            Fetching fetching,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            TimeLimiterRegistry limits) {
        return new Arrivals(
                fetching,
                new RemoteTags(git, new Guarded("git", breakers, bulkheads, limits)),
                prober,
                MessagingJson.mapper());
    }

    @Bean
    MetricsProber metricsProber(ValidationSettings settings, EvidenceBytes bytes) {
        ValidationSettings.Metrics metrics = settings.metrics();
        return new ScrapingProber(
                new MetricsClient(new MetricsClient.Limits(
                        metrics.answerWithin(), metrics.bodyBytesMax().toBytes())),
                metrics.every(),
                bytes,
                InstantSource.system());
    }

    @Bean
    Fetching fetching(ValidationSettings settings, BulkheadRegistry bulkheads) {
        ValidationSettings.Arrival bounds = settings.arrival();
        return new Fetching(
                new Fetching.Limits(
                        bounds.hosts(),
                        bounds.connectWithin(),
                        bounds.answerWithin(),
                        bounds.bodyBytesMax().toBytes(),
                        bounds.textBytesMax().toBytes(),
                        bounds.redirectsMax()),
                bulkheads.bulkhead("arrival"));
    }

    @Bean
    HostLook hostLook(Fetching fetching) {
        return new HostLook(fetching);
    }

    @Bean
    MetricsServers metricsServers(Fetching fetching) {
        return new PrometheusApi(fetching, MessagingJson.mapper(), InstantSource.system());
    }

    @Bean
    Aggregates<RevisionState, RevisionInput> revisions(Recipe recipe, ValidationSettings settings) {
        ValidationSettings.Revision bounds = settings.revision();
        Revision core = new Revision(new Revision.Bounds(
                bounds.evidenceMax(),
                bounds.filesMax(),
                bounds.checksMax(),
                bounds.subscribersMax(),
                bounds.expireAfter()));
        return recipe.aggregates("revision", RevisionState.class, RevisionInput.class, core)
                .onTimer(_ -> new RevisionInput.Expired())
                .build();
    }

    @Bean
    Aggregates<AssessmentState, AssessmentInput> assessments(
            Recipe recipe,
            ValidationSettings settings,
            EvidenceReaders readers,
            MergeCheck merge,
            Prober prober,
            MetricsProber metrics,
            TagCheck tags,
            ArrivalCheck arrivals,
            MetricsServers servers,
            FilesCheck files,
            TrackerCheck trackers) {
        ValidationSettings.Assessment rhythm = settings.assessment();
        Assessment core = new Assessment(new Assessment.Rhythm(
                readers.kinds(),
                EvidenceReaders.VERSION,
                rhythm.retryAfter(),
                rhythm.lastCallWithin(),
                rhythm.lastTryWithin(),
                rhythm.recordAgainAfter()));
        return recipe.aggregates("assessment", AssessmentState.class, AssessmentInput.class, core)
                .onTimer(Assessment::onTimer)
                .task(
                        Assessment.MERGE_TASK,
                        MergeCheck.Attempt.class,
                        (_, attempt) -> new MergeTried(attempt.gate(), merge.tryMerge(attempt)))
                .task(
                        Assessment.PROBE_TASK,
                        Prober.Probing.class,
                        (run, probing) -> new Probed(probing.gate(), prober.probe(probing, run.traceparent())))
                .task(
                        Assessment.METRICS_TASK,
                        MetricsProber.Watching.class,
                        (run, watching) -> Probed.watched(watching.gate(), metrics.watch(watching, run::dropped)))
                .task(
                        Assessment.QUERY_TASK,
                        MetricsServers.Querying.class,
                        (_, querying) -> Probed.read(querying.gate(), servers.ask(querying)))
                .task(
                        Assessment.TAG_TASK,
                        TagCheck.Checking.class,
                        (_, checking) -> new Probed(checking.gate(), List.of(tags.check(checking))))
                .task(
                        Assessment.ARRIVAL_TASK,
                        ArrivalCheck.Looked.class,
                        (_, looked) -> new Probed(looked.gate(), List.of(arrivals.look(looked))))
                .task(
                        Assessment.FILES_TASK,
                        FilesCheck.Reading.class,
                        (_, reading) -> new FilesRead(reading.place(), files.look(reading)))
                .task(
                        Assessment.TRACKER_TASK,
                        TrackerCheck.Asking.class,
                        (_, asking) -> new TrackerAsked(asking.place(), trackers.ask(asking)))
                .build();
    }

    @Bean
    Aggregates<ChainState, VerdictDraft> chains(Recipe recipe, ValidationSettings settings) {
        Chain core = new Chain(settings.assessment().verdictsRecognisedMax());
        return recipe.aggregates("chain", ChainState.class, VerdictDraft.class, core)
                .build();
    }

    @Bean
    Aggregates<JudgementState, JudgementInput> judgements(Recipe recipe, ValidationSettings settings) {
        Judgement core = new Judgement(settings.judgement().bounds());
        return recipe.aggregates("judgement", JudgementState.class, JudgementInput.class, core)
                .onTimer(_ -> new JudgementInput.AbandonmentDue())
                .build();
    }

    @Bean
    Aggregates<Forgetting, Forgetting.Input> forgettings(
            Recipe recipe,
            MongoEvidence evidence,
            MongoRecordings recordings,
            Aggregates<ChainState, VerdictDraft> chains,
            Aggregates<AssessmentState, AssessmentInput> assessments,
            InstantSource clock) {
        EvidenceForgetting forgetting = new EvidenceForgetting(evidence, recordings, chains, assessments, clock);
        return recipe.aggregates("forgetting", Forgetting.class, Forgetting.Input.class, new ForgettingCore())
                .task(ForgettingCore.TASK, ForgetEvidence.class, (_, asked) -> forgetting.forget(asked))
                .build();
    }

    @Bean
    MongoRecordings recordings(
            MongoOperations mongo, ValidationSettings settings, Recipe recipe, MeterRegistry meters) {
        ValidationSettings.Recordings bounds = settings.recordings();
        MongoRecordings recordings = new MongoRecordings(
                mongo, new MongoRecordings.Bounds(bounds.rolloutsMax(), bounds.partsMax(), bounds.bytesMax()));
        recipe.repeatedly("bytes of recordings", settings.evidence().expireEvery(), recordings::measure);
        meters.gauge("slipway.recordings.bytes", recordings, MongoRecordings::bytesKept);
        return recordings;
    }

    @Bean
    Recorder recorder(
            Recipe recipe,
            MongoRecordings recordings,
            ValidationSettings settings,
            InstantSource clock,
            MeterRegistry meters) {
        ValidationSettings.Recordings bounds = settings.recordings();
        Recorder.Bounds parts =
                new Recorder.Bounds(Math.toIntExact(bounds.partBytes().toBytes()), bounds.partEvery());
        JudgedBounds judged = JudgedBounds.of(settings.judgement().bounds());
        Recorder recorder = new Recorder(recordings, parts, judged, clock, meters);
        recipe.repeatedly("recordings", bounds.partEvery(), recorder::keepWhatIsOld);
        return recorder;
    }

    @Bean
    Listening listening(
            Recipe recipe,
            Aggregates<RevisionState, RevisionInput> revisions,
            Aggregates<AssessmentState, AssessmentInput> assessments,
            Aggregates<ChainState, VerdictDraft> chains,
            Aggregates<JudgementState, JudgementInput> judgements,
            Aggregates<Forgetting, Forgetting.Input> forgettings,
            EvidenceReaders readers,
            EvidenceBytes bytes,
            Stabilities stabilities,
            MeterRegistry meters,
            Recorder recorder) {
        Baselines baselines = new Baselines(new BaselineReports(readers, bytes), revisions, chains);
        HeldArtifacts artifacts = new HeldArtifacts(new CoveredArtifacts(readers, bytes));
        Listening listening = new Listening(
                revisions,
                assessments,
                chains,
                judgements,
                forgettings,
                bytes,
                baselines,
                artifacts,
                stabilities,
                new CountedIssues(new TrackedIssues(readers, bytes)),
                new ReadAgain(readers, bytes),
                new ValidationMeters(meters),
                recorder);
        listening.register(recipe);
        return listening;
    }
}
