package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PolicyFileTest {
    @Test
    void a_relative_repository_is_made_absolute_and_nothing_else_changes() {
        String yaml = """
                kind: ReleasePolicy
                application: hello # ours
                source: {repository: "file:.slipway/demo/hello.git", from: production, to: main}
                """;

        PolicyFile policy = PolicyFile.of(yaml, Path.of("/home/ada"));

        assertThat(policy.application()).isEqualTo("hello");
        assertThat(policy.yaml())
                .isEqualTo(yaml.replace("file:.slipway/demo/hello.git", "file:/home/ada/.slipway/demo/hello.git"));
    }

    @Test
    void absolute_and_remote_repositories_stay_as_they_are() {
        String yaml = """
                application: "hello"
                source:
                  repository: https://git.example.test/hello.git
                other: {repository: file:/srv/hello.git}
                """;

        assertThat(PolicyFile.of(yaml, Path.of("/home/ada")).yaml()).isEqualTo(yaml);
        assertThat(PolicyFile.of(yaml, Path.of("/home/ada")).application()).isEqualTo("hello");
    }

    @Test
    void a_policy_without_an_application_is_refused_with_a_remedy() {
        assertThatThrownBy(() -> PolicyFile.of("kind: ReleasePolicy\n", Path.of("/")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("add a line application: NAME");
    }
}
