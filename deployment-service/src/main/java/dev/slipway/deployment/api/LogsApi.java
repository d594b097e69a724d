package dev.slipway.deployment.api;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.ProgramLogView;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.deployment.target.ProcessTarget;
import dev.slipway.deployment.target.ProgramLogs;
import dev.slipway.deployment.target.ProgramLogs.Asked;
import dev.slipway.deployment.target.ProgramLogs.Found;
import dev.slipway.web.Problems;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/environments/{application}/{environment}/logs}: what the program of a version wrote. The last lines
 * without {@code from}; with it what follows that place, as much as one answer holds.
 */
@RestController
public class LogsApi {
    private static final int VERSION_CHARACTERS_MAX = 150;
    private static final int LINES = 100;

    private final ProgramLogs logs;
    private final int linesMax;

    public LogsApi(ProcessTarget target, @Value("${slipway.logs.lines-max}") int linesMax) {
        this.logs = target.logs();
        this.linesMax = linesMax;
    }

    @GetMapping("/api/v1/environments/{application}/{environment}/logs")
    ProgramLogView logs(
            @PathVariable String application,
            @PathVariable String environment,
            @RequestParam String version,
            @RequestParam(required = false) @Nullable Long from,
            @RequestParam(required = false) @Nullable Integer lines)
            throws IOException {
        EnvironmentId id = EnvironmentId.parse(application + "/" + environment);
        Texts.requireLength("version", version, 1, VERSION_CHARACTERS_MAX);
        if (from != null) {
            Ranges.require("from", from, 0, Long.MAX_VALUE);
        }
        int most = lines == null ? LINES : lines;
        Ranges.require("lines", most, 1, linesMax);
        Found found = logs.read(new Asked(id, version, from, most)).orElseThrow(() -> none(id, version));
        return new ProgramLogView(
                id,
                found.key().release(),
                found.file().toString(),
                found.running(),
                found.lines(),
                found.next(),
                found.skippedBytes());
    }

    private static ErrorResponseException none(EnvironmentId id, String version) {
        return Problems.refused(
                HttpStatus.NOT_FOUND,
                "no-log",
                "No log of %s@%s in %s is kept here: it was never started there, or its program ended too long ago; see ./slipway app show %s"
                        .formatted(id.application(), Texts.shown(version), id.environment(), id.application()));
    }
}
