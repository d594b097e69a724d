package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Duty.Before;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WaitsOnTest {
    private static final Arrival POLL = new Arrival(
            "https://store.example.test/",
            null,
            null,
            null,
            200,
            null,
            null,
            null,
            Duration.ofMinutes(1),
            List.of(new Gate.JsonExpectation("$.state", "\"approved\"")));

    private static final WaitsOn BY_PERSON = new WaitsOn("The store", Duration.ofHours(1), null, null, true);

    private static Duty duty(String id, Duration longest) {
        return new Duty(id, "A", "qa", Before.PRODUCTION, 1, List.of(), longest);
    }

    @Test
    void it_says_in_words_what_ends_it_and_how_long_it_takes() {
        WaitsOn on = new WaitsOn("The store", Duration.ofHours(24), POLL, new WaitsOn.Callback("bot"), true);

        assertThat(on.ends())
                .containsExactly(
                        "a poll: https://store.example.test/ answers 200 with $.state \"approved\"",
                        "a callback of bot",
                        "the word of a person");
        assertThat(on.times(Duration.ofHours(72))).isEqualTo("expected within 24 h, at most 72 h");
    }

    @Test
    void a_callback_is_taken_of_whom_it_names_or_of_any_publisher() {
        assertThat(new WaitsOn.Callback("bot@example.test").takes("Bot@example.test"))
                .isTrue();
        assertThat(new WaitsOn.Callback("bot@example.test").takes("ci")).isFalse();
        assertThat(new WaitsOn.Callback(null).takes("ci")).isTrue();
    }

    @Test
    void one_that_nothing_ends_is_refused() {
        assertThatThrownBy(() -> new WaitsOn("The store", Duration.ofHours(1), null, null, false))
                .hasMessageContaining("a wait never ends by time; say one of poll, callback and person");
        Arrival tag = new Arrival(null, null, "v1", null, 200, null, null, null, Duration.ofMinutes(1));
        assertThatThrownBy(() -> new WaitsOn("The store", Duration.ofHours(1), tag, null, false))
                .hasMessageContaining("say url");
    }

    @Test
    void a_duty_that_it_does_not_fit_is_refused_with_what_to_leave_out() {
        Duration longest = Duration.ofHours(2);
        WaitsOn byPoll = new WaitsOn("The store", Duration.ofHours(1), POLL, null, false);
        Due due = new Due(
                1, null, new WorkCalendar("office", ZoneId.of("UTC"), List.of(), List.of()), LocalTime.NOON, 1, 1);

        assertThatThrownBy(() -> duty("a", Duration.ofMinutes(30)).withWaits(BY_PERSON))
                .hasMessageContaining("a waits on others for 30 min at most, and is expected to take 1 h");
        assertThatThrownBy(() -> duty("a", longest).withDue(due).withWaits(BY_PERSON))
                .hasMessageContaining("leave out people, matrix and due");
        assertThatThrownBy(() ->
                        duty("a", longest).withAfter(Announcing.After.COMPLETED).withWaits(byPoll))
                .hasMessageContaining("leave out fields and after");
        assertThatThrownBy(() -> duty("a".repeat(36), longest).withWaits(byPoll))
                .hasMessageContaining("at most 35 characters");
        assertThat(duty("a", longest)
                        .withAfter(Announcing.After.COMPLETED)
                        .withWaits(BY_PERSON)
                        .isWait())
                .isTrue();
    }

    @Test
    void a_duty_of_people_is_written_as_ever_and_a_wait_reads_back() {
        Duty plain = duty("a", Duration.ofHours(2));
        Duty waits = plain.withWaits(new WaitsOn("B", Duration.ofHours(1), POLL, new WaitsOn.Callback(null), false));

        assertThat(WireJson.mapper().writeValueAsString(plain)).doesNotContain("wait");
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(waits), Duty.class))
                .isEqualTo(waits);
    }
}
