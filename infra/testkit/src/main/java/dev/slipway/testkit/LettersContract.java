package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Letter;
import dev.slipway.messaging.Letters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every keeper of dead letters does. */
public interface LettersContract {
    /** A keeper without letters, and the same one each time within a test. */
    Letters letters();

    private static Letter letter(String id, String topic) {
        return new Letter(
                id,
                topic,
                "key.with$dots",
                "group",
                Map.of("ce_type", "dev.test.v1", "with.dots", "$x"),
                new byte[] {0, (byte) 0xff, 'x'},
                "refused: no such phase",
                Instant.parse("2026-01-05T10:00:00Z"),
                0,
                Letter.State.WAITING,
                null,
                null,
                null);
    }

    private static Letter settled(Letter letter) {
        return new Letter(
                letter.id(),
                letter.topic(),
                letter.key(),
                letter.group(),
                letter.headers(),
                letter.body(),
                letter.reason(),
                letter.at(),
                letter.tries(),
                Letter.State.DISCARDED,
                "user:ada@example.test",
                "by mistake",
                Instant.parse("2026-01-05T11:00:00Z"));
    }

    @Test
    default void a_letter_is_kept_with_its_original_bytes() {
        letters().keep(letter("s:a:0:1", "a"));

        assertThat(letters().find("s:a:0:1")).hasValueSatisfying(found -> {
            assertThat(found).usingRecursiveComparison().isEqualTo(letter("s:a:0:1", "a"));
            assertThat(found.body()).containsExactly(0, 0xff, 'x');
        });
        assertThat(letters().find("s:a:0:2")).isEmpty();
    }

    @Test
    default void one_that_is_kept_twice_is_one_and_what_was_written_down_stays() {
        letters().keep(letter("s:a:0:1", "a"));
        Letter tried = new Letter(
                "s:a:0:1",
                "a",
                "k",
                null,
                Map.of(),
                "x".getBytes(StandardCharsets.UTF_8),
                "refused: full",
                Instant.EPOCH,
                2,
                Letter.State.WAITING,
                null,
                null,
                null);
        letters().triedInVain(tried);
        letters().keep(letter("s:a:0:1", "a"));

        assertThat(letters().waiting(null, 10)).singleElement().satisfies(found -> {
            assertThat(found.reason()).isEqualTo("refused: full");
            assertThat(found.tries()).isEqualTo(2);
        });
    }

    @Test
    default void lists_go_page_by_page_without_bytes() {
        for (int i = 0; i < 5; i++) {
            letters().keep(letter("s:a:0:" + i, "a"));
        }

        assertThat(letters().waiting(null, 2)).extracting(Letter::id).containsExactly("s:a:0:0", "s:a:0:1");
        assertThat(letters().waiting("s:a:0:1", 10))
                .hasSize(3)
                .allSatisfy(found -> assertThat(found.body()).isEmpty());
    }

    @Test
    default void a_settled_letter_waits_no_more_and_says_who_and_why() {
        letters().keep(letter("s:a:0:1", "a"));
        letters().keep(letter("s:b:0:1", "b"));
        assertThat(letters().waitingByTopic()).containsExactly(Map.entry("a", 1L), Map.entry("b", 1L));

        letters().settle(settled(letter("s:a:0:1", "a")));
        letters().settle(settled(letter("s:a:0:1", "a")));

        assertThat(letters().waitingByTopic()).containsExactly(Map.entry("b", 1L));
        assertThat(letters().settled(null, 10)).singleElement().satisfies(found -> {
            assertThat(found.state()).isEqualTo(Letter.State.DISCARDED);
            assertThat(found.by()).isEqualTo("user:ada@example.test");
            assertThat(found.why()).isEqualTo("by mistake");
        });
        assertThat(letters().find("s:a:0:1").orElseThrow().body()).hasSize(3);
    }
}
