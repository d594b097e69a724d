package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.notes.History;
import dev.slipway.release.notes.NextVersion;
import dev.slipway.web.Problems;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which version of an application comes next, by the commits since the one that production runs. */
@RestController
class NextVersionController {
    private static final Duration GIT_AGAIN = Duration.ofSeconds(10);

    private final Aggregates<Application, ApplicationInput> applications;
    private final History history;

    NextVersionController(Aggregates<Application, ApplicationInput> applications, History history) {
        this.applications = applications;
        this.history = history;
    }

    @GetMapping("/api/v1/applications/{application}/next-version")
    NextVersionView next(@PathVariable String application, @RequestParam(required = false) @Nullable String branch) {
        ApplicationName name = new ApplicationName(application);
        Application known = applications.find(name.value()).map(Snapshot::state).orElse(null);
        Application.PolicyInForce inForce = Known.policy(known, name, "so nobody knows where its commits are");
        String of = branch(inForce.policy().source(), branch);
        NextVersion next = new NextVersion(Objects.requireNonNull(known), inForce.policy());
        return switch (read(next.question(of))) {
            case History.Told.Read read -> next.of(of, read);
            case History.Told.Refused(String why) -> throw Problems.refused(HttpStatus.CONFLICT, "no-history", why);
        };
    }

    /** The one that is meant where nobody says. */
    static String branch(Policy.Source source, @Nullable String named) {
        if (named != null && !named.isEmpty()) {
            if (!source.takes(named)) {
                throw Problems.refused(
                        HttpStatus.BAD_REQUEST,
                        "no-such-branch",
                        "Releases are made of branch %s, not of %s.".formatted(source.branches(), Texts.shown(named)));
            }
            return named;
        }
        if (!source.isOneBranch()) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST,
                    "which-branch",
                    "Releases are made of branch %s: say which one by the parameter branch."
                            .formatted(source.branches()));
        }
        return source.from().getFirst();
    }

    private History.Told read(History.Question question) {
        try {
            return history.read(question);
        } catch (IOException away) {
            throw Problems.unavailable(
                    "git-away", Texts.sentence("Git cannot be asked now: " + away.getMessage()), GIT_AGAIN);
        }
    }
}
