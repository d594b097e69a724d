package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.web.Problems;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hands out what a release was judged by in production, part by part. */
@RestController
class SecondsController {
    static final int PARTS_MAX = 100_000;

    private final Recordings recordings;

    SecondsController(Recordings recordings) {
        this.recordings = recordings;
    }

    /**
     * One part of a recording.
     *
     * @param rollout which rollout of the release, its newest
     * @param lines JSON, one object each, in the order in which they were counted
     * @param more whether another part follows
     */
    record Seconds(String rollout, int part, List<String> lines, boolean more) {}

    @GetMapping("/api/v1/applications/{application}/seconds")
    Seconds seconds(
            @PathVariable String application,
            @RequestParam String release,
            @RequestParam(defaultValue = "0") int part) {
        if (part < 0 || part > PARTS_MAX) {
            throw Problems.refused(
                    HttpStatus.BAD_REQUEST, "no-such-part", "part must be 0 to %d, is %d".formatted(PARTS_MAX, part));
        }
        EnvironmentId production = new EnvironmentId(new ApplicationName(application), EnvironmentId.PRODUCTION);
        return recordings
                .part(production, new ReleaseId(release), part)
                .map(found -> new Seconds(found.rollout().toString(), part, found.lines(), found.more()))
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-seconds",
                        ("Part %d of what %s was judged by is not kept: it goes with the release's reports, as ./slipway"
                                        + " evidence kept says; what is being judged is kept once the judge has said"
                                        + " something, or a minute later.")
                                .formatted(part, release)));
    }
}
