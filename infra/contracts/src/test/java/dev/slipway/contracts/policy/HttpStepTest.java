package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.HttpStep.Method;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is more than a plain GET. */
final class HttpStepTest {
    private static final Filling OTHERS = Filling.last(Map.of("version", "1.2.0")::get);
    private static final Filling SAVED = Filling.saved(Map.of("token", "a \"b\"/{version}", "id", "7"));

    private static HttpStep step(
            Method method, Map<String, String> headers, @Nullable String body, Map<String, Saving> save) {
        return new HttpStep(method, headers, body, body != null && body.startsWith("{"), save);
    }

    @Test
    void what_steps_save_is_put_in_last_and_as_it_has_to_stand_where_it_stands() {
        HttpProbe written = new HttpProbe(
                "/orders/{saved.token}?v={version}",
                201,
                null,
                List.of(new Gate.JsonExpectation("$.of", "\"{saved.token}\"")),
                "no {{saved.id}} but {saved.id}",
                step(
                        Method.POST,
                        Map.of("X-Id", "{saved.id} of {version}"),
                        "{\"token\":\"{saved.token}\",\"v\":\"{{version}}\"}",
                        Map.of("order", new Saving("$.id", null))));

        HttpProbe first = OTHERS.request(written);
        HttpProbe sent = SAVED.request(first);

        assertThat(first.get()).isEqualTo("/orders/{saved.token}?v=1.2.0");
        assertThat(first.contains()).isEqualTo("no {{saved.id}} but {saved.id}");
        assertThat(sent.get()).isEqualTo("/orders/a%20%22b%22%2F%7Bversion%7D?v=1.2.0");
        assertThat(sent.contains()).isEqualTo("no {saved.id} but 7");
        assertThat(sent.json().getFirst().equals()).isEqualTo("\"a \\\"b\\\"/{version}\"");
        HttpStep step = Objects.requireNonNull(sent.step());
        assertThat(step.headers()).containsEntry("X-Id", "7 of 1.2.0");
        assertThat(step.body()).isEqualTo("{\"token\":\"a \\\"b\\\"/{version}\",\"v\":\"{version}\"}");
        assertThat(step.save()).containsOnlyKeys("order");
    }

    @Test
    void it_is_told_as_json_and_a_plain_get_is_told_as_before() {
        HttpProbe plain = new HttpProbe("/health", 200, null, List.of());
        HttpProbe more = new HttpProbe(
                "/login",
                200,
                null,
                List.of(),
                null,
                step(Method.POST, Map.of(), "a", Map.of("at", new Saving(null, "Location"))));

        assertThat(WireJson.mapper().writeValueAsString(plain)).doesNotContain("step");
        assertThat(WireJson.mapper().writeValueAsString(more))
                .contains("\"step\":{\"method\":\"POST\",\"body\":\"a\",\"save\":{\"at\":{\"header\":\"Location\"}}}");
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(more), HttpProbe.class))
                .isEqualTo(more);
    }

    @Test
    void only_what_may_be_sent_at_any_time_warms_a_version_up() {
        HttpProbe plain = new HttpProbe("/health", 200, null, List.of());
        HttpProbe saving = new HttpProbe(
                "/health",
                200,
                null,
                List.of(),
                null,
                step(Method.GET, Map.of(), null, Map.of("id", new Saving("$.id", null))));

        assertThat(plain.asWarmUp()).hasValue(plain);
        assertThat(saving.asWarmUp()).as("what it saves does not matter there").hasValue(plain);
        assertThat(new HttpProbe("/of/{saved.id}", 200, null, List.of()).asWarmUp())
                .isEmpty();
        assertThat(new HttpProbe("/a", 200, null, List.of(), "{saved.id}").asWarmUp())
                .isEmpty();
        assertThat(new HttpProbe("/a", 200, null, List.of(), null, step(Method.DELETE, Map.of(), null, Map.of()))
                        .asWarmUp())
                .isEmpty();
        assertThat(new HttpProbe("/a", 200, null, List.of(), null, step(Method.GET, Map.of("A", "b"), null, Map.of()))
                        .asWarmUp())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "traceparent", "a b", ""})
    void a_header_that_is_the_connections_own_or_no_name_is_refused(String name) {
        assertThatThrownBy(() -> step(Method.POST, Map.of(name, "a"), null, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "grüß"})
    void a_header_is_one_line_of_ascii_and_its_value_is_not_told(String value) {
        assertThatThrownBy(() -> step(Method.POST, Map.of("A", value), null, Map.of()))
                .hasMessage("gates.http.headers: the value of A is one line of printable ASCII");
    }

    @Test
    void what_makes_no_sense_together_is_refused() {
        assertThatThrownBy(() -> step(Method.GET, Map.of(), "a", Map.of())).hasMessageContaining("say method: POST");
        assertThatThrownBy(() -> step(Method.POST, Map.of("A", "1", "a", "2"), null, Map.of()))
                .hasMessageContaining("stands twice");
        assertThatThrownBy(() -> step(Method.POST, Map.of(), null, Map.of("a.b", new Saving("$", null))))
                .hasMessageContaining("a name is a letter");
        assertThatThrownBy(() -> new Saving("$.a", "Location")).hasMessageContaining("at a path or in");
        assertThatThrownBy(() -> new Saving("a", null)).hasMessageContaining("begins with $");
        assertThatThrownBy(() -> new HttpProbe(
                        "grpc://", 200, null, List.of(), null, step(Method.POST, Map.of(), null, Map.of())))
                .hasMessageContaining("a protocol of its own");
    }
}
