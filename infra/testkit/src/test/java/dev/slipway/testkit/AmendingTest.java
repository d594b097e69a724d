package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.testkit.AmendingTest.Word.Open;
import dev.slipway.testkit.AmendingTest.Word.Say;
import dev.slipway.testkit.AmendingTest.Word.Shut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is over takes words about it into its record, if its kind says so, and nothing else. */
final class AmendingTest {
    private static final Cause ADA = Cause.of("user:ada@example.test");

    private final ServiceInMemory service = new ServiceInMemory("library");
    private final Aggregates<Diary, Word> diaries = service.recipe()
            .aggregates("diary", Diary.class, Word.class, new DiaryCore())
            .amends(word -> word instanceof Say || word instanceof Open)
            .build();

    record Diary(boolean shut, List<String> words) {}

    /** Of what is said, and what is told of it to others. */
    record Told(String text) {}

    sealed interface Word {
        record Say(String text) implements Word {}

        record Shut() implements Word {}

        record Open() implements Word {}
    }

    /** Says each word on, and has a timer with it, as one does whose book is open. */
    static final class DiaryCore implements Core<Diary, Word> {
        @Override
        public Diary initial(String id) {
            return new Diary(false, List.of());
        }

        @Override
        public boolean finished(Diary diary) {
            return diary.shut();
        }

        @Override
        public Decision<Diary> decide(Diary diary, Word word, Instant now) {
            return switch (word) {
                case Say(String text)
                when text.isBlank() -> Decision.refuse(diary, new Refusal("no-text", "Say something."));
                case Say(String text)
                when text.length() > 20 ->
                    Decision.refuse(and(diary, "too long"), new Refusal("too-long", "Say less."))
                            .because("refused to say so much");
                case Say(String text) ->
                    Decision.move(
                                    and(diary, text),
                                    Effect.send(Message.status(
                                            "library.events", "d", "dev.library.told.v1", new Told(text), "d", "told")),
                                    Effect.startTimer("later", now.plus(Duration.ofHours(1))))
                            .because("said " + text);
                case Shut _ -> Decision.move(new Diary(true, diary.words()));
                case Open _ -> Decision.move(new Diary(false, diary.words()));
            };
        }

        private static Diary and(Diary diary, String word) {
            return new Diary(
                    diary.shut(),
                    Stream.concat(diary.words().stream(), Stream.of(word)).toList());
        }
    }

    @Test
    void what_is_refused_of_what_is_over_stands_in_its_record_where_its_kind_notes_that() {
        Snapshot<Diary> ended = ended();
        Say much = new Say("it rained all day long");

        Outcome<Diary> outcome = diaries.submit("d", much, ADA);
        service.settle();

        assertThat(outcome.refusal()).isEqualTo(new Refusal("too-long", "Say less."));
        assertThat(diaries.find("d")).as("of another kind").contains(ended);

        ServiceInMemory other = new ServiceInMemory("archive");
        Aggregates<Diary, Word> noting = other.recipe()
                .aggregates("diary", Diary.class, Word.class, new DiaryCore())
                .notesRefusals(Say.class::isInstance)
                .build();
        noting.submit("d", new Shut(), ADA);
        other.settle();
        outcome = noting.submit("d", much, ADA);
        noting.submit("d", new Say("it rained"), ADA);
        other.settle();

        assertThat(outcome.refusal()).isEqualTo(new Refusal("too-long", "Say less."));
        assertThat(noting.find("d").orElseThrow().finished()).isTrue();
        assertThat(noting.find("d").orElseThrow().state().words()).containsExactly("too long");
        assertThat(noting.journal("d").getLast().reason()).isEqualTo("refused to say so much");
        assertThat(noting.journal("d").getLast().actor()).isEqualTo("user:ada@example.test");
    }

    private Snapshot<Diary> ended() {
        diaries.submit("d", new Shut(), ADA);
        service.settle();
        assertThat(service.stores().of("diary").live("d")).isEmpty();
        return diaries.find("d").orElseThrow();
    }

    @Test
    void a_word_about_what_is_over_stands_in_its_record_and_in_its_chain() {
        Snapshot<Diary> ended = ended();
        service.clock().advance(Duration.ofDays(1));

        assertThat(diaries.submit("d", new Say("it rained"), ADA).changed()).isTrue();
        service.settle();

        Snapshot<Diary> after = diaries.find("d").orElseThrow();
        assertThat(after.finished()).isTrue();
        assertThat(after.state().words()).containsExactly("it rained");
        assertThat(after.version()).isEqualTo(ended.version() + 1);
        assertThat(after.updatedAt()).as("its place among what is over").isEqualTo(ended.updatedAt());
        List<JournalEntry> journal = diaries.journal("d");
        assertThat(journal.getLast().actor()).isEqualTo("user:ada@example.test");
        assertThat(journal.getLast().reason()).isEqualTo("said it rained");
        ObjectNode folded = Journal.fold(journal);
        assertThat(MessagingJson.mapper().treeToValue(folded, Diary.class)).isEqualTo(after.state());
        assertThat(Optional.ofNullable(diaries.chained("d").head()))
                .isEqualTo(Optional.ofNullable(journal.getLast().seal()));
    }

    @Test
    void it_is_told_and_starts_nothing() {
        ended();

        diaries.submit("d", new Say("it rained"), ADA);
        service.settle();

        assertThat(service.bus().records("library.events")).hasSize(1);
        assertThat(service.stores().of("diary").finished("d").orElseThrow().timers())
                .isEmpty();
        assertThat(service.stores().of("diary").live("d")).isEmpty();
    }

    @Test
    void what_is_refused_changes_nothing_and_nothing_begins_anew() {
        Snapshot<Diary> ended = ended();

        assertThat(diaries.submit("d", new Say(" "), ADA).refusal()).isNotNull();
        assertThatThrownBy(() -> diaries.submit("d", new Open(), ADA))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("would begin it anew");

        assertThat(diaries.find("d")).contains(ended);
    }
}
