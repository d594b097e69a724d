package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against the version, against nginx, and against what answers wrongly. */
class ClientIT {
    private static Child version;
    private static Client client;

    @BeforeAll
    static void start() {
        version = Child.start(VersionMain.class);
        client = new Client();
    }

    @AfterAll
    static void stop() {
        client.close();
        version.close();
    }

    private static Tally run(Work work, int size, int connections, Target target) throws InterruptedException {
        return client.run(Order.of(work, size, connections, target)
                .lasting(0, Pace.patience(java.time.Duration.ofMillis(300)).toMillis()));
    }

    private static int sizeOf(Work work) {
        return switch (work) {
            case EVENTS -> 64;
            case TICKS, SLOW_VERSION -> 20;
            case SLOW_READER -> 1 << 20;
            default -> 70_000;
        };
    }

    private static Target direct() {
        return new Target("direct", "127.0.0.1:" + version.ready(), "bench.localhost", "", 0);
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PUBLISH", "PRODUCE", "SLOW_READER"})
    void every_kind_of_work_is_done_right_by_the_version(Work work) throws InterruptedException {
        Tally tally = run(work, sizeOf(work), 4, direct());

        assertThat(tally.right()).as(tally.toString()).isTrue();
        assertThat(tally.done()).isPositive();
        assertThat(tally.open()).isEqualTo(4);
        assertThat(tally.p99Micros()).isGreaterThanOrEqualTo(tally.p50Micros()).isPositive();
    }

    @Test
    void a_slow_reader_holds_its_answer_open() throws InterruptedException {
        Tally tally = run(Work.SLOW_READER, 8 << 20, 3, direct());

        assertThat(tally.right()).as(tally.toString()).isTrue();
        assertThat(tally.all()).isZero();
        assertThat(tally.open()).isEqualTo(3);
    }

    @Test
    void nginx_hands_everything_on_as_it_is_told() throws IOException, InterruptedException {
        assumeTrue(Nginx.program().isPresent(), "nginx is not installed");
        try (Nginx nginx = Nginx.start(Nginx.program().orElseThrow(), Integer.parseInt(version.ready()))) {
            for (Work work : List.of(Work.BYTES, Work.UPLOAD, Work.EVENTS, Work.ECHO)) {
                Tally tally = run(work, sizeOf(work), 4, nginx.target());

                assertThat(tally.right()).as(work + " " + tally).isTrue();
                assertThat(tally.done()).isPositive();
            }
            assertThat(ProcessFigures.processorSeconds(nginx.target().pid())).isPresent();
        }
    }

    /** The right body of four bytes is 0 1 2 3. */
    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK|Connection: close|Content-Length: 4||\u0000\u0001\u0002\u0004', WRONG",
        "'HTTP/1.1 200 OK|Connection: close|Content-Length: 3||\u0000\u0001\u0002', WRONG",
        "'HTTP/1.1 200 OK|Connection: close|Content-Length: 4||\u0000\u0001', FAILED",
        "'HTTP/1.1 500 No|Connection: close|Content-Length: 0||', FAILED",
        "'HTTP/1.1 503 No|Connection: close|Content-Length: 0||', FAILED",
        "'HTTP/1.1 503 No|Connection: close|Retry-After: 1|Content-Type: application/problem+json|Content-Length:"
                + " 0||', REFUSED"
    })
    void what_is_not_right_is_seen(String answer, String as) throws IOException, InterruptedException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread serving = Thread.ofVirtual().start(() -> answerAll(server, answer.replace("|", "\r\n")));
            Target target = new Target("wrong", "127.0.0.1:" + server.getLocalPort(), "x", "", 0);

            Tally tally = run(Work.BYTES, 4, 1, target);

            assertThat(tally.done()).as(tally.toString()).isZero();
            assertThat(tally.wrong() > 0).isEqualTo(as.equals("WRONG"));
            assertThat(tally.failed() > 0).isEqualTo(as.equals("FAILED"));
            assertThat(tally.refused() > 0).isEqualTo(as.equals("REFUSED"));
            serving.interrupt();
        }
    }

    private static void answerAll(ServerSocket server, String answer) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[1_024]);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException closed) {
                return;
            }
        }
    }
}
