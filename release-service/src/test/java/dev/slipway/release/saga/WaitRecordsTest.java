package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.release.application.Launch;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How waits on others ended, gone over again by records alone. */
final class WaitRecordsTest {
    private static final String SERVICE = "service:validation-service";
    private static final String CANDIDATE = "{\"type\":\"CANDIDATE\"}";
    private static final String GONE_ON = "{\"type\":\"ROLLING_OUT\"}";

    private static final Arrival POLL =
            new Arrival("https://store.example.test/", null, null, null, 200, null, null, null, Duration.ofMinutes(1));

    private static Duty wait(@Nullable Arrival poll, WaitsOn.@Nullable Callback callback, boolean person) {
        return Journey.duty("try-it", Duty.Before.PRODUCTION)
                .withWaits(new WaitsOn("The store", Duration.ofHours(1), poll, callback, person));
    }

    private static JsonNode record(String actor, String set) {
        ObjectNode record = WireJson.mapper().createObjectNode().put("actor", actor);
        record.set("set", WireJson.mapper().readTree(set));
        return record;
    }

    private static JsonNode answer(String actor, String by, @Nullable String via) {
        return record(
                actor,
                "{\"duties\":[{\"duty\":\"try-it\",\"said\":{\"result\":\"PASSED\",\"by\":\"%s\",\"reason\":\"seen\"%s}}]}"
                        .formatted(by, via == null ? "" : ",\"via\":\"%s\"".formatted(via)));
    }

    private static JsonNode verdict(String verdict, boolean complete) {
        return record(
                SERVICE,
                "{\"assessments\":[{\"question\":{\"step\":\"wait-try-it\"},\"gates\":[{\"gate\":\"wait-try-it\",\"verdict\":\"%s\",\"complete\":%s}]}]}"
                        .formatted(verdict, complete));
    }

    /** What is wrong with these records of a candidate, with which it went on to production. */
    private static List<String> faults(Duty duty, JsonNode... records) {
        Policy policy = Journey.dutiful(duty);
        Launch launch = new Journey(policy).launch(null);
        List<String> faults = new ArrayList<>();
        DutyRecords check = new DutyRecords(faults::add, _ -> false, (_, _) -> false);
        JsonNode candidate = WireJson.mapper().readTree(CANDIDATE);
        for (JsonNode each : records) {
            check.next(each, candidate, candidate, launch);
        }
        check.next(record(SERVICE, "{}"), candidate, WireJson.mapper().readTree(GONE_ON), launch);
        return faults;
    }

    @Test
    void a_poll_ended_it_by_a_verdict_that_was_recorded_before() {
        Duty polled = wait(POLL, null, false);

        assertThat(faults(polled, verdict("PASSED", true), answer(SERVICE, "poll", "POLL")))
                .isEmpty();
        String unseen = "duty try-it was ended by a poll that has not seen it";
        String missing = "it went on with 0 of 1 answers to duty try-it";
        assertThat(faults(polled, answer(SERVICE, "poll", "POLL"))).containsExactly(unseen, missing);
        assertThat(faults(polled, verdict("FAILED", true), answer(SERVICE, "poll", "POLL")))
                .containsExactly(unseen, missing);
        assertThat(faults(polled, verdict("PASSED", false), answer(SERVICE, "poll", "POLL")))
                .containsExactly(unseen, missing);
        assertThat(faults(polled, verdict("PASSED", true), answer("user:" + Examples.BEN, "poll", "POLL")))
                .containsExactly(unseen, missing);
        assertThat(faults(wait(null, null, true), verdict("PASSED", true), answer(SERVICE, "poll", "POLL")))
                .containsExactly(unseen, missing);
    }

    @Test
    void a_callback_ended_it_by_whom_the_policy_takes() {
        Duty called = wait(null, new WaitsOn.Callback("store-bot"), false);

        assertThat(faults(called, answer("user:store-bot", "store-bot", "CALLBACK")))
                .isEmpty();
        assertThat(faults(called, answer("user:ci", "ci", "CALLBACK")))
                .first()
                .isEqualTo("duty try-it was ended by a callback of ci, which its policy does not take");
        assertThat(faults(called, answer("user:ci", "store-bot", "CALLBACK"))).hasSize(2);
        assertThat(faults(wait(POLL, null, false), answer("user:store-bot", "store-bot", "CALLBACK")))
                .hasSize(2);
    }

    @Test
    void a_person_ended_it_where_one_may_and_has_the_role() {
        assertThat(faults(wait(null, null, true), answer("user:" + Examples.BEN, Examples.BEN, null)))
                .isEmpty();
        assertThat(faults(wait(POLL, null, false), answer("user:" + Examples.BEN, Examples.BEN, null)))
                .first()
                .isEqualTo("ben@example.test said that duty try-it passed, which people do not end");
        assertThat(faults(wait(null, null, true), answer("user:" + Examples.ADA, Examples.ADA, null)))
                .first()
                .isEqualTo("ada@example.test answered duty try-it, which was not asked of them");
    }

    @Test
    void time_ended_none() {
        assertThat(faults(wait(null, null, true))).containsExactly("it went on with 0 of 1 answers to duty try-it");
    }
}
