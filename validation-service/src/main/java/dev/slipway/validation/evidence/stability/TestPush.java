package dev.slipway.validation.evidence.stability;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one push of test reports says of single tests.
 *
 * @param run of a CI, or null where each push is a run of its own
 * @param part which of several jobs of the run, each with tests of its own or in surroundings of its own
 * @param attempt rises when the part is repeated
 * @param reports digests of what was pushed, at least one
 * @param failed names of tests that did not pass in the end, each once
 * @param flaky names of tests that passed after they had failed, as the report itself says
 * @param beyond how many more than are named here did either
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TestPush(
        Sha sha,
        @Nullable String run,
        @Nullable String part,
        @Nullable Long attempt,
        List<Digest> reports,
        Instant at,
        List<String> failed,
        List<String> flaky,
        long beyond) {
    public TestPush {
        reports = List.copyOf(reports);
        failed = List.copyOf(failed);
        flaky = List.copyOf(flaky);
        if (reports.isEmpty()) {
            throw new IllegalArgumentException("a push of tests has a report");
        }
    }

    /** By which it is of the same run as another push. */
    String runKey() {
        return run == null ? sha + " " + reports.getFirst() : sha + " run " + run;
    }

    /** By which its tests are the same as those of another push: of the same commit, in the same part of a run. */
    public List<String> grounds() {
        return List.of(sha.value(), part == null ? "" : part);
    }

    boolean isOfSameAttemptAs(TestPush other) {
        return runKey().equals(other.runKey())
                && grounds().equals(other.grounds())
                && (attempt == null ? 0 : attempt) == (other.attempt == null ? 0 : other.attempt);
    }
}
