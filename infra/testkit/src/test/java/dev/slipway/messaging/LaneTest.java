package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.MongoCredential;
import com.mongodb.MongoSecurityException;
import dev.slipway.messaging.Recipe.Subscription;
import dev.slipway.testkit.ServiceInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.BatchListenerFailedException;

/** What becomes of the records of one poll. */
final class LaneTest {
    private static final String ADD = "dev.test.add.v1";
    private static final String HOLD_BACK = "dev.test.trouble.v1";

    private final ServiceInMemory service =
            new ServiceInMemory("sums", Map.of("document-bytes-max", "4KB", "together-max", "3"));
    private final List<String> buried = new ArrayList<>();
    private Aggregates<Sum, Add> sums;
    private Lane lane;
    private RuntimeException trouble = new TryAgain("not yet");
    private boolean healed;

    /** All that was added, and by how many words. */
    record Sum(String id, int total, String words) {}

    record Add(int number, String word) {}

    private static final class SumCore implements Core<Sum, Add> {
        @Override
        public Sum initial(String id) {
            return new Sum(id, 0, "");
        }

        @Override
        public boolean finished(Sum state) {
            return false;
        }

        @Override
        public Decision<Sum> decide(Sum state, Add input, Instant now) {
            Sum next = new Sum(state.id(), state.total() + input.number(), state.words() + input.word());
            return Decision.move(
                            next,
                            Effect.send(Message.status("sums.events", state.id(), "dev.test.sum.v1", next, "", "sum")))
                    .because("added " + input.number());
        }
    }

    @BeforeEach
    void register() {
        Recipe recipe = service.recipe();
        sums = recipe.aggregates("sum", Sum.class, Add.class, new SumCore()).build();
        Routes routes = Routes.builder()
                .on(ADD, Add.class, (inbound, add) -> sums.submit(inbound.key(), add, inbound.cause()))
                .on(HOLD_BACK, String.class, (_, _) -> {
                    if (!healed) {
                        throw trouble;
                    }
                })
                .build();
        recipe.listen("sums", routes, "sums.commands");
        Subscription subscription = recipe.subscriptions().getFirst();
        lane = new Lane(recipe, subscription, (_, record, why) -> buried.add(record.offset() + " " + Reasons.of(why)));
    }

    @Test
    void the_records_of_one_poll_are_written_once_for_each_aggregate() {
        List<ConsumerRecord<String, byte[]>> polled = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            polled.add(add(i, i % 2 == 0 ? "a" : "b", 1));
        }

        lane.hear(polled, null);
        service.settle();

        assertThat(total("a")).hasValue(20);
        assertThat(total("b")).hasValue(20);
        assertThat(service.stores().of("sum").live("a").orElseThrow().version()).isEqualTo(1);
        assertThat(service.bus().records("sums.events"))
                .as("statuses are folded")
                .hasSize(2);
    }

    @Test
    void the_journal_says_what_a_write_came_from() {
        lane.hear(List.of(add(0, "a", 1), add(1, "a", 2)), null);

        assertThat(sums.journal("a")).singleElement().satisfies(entry -> {
            assertThat(entry.input()).isEqualTo("Add");
            assertThat(entry.actor()).isEqualTo("service:other/x/1");
            assertThat(entry.reason()).isEqualTo("added 1; added 2");
            assertThat(entry.set().path("total").intValue()).isEqualTo(3);
        });
    }

    @Test
    void what_cannot_be_read_is_put_aside_and_all_others_are_written() {
        lane.hear(List.of(add(0, "a", 1), record(1, "a", ADD, "not json"), add(2, "a", 2)), null);

        assertThat(total("a")).hasValue(3);
        assertThat(buried).singleElement().asString().startsWith("1 unreadable");
    }

    @Test
    void what_passes_stops_the_lane_where_it_is_and_what_came_before_is_done() {
        List<ConsumerRecord<String, byte[]>> polled =
                List.of(add(0, "a", 1), record(1, "a", HOLD_BACK, "\"x\""), add(2, "a", 2));

        assertThatThrownBy(() -> lane.hear(polled, null))
                .isInstanceOfSatisfying(
                        BatchListenerFailedException.class,
                        failed -> assertThat(failed.getIndex()).isEqualTo(1));
        assertThat(total("a")).hasValue(1);
        assertThat(lane.troubledFor()).isPositive();
        assertThat(lane.trouble()).contains("not yet");

        healed = true;
        lane.hear(polled.subList(1, 3), null);
        assertThat(total("a")).hasValue(3);
        assertThat(lane.troubledFor()).isZero();
        assertThat(buried).isEmpty();
    }

    @Test
    void a_refused_password_is_no_fault_of_the_message() {
        trouble = new MongoSecurityException(
                MongoCredential.createCredential("slipway", "admin", "old".toCharArray()), "Exception authenticating");

        assertThatThrownBy(() -> lane.hear(List.of(record(0, "a", HOLD_BACK, "\"x\"")), null))
                .isInstanceOf(BatchListenerFailedException.class);
        assertThat(buried).isEmpty();
        assertThat(lane.trouble()).doesNotContain("old");
    }

    @Test
    void only_the_record_that_finds_an_aggregate_full_is_put_aside() {
        String tooLong = "x".repeat(5_000);

        lane.hear(
                List.of(
                        add(0, "a", 1),
                        record(1, "b", ADD, "{\"number\":1,\"word\":\"%s\"}".formatted(tooLong)),
                        add(2, "b", 2),
                        add(3, "c", 3)),
                null);

        assertThat(total("a")).hasValue(1);
        assertThat(total("b")).hasValue(2);
        assertThat(total("c")).hasValue(3);
        assertThat(buried).singleElement().asString().startsWith("1 refused").contains("document-bytes-max");
    }

    @Test
    void somebody_else_who_was_faster_is_decided_upon_again() {
        Together together = new Together();
        together.run(0, () -> sums.submit("a", new Add(1, ""), Cause.of("first")));

        sums.submit("a", new Add(10, ""), Cause.of("user:ada@example.test"));
        together.write();

        assertThat(total("a")).hasValue(11);
        assertThat(sums.journal("a")).extracting(JournalEntry::actor).containsExactly("user:ada@example.test", "first");
    }

    private Optional<Integer> total(String id) {
        return sums.find(id).map(found -> found.state().total());
    }

    private static ConsumerRecord<String, byte[]> add(long offset, String key, int number) {
        return record(offset, key, ADD, "{\"number\":%d,\"word\":\"\"}".formatted(number));
    }

    private static ConsumerRecord<String, byte[]> record(long offset, String key, String type, String body) {
        RecordHeaders headers = new RecordHeaders();
        new TreeMap<>(Map.of("ce_id", "m" + offset, "ce_source", "other/x/1", "ce_type", type))
                .forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        byte[] value = body.getBytes(StandardCharsets.UTF_8);
        return new ConsumerRecord<>(
                "sums.commands",
                0,
                offset,
                1_000 + offset,
                TimestampType.CREATE_TIME,
                key.length(),
                value.length,
                key,
                value,
                headers,
                Optional.empty());
    }
}
