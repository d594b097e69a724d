package dev.slipway.release.git;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bounds of the work with Git.
 *
 * @param commitsMax commits of one release whose authors are read; a release with more is refused, 1 to 100,000
 * @param peopleMax authors and committers of one release; a release with more is refused, 1 to 10,000
 * @param changesMax commits of which the next version and notes are made; that there are more is said, 1 to 10,000
 * @param filesMax changed files of one release that are looked through for those that somebody in particular has to approve; where
 *     more have changed all of these count as changed, 1 to 1,000,000
 * @param racesMax how often a merge is made again because somebody else moved the target branch, 1 to 100
 * @param committerName who merges and tags
 * @param committerEmail their address
 */
@ConfigurationProperties("slipway.release.git")
public record GitSettings(
        int commitsMax,
        int peopleMax,
        int changesMax,
        int filesMax,
        int racesMax,
        String committerName,
        String committerEmail) {
    public GitSettings {
        if (commitsMax < 1 || commitsMax > 100_000 || peopleMax < 1 || peopleMax > 10_000) {
            throw new IllegalArgumentException(
                    "slipway.release.git: commits-max must be 1 to 100,000 and people-max 1 to 10,000");
        }
        if (changesMax < 1 || changesMax > 10_000) {
            throw new IllegalArgumentException("slipway.release.git.changes-max must be 1 to 10,000, is " + changesMax);
        }
        if (filesMax < 1 || filesMax > 1_000_000) {
            throw new IllegalArgumentException("slipway.release.git.files-max must be 1 to 1,000,000, is " + filesMax);
        }
        if (racesMax < 1 || racesMax > 100) {
            throw new IllegalArgumentException("slipway.release.git.races-max must be 1 to 100, is " + racesMax);
        }
    }
}
