package example.hello;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/**
 * Says hello, and keeps what it said ready for the next one of that name. The answers are kept in stripes, so that
 * requests seldom wait for each other; a request takes any of them.
 */
final class Greetings {
    private static final Name PROBE = new Name("x");

    private final String answerToProbe = render(PROBE); // monitoring asks all the time
    private final Stripe[] stripes = new Stripe[7];
    private final IntUnaryOperator pick;

    Greetings() {
        this(stripesCount -> ThreadLocalRandom.current().nextInt(stripesCount));
    }

    Greetings(IntUnaryOperator pick) {
        this.pick = pick;
        for (int i = 0; i < 7; i++) {
            stripes[i] = new Stripe();
        }
    }

    /** The answer to one greeting, as JSON. */
    String answerTo(Name name) {
        return name.equals(PROBE) ? answerToProbe : stripes[pick.applyAsInt(stripes.length)].answerTo(name);
    }

    private static String render(Name name) {
        return Json.object("greeting", "Hello " + name.value(), "version", Version.CURRENT);
    }

    private static final class Stripe {
        private static final int ANSWERS_MAX = 500;

        private final SequencedMap<Name, String> answers = new LinkedHashMap<>();

        synchronized String answerTo(Name name) {
            String answer = answers.computeIfAbsent(name, Greetings::render);
            if (answers.size() > ANSWERS_MAX) {
                answers.pollFirstEntry();
            }
            return answer;
        }
    }
}
