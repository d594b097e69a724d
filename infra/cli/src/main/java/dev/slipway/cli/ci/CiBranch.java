package dev.slipway.cli.ci;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which branch a CI runs for, by the variables that the usual ones set: over its last runs tests are stable or not. */
public final class CiBranch {
    /** Those of a request to merge come first: there the other names a branch that nobody has, or the target. */
    private static final List<String> VARIABLES = List.of(
            "GITHUB_HEAD_REF",
            "GITHUB_REF_NAME",
            "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME",
            "CI_COMMIT_SOURCE_BRANCH",
            "CI_COMMIT_BRANCH",
            "BUILDKITE_BRANCH",
            "SYSTEM_PULLREQUEST_SOURCEBRANCH",
            "BUILD_SOURCEBRANCH",
            "BITBUCKET_BRANCH",
            "CIRCLE_BRANCH",
            "CHANGE_BRANCH",
            "BRANCH_NAME",
            "GIT_BRANCH",
            "TRAVIS_PULL_REQUEST_BRANCH",
            "TRAVIS_BRANCH",
            "DRONE_SOURCE_BRANCH",
            "DRONE_BRANCH");

    private static final List<String> PREFIXES = List.of("refs/heads/", "origin/");
    private static final int CHARACTERS_MAX = 250;

    private CiBranch() {}

    /**
     * What somebody says counts; else what the CI says.
     *
     * @return null where nobody says it, or what is built is a tag
     */
    public static @Nullable String of(@Nullable String said, Function<String, Optional<String>> variables) {
        if (said != null) {
            return said;
        }
        boolean tag = variables.apply("GITHUB_REF_TYPE").filter("tag"::equals).isPresent();
        return VARIABLES.stream()
                .filter(name -> !(tag && name.equals("GITHUB_REF_NAME")))
                .flatMap(name -> variables.apply(name).stream())
                .map(CiBranch::brief)
                .filter(name -> !name.isBlank() && !name.startsWith("refs/") && name.length() <= CHARACTERS_MAX)
                .findFirst()
                .orElse(null);
    }

    private static String brief(String name) {
        String brief = name.strip();
        for (String prefix : PREFIXES) {
            brief = brief.startsWith(prefix) ? brief.substring(prefix.length()) : brief;
        }
        return brief;
    }
}
