package dev.slipway.validation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.contracts.policy.HttpStep.Method;
import dev.slipway.contracts.policy.Saving;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import dev.slipway.validation.probe.PathWalk.Sent;
import dev.slipway.validation.probe.PathWalk.Sent.Answered;
import dev.slipway.validation.probe.PathWalk.Sent.Silent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What one step saves and the next one uses. */
final class PathWalkTest {
    private static final String SECRET = "s3cr\"t/token";

    private final Map<String, Sent> answers = new HashMap<>();
    private final List<HttpProbe> sent = new ArrayList<>();

    private static HttpProbe step(
            Method method, String path, @Nullable String body, Map<String, String> headers, Map<String, Saving> save) {
        HttpStep step = new HttpStep(method, headers, body, body != null && body.startsWith("{"), save);
        return new HttpProbe(path, 200, null, List.of(), null, step);
    }

    private static HttpProbe login() {
        return step(
                Method.POST,
                "/login",
                "{\"user\":\"ada\"}",
                Map.of(),
                Map.of("token", new Saving("$.access_token", null), "at", new Saving(null, "Location")));
    }

    private static HttpProbe order() {
        return step(
                Method.POST,
                "/orders",
                "{\"of\":\"{saved.token}\"}",
                Map.of("Authorization", "Bearer {saved.token}"),
                Map.of("order", new Saving("$.id", null)));
    }

    private static HttpProbe shown() {
        return new HttpProbe(
                "/orders/{saved.order}",
                200,
                null,
                List.of(
                        new JsonExpectation("$.id", "\"{saved.order}\""),
                        new JsonExpectation("$.by", "\"{saved.token}\"")));
    }

    private void answer(String path, int status, String body) {
        Map<String, String> head = Map.of("location", "/home");
        answers.put(path, new Answered(status, head, body.getBytes(StandardCharsets.UTF_8), Duration.ofMillis(3)));
    }

    private void loggedIn() {
        answer("/login", 200, "{\"access_token\":\"s3cr\\\"t/token\"}");
    }

    private List<ProbeAnswer> walk(HttpProbe... steps) {
        return new PathWalk(JsonMapper.shared(), (name, request) -> {
                    sent.add(request);
                    return answers.getOrDefault(
                            request.get(), new Silent(name + " unanswered", name + " failed: ", "refused"));
                })
                .walk(List.of(steps));
    }

    private static String all(List<ProbeAnswer> answers) {
        return answers.stream().map(ProbeAnswer::toString).collect(Collectors.joining());
    }

    @Test
    void what_a_step_saves_is_sent_by_those_after_it_and_expected_of_them() {
        loggedIn();
        answer("/orders", 200, "{\"id\":\"a 7\"}");
        answer("/orders/a%207", 200, "{\"id\":\"a 7\",\"by\":\"s3cr\\\"t/token\"}");

        List<ProbeAnswer> walked = walk(login(), order(), shown());

        assertThat(walked)
                .containsExactly(
                        new AsExpected("POST /login 200 in 3 ms, saves at, token"),
                        new AsExpected("POST /orders 200 in 3 ms, saves order"),
                        new AsExpected("GET /orders/{saved.order} 200 in 3 ms"));
        HttpStep order = Objects.requireNonNull(sent.get(1).step());
        assertThat(order.body()).isEqualTo("{\"of\":\"s3cr\\\"t/token\"}");
        assertThat(order.headers()).containsEntry("Authorization", "Bearer " + SECRET);
    }

    @Test
    void what_was_saved_is_shown_in_no_answer_however_it_is_written_there() {
        loggedIn();
        answer("/orders", 200, "{\"id\":\"a 7\"}");
        answer("/orders/a%207", 200, "{\"id\":\"a 7\",\"by\":{\"wrong\":\"s3cr\\\"t/token\"}}");

        List<ProbeAnswer> walked = walk(login(), order(), shown());

        assertThat(walked.getLast())
                .isEqualTo(
                        new Wrong(
                                "GET /orders/{saved.order} 200 in 3 ms, $.by {\"wrong\":\"{saved.token}\"}",
                                "GET /orders/{saved.order}: $.by is {\"wrong\":\"{saved.token}\"}, expected \"{saved.token}\""));
        answers.put(
                "/orders/a%207",
                new Silent("GET x unanswered", "GET x failed: ", "no /orders/a%207 with s3cr\"t/token"));
        assertThat(walk(login(), order(), shown()).getLast())
                .isEqualTo(new Unanswered(
                        "GET x unanswered", "GET x failed: no /orders/{saved.order} with {saved.token}"));
    }

