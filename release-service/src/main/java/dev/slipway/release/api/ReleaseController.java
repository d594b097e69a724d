package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.SemanticVersion;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReleaseView.TimelineEntry;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.Application.PolicyInForce;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.ArtifactNames;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LookingBack;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.NextPage;
import dev.slipway.web.Problems;
import dev.slipway.web.Role;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Releases: propose one, list them, look at one. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseController {
    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final ApiSettings settings;
    private final ReleaseList list;
    private final Newborn newborn;
    private final InstantSource clock;

    ReleaseController(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            ApiSettings settings,
            InstantSource clock) {
        this.applications = applications;
        this.releases = releases;
        this.keepings = keepings;
        this.settings = settings;
        this.list = new ReleaseList(releases, settings);
        this.newborn = new Newborn(releases, settings.visibleWithin());
        this.clock = clock;
    }

    /** Durable before it answers; what only the saga can know ends as a visible REJECTED at the Location. */
    @PostMapping
    ResponseEntity<ReleaseView.Accepted> propose(
            @RequestBody Proposal proposal,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token,
            Authentication authentication) {
        Caller caller = Caller.of(token);
        String key = RequestKey.of(caller, "propose", idempotencyKey);
        String natural = key == null ? UUID.randomUUID().toString() : key;
        boolean operator = has(authentication, Role.OPERATOR);
        if (!proposal.isForOperators() && !has(authentication, Role.PUBLISHER)) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "insufficient-role",
                    "Proposing a release needs the role publisher; an operator proposes only what fixes another, or a hotfix.");
        }
        if (proposal.isForOperators() && !operator) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "insufficient-role",
                    "Only an operator may propose a release that fixes another, or a hotfix.");
        }
        requireLegal(proposal);
        newborn.endsAreHeard(applications, proposal);
        Outcome<Application> outcome = applications.submit(
                proposal.application().value(),
                new ApplicationInput.Propose(proposal, caller.identity(), natural, operator),
                Cause.of(caller.actor()));
        return newborn.accepted(outcome.state().answerTo(natural).orElseThrow());
    }

    static boolean has(Authentication authentication, Role role) {
        return authentication.getAuthorities().stream()
                .anyMatch(authority -> role.name().equals(authority.getAuthority()));
    }

    /** What its shape and one look tell is refused at once; a CI event with the same fault becomes a visible REJECTED. */
    private void requireLegal(Proposal proposal) {
        if (SemanticVersion.of(proposal.version()).isEmpty()) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "invalid-version",
                    "A version is SemVer 2.0.0: MAJOR.MINOR.PATCH, for example 1.4.0 or 1.4.0-rc.1.");
        }
        String name = proposal.application().value();
        PolicyInForce policy =
                applications.find(name).map(found -> found.state().policy()).orElse(null);
        if (policy == null) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "unknown-application",
                    "Application " + name + " has no policy. Put one first: PUT /api/v1/applications/" + name
                            + "/policy, or ./slipway policy apply FILE.");
        }
        ArtifactNames.refusal(proposal, policy.policy()).ifPresent(why -> {
            throw Problems.refused(HttpStatus.BAD_REQUEST, ArtifactNames.KIND, why);
        });
    }

    @GetMapping
    ReleaseView.Page list(
            @RequestParam(required = false) @Nullable String application,
            @RequestParam(required = false) @Nullable ReleasePhase state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable Integer limit) {
        int size = NextPage.limit(limit, settings.pageDefault(), settings.pageMax());
        String name = application == null ? null : new ApplicationName(application).value();
        return list.page(new ReleaseList.Filter(name, state), cursor, size);
    }

    @GetMapping("/{id}")
    ReleaseView get(@PathVariable String id) {
        Dossier found = Known.release(releases, keepings, id);
        Application application = applications
                .find(found.id().application().value())
                .map(Aggregates.Snapshot::state)
                .orElse(null);
        Instant now = clock.instant();
        RetroView retro = LookingBack.said(found);
        List<Dossier> earlier = Owed.releasesBefore(releases, settings.livePage(), found);
        return ReleaseViews.view(found)
                .owing(
                        Owed.duties(earlier),
                        Owed.reviews(earlier),
                        Owed.itemsBefore(releases, application, found, now),
                        retro.equals(RetroView.NOTHING) ? null : retro.at(now));
    }

    @GetMapping("/{id}/timeline")
    List<TimelineEntry> timeline(@PathVariable String id, @RequestParam(defaultValue = "false") boolean all) {
        Known.release(releases, keepings, id);
        return ReleaseViews.timeline(releases.journal(id), all);
    }
}
