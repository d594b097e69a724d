package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.dora.Dora;
import dev.slipway.release.dora.Outcome;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Problems;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** DORA's five metrics, of an application or of all together. */
@RestController
class DoraController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final EndedList ended;
    private final DoraSettings settings;

    DoraController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            ApiSettings api,
            DoraSettings settings) {
        this.applications = applications;
        this.ended = new EndedList(releases, api);
        this.settings = settings;
    }

    @GetMapping("/api/v1/dora")
    DoraView all(@RequestParam(required = false) @Nullable Integer days) {
        return metrics(null, days);
    }

    @GetMapping("/api/v1/applications/{application}/dora")
    DoraView one(@PathVariable String application, @RequestParam(required = false) @Nullable Integer days) {
        ApplicationName name = new ApplicationName(application);
        if (applications.find(name.value()).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "unknown-application",
                    "Nobody has heard of application %s. GET /api/v1/applications lists them.".formatted(name));
        }
        return metrics(name.value(), days);
    }

    private DoraView metrics(@Nullable String application, @Nullable Integer asked) {
        int days = asked == null ? settings.daysDefault() : asked;
        if (days < 1 || days > settings.daysMax()) {
            throw new IllegalArgumentException("days must be 1 to %d, is %d".formatted(settings.daysMax(), days));
        }
        Dora dora = Dora.upToNow(days, Instant.now(), settings.watch());
        EndedList.Ended<Outcome> found = ended.since(dora.before(), Outcome::of);
        return dora.of(application, found.releases(), found.whole());
    }
}
