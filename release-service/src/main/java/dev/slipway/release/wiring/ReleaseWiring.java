package dev.slipway.release.wiring;

import dev.slipway.chain.Signer;
import dev.slipway.contracts.Topics;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.release.application.Answer;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.SourceBranch;
import dev.slipway.release.notes.History;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Announcer;
import dev.slipway.release.saga.Answered;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.saga.ReleaseState;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The kinds of aggregates of this service, and what reaches them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReleaseSettings.class)
public class ReleaseWiring {
    private static final String GROUP = "release-service";
    private static final Duration ASK_AGAIN_MAX = Duration.ofMinutes(5);

    /** What decides about proposals, and is asked what it would decide. */
    @Bean
    ApplicationCore applicationCore(ReleaseSettings settings) {
        return new ApplicationCore(settings.application());
    }

    @Bean
    Aggregates<Dossier, ReleaseInput> releases(
            Recipe recipe,
            ReleaseSettings settings,
            Revisions revisions,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Keeping, KeepingInput> keepings,
            ProofWiring.ProofKeyFolder keys,
            History history,
            MeterRegistry meters) {
        AtomicReference<Aggregates<Dossier, ReleaseInput>> self = new AtomicReference<>();
        Announcer announcer = new AnnouncementWriter(
                history,
                id -> Objects.requireNonNull(self.get()).find(id.value()).map(Aggregates.Snapshot::state));
        Aggregates<Dossier, ReleaseInput> releases =
                releases(recipe, new ReleaseSaga(settings.saga()), revisions, keys.signer(), announcer);
        self.set(releases);
        ReleaseMeters seen = new ReleaseMeters(
                meters, releases, settings.countEvery(), settings.countPage(), settings.applicationsMeasured());
        listen(recipe, applications, releases, keepings, seen::left);
        return releases;
    }

    @Bean
    static Aggregates<Application, ApplicationInput> applications(
            Recipe recipe, ApplicationCore core, SourceBranch branch) {
        Aggregates<Answer, Answer.Given> answers = recipe.aggregates(
                        "answer", Answer.class, Answer.Given.class, new Answer.Once())
                .build();
        recipe.local(Inboxes.answers(answers));
        Aggregates<Application, ApplicationInput> applications = recipe.aggregates(
                        "application", Application.class, ApplicationInput.class, core)
                .task(SourceBranch.LOOK, SourceBranch.Look.class, (_, look) -> branch.look(look))
                .build();
        return new AnsweredForGood(applications, answers);
    }

    static Aggregates<Dossier, ReleaseInput> releases(
            Recipe recipe, ReleaseSaga saga, Revisions revisions, Signer signer, Announcer announcer) {
        return recipe.aggregates("release", Dossier.class, ReleaseInput.class, saga)
                .onTimer(ReleaseSaga::onTimer)
                .backsOff(ReleaseSaga.REPEAT, ASK_AGAIN_MAX, Answered::inFull)
                .deadline(ReleaseSaga.DEADLINE, _ -> true)
                .urgent(ReleaseInput.Abort.class::isInstance)
                .amends(ReleaseWiring::isAboutWhatIsOver)
                .notesRefusals(ReleaseInput.Request.class::isInstance)
                .closing(dossier -> dossier.state() instanceof ReleaseState.Ended, signer)
                .task(Work.READ, Work.ReadRevision.class, (_, read) -> revisions.read(read))
                .task(Work.MERGE, Work.MergeRevision.class, (_, merge) -> revisions.merge(merge))
                .task(
                        Work.ANNOUNCE,
                        Work.Announce.class,
                        (_, asked) -> new ReleaseInput.AnnouncementsWritten(announcer.write(asked.release())))
                .build();
    }

    /** Words of people about a release that has ended. */
    private static boolean isAboutWhatIsOver(ReleaseInput input) {
        return input instanceof ReleaseInput.EditNotes
                || input instanceof ReleaseInput.SayOfLine
                || input instanceof ReleaseInput.RaiseItem
                || input instanceof ReleaseInput.CloseItem
                || input instanceof ReleaseInput.GiveFeedback;
    }

    static void listen(
            Recipe recipe,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            Consumer<Moved> left) {
        recipe.local(Inboxes.local(applications, releases, left));
        recipe.listen(GROUP, Inboxes.ci(applications, releases), Topics.CI_EVENTS);
        recipe.listen(
                GROUP + ".statuses",
                Inboxes.statuses(applications, releases, keepings),
                Topics.VALIDATION_RESULTS,
                Topics.DEPLOYMENT_EVENTS,
                Topics.NOTIFICATION_EVENTS);
    }
}
