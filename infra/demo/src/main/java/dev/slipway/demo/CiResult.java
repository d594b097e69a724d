package dev.slipway.demo;

import java.nio.file.Path;
import java.util.List;

/** How a run of the sample's CI ended. */
public sealed interface CiResult {
    /** It compiles, its tests pass, and here it is. */
    record Passed(Build build) implements CiResult {}

    /**
     * It does not compile, its tests fail or take too long, or another tool leaves no report.
     *
     * @param output the end of what the compiler, the tests or the tool printed
     * @param reports JUnit XML files as far as they were written
     */
    record Failed(Step step, String output, List<Path> reports) implements CiResult {
        public Failed {
            reports = List.copyOf(reports);
        }
    }

    /** What a run does, in this order. */
    enum Step {
        COMPILE,
        COMPILE_TESTS,
        TEST,
        /** Coverage, style, parts, speed. */
        EXAMINE
    }
}
