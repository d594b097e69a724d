package dev.slipway.cli.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CiBranchTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            GitHub, a push | GITHUB_REF_NAME=main GITHUB_REF_TYPE=branch GITHUB_HEAD_REF= | main
            GitHub, a pull request | GITHUB_REF_NAME=12/merge GITHUB_REF_TYPE=branch GITHUB_HEAD_REF=fix/it | fix/it
            GitHub, a tag | GITHUB_REF_NAME=v1.0.0 GITHUB_REF_TYPE=tag |
            GitLab | CI_COMMIT_BRANCH=main | main
            GitLab, a merge request | CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=fix | fix
            Azure | BUILD_SOURCEBRANCH=refs/heads/release/1 | release/1
            Azure, a pull request | BUILD_SOURCEBRANCH=refs/pull/3/merge SYSTEM_PULLREQUEST_SOURCEBRANCH=refs/heads/fix | fix
            Jenkins with branches | BRANCH_NAME=PR-7 CHANGE_BRANCH=fix | fix
            Jenkins | GIT_BRANCH=origin/main | main
            nobody | HOME=/root |
            """)
    void the_usual_variables_say_which_branch_it_is(String ci, String variables, @Nullable String branch) {
        Map<String, String> set = Stream.of(variables.split(" "))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(one -> one[0], one -> one[1]));

        assertThat(CiBranch.of(null, name -> Optional.ofNullable(set.get(name))))
                .as(ci)
                .isEqualTo(branch);
        assertThat(CiBranch.of("said", name -> Optional.ofNullable(set.get(name))))
                .isEqualTo("said");
    }
}