    @Test
    void what_is_saved_of_an_answer_that_is_otherwise_is_not_shown_either_and_not_carried() {
        HttpProbe login = login();
        HttpProbe strict = new HttpProbe(
                login.get(),
                200,
                null,
                List.of(new JsonExpectation("$.access_token", "\"other\"")),
                null,
                login.step());
        loggedIn();

        List<ProbeAnswer> walked = walk(strict, order(), shown());

        assertThat(walked.getFirst()).isInstanceOf(Wrong.class);
        assertThat(all(walked)).doesNotContain("s3cr");
        assertThat(sent).hasSize(1);
    }

    @Test
    void a_step_whose_value_was_not_saved_is_not_run_and_what_it_would_save_is_missing_as_well() {
        answer("/login", 500, "{}");

        List<ProbeAnswer> walked = walk(login(), order(), shown(), new HttpProbe("/health", 200, null, List.of()));

        assertThat(walked.getFirst())
                .isEqualTo(new Unexpected("POST /login 500 in 3 ms", "POST /login answered 500, expected 200"));
        assertThat(walked.subList(1, 3))
                .containsExactly(
                        new Unanswered(
                                "POST /orders not run",
                                "POST /orders was not run: it needs {saved.token}, which no step before it has saved"),
                        new Unanswered(
                                "GET /orders/{saved.order} not run",
                                "GET /orders/{saved.order} was not run: it needs {saved.order}, which no step before it has saved"));
        assertThat(sent).extracting(HttpProbe::get).containsExactly("/login", "/health");
    }

    @Test
    void a_value_that_is_not_there_is_empty_too_long_or_no_single_value_is_not_saved() {
        for (String body : List.of(
                "{}", "no json", "{\"access_token\":{}}", "{\"access_token\":\"\"}", "{\"access_token\":null}")) {
            answer("/login", 200, body);
            assertThat(walk(login(), order()).getFirst())
                    .as(body)
                    .isEqualTo(
                            new Unexpected(
                                    "POST /login 200 in 3 ms, nothing to save",
                                    "POST /login: the answer has no text, number or truth value to save as token at $.access_token"));
        }
        answer("/login", 200, "{\"access_token\":\"" + "x".repeat(4_097) + "\"}");
        assertThat(walk(login(), order()).getFirst())
                .isInstanceOfSatisfying(
                        Unexpected.class, tooLong -> assertThat(tooLong.why()).contains("more than 4096 characters"));
    }

    @Test
    void a_value_that_cannot_stand_in_a_header_is_not_sent_and_not_told() {
        answer("/login", 200, "{\"access_token\":\"line\\nbreak\"}");

        List<ProbeAnswer> walked = walk(login(), order());

        assertThat(walked.getLast())
                .isEqualTo(
                        new Unanswered(
                                "POST /orders not sent",
                                "POST /orders cannot be sent: gates.http.headers: the value of Authorization is one line of printable ASCII"));
        assertThat(sent).hasSize(1);
    }

    @Test
    void the_later_of_two_steps_that_save_under_one_name_counts_and_a_second_walk_begins_anew() {
        HttpProbe again = step(Method.POST, "/refresh", null, Map.of(), Map.of("token", new Saving("$.t", null)));
        loggedIn();
        answer("/refresh", 200, "{\"t\":7}");
        answer("/of/7", 200, "{}");
        HttpProbe of = new HttpProbe("/of/{saved.token}", 200, null, List.of());

        assertThat(walk(login(), again, of).getLast()).isInstanceOf(AsExpected.class);
        assertThat(walk(of)).singleElement().isInstanceOf(Unanswered.class);
        answer("/refresh", 500, "{}");
        assertThat(walk(login(), again, of).getLast())
                .as("not with the one before")
                .isEqualTo(
                        new Unanswered(
                                "GET /of/{saved.token} not run",
                                "GET /of/{saved.token} was not run: it needs {saved.token}, which no step before it has saved"));
    }

    @Test
    void what_is_carried_is_not_told_by_its_text() {
        assertThat(new Carried(Map.of("token", SECRET)).toString()).isEqualTo("Carried[token]");
    }
}
