package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.CloseRequest;
import dev.slipway.contracts.release.RetroView.FeedbackRequest;
import dev.slipway.contracts.release.RetroView.RaiseRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LookingBack;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** What people learned from releases and want done, and what others say of them. */
@RestController
class RetroController {
    private static final String KEY = "Idempotency-Key";

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ApiSettings settings;
    private final InstantSource clock;

    RetroController(
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Keeping, KeepingInput> keepings,
            ApiSettings settings,
            InstantSource clock) {
        this.releases = releases;
        this.applications = applications;
        this.keepings = keepings;
        this.settings = settings;
        this.clock = clock;
    }

    @GetMapping("/api/v1/releases/{id}/retro")
    RetroView said(@PathVariable String id) {
        return said(Known.release(releases, keepings, id));
    }

    @GetMapping("/api/v1/applications/{application}/retro")
    List<RetroView.Owed> left(@PathVariable String application) {
        String name = new ApplicationName(application).value();
        return Owed.items(
                releases,
                applications.find(name).map(Aggregates.Snapshot::state).orElse(null),
                clock.instant());
    }

    private RetroView said(Dossier d) {
        return LookingBack.said(d).at(clock.instant());
    }

    /** The application is told first where to look: an item that nobody would find is worse than a look in vain. */
    @PostMapping("/api/v1/releases/{id}/retro")
    RetroView raise(
            @PathVariable String id,
            @RequestBody RaiseRequest asked,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever raises an item");
        boolean lesson = Boolean.TRUE.equals(asked.lesson());
        if (lesson && (asked.owner() != null || asked.due() != null)) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "lesson-to-do",
                    "A lesson has neither an owner nor a day: leave lesson out, or both of them.");
        }
        Dossier found = Known.release(releases, keepings, id);
        if (!lesson) {
            left(found.id(), true, caller);
        }
        Dossier after = SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.RaiseItem(
                        email,
                        asked.text(),
                        asked.owner() == null ? email : asked.owner().strip().toLowerCase(Locale.ROOT),
                        asked.due(),
                        lesson,
                        RequestKey.of(caller, "raise an item", key)));
        if (!LookingBack.owed(after).isEmpty()) {
            left(found.id(), true, caller); // whoever closed the last one meanwhile has said that nothing is left
        }
        return said(after);
    }

    @PostMapping("/api/v1/releases/{id}/retro/{number}/close")
    RetroView close(
            @PathVariable String id,
            @PathVariable int number,
            @RequestBody CloseRequest asked,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = SteeringController.email(caller, "Whoever closes an item");
        if (!Texts.says(asked.reason())) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-reason",
                    "Closing an item takes a reason: send {\"as\": \"DONE\" or \"DROPPED\", \"reason\": \"...\"}.");
        }
        Known.release(releases, keepings, id);
        Dossier after = SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.CloseItem(
                        email,
                        number,
                        asked.as(),
                        Texts.oneLine(asked.reason(), settings.reasonCharactersMax()),
                        RequestKey.of(caller, "close item " + number, key)));
        if (LookingBack.owed(after).isEmpty()) {
            left(after.id(), false, caller);
        }
        return said(after);
    }

    @PostMapping("/api/v1/releases/{id}/feedback")
    RetroView feedback(
            @PathVariable String id,
            @RequestBody FeedbackRequest given,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        Known.release(releases, keepings, id);
        Dossier after = SteeringController.submit(
                releases,
                id,
                caller,
                new ReleaseInput.GiveFeedback(
                        caller.actor(),
                        given.from(),
                        given.text(),
                        given.link(),
                        RequestKey.of(caller, "give feedback", key)));
        return said(after);
    }

    private void left(ReleaseId release, boolean something, Caller caller) {
        Outcome<Application> outcome = applications.submit(
                release.application().value(),
                new ApplicationInput.ItemsLeft(release, something),
                Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            throw Problems.refused(HttpStatus.CONFLICT, refusal.code(), refusal.detail());
        }
    }
}
