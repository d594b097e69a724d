package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.contracts.validation.IssuesCheck;
import dev.slipway.validation.issues.TrackedServers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether a tracker that a policy's gates ask can be asked, before a release does. For operators, as its token is used. */
@RestController
class TrackersController {
    private static final int LABEL_CHARACTERS_MAX = 255;

    private final TrackedServers trackers;

    TrackersController(TrackedServers trackers) {
        this.trackers = trackers;
    }

    /**
     * @param server {@code github} or {@code gitlab}
     * @param at address of its API; that of github.com or gitlab.com where nobody says
     * @param label names that have to be there
     */
    @GetMapping("/api/v1/applications/{application}/trackers")
    IssuesCheck tracker(
            @PathVariable String application,
            @RequestParam String server,
            @RequestParam String project,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable List<String> label)
            throws InterruptedException {
        String asked = new ApplicationName(application).value(); // refuses what is none
        List<String> labels =
                label == null ? List.of() : label.stream().distinct().toList();
        Ranges.require("label: number of them for " + asked, labels.size(), 0, IssuesCheck.LABELS_MAX);
        labels.forEach(each -> Texts.requireLength("label", each, 1, LABEL_CHARACTERS_MAX));
        TrackerRule rule = new TrackerRule(
                server(server),
                project,
                at == null || at.isEmpty() ? null : at,
                null,
                List.of(),
                List.of(),
                List.of(),
                TrackerRule.EVERY_DEFAULT);
        return trackers.look(rule, labels);
    }

    private static Server server(String named) {
        return switch (named) {
            case "github" -> Server.GITHUB;
            case "gitlab" -> Server.GITLAB;
            default -> throw new IllegalArgumentException("server is github or gitlab; it is " + Texts.shown(named));
        };
    }
}
