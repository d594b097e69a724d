package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which run of a CI a command is part of, by the variables that the usual ones set.
 *
 * @param run the same for all jobs of it and for its repetitions, or null if nobody says
 * @param part the job, where each job may be repeated for itself
 * @param attempt rises when the part is repeated
 */
public record CiRun(
        @Nullable String run,
        @Nullable String part,
        @Nullable Long attempt) {
    private static final Pattern OWN = Pattern.compile("own-\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z-\\p{XDigit}{8}");

    /** What somebody says counts; what nobody says is known from the environment, if it is of the same run. */
    public static CiRun of(
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            Function<String, Optional<String>> variables) {
        CiRun found = detected(variables);
        if (run != null) { // another run has other parts and attempts
            return new CiRun(run, part, attempt);
        }
        if (found.run() == null && (part != null || attempt != null)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "an attempt is one of a run, and none is known here: say --run ID as well");
        }
        return new CiRun(found.run(), part == null ? found.part() : part, attempt == null ? found.attempt() : attempt);
    }

    /**
     * The same, or a run of its own where nobody knows one: what is run again is another run, be what it leaves the same
     * bytes.
     *
     * @param id of which the first characters tell those of one second apart
     */
    public CiRun orOwn(Instant now, UUID id) {
        return run == null
                ? new CiRun("own-%s-%.8s".formatted(now.truncatedTo(ChronoUnit.SECONDS), id), null, null)
                : this;
    }

    /**
     * Variables of one CI.
     *
     * @param sign what no other sets
     * @param run which together name a run
     * @param part which together name a job of it; none where a job cannot be repeated for itself
     * @param attempt which rises, or null
     * @param plus to be added, where the first attempt is 0
     */
    private record Ci(
            String sign,
            List<String> run,
            List<String> part,
            @Nullable String attempt,
            int plus) {}

    private static final List<Ci> KNOWN = List.of(
            // GitHub Actions, Gitea, Forgejo: all jobs have the attempt of the run, and a job that is repeated keeps
            // its name
            new Ci(
                    "GITHUB_RUN_ID",
                    List.of("GITHUB_REPOSITORY", "GITHUB_RUN_ID"),
                    List.of("GITHUB_JOB"),
                    "GITHUB_RUN_ATTEMPT",
                    0),
            // a job that is repeated has the same name and a higher number; jobs side by side have names of their own
            new Ci(
                    "CI_PIPELINE_ID",
                    List.of("CI_PROJECT_PATH", "CI_PIPELINE_ID"),
                    List.of("CI_JOB_NAME"),
                    "CI_JOB_ID",
                    0),
            new Ci(
                    "BUILDKITE_BUILD_ID",
                    List.of("BUILDKITE_BUILD_ID"),
                    List.of("BUILDKITE_STEP_ID", "BUILDKITE_PARALLEL_JOB"),
                    "BUILDKITE_RETRY_COUNT",
                    1),
            new Ci(
                    "BUILD_BUILDID",
                    List.of("SYSTEM_TEAMPROJECT", "BUILD_BUILDID"),
                    List.of("SYSTEM_STAGENAME", "SYSTEM_JOBNAME", "SYSTEM_JOBPOSITIONINPHASE"),
                    "SYSTEM_JOBATTEMPT",
                    0),
            new Ci(
                    "BITBUCKET_BUILD_NUMBER",
                    List.of("BITBUCKET_REPO_FULL_NAME", "BITBUCKET_BUILD_NUMBER"),
                    List.of("BITBUCKET_STEP_UUID"),
                    "BITBUCKET_STEP_RUN_NUMBER",
                    0),
            // a repetition is a workflow of its own
            new Ci(
                    "CIRCLE_WORKFLOW_ID",
                    List.of("CIRCLE_WORKFLOW_ID"),
                    List.of("CIRCLE_JOB", "CIRCLE_NODE_INDEX"),
                    null,
                    0),
            new Ci("JENKINS_URL", List.of("JOB_NAME", "BUILD_NUMBER"), List.of(), null, 0),
            new Ci("TEAMCITY_VERSION", List.of("TEAMCITY_BUILDCONF_NAME", "BUILD_NUMBER"), List.of(), null, 0),
            new Ci("TRAVIS_BUILD_ID", List.of("TRAVIS_BUILD_ID"), List.of("TRAVIS_JOB_NUMBER"), null, 0),
            new Ci(
                    "CI_PIPELINE_NUMBER",
                    List.of("CI_REPO", "CI_PIPELINE_NUMBER"),
                    List.of("CI_WORKFLOW_NAME"),
                    null,
                    0),
            new Ci(
                    "DRONE_BUILD_NUMBER",
                    List.of("DRONE_REPO", "DRONE_BUILD_NUMBER"),
                    List.of("DRONE_STAGE_NAME"),
                    null,
                    0));

    private static CiRun detected(Function<String, Optional<String>> variables) {
        for (Ci ci : KNOWN) {
            if (variables.apply(ci.sign()).isPresent()) {
                return new CiRun(joined(ci.run(), variables), joined(ci.part(), variables), attempt(ci, variables));
            }
        }
        return new CiRun(null, null, null);
    }

    private static @Nullable String joined(List<String> names, Function<String, Optional<String>> variables) {
        List<String> values = new ArrayList<>();
        names.forEach(name -> variables.apply(name).ifPresent(values::add));
        return values.isEmpty() ? null : String.join(" ", values);
    }

    private static @Nullable Long attempt(Ci ci, Function<String, Optional<String>> variables) {
        String name = ci.attempt();
        return name == null
                ? null
                : variables
                        .apply(name)
                        .filter(value -> value.matches("\\d{1,15}"))
                        .map(value -> Long.parseLong(value) + ci.plus())
                        .filter(attempt -> attempt > 0)
                        .orElse(null);
    }

    /** For people; empty where nothing is known, or nobody has named it. */
    @Override
    public String toString() {
        return run == null || OWN.matcher(run).matches()
                ? ""
                : "run " + run + (attempt == null ? "" : ", attempt " + attempt) + (part == null ? "" : ", " + part);
    }
}
