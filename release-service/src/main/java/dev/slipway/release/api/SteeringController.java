package dev.slipway.release.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.DutyRequest;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.ReleaseView.ApprovalRequest;
import dev.slipway.contracts.release.ReleaseView.SteeringAnswer;
import dev.slipway.contracts.release.WaiverView.WaiverRequest;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.files.FileBytes;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people ask of a release. */
@RestController
@RequestMapping("/api/v1/releases/{id}")
class SteeringController {
    private static final String KEY = "Idempotency-Key";
    private static final Set<String> FORBIDDEN = Set.of("own-change", "not-your-role", "not-yours", "same-person");
    static final String ALTHOUGH = "althoughForwardOnly";
    private static final Set<String> STOPS = Set.of("abort", "pause");

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final FileBytes files;
    private final ApiSettings settings;

    SteeringController(Aggregates<Dossier, ReleaseInput> releases, FileBytes files, ApiSettings settings) {
        this.releases = releases;
        this.files = files;
        this.settings = settings;
    }

    @PostMapping("/approvals")
    ReleaseView approve(
            @PathVariable String id,
            @RequestBody ApprovalRequest approval,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = email(caller, "An approver");
        return ReleaseViews.view(submit(
                id,
                caller,
                new ReleaseInput.Approve(
                        email,
                        approval.sha(),
                        approval.digests(),
                        approval.policyHash(),
                        RequestKey.of(caller, "approve", key),
                        approval.guideHash())));
    }

