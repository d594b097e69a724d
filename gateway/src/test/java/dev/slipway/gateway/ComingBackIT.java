package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users are told of a version that ended with Slipway, and is started anew: to come again. */
class ComingBackIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static final String OLD = "hello@1.0.0/production/1";

    private final LiveTable table = new LiveTable();

    @AfterEach
    void silence() {
        table.close();
    }

    @Test
    void after_a_restart_a_version_that_is_not_there_is_coming_back_until_somebody_says_that_it_runs() {
        Backend ended = Backend.answering(200, "ended");
        ended.close();
        Share gone = share("1.0.0", ended.address(), 100);
        table.once(2, Instant.now(), OLD, gone);

        try (RunningGateway restarted = RunningGateway.start()) {
            assertComingBack(restarted.get(table.path("/greet")));

            table.repeat(3, Assign.REQUEST, OLD, gone);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(restarted.get(table.path("/greet")).statusCode())
                                    .isEqualTo(502));
            table.repeat(4, Assign.REQUEST, OLD, gone.away(true));
            await().atMost(SOON).untilAsserted(() -> assertComingBack(restarted.get(table.path("/greet"))));
        }
    }

    @Test
    void a_request_that_was_on_its_way_when_its_version_was_said_to_be_away_is_told_to_come_again() {
        try (RawVersion ending = RawVersion.answering(ComingBackIT::holdingSome)) {
            Share chosen = share("1.0.0", ending.address(), 100);
            table.once(2, Instant.now(), OLD, chosen);
            try (RunningGateway restarted = RunningGateway.start()) {
                assertComingBack(endsWhileAsked(
                        restarted,
                        ending,
                        () -> table.repeat(3, Assign.REQUEST, OLD, chosen.away(true)),
                        come -> come.statusCode() == 503));
            }
        }
    }

    @Test
    void a_request_of_a_table_from_before_is_told_to_come_again_though_its_version_is_back_elsewhere_by_now() {
        try (RawVersion ending = RawVersion.answering(ComingBackIT::holdingSome);
                Backend elsewhere = Backend.answering(200, "elsewhere")) {
            table.once(2, Instant.now(), OLD, share("1.0.0", ending.address(), 100));
            try (RunningGateway restarted = RunningGateway.start()) {
                assertComingBack(endsWhileAsked(
                        restarted,
                        ending,
                        () -> table.repeat(3, Assign.REQUEST, OLD, share("1.0.0", elsewhere.address(), 100)),
                        come -> come.body().equals("elsewhere")));
            }
        }
    }

    @Test
    void a_version_that_was_known_to_run_is_a_bad_gateway_when_it_ends_unless_slipway_ended_it() {
        try (RunningGateway gateway = RunningGateway.start()) {
            try (RawVersion ending = RawVersion.answering(ComingBackIT::holdingSome)) {
                awaitServed(gateway, 2, share("1.0.0", ending.address(), 100));

                HttpResponse<String> answer = endsWhileAsked(gateway, ending, () -> {}, _ -> true);

                assertThat(answer.statusCode()).isEqualTo(502);
            }
            try (RawVersion ending = RawVersion.answering(ComingBackIT::holdingSome)) {
                Share chosen = share("1.0.0", ending.address(), 100);
                awaitServed(gateway, 3, chosen);

                assertComingBack(endsWhileAsked(
                        gateway,
                        ending,
                        () -> table.repeat(4, Assign.REQUEST, OLD, chosen.away(true)),
                        come -> come.statusCode() == 503));
            }
        }
    }

    private void awaitServed(RunningGateway gateway, long counter, Share share) {
        table.repeat(counter, Assign.REQUEST, OLD, share);
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).body().equals("here"));
    }

    private static void holdingSome(RawVersion.Talk talk) throws IOException {
        if (!talk.head().contains("/held ")) {
            talk.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhere");
        }
    }

    /**
     * The answer to a request that a version has taken, when another table comes and then the version ends.
     *
     * @param seen whether the answer to a later request shows that the table has come
     */
    private HttpResponse<String> endsWhileAsked(
            RunningGateway asked, RawVersion version, Runnable comes, Predicate<HttpResponse<String>> seen) {
        CompletableFuture<HttpResponse<String>> answer =
                CompletableFuture.supplyAsync(() -> asked.get(table.path("/held")));
        await().atMost(SOON).until(() -> version.heads().stream().anyMatch(head -> head.contains("/held ")));
        comes.run();
        await().atMost(SOON).until(() -> seen.test(asked.get(table.path("/x"))));
        version.close();
        return answer.join();
    }

    private static void assertComingBack(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("urn:slipway:problem:coming-back");
    }
}
