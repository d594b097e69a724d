package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Progress;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgramsWaitTest {
    private static final URI OLD = URI.create("http://127.0.0.1:9001");
    private static final URI NEW = URI.create("http://127.0.0.1:9002");
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void what_is_verified_must_answer_and_nothing_else() {
        EnvironmentView canary = view("hello/production", "1.0.0", share("1.0.0", OLD, 90), share("1.1.0", NEW, 10));

        assertThat(ProgramsWait.missing(List.of(canary), OLD::equals)).isEmpty();
        assertThat(ProgramsWait.missing(List.of(canary), NEW::equals)).containsExactly("hello/production 1.0.0");
        assertThat(ProgramsWait.missing(
                        List.of(view(
                                "hello/staging",
                                "1.0.0",
                                share("1.0.0", OLD, 100).away(true))),
                        _ -> true))
                .as("somebody else's listener is at its address")
                .containsExactly("hello/staging 1.0.0");
        assertThat(ProgramsWait.missing(List.of(view("new/production", null)), _ -> false))
                .isEmpty();
        assertThat(ProgramsWait.missing(List.of(view("failed/production", null, share("1.0.0", OLD, 100))), _ -> false))
                .as("a first release that is not verified is no promise")
                .isEmpty();
    }

    @Test
    void it_is_told_what_is_waited_for_and_what_came() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Share there = share("1.0.0", URI.create("http://127.0.0.1:" + listening.getLocalPort()), 100);
            Deque<List<EnvironmentView>> looks = new ArrayDeque<>(List.of(
                    List.of(view("hello/production", "1.0.0", there.away(true))),
                    List.of(view("hello/production", "1.0.0", there))));

            new ProgramsWait(() -> Objects.requireNonNull(looks.poll()), Duration.ofSeconds(30))
                    .untilAllAnswer(progress());
        }

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .anyMatch(line -> line.contains("waits for applications: hello/production 1.0.0"))
                .anyMatch(line -> line.startsWith("hello/production 1.0.0 answers again"));
    }

    @Test
    void one_that_does_not_come_is_named_with_what_to_do() {
        EnvironmentView away =
                view("hello/production", "1.0.0", share("1.0.0", OLD, 100).away(true));

        assertThatThrownBy(() -> new ProgramsWait(() -> List.of(away), Duration.ZERO).untilAllAnswer(progress()))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessageContaining("no answer from hello/production 1.0.0")
                .hasMessageContaining("./slipway logs deployment");
    }

    private Progress progress() {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Progress(new Shell(out, out, false, 100, Map.of()));
    }

    private static EnvironmentView view(String environment, @Nullable String verified, Share... shares) {
        return new EnvironmentView(
                EnvironmentId.parse(environment),
                verified == null
                        ? null
                        : new EnvironmentView.Verified("hello@" + verified, verified, digest(verified), Instant.EPOCH),
                null,
                null,
                List.of(shares),
                Instant.EPOCH,
                List.of());
    }

    private static Share share(String version, URI address, int percent) {
        return new Share("hello@" + version + "/production/1", version, digest(version), address, percent);
    }

    private static Digest digest(String version) {
        return new Digest("sha256:" + String.format("%064x", version.hashCode()));
    }
}
