package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.GuideInForce;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Repairing;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.stream.Stream;
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
    /** How many releases are looked at for each that says something: the others are on their way, or went back. */
    private static final int LOOKS_FOR_EACH = 3;

    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ApiSettings settings;
    private final GuideSettings guides;

    GuideController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            ApiSettings settings,
            GuideSettings guides) {
        this.applications = applications;
        this.releases = releases;
        this.keepings = keepings;
        this.settings = settings;
        this.guides = guides;
    }

    @GetMapping
    GuideView lines(@PathVariable String application, @RequestParam(required = false) @Nullable String release) {
        GuideView view = guide(application, release);
        ReleaseId shown = view.release();
        return shown == null ? view : repairing(view, new ApplicationName(application), shown);
    }

    /** With the lines that the last releases show to be of no use as they are. */
    private GuideView repairing(GuideView view, ApplicationName name, ReleaseId shown) {
        Guide guide = GuideInForce.of(Known.release(releases, keepings, shown.value()));
        return guide == null ? view : view.repairing(Repairing.lines(guide, ended(name), guides.repairSeen()));
    }

    /** The last that have ended and say something of the guide, newest first; each is found by its id, of each version one. */
    private List<List<Repairing.Ended>> ended(ApplicationName name) {
        return applications.find(name.value()).map(Snapshot::state).stream()
                .flatMap(known -> known.taken().reversed().stream())
                .flatMap(taken -> Stream.ofNullable(taken.release()))
                .limit((long) LOOKS_FOR_EACH * guides.repairOver())
                .flatMap(id -> releases.find(id.value()).stream())
                .map(found -> Repairing.of(found.state()))
                .filter(lines -> !lines.isEmpty())
                .limit(guides.repairOver())
                .toList();
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
        return GuideStates.of(d).owing(Owed.duties(Owed.releasesBefore(releases, settings.livePage(), d)));
    }

    private static GuideView before(ApplicationName name, @Nullable Application known) {
        Application.PolicyInForce policy = Known.policy(known, name, "and so no guide");
        return GuideStates.before(name, policy.policy(), policy.hash());
    }
}
