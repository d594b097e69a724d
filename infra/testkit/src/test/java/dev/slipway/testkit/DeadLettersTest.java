package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.DeadLetters;
import dev.slipway.messaging.DeadLetters.Settled;
import dev.slipway.messaging.Letter;
import dev.slipway.messaging.Routes;
import dev.slipway.messaging.TryAgain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do about messages that would fail again by themselves. */
final class DeadLettersTest {
    private static final String ADA = "user:ada@example.test";
    private static final String WORD = "dev.tea.word.v1";

    private final ServiceInMemory service = new ServiceInMemory("tea", Map.of("dead-letters-max", "3"));
    private final List<String> heard = new ArrayList<>();
    private final List<String> heardByAnother = new ArrayList<>();
    private RuntimeException trouble = new IllegalArgumentException("no such word; token=s3cr3t");
    private boolean mended;
    private DeadLetters letters;

    @BeforeEach
    void listen() {
        service.recipe().listen("words", words(), "tea.words");
        service.recipe()
                .listen(
                        "counts",
                        Routes.builder()
                                .on(WORD, String.class, (_, word) -> heardByAnother.add(word))
                                .build(),
                        "tea.words");
        letters = service.recipe().deadLetters();
    }

    private Routes words() {
        return Routes.builder()
                .on(WORD, String.class, (_, word) -> {
                    if (!mended) {
                        throw trouble;
                    }
                    heard.add(word);
                })
                .build();
    }

    @Test
    void a_letter_waits_with_its_reason_and_shows_no_secret() {
        say("first");

        Letter letter = letters.waiting(null, 10).getFirst();
        assertThat(letter.id()).isEqualTo("tea:tea.words:0:0");
        assertThat(letter.reason()).isEqualTo("refused: no such word; token=***");
        assertThat(letter.group()).isEqualTo("words");
        assertThat(service.meters()
                        .get("slipway.dead.letters.waiting")
                        .tag("topic", "tea.words")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void a_replay_is_heard_by_whoever_failed_and_by_nobody_else() {
        say("first");
        mended = true;

        Settled came = letters.replay("tea:tea.words:0:0", ADA, "mended").orElseThrow();

        assertThat(came.done()).isTrue();
        assertThat(heard).containsExactly("first");
        assertThat(heardByAnother).as("not twice").containsExactly("first");
        assertThat(letters.waiting(null, 10)).isEmpty();
        assertThat(letters.settled(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.state()).isEqualTo(Letter.State.REPLAYED);
            assertThat(letter.by()).isEqualTo(ADA);
            assertThat(letter.why()).isEqualTo("mended");
        });
    }

    @Test
    void replayed_again_it_is_the_same_and_nothing_happens() {
        say("first");
        mended = true;
        letters.replay("tea:tea.words:0:0", ADA, "mended");

        Settled again = letters.replay("tea:tea.words:0:0", "user:ben@example.test", "again")
                .orElseThrow();

        assertThat(again.done()).isTrue();
        assertThat(again.text()).contains(ADA);
        assertThat(heard).containsExactly("first");
        assertThat(letters.discard("tea:tea.words:0:0", ADA, "late")
                        .orElseThrow()
                        .done())
                .isFalse();
    }

    @Test
    void a_replay_that_fails_again_waits_on_with_its_newest_reason() {
        say("first");
        trouble = new IllegalArgumentException("still no such word");

        Settled came = letters.replay("tea:tea.words:0:0", ADA, "mended").orElseThrow();

        assertThat(came.done()).isFalse();
        assertThat(letters.waiting(null, 10)).singleElement().satisfies(letter -> {
            assertThat(letter.tries()).isEqualTo(1);
            assertThat(letter.reason()).contains("still no such word");
        });
    }

    @Test
    void a_replay_while_the_store_is_away_changes_nothing_and_says_so() {
        say("first");
        trouble = new TryAgain("the store is away");

        assertThatThrownBy(() -> letters.replay("tea:tea.words:0:0", ADA, "mended"))
                .isInstanceOf(TryAgain.class);
        assertThat(letters.waiting(null, 10).getFirst().tries()).isZero();
    }

    @Test
    void a_discarded_letter_is_not_replayed() {
        say("first");
        letters.discard("tea:tea.words:0:0", ADA, "by mistake");
        mended = true;

        Settled came = letters.replay("tea:tea.words:0:0", ADA, "after all").orElseThrow();

        assertThat(came.done()).isFalse();
        assertThat(came.text()).contains("by mistake");
        assertThat(heard).isEmpty();
    }

    @Test
    void past_the_bound_letters_are_counted_and_nothing_else_is_held_up() {
        for (int i = 0; i < 5; i++) {
            say("word " + i);
        }

        assertThat(letters.waiting(null, 10)).hasSize(3);
        assertThat(service.meters()
                        .counter("slipway.dead.letters.beyond", "topic", "tea.words")
                        .count())
                .isEqualTo(2);
        assertThat(heardByAnother).hasSize(5);
    }

    @Test
    void nobody_knows_a_letter_that_was_never_there() {
        assertThat(letters.replay("tea:tea.words:0:9", ADA, "x")).isEmpty();
        assertThat(letters.discard("tea:tea.words:0:9", ADA, "x")).isEmpty();
    }

    private void say(String word) {
        service.receive("tea.words", "k", WORD, word, "other/pot/p", 1);
    }
}
