package dev.slipway.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/**
 * What a CI run that passed left behind.
 *
 * @param version as the sources say it
 * @param sha the full sha of the commit that was built
 * @param jar the executable jar
 * @param uri the jar's address, {@code file:}
 * @param digest {@code sha256:} and 64 hexadecimal digits; the same sources give the same digest under the same JDK
 * @param reports in the order in which they were written, those of the tests first; at least one
 * @param run which run of the CI it is of
 */
public record Build(String version, String sha, Path jar, URI uri, String digest, List<Report> reports, CiRun run) {
    public Build {
        if (!digest.matches("sha256:[0-9a-f]{64}")) {
            throw new IllegalArgumentException("a digest is sha256: and 64 hexadecimal digits, not " + digest);
        }
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("a build that passed has at least one report");
        }
        reports = List.copyOf(reports);
    }
}
