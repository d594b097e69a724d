package dev.slipway.cli.demo;

import dev.slipway.contracts.SemanticVersion;
import java.util.List;
import java.util.Optional;

/**
 * The two versions of a demo, above every version that there ever was, those that were rolled back included.
 *
 * @param good ships
 * @param bad the next minor one, is rolled back
 */
public record DemoVersions(String good, String bad) {
    private static final SemanticVersion FIRST = SemanticVersion.require("1.0.0");

    /** @param taken versions of all releases; what is no version by Semantic Versioning does not count */
    public static DemoVersions above(List<String> taken) {
        SemanticVersion good = taken.stream()
                .map(SemanticVersion::of)
                .flatMap(Optional::stream)
                .max(SemanticVersion::compareTo)
                .map(SemanticVersion::nextMinor)
                .filter(next -> next.isAbove(FIRST))
                .orElse(FIRST);
        return new DemoVersions(good.toString(), good.nextMinor().toString());
    }
}
