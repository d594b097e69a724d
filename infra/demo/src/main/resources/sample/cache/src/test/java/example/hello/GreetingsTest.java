package example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;

class GreetingsTest {
    private final Greetings greetings = new Greetings(stripesCount -> 0);

    @Test
    void a_greeting_names_the_greeted_and_the_version() {
        String answer = greetings.answerTo(new Name("x"));

        assertEquals("{\"greeting\":\"Hello x\",\"version\":\"" + Version.CURRENT + "\"}", answer);
    }

    @Test
    void a_name_that_comes_again_gets_the_answer_that_was_kept() {
        assertSame(greetings.answerTo(new Name("Ada")), greetings.answerTo(new Name("Ada")));
    }

    @Test
    void what_no_longer_fits_is_rendered_again() {
        String first = greetings.answerTo(new Name("Ada"));
        for (int i = 0; i < 1_000; i++) {
            greetings.answerTo(new Name("guest " + i));
        }

        assertEquals(first, greetings.answerTo(new Name("Ada")));
    }
}