    /** Asks to let it go without a gate, is the second person's word for that, or takes it back. */
    @PostMapping("/waivers")
    ReleaseView waive(
            @PathVariable String id,
            @RequestBody WaiverRequest asked,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = email(caller, "Whoever waives a gate");
        ReleaseInput.Triple triple = new ReleaseInput.Triple(asked.sha(), asked.digests(), asked.policyHash());
        String natural = RequestKey.of(caller, "waive", key);
        if (Boolean.TRUE.equals(asked.confirm())) {
            return ReleaseViews.view(
                    submit(id, caller, new ReleaseInput.ConfirmWaiver(email, asked.gate(), triple, natural)));
        }
        if (Boolean.TRUE.equals(asked.withdraw())) {
            return ReleaseViews.view(submit(id, caller, withdrawal(email, asked, triple, natural)));
        }
        Instant until = asked.until();
        if (until == null || !Texts.says(asked.reason())) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-reason",
                    "A waiver takes a reason and an end: send {\"reason\": \"...\", \"until\":"
                            + " \"2026-01-31T12:00:00Z\"}, or \"confirm\": true for one that is asked for.");
        }
        String reason = Texts.oneLine(Objects.requireNonNull(asked.reason()), settings.reasonCharactersMax());
        return ReleaseViews.view(
                submit(id, caller, new ReleaseInput.Waive(email, asked.gate(), reason, until, triple, natural)));
    }

    private ReleaseInput.Request withdrawal(
            String email, WaiverRequest asked, ReleaseInput.Triple triple, @Nullable String key) {
        String reason = Said.reason(
                asked.reason(),
                settings.reasonCharactersMax(),
                "Taking a waiver back takes a reason: send {\"withdraw\": true, \"reason\": \"...\"}.");
        return new ReleaseInput.WithdrawWaiver(email, asked.gate(), reason, triple, key);
    }

    /** A person's answer to what only a person can know or do. */
    @PostMapping("/duties/{duty}")
    ReleaseView answer(
            @PathVariable String id,
            @PathVariable String duty,
            @RequestBody DutyRequest said,
            @RequestHeader(name = KEY, required = false) @Nullable String key,
            @AuthenticationPrincipal Jwt token) {
        Caller caller = Caller.of(token);
        String email = email(caller, "Whoever answers a duty");
        if (said.result() == DutyView.Result.UNKNOWN || !Texts.says(said.reason())) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "no-answer",
                    "An answer takes a result and a reason: send {\"result\": \"PASSED\", FAILED, NOT_POSSIBLE or"
                            + " NOT_APPLICABLE, \"reason\": \"...\"}.");
        }
        return ReleaseViews.view(submit(
                id,
                caller,
                new ReleaseInput.AnswerDuty(
                        email,
                        duty,
                        said.result(),
                        Texts.oneLine(said.reason(), settings.reasonCharactersMax()),
                        said.fields(),
                        said.links(),
                        said.cells(),
                        handedIn(id, said.files()),
                        new ReleaseInput.Triple(said.sha(), said.digests(), said.policyHash()),
                        RequestKey.of(caller, "answer " + duty, key),
                        null)));
    }

    /** An answer names what is kept: from here on nobody lets go of it before the answer is on record. */
    private List<AnswerFile> handedIn(String id, List<AnswerFile.Named> named) {
        if (named.isEmpty()) {
            return List.of();
        }
        if (named.size() > AnswerFile.FILES_MAX) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "too-many-files",
                    "An answer has at most %d files, this one has %d. Put more into one, or behind a link."
                            .formatted(AnswerFile.FILES_MAX, named.size()));
        }
        ReleaseId release = Known.release(releases, id).id();
        return named.stream()
                .map(file -> new AnswerFile(
                        file.name(),
                        file.digest(),
                        files.wanted(file.digest(), release)
                                .orElseThrow(() -> Problems.refused(
                                        HttpStatus.CONFLICT,
                                        "not-handed-in",
                                        "Nothing with the digest %s was handed in for %s, or it waited for its answer for too long. POST it to /api/v1/releases/%s/duties/DUTY/files?name=NAME first."
                                                .formatted(file.digest(), release, release)))))
                .toList();
    }

    static String email(Caller caller, String who) {
        String email = caller.email();
        if (email == null) {
            throw Problems.refused(
                    HttpStatus.FORBIDDEN,
                    "no-verified-email",
                    who
                            + " is known by a verified email, and this token has none. Use one with email and"
                            + " email_verified.");
        }
        return email;
    }

    /** Answers what was done, or why it changes nothing; what is not possible in the release's state is a 409. */
    @PostMapping("/{verb:abort|pause|resume|retry|resolve}")
    SteeringAnswer steer(
            @PathVariable String id,
            @PathVariable String verb,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestHeader(name = KEY, required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token) {
        Said.Form form = STOPS.contains(verb) ? Said.Form.ANY : Said.Form.JSON;
        Said said = Said.in(body, contentType, form, settings.reasonCharactersMax());
        String although = verb.equals("abort") ? said.line(ALTHOUGH, settings.reasonCharactersMax()) : null;
        return steered(id, verb, said, new How(false, although), idempotencyKey, token);
    }

    /** The same, to the next step or, in full, to all traffic; that may stand in the query or in the body. */
    @PostMapping("/promote")
    SteeringAnswer promote(
            @PathVariable String id,
            @RequestParam(defaultValue = "false") boolean full,
            @RequestBody(required = false) byte @Nullable [] body,
            @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Nullable String contentType,
            @RequestHeader(name = KEY, required = false) @Nullable String idempotencyKey,
            @AuthenticationPrincipal Jwt token) {
        Said said = Said.in(body, contentType, Said.Form.JSON, settings.reasonCharactersMax());
        return steered(id, "promote", said, new How(full || said.yes("full"), null), idempotencyKey, token);
    }

    /**
     * What is said beside the verb and its reason.
     *
     * @param full whether all traffic is meant, of a promotion
     * @param although why it is taken back although it may only go forward, of an abort; null where that is not said
     */
    private record How(boolean full, @Nullable String although) {}

    private SteeringAnswer steered(
            String id, String verb, Said said, How how, @Nullable String idempotencyKey, Jwt token) {
        Caller caller = Caller.of(token);
        String key = RequestKey.of(caller, verb, idempotencyKey);
        Dossier after = submit(id, caller, asked(verb, caller.actor(), reason(verb, said), how, key));
        return answer(after, key);
    }

    /** What its note says that was done, or why nothing was. */
    static SteeringAnswer answer(Dossier after, @Nullable String key) {
        Dossier.Note note = after.notes().stream()
                .filter(each -> key == null || key.equals(each.key()))
                .reduce((_, later) -> later)
                .orElseThrow();
        String text = note.answer() == null ? note.text() : note.answer();
        return new SteeringAnswer(note.done(), text, ReleaseViews.view(after));
    }

    private static ReleaseInput.Request asked(String verb, String by, String reason, How how, @Nullable String key) {
        return switch (verb) {
            case "abort" -> new ReleaseInput.Abort(by, reason, key, how.although());
            case "pause" -> new ReleaseInput.Pause(by, reason, key);
            case "resume" -> new ReleaseInput.Resume(by, reason, key);
            case "promote" -> new ReleaseInput.Promote(by, reason, how.full(), key);
            case "retry" -> new ReleaseInput.Retry(by, reason, key);
            case "resolve" -> new ReleaseInput.Resolve(by, reason, key);
            default -> throw new IllegalArgumentException("A release cannot be asked to " + verb);
        };
    }

    private Dossier submit(String id, Caller caller, ReleaseInput.Request request) {
        return submit(releases, id, caller, request);
    }

    /** The release afterwards, or a problem that says why it was refused. */
    static Dossier submit(
            Aggregates<Dossier, ReleaseInput> releases, String id, Caller caller, ReleaseInput.Request request) {
        Known.release(releases, id);
        Outcome<Dossier> outcome = releases.submit(id, request, Cause.of(caller.actor()));
        Refusal refusal = outcome.refusal();
        if (refusal != null) {
            HttpStatus status = FORBIDDEN.contains(refusal.code()) ? HttpStatus.FORBIDDEN : HttpStatus.CONFLICT;
            throw Problems.refused(status, refusal.code(), refusal.detail());
        }
        return outcome.state();
    }

    private static String reason(String verb, Said said) {
        if (!Texts.says(said.reason()) && verb.equals("resolve")) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-reason", "Resolving takes a reason: send {\"reason\": \"...\"}.");
        }
        return said.reason();
    }
}
