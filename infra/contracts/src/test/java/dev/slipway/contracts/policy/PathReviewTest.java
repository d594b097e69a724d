package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files whose change somebody in particular has to approve: which they are, and who that is. */
final class PathReviewTest {
    @ParameterizedTest
    @CsvSource({
        "deploy/run.sh,true",
        "deploy/a/b/run.sh,true",
        "tool.sh,true",
        "tools/x.sh,true",
        "deploy.txt,false",
        "src/deploy/run.java,false",
        "tool.SH,false"
    })
    void files_are_told_by_patterns(String path, boolean taken) {
        assertThat(new PathReview(List.of("deploy/**", "**/*.sh"), List.of("devops")).takes(path))
                .isEqualTo(taken);
    }

    @Test
    void addresses_are_told_by_their_at_and_folded_and_roles_are_as_written() {
        PathReview review = new PathReview(List.of("a"), List.of("DevOps", " Ada@Example.test "));

        assertThat(review.roles()).containsExactly("DevOps");
        assertThat(review.people()).containsExactly("ada@example.test");
        assertThat(review.who()).isEqualTo("DevOps or ada@example.test");
    }

    @Test
    void what_leads_out_of_the_repository_names_nobody_or_is_too_much_is_refused() {
        assertThatThrownBy(() -> new PathReview(List.of("../x"), List.of("devops")))
                .hasMessageContaining("approvals.paths.files must be a path from the top of the repository");
        assertThatThrownBy(() -> new PathReview(List.of(), List.of("devops"))).hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> new PathReview(List.of("a"), List.of())).hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> new PathReview(Collections.nCopies(21, "a"), List.of("devops")))
                .hasMessageContaining("1 to 20");
        assertThatThrownBy(() -> new PathReview(List.of("a"), List.of("A@b.test", "a@B.test")))
                .hasMessageContaining("stands again");
    }
}
