package dev.slipway.contracts.policy;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Facts of a release that are known when it begins, by which a policy says what holds for it. Each is a number; of what is so
 * or not it is 1 or 0.
 */
public final class ReleaseFacts {
    public static final String MAJOR = "version.major";
    public static final String MINOR = "version.minor";
    public static final String PATCH = "version.patch";

    /** How many artifacts it has. */
    public static final String ARTIFACTS = "release.artifacts";

    /** How often this version was let begin, this time included. */
    public static final String ATTEMPT = "release.attempt";

    /** Whether it is of a configuration alone. */
    public static final String CONFIGURATION = "release.configuration";

    /** How many settings of production are otherwise than in what production ran when it was proposed. */
    public static final String SETTINGS = "release.settings";

    private static final String KIND = "kind.";
    private static final String COUNT = "COUNT";
    private static final String YES = "BOOLEAN";

    /** All of them; {@code kind.hotfix} and its like say each {@link ReleaseKind}. */
    public static final FactNames NAMES = new FactNames(Map.of(
                    MAJOR,
                    COUNT,
                    MINOR,
                    COUNT,
                    PATCH,
                    COUNT,
                    ARTIFACTS,
                    COUNT,
                    ATTEMPT,
                    COUNT,
                    SETTINGS,
                    COUNT,
                    CONFIGURATION,
                    YES))
            .with(ReleaseKind.words().stream().collect(Collectors.toMap(word -> KIND + word, _ -> YES)));

    private ReleaseFacts() {}

    /** The name of the fact that a release is of this kind. */
    public static String of(ReleaseKind kind) {
        return KIND + kind.word();
    }
}
