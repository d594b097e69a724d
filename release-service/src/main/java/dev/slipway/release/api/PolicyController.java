package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.ReleaseView.PolicyAnswer;
import dev.slipway.git.Places;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.policy.Finding;
import dev.slipway.release.policy.PolicyNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.web.Caller;
import dev.slipway.web.Problems;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Policies: put one, see which is in force. */
@RestController
@RequestMapping("/api/v1/applications/{application}/policy")
class PolicyController {
    private static final int FINDINGS_SHOWN = 10;

    private final PolicyReader reader;
    private final Places places;
    private final InstantSource clock;
    private final Aggregates<Application, ApplicationInput> applications;

    PolicyController(
            PolicyReader reader,
            Places places,
            Aggregates<Application, ApplicationInput> applications,
            InstantSource clock) {
        this.reader = reader;
        this.places = places;
        this.clock = clock;
        this.applications = applications;
    }

    @PutMapping
    PolicyAnswer put(@PathVariable String application, @RequestBody byte[] yaml, @AuthenticationPrincipal Jwt token) {
        ApplicationName name = new ApplicationName(application);
        return switch (reader.read(yaml)) {
            case PolicyReading.Refused refused -> throw refused(refused.findings());
            case PolicyReading.Accepted accepted -> {
                requireFit(name, accepted.policy());
                Caller caller = Caller.of(token);
                Application state = applications
                        .submit(
                                name.value(),
                                new ApplicationInput.PutPolicy(accepted.policy(), accepted.hash(), caller.identity()),
                                Cause.of(caller.actor()))
                        .state();
                List<String> notes = new ArrayList<>(PolicyNotes.of(accepted.policy(), clock.instant()));
                PolicyNotes.ofChanges(name, state.presentChanges()).ifPresent(notes::add);
                yield new PolicyAnswer(name.value(), accepted.hash(), notes);
            }
        };
    }

    @GetMapping
    Application.PolicyInForce get(@PathVariable String application) {
        Application.PolicyInForce policy = applications
                .find(new ApplicationName(application).value())
                .map(found -> found.state().policy())
                .orElse(null);
        if (policy == null) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND, "no-policy", "Application " + application + " has no policy. PUT one here.");
        }
        return policy;
    }

    /** What a document cannot know about itself. */
    private void requireFit(ApplicationName name, Policy policy) {
        if (!policy.application().equals(name)) {
            throw invalid("application is %s, but the address says %s".formatted(policy.application(), name));
        }
        places.refusal(policy.source().repository()).ifPresent(refusal -> {
            throw invalid("source.repository: " + refusal);
        });
    }

    private static ErrorResponseException invalid(String detail) {
        return Problems.refused(HttpStatus.BAD_REQUEST, "invalid-policy", detail);
    }

    private static ErrorResponseException refused(List<Finding> findings) {
        String shown =
                findings.stream().limit(FINDINGS_SHOWN).map(Finding::toString).collect(Collectors.joining("; "));
        int more = findings.size() - FINDINGS_SHOWN;
        String detail = more > 0 ? shown + "; and %d more".formatted(more) : shown;
        ProblemDetail problem = Problems.problem(HttpStatus.BAD_REQUEST, "invalid-policy", detail);
        problem.setProperty("findings", findings.stream().limit(FINDINGS_SHOWN).toList());
        return new ErrorResponseException(HttpStatus.BAD_REQUEST, problem, null);
    }
}
