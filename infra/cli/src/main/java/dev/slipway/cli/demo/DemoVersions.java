package dev.slipway.cli.demo;

import java.util.List;
import java.util.Objects;
import org.semver4j.Semver;

/**
 * The two versions of a demo, above every version that there ever was, those that were rolled back included.
 *
 * @param good ships
 * @param bad the next minor one, is rolled back
 */
public record DemoVersions(String good, String bad) {
    private static final Semver FIRST = new Semver("1.0.0");

    /** @param taken versions of all releases; what is no version by Semantic Versioning does not count */
    public static DemoVersions above(List<String> taken) {
        Semver good = taken.stream()
                .map(Semver::parse)
                .filter(Objects::nonNull)
                .max(Semver::compareTo)
                .map(highest -> highest.withClearedPreReleaseAndBuild().nextMinor())
                .filter(next -> next.compareTo(FIRST) > 0)
                .orElse(FIRST);
        return new DemoVersions(good.getVersion(), good.nextMinor().getVersion());
    }
}
