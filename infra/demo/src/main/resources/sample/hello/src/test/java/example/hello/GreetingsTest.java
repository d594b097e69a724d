package example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class GreetingsTest {
    @Test
    void a_greeting_names_the_greeted_and_the_version() {
        String answer = new Greetings().answerTo(new Name("x"));

        assertEquals("{\"greeting\":\"Hello x\",\"version\":\"" + Version.CURRENT + "\"}", answer);
    }
}
