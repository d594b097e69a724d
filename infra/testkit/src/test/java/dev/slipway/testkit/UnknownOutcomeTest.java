package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.AggregateStore.Stores;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Letters;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MessagingSettings;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Surroundings;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Cup;
import dev.slipway.testkit.Kettle.Input.Fill;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

/** The connection to the store breaks while a write is under way: was it done or not? */
final class UnknownOutcomeTest {
    private enum Fate {
        LOST_BEFORE_THE_WRITE,
        LOST_AFTER_THE_WRITE,
        AWAY
    }

    private static final Cause ADA = Cause.of("user:ada@example.test");

    private final MemoryStore memory = new MemoryStore();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private Aggregates<Kettle, Input> kettles;

    @BeforeEach
    void register() {
        MovableClock clock = new MovableClock(Instant.parse("2026-01-05T10:00:00Z"));
        Recipe recipe = new Recipe(new Surroundings(
                MessagingSettings.of("tea", Map.of()),
                new Breaking(),
                new MemoryBus(),
                MessagingJson.mapper(),
                clock,
                clock::nanos,
                _ -> {},
                new SimpleMeterRegistry()));
        kettles = recipe.aggregates("kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                .onTimer(Input.TimedOut::new)
                .build();
    }

    @Test
    void a_write_that_was_done_is_recognised_and_not_done_again() {
        fates.add(Fate.LOST_AFTER_THE_WRITE);
        assertThat(kettles.submit("k1", new Fill(20), ADA).changed()).isTrue();

        fates.add(Fate.LOST_AFTER_THE_WRITE);
        assertThat(kettles.submit("k1", new Cup("ada", 2), ADA).changed()).isTrue();

        assertThat(memory.live("k1").orElseThrow().version()).isEqualTo(2);
        assertThat(kettles.journal("k1")).extracting(JournalEntry::input).containsExactly("Fill", "Cup");
    }

    @Test
    void a_write_that_was_lost_is_decided_upon_again() {
        fates.add(Fate.LOST_BEFORE_THE_WRITE);
        assertThat(kettles.submit("k1", new Fill(20), ADA).changed()).isTrue();

        fates.add(Fate.LOST_BEFORE_THE_WRITE);
        kettles.submit("k1", new Cup("ada", 2), ADA);

        assertThat(memory.live("k1").orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void while_the_store_is_away_the_submitter_is_told_and_nothing_is_changed() {
        kettles.submit("k1", new Fill(20), ADA);

        fates.add(Fate.AWAY);

        assertThatThrownBy(() -> kettles.submit("k1", new Cup("ada", 2), ADA))
                .isInstanceOf(DataAccessResourceFailureException.class);
        fates.clear();
        assertThat(memory.live("k1").orElseThrow().version()).isEqualTo(1);
    }

    /** Lets the next write meet its fate; while the store is away, reads fail too. */
    private final class Breaking implements Stores {
        @Override
        public AggregateStore of(String kind) {
            return (AggregateStore) Proxy.newProxyInstance(
                    AggregateStore.class.getClassLoader(),
                    new Class<?>[] {AggregateStore.class},
                    (_, method, arguments) -> {
                        boolean writes = method.getName().equals("update")
                                || method.getName().equals("insert");
                        if (fates.peek() == Fate.AWAY || (writes && fates.peek() == Fate.LOST_BEFORE_THE_WRITE)) {
                            throw lost();
                        }
                        try {
                            Object answer = method.invoke(memory, arguments);
                            if (writes && fates.peek() == Fate.LOST_AFTER_THE_WRITE) {
                                throw lost();
                            }
                            return answer;
                        } catch (InvocationTargetException inside) {
                            throw inside.getCause();
                        }
                    });
        }

        private DataAccessResourceFailureException lost() {
            if (fates.peek() != Fate.AWAY) {
                fates.remove();
            }
            return new DataAccessResourceFailureException("connection reset");
        }

        @Override
        public Letters letters() {
            return new MemoryLetters();
        }
    }
}
