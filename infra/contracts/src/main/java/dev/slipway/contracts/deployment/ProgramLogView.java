package dev.slipway.contracts.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import java.util.List;

/**
 * What a released program wrote, as the API shows it ({@code GET /api/v1/environments/{application}/{environment}/logs}).
 *
 * @param release the attempt at the version whose program it is
 * @param file where the whole log is, on the machine that runs it
 * @param running whether the program is there
 * @param lines oldest first, with secrets masked
 * @param next place to ask from for what comes after these lines
 * @param skippedBytes what was written between the place that was asked for and the first line, and is no longer kept
 */
public record ProgramLogView(
        EnvironmentId environment,
        ReleaseId release,
        String file,
        boolean running,
        List<String> lines,
        long next,
        long skippedBytes) {
    public ProgramLogView {
        lines = List.copyOf(lines);
    }
}
