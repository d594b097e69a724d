package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Problems;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** An application's guide, and where a release is in each of its lines: the newest that is no way back, or the one named. */
@RestController
@RequestMapping("/api/v1/applications/{application}/guide")
class GuideController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ApiSettings settings;

    GuideController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            ApiSettings settings) {
        this.applications = applications;
        this.releases = releases;
        this.keepings = keepings;
        this.settings = settings;
    }

    @GetMapping
    GuideView lines(@PathVariable String application, @RequestParam(required = false) @Nullable String release) {
        return guide(application, release);
    }

    @GetMapping("/badge.json")
    GuideView.Badge badge(@PathVariable String application, @RequestParam(required = false) @Nullable String release) {
        return GuideBadge.of(guide(application, release));
    }

    @GetMapping(path = "/badge.svg", produces = "image/svg+xml")
    String drawn(@PathVariable String application, @RequestParam(required = false) @Nullable String release) {
        return GuideBadge.svg(GuideBadge.of(guide(application, release)));
    }

    private GuideView guide(String application, @Nullable String release) {
        ApplicationName name = new ApplicationName(application);
        if (release != null) {
            Dossier named = Known.release(releases, keepings, release);
            if (!named.id().application().equals(name)) {
                throw Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-such-release",
                        "%s is no release of %s. GET /api/v1/releases?application=%s lists them."
                                .formatted(named.id(), name, name));
            }
            return shown(named);
        }
        Application known = applications.find(name.value()).map(Snapshot::state).orElse(null);
        return Known.newest(releases, known).map(this::shown).orElseGet(() -> before(name, known));
    }

    private GuideView shown(Dossier d) {
        return GuideStates.of(d).owing(Owed.before(releases, settings.livePage(), d));
    }

    private static GuideView before(ApplicationName name, @Nullable Application known) {
        Application.PolicyInForce policy = Known.policy(known, name, "and so no guide");
        return GuideStates.before(name, policy.policy(), policy.hash());
    }
}
