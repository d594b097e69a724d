package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiRunTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                GitHub | GITHUB_RUN_ID=7 GITHUB_REPOSITORY=a/b GITHUB_RUN_ATTEMPT=2 GITHUB_JOB=test | a/b 7 | test | 2
                GitLab | CI_PIPELINE_ID=8 CI_PROJECT_PATH=a/b CI_JOB_NAME=rspec CI_JOB_ID=12345678901 | a/b 8 | rspec | 12345678901
                Buildkite | BUILDKITE_BUILD_ID=x BUILDKITE_STEP_ID=s BUILDKITE_PARALLEL_JOB=3 BUILDKITE_RETRY_COUNT=0 | x | s 3 | 1
                Azure | BUILD_BUILDID=9 SYSTEM_TEAMPROJECT=p SYSTEM_JOBNAME=j SYSTEM_JOBATTEMPT=4 | p 9 | j | 4
                Bitbucket | BITBUCKET_BUILD_NUMBER=5 BITBUCKET_REPO_FULL_NAME=a/b BITBUCKET_STEP_UUID={u} BITBUCKET_STEP_RUN_NUMBER=1 | a/b 5 | {u} | 1
                CircleCI | CIRCLE_WORKFLOW_ID=w CIRCLE_JOB=test CIRCLE_NODE_INDEX=1 | w | test 1 |
                Jenkins | JENKINS_URL=http://j/ JOB_NAME=folder/job BUILD_NUMBER=17 | folder/job 17 | |
                TeamCity | TEAMCITY_VERSION=1 TEAMCITY_BUILDCONF_NAME=c BUILD_NUMBER=17 | c 17 | |
                Travis | TRAVIS_BUILD_ID=6 TRAVIS_JOB_NUMBER=6.2 | 6 | 6.2 |
                Woodpecker | CI_PIPELINE_NUMBER=3 CI_REPO=a/b CI_WORKFLOW_NAME=test | a/b 3 | test |
                Drone | DRONE_BUILD_NUMBER=3 DRONE_REPO=a/b DRONE_STAGE_NAME=test | a/b 3 | test |
                nobody | HOME=/root | | |
                """)
    void the_usual_variables_say_which_run_it_is(
            String ci, String variables, @Nullable String run, @Nullable String part, @Nullable Long attempt) {
        assertThat(detected(variables, null, null, null)).as(ci).isEqualTo(new CiRun(run, part, attempt));
    }

    @Test
    void what_somebody_says_counts_more() {
        String github = "GITHUB_RUN_ID=7 GITHUB_RUN_ATTEMPT=2 GITHUB_JOB=test";

        assertThat(detected(github, null, "linux", null)).isEqualTo(new CiRun("7", "linux", 2L));
        assertThat(detected(github, null, null, 5L)).isEqualTo(new CiRun("7", "test", 5L));
        assertThat(detected(github, "own", null, null)).isEqualTo(new CiRun("own", null, null));
        assertThat(new CiRun("7", "linux", 2L)).hasToString("run 7, attempt 2, linux");
        assertThatThrownBy(() -> detected("", null, null, 2L))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("say --run ID as well");
    }

    @Test
    void a_run_that_nobody_names_has_a_name_of_its_own_that_people_are_not_shown() {
        Instant now = Instant.parse("2026-01-05T10:00:00.123Z");
        CiRun own = detected("", null, null, null).orOwn(now, new UUID(0x1234_5678_90ab_cdefL, 0));

        assertThat(own).isEqualTo(new CiRun("own-2026-01-05T10:00:00Z-12345678", null, null));
        assertThat(own).hasToString("");
        CiRun named = new CiRun("own-goal", "linux", 2L);
        assertThat(named.orOwn(now, new UUID(0, 0))).isEqualTo(named);
        assertThat(named).hasToString("run own-goal, attempt 2, linux");
    }

    private static CiRun detected(
            String variables, @Nullable String run, @Nullable String part, @Nullable Long attempt) {
        Map<String, String> known = Stream.of(variables.split(" "))
                .filter(one -> one.contains("="))
                .collect(Collectors.toMap(one -> one.split("=")[0], one -> one.split("=")[1]));
        return CiRun.of(run, part, attempt, name -> Optional.ofNullable(known.get(name)));
    }
}
