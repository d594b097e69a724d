package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A gateway takes over from another on the same port, and whoever asks meanwhile is answered by a version. */
class SharedFrontIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(20));
    private static final int VISITORS = 8;

    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void nobody_meets_a_closed_door_or_a_gateway_that_does_not_know_the_way_yet() {
        RunningGateway first = RunningGateway.start("slipway.front.shared=true");
        try (Backend version = Backend.answering(200, "hello");
                LiveTable table = new LiveTable();
                ExecutorService visitors = Executors.newFixedThreadPool(VISITORS)) {
            Share share = LiveTable.share("1.0.0", version.address(), 100);
            table.repeat(1, Assign.REQUEST, share.key(), share);
            await().atMost(SOON).until(() -> first.get(table.path("/")).statusCode() == 200);
            HttpRequest request = first.request(table.path("/")).build();
            for (int i = 0; i < VISITORS; i++) {
                visitors.execute(() -> ask(request));
            }
            await().atMost(SOON).until(() -> answered("200") > 100);

            try (RunningGateway second = RunningGateway.start(
                    "slipway.gateway.id=gateway-2",
                    "slipway.front.shared=true",
                    "slipway.front.tables-within=" + SOON.toSeconds() + "s",
                    "slipway.front.port=" + first.frontPort())) {
                int before = answered("200");
                await().atMost(SOON).until(() -> answered("200") > before + 200);
                first.close();
                int after = answered("200");
                await().atMost(SOON).until(() -> answered("200") > after + 200);
                assertThat(second.frontPort()).isEqualTo(request.uri().getPort());
                over.set(true);
                visitors.shutdown();
                await().atMost(SOON).until(visitors::isTerminated);
            }
        } finally {
            over.set(true);
            first.close();
        }
        assertThat(answers.keySet()).as("%s", answers).isSubsetOf("200", "cut off");
        assertThat(answered("cut off")).as("in flight when it ended").isLessThanOrEqualTo(VISITORS);
    }

    private int answered(String how) {
        return answers.getOrDefault(how, 0);
    }

    /** Now over a connection that is kept, now over a new one. */
    private void ask(HttpRequest request) {
        while (!over.get()) {
            try (HttpClient client = HttpClient.newHttpClient()) {
                for (int i = 0; i < 5 && !over.get(); i++) {
                    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                    note(answer.statusCode() == 200 ? "200" : answer.statusCode() + " " + answer.body());
                }
            } catch (ConnectException nobody) {
                note("nobody listens");
            } catch (IOException cut) {
                note("cut off");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void note(String how) {
        answers.merge(how, 1, Integer::sum);
    }
}
