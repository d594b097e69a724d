package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the recipe does for its aggregates when much is going on. */
final class MannersTest {
    private static final Cause ADA = Cause.of("user:ada@example.test");
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final ServiceInMemory service = new ServiceInMemory("asking", Map.of("document-bytes-max", "8KB"));
    private Aggregates<Asking, Input> askings;

    /** A question that is asked until it is answered, and given up at a deadline. */
    record Asking(String id, boolean open, boolean answered, boolean givenUp, String notes) {}

    sealed interface Input {
        record Begin() implements Input {}

        record Answer() implements Input {}

        record Unanswer() implements Input {}

        record Again() implements Input {}

        record GiveUp() implements Input {}

        record Note(String text) implements Input {}

        record Abort() implements Input {}
    }

    private static final class AskingCore implements Core<Asking, Input> {
        @Override
        public Asking initial(String id) {
            return new Asking(id, false, false, false, "");
        }

        @Override
        public boolean finished(Asking state) {
            return false;
        }

        @Override
        public Decision<Asking> decide(Asking s, Input input, Instant now) {
            return switch (input) {
                case Input.Begin _ ->
                    Decision.move(
                            new Asking(s.id(), true, s.answered(), false, s.notes()),
                            question(s),
                            Effect.startTimer("again", now.plus(FIRST)),
                            Effect.startTimer("give-up", now.plus(Duration.ofMinutes(1))));
                case Input.Answer _ -> Decision.move(new Asking(s.id(), s.open(), true, s.givenUp(), s.notes()));
                case Input.Unanswer _ -> Decision.move(new Asking(s.id(), s.open(), false, s.givenUp(), s.notes()));
                case Input.Again _ -> Decision.move(s, question(s), Effect.startTimer("again", now.plus(FIRST)));
                case Input.GiveUp _ when s.answered() -> Decision.stay(s);
                case Input.GiveUp _ -> Decision.move(new Asking(s.id(), s.open(), false, true, s.notes()));
                case Input.Note(String text) -> noted(s, text);
                case Input.Abort _ -> Decision.move(new Asking(s.id(), s.open(), s.answered(), true, s.notes()));
            };
        }

        private static Decision<Asking> noted(Asking s, String text) {
            return Decision.move(new Asking(s.id(), s.open(), s.answered(), s.givenUp(), s.notes() + text));
        }

        private static Effect question(Asking s) {
            return Effect.send(Message.question("asked", s.id(), "dev.test.ask.v1", Map.of("about", s.id()), s.id()));
        }
    }

    @BeforeEach
    void register() {
        askings = service.recipe()
                .aggregates("asking", Asking.class, Input.class, new AskingCore())
                .onTimer(name -> name.equals("again") ? new Input.Again() : new Input.GiveUp())
                .backsOff("again", LONGEST, Asking::answered)
                .deadline("give-up", Asking::open)
                .urgent(Input.Abort.class::isInstance)
                .build();
    }

    @Test
    void an_unanswered_question_is_asked_again_at_its_pace() {
        askings.submit("a", new Input.Begin(), ADA);

        service.advance(Duration.ofSeconds(51));

        assertThat(asked()).isEqualTo(11);
    }

    @Test
    void once_answered_it_is_asked_again_ever_more_seldom_up_to_five_minutes() {
        askings.submit("a", new Input.Begin(), ADA);
        askings.submit("a", new Input.Answer(), ADA);

        service.advance(Duration.ofHours(1));

        // at 5, 15, 35, 75, 155, 315, 615 s and every five minutes from then on
        assertThat(asked()).isEqualTo(1 + 7 + 9);
        assertThat(Objects.requireNonNull(stored("a").timers().get("again")).rounds())
                .isPositive();
    }

    @Test
    void what_begins_anew_is_asked_at_its_pace_again() {
        askings.submit("a", new Input.Begin(), ADA);
        askings.submit("a", new Input.Answer(), ADA);
        service.advance(Duration.ofMinutes(20));
        int before = asked();

        askings.submit("a", new Input.Begin(), ADA);
        service.advance(Duration.ofSeconds(6));

        assertThat(asked() - before).isEqualTo(2);
    }

    @Test
    void a_question_that_is_not_even_sent_is_not_put_beside_itself() {
        service.bus().fail(_ -> true, new TryAgain("the broker is away"));
        askings.submit("a", new Input.Begin(), ADA);

        service.advance(Duration.ofSeconds(50));

        assertThat(stored("a").outbox()).hasSize(1);
        service.bus().heal();
        service.advance(Duration.ofSeconds(10));
        assertThat(asked()).isLessThanOrEqualTo(3);
    }

