package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.notes.Commits;
import dev.slipway.release.notes.History;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class NextVersionControllerTest {
    private final Kept<Application, ApplicationInput> applications = new Kept<>();
    private final List<History.Question> asked = new ArrayList<>();
    private final NextVersionController controller = new NextVersionController(applications, question -> {
        asked.add(question);
        return Commits.read("feat: a");
    });

    private static Application application(@Nullable Policy policy) {
        return new Application(
                "hello",
                policy == null
                        ? null
                        : new Application.PolicyInForce(policy, "00ff", "admin@example.test", Instant.EPOCH),
                List.of(),
                0,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                false,
                null,
                null,
                List.of());
    }

    private static Policy several() {
        String yaml = Examples.demoYaml().replace("from: production", "from: [production, \"hotfix/*\"]");
        return ((PolicyReading.Accepted) new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8)))
                .policy();
    }

    @Test
    void commits_of_the_branch_of_which_releases_are_made_decide() {
        applications.states.put("hello", application(Examples.demoPolicy().policy()));

        assertThat(controller.next("hello", null).version()).isEqualTo("1.0.0");

        assertThat(asked.getFirst().branches()).containsExactly("production");
        assertThat(asked.getFirst().tags()).isEqualTo("v*");
    }

    @Test
    void of_several_branches_one_has_to_be_named_that_is_among_them() {
        applications.states.put("hello", application(several()));

        assertThatThrownBy(() -> controller.next("hello", null)).hasMessageContaining("400");
        assertThatThrownBy(() -> controller.next("hello", "main")).hasMessageContaining("400");
        assertThat(controller.next("hello", "hotfix/1").branch()).isEqualTo("hotfix/1");
    }

    @Test
    void without_a_policy_nobody_knows_where_commits_are() {
        applications.states.put("hello", application(null));

        assertThatThrownBy(() -> controller.next("hello", null)).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.next("nobody", null)).hasMessageContaining("404");
        assertThatThrownBy(() -> controller.next("No Name", null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_git_refuses_is_a_conflict_and_git_that_is_away_is_not_available() {
        applications.states.put("hello", application(Examples.demoPolicy().policy()));
        NextVersionController refused =
                new NextVersionController(applications, _ -> new History.Told.Refused("Revision 1 is gone."));
        NextVersionController away = new NextVersionController(applications, _ -> {
            throw new IOException("disk is gone");
        });

        assertThatThrownBy(() -> refused.next("hello", null))
                .hasMessageContaining("409")
                .hasMessageContaining("Revision 1 is gone.");
        assertThatThrownBy(() -> away.next("hello", null))
                .hasMessageContaining("503")
                .hasMessageContaining("disk is gone");
    }
}
