package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

final class UnreadTest {
    private static final String TOPIC = "slipway.deployment.commands";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

    private final AtomicLong nanos = new AtomicLong();
    private final Map<TopicPartition, Long> committed = new HashMap<>(Map.of(PARTITION, 5L));
    private boolean brokerIsAway;
    private int looks;
    private final Unread unread =
            new Unread(Map.of(TOPIC, "deployment-service"), this::committed, Duration.ofMinutes(5), nanos::get);

    private Map<TopicPartition, Long> committed(Set<String> groups) {
        looks++;
        assertThat(groups).containsExactly("deployment-service");
        if (brokerIsAway) {
            throw new TryAgain("away");
        }
        return committed;
    }

    @Test
    void a_question_that_lies_unread_need_not_be_asked_again() {
        unread.sent(question("start", "release/hello"), PARTITION, 7);

        assertThat(unread.waits(question("start", "release/hello"))).isTrue();
        assertThat(unread.waits("release/hello")).isTrue();
    }

    @Test
    void another_question_is_another() {
        unread.sent(question("start", "release/hello"), PARTITION, 7);

        assertThat(unread.waits(question("abort", "release/hello"))).isFalse();
        assertThat(unread.waits(question("start", "release/other"))).isFalse();
        assertThat(unread.waits("release/other")).isFalse();
    }

    @Test
    void once_read_it_may_be_asked_again() {
        unread.sent(question("start", "release/hello"), PARTITION, 7);
        later(Duration.ofSeconds(2));
        committed.put(PARTITION, 8L);

        assertThat(unread.waits(question("start", "release/hello"))).isFalse();
    }

    @Test
    void nothing_is_kept_back_for_longer_than_the_bound() {
        unread.sent(question("start", "release/hello"), PARTITION, 7);
        later(Duration.ofMinutes(5));

        assertThat(unread.waits(question("start", "release/hello"))).isFalse();
    }

    @Test
    void a_group_that_never_read_there_may_not_be_the_one_that_answers() {
        committed.clear();
        unread.sent(question("start", "release/hello"), PARTITION, 0);

        assertThat(unread.waits(question("start", "release/hello"))).isFalse();
    }

    @Test
    void while_the_broker_does_not_say_questions_are_asked() {
        brokerIsAway = true;
        unread.sent(question("start", "release/hello"), PARTITION, 7);

        assertThat(unread.waits(question("start", "release/hello"))).isFalse();
    }

    @Test
    void the_broker_is_asked_once_a_second_at_most() {
        unread.sent(question("start", "release/hello"), PARTITION, 7);
        for (int i = 0; i < 100; i++) {
            unread.waits("release/hello");
            later(Duration.ofMillis(50));
        }

        assertThat(looks).isBetween(4, 6);
    }

    private void later(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static WireRecord question(String body, String source) {
        return new WireRecord(
                TOPIC,
                "hello/production",
                Map.of("ce_source", source, "ce_type", "dev.slipway.ask.v1", WireRecord.QUESTION, "1"),
                body.getBytes(StandardCharsets.UTF_8));
    }
}