    @Test
    void a_deadline_waits_for_what_was_said_before_it_and_was_not_heard() {
        Lane lane = behindSince(service.clock().instant().plusSeconds(30));
        askings.submit("a", new Input.Begin(), ADA);
        service.recipe().hears(lane);

        service.clock().advance(Duration.ofSeconds(90));
        service.lookAround();
        assertThat(state("a").givenUp()).isFalse();

        askings.submit("a", new Input.Answer(), ADA); // it was heard in the end
        service.recipe().hearsNothing();
        service.lookAround();
        assertThat(state("a").givenUp()).isFalse();
        assertThat(stored("a").timers()).doesNotContainKey("give-up");
    }

    @Test
    void a_deadline_does_not_wait_for_what_was_said_after_it_nor_for_ever() {
        askings.submit("a", new Input.Begin(), ADA);
        service.recipe().hears(behindSince(service.clock().instant().plusSeconds(30)));
        service.clock().advance(Duration.ofMinutes(6).plusSeconds(1));
        service.lookAround();
        assertThat(state("a").givenUp()).as("past its patience").isTrue();

        askings.submit("b", new Input.Begin(), ADA);
        service.recipe().hearsNothing();
        service.recipe().hears(behindSince(service.clock().instant().plusSeconds(61)));
        service.clock().advance(Duration.ofSeconds(62));
        service.lookAround();
        assertThat(state("b").givenUp()).isTrue();
    }

    private Lane behindSince(Instant heardUpTo) {
        service.recipe().listen("x" + heardUpTo, Routes.builder().build(), "t");
        Lane lane = new Lane(service.recipe(), service.recipe().subscriptions().getLast(), (_, _, _) -> {});
        ConsumerRecord<String, byte[]> waits = new ConsumerRecord<>(
                "t",
                0,
                7,
                heardUpTo.toEpochMilli(),
                org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                0,
                0,
                "",
                new byte[0],
                new org.apache.kafka.common.header.internals.RecordHeaders(),
                java.util.Optional.empty());
        lane.backlog().polled(List.of(waits), new MockConsumer<String, byte[]>("earliest"));
        return lane;
    }

    @Test
    void a_full_document_keeps_room_for_what_is_urgent() {
        askings.submit("a", new Input.Note("x".repeat(3_000)), ADA);

        assertThatThrownBy(() -> {
                    for (int turn = 0; turn < 60; turn++) {
                        askings.submit("a", new Input.Answer(), ADA);
                        askings.submit("a", new Input.Unanswer(), ADA);
                    }
                })
                .isInstanceOf(RefusedByBound.class);
        askings.submit("a", new Input.Abort(), ADA);

        assertThat(state("a").givenUp()).isTrue();
    }

    @Test
    void each_subscription_has_a_consumer_group_of_its_own() {
        service.recipe().listen("one", Routes.builder().build(), "a");

        assertThatThrownBy(() -> service.recipe().listen("one", Routes.builder().build(), "b"))
                .hasMessageContaining("one")
                .hasMessageContaining("group of its own");
        assertThatThrownBy(() ->
                        service.recipe().listenAhead("two", Routes.builder().build(), "a"))
                .hasMessageContaining("ahead()");
    }

    @Test
    void an_error_after_a_write_is_told_to_readiness() {
        service.recipe()
                .local(Routes.builder()
                        .on("dev.test.broken.v1", String.class, (_, word) -> {
                            throw new StackOverflowError(word);
                        })
                        .build());
        assertThat(service.recipe().broken()).isNull();
        Aggregates<Asking, Input> breaking = service.recipe()
                .aggregates("breaking", Asking.class, Input.class, new BreakingCore())
                .build();

        breaking.submit("a", new Input.Begin(), ADA);

        assertThatThrownBy(service::settle).isInstanceOf(StackOverflowError.class);
        assertThat(service.recipe().broken()).contains("StackOverflowError", "restart");
    }

    /** Sends a message that breaks whoever hears it. */
    private static final class BreakingCore implements Core<Asking, Input> {
        @Override
        public Asking initial(String id) {
            return new Asking(id, false, false, false, "");
        }

        @Override
        public boolean finished(Asking state) {
            return false;
        }

        @Override
        public Decision<Asking> decide(Asking s, Input input, Instant now) {
            return Decision.move(
                    new Asking(s.id(), true, false, false, ""),
                    Effect.send(Message.local(s.id(), "dev.test.broken.v1", "deep", s.id())));
        }
    }

    private int asked() {
        return service.bus().records("asked").size();
    }

    private Asking state(String id) {
        return askings.find(id).orElseThrow().state();
    }

    private StoredAggregate stored(String id) {
        return service.stores().of("asking").live(id).orElseThrow();
    }
}
