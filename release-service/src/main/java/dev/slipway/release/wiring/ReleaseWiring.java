package dev.slipway.release.wiring;

import dev.slipway.contracts.Topics;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Recipe;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationCore;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.saga.Revisions;
import dev.slipway.release.saga.Work;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The two kinds of aggregates of this service, and what reaches them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReleaseSettings.class)
public class ReleaseWiring {
    private static final String GROUP = "release-service";

    @Bean
    Aggregates<Application, ApplicationInput> applications(Recipe recipe, ReleaseSettings settings) {
        return applications(recipe, new ApplicationCore(settings.application()));
    }

    @Bean
    Aggregates<Dossier, ReleaseInput> releases(
            Recipe recipe,
            ReleaseSettings settings,
            Revisions revisions,
            Aggregates<Application, ApplicationInput> applications) {
        Aggregates<Dossier, ReleaseInput> releases = releases(recipe, new ReleaseSaga(settings.saga()), revisions);
        listen(recipe, applications, releases);
        return releases;
    }

    static Aggregates<Application, ApplicationInput> applications(Recipe recipe, ApplicationCore core) {
        return recipe.aggregates("application", Application.class, ApplicationInput.class, core)
                .build();
    }

    static Aggregates<Dossier, ReleaseInput> releases(Recipe recipe, ReleaseSaga saga, Revisions revisions) {
        return recipe.aggregates("release", Dossier.class, ReleaseInput.class, saga)
                .onTimer(ReleaseSaga::onTimer)
                .task(Work.READ, Work.ReadRevision.class, (_, read) -> revisions.read(read))
                .task(Work.MERGE, Work.MergeRevision.class, (_, merge) -> revisions.merge(merge))
                .build();
    }

    static void listen(
            Recipe recipe,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases) {
        recipe.local(Inboxes.local(applications, releases));
        recipe.listen(GROUP, Inboxes.ci(applications), Topics.CI_EVENTS);
        recipe.listen(
                GROUP,
                Inboxes.statuses(releases),
                Topics.VALIDATION_RESULTS,
                Topics.DEPLOYMENT_EVENTS,
                Topics.NOTIFICATION_EVENTS);
    }
}
