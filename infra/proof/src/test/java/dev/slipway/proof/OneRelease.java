package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A release as the gateway shows it; while no gateway is there it is where it was. */
final class OneRelease {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration ANSWER_MAX = Pace.patience(Duration.ofSeconds(2));
    private static final Duration STEP_MAX = Pace.patience(Duration.ofMinutes(3));
    private static final Set<String> ENDS =
            Set.of("COMPLETED", "REJECTED", "EXPIRED", "ABORTED", "SUPERSEDED", "ROLLED_BACK", "NEEDS_OPERATOR");

    private final Path home;
    private final String id;
    private JsonNode seen = JsonMapper.shared().createObjectNode();

    OneRelease(Path home, String id) {
        this.home = home;
        this.id = id;
    }

    /** Waits until production gives it this share of traffic or more, or it has ended. */
    void awaitShare(int percent) {
        await(id + " at " + percent + " %")
                .atMost(STEP_MAX)
                .pollInterval(LOOK_EVERY)
                .until(() -> look() >= percent || ENDS.contains(state()));
    }

    String awaitEnd() {
        await("the end of " + id)
                .atMost(STEP_MAX)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> look() >= 0 && ENDS.contains(state()));
        return state();
    }

    /**
     * Waits until what is shown of it is so; a release that has ended is not waited for any longer.
     *
     * @param what is waited for, for whoever reads that it did not come
     */
    JsonNode awaitShown(String what, Predicate<JsonNode> so) {
        await(what + " of " + id)
                .atMost(STEP_MAX)
                .pollInterval(Duration.ofMillis(300))
                .until(() -> look() >= 0 && (so.test(seen) || ENDS.contains(state())));
        assertThat(so.test(seen)).as("%s of %s", what, seen.toPrettyString()).isTrue();
        return seen;
    }

    /** Waits until it is in this state. */
    JsonNode awaitState(String state) {
        return awaitShown(state, seen -> seen.path("state").asString("").equals(state));
    }

    /** Waits until it says these words to whoever asks what comes next. */
    void awaitNext(String words) {
        await("what comes after " + id)
                .atMost(STEP_MAX)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    look();
                    assertThat(seen.path("next").asString("")).contains(words);
                });
    }

    JsonNode seen() {
        return seen;
    }

    String state() {
        return seen.path("state").asString("");
    }

    private int look() throws InterruptedException {
        Map<String, String> environment = HomeEnvironment.of(home);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(environment.get("SLIPWAY_URL") + "/api/v1/releases/" + id))
                .header("Authorization", "Bearer " + environment.get("SLIPWAY_TOKEN_VIEWER"))
                .timeout(ANSWER_MAX)
                .build();
        try (HttpClient http =
                HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build()) {
            JsonNode answer = JsonMapper.shared()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
            seen = answer.has("state") ? answer : seen;
        } catch (IOException | JacksonException away) {
            return 0;
        }
        JsonNode rollout = seen.path("rollout");
        return rollout.path("environment").asString("").endsWith("/production")
                ? rollout.path("trafficPercent").asInt(0)
                : 0;
    }
}
