package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whether an answer is what a request of a policy expects: its status, then its time, then what it contains, then its
 * values. One place for all who ask, so that nobody looks at a part of it only.
 */
public final class Expectations {
    private static final int SHOWN_CHARS_MAX = 120;

    private Expectations() {}

    /**
     * What is otherwise than expected.
     *
     * @param observed what was answered
     * @param why what was expected
     * @param wrong whether the version says something else, rather than nothing yet, so that asking again changes little
     */
    public record Miss(String observed, String why, boolean wrong) {}

    /** The request in words. */
    public static String name(HttpProbe request) {
        HttpStep step = request.step();
        return step == null ? GrpcHealth.words(shown(request.get())) : step.method() + " " + shown(request.get());
    }

    /** What was answered, in words. */
    public static String observed(HttpProbe request, int status, Duration took) {
        return "%s %d in %d ms".formatted(name(request), status, took.toMillis());
    }

    /** The first thing that is not as expected; empty if all is. */
    public static Optional<Miss> miss(HttpProbe request, int status, byte[] body, Duration took, JsonMapper json) {
        return miss(request, status, body, took, json, new Shown(request, text -> text));
    }

    /**
     * How an answer is spoken of where the request holds what nobody may see.
     *
     * @param written the request as it was before that was put in
     * @param hiding takes it out of what was answered
     */
    public record Shown(HttpProbe written, UnaryOperator<String> hiding) {}

    /** The same, spoken of without what nobody may see. */
    public static Optional<Miss> miss(
            HttpProbe request, int status, byte[] body, Duration took, JsonMapper json, Shown shown) {
        String name = name(shown.written());
        String observed = observed(shown.written(), status, took);
        if (status != request.status()) {
            return miss(observed, "%s answered %d, expected %d".formatted(name, status, request.status()));
        }
        Duration limit = request.latency();
        if (limit != null && took.compareTo(limit) > 0) {
            return miss(
                    observed, "%s took %d ms, expected at most %d".formatted(name, took.toMillis(), limit.toMillis()));
        }
        String contains = request.contains();
        if (contains != null && !new String(body, StandardCharsets.UTF_8).contains(contains)) {
            String expected = shown(String.valueOf(shown.written().contains()));
            return Optional.of(new Miss(
                    observed + ", without " + expected,
                    "%s: the answer does not contain %s".formatted(name, expected),
                    true));
        }
        return request.json().isEmpty() ? Optional.empty() : values(request, body, observed, json, shown);
    }

    private static Optional<Miss> values(
            HttpProbe request, byte[] body, String observed, JsonMapper json, Shown shown) {
        String name = name(shown.written());
        JsonNode tree;
        try {
            tree = json.readTree(body);
        } catch (JacksonException unreadable) {
            return miss(observed, name + " did not answer JSON");
        }
        for (int i = 0; i < request.json().size(); i++) {
            JsonExpectation expected = request.json().get(i);
            Optional<JsonNode> found = BodyPath.find(tree, expected.path(), json);
            if (found.filter(value -> same(value, expected, json)).isEmpty()) {
                String got = found.map(value -> shown(shown.hiding().apply(value.toString())))
                        .orElse("nothing");
                String wanted = shown(shown.written().json().get(i).equals());
                String why = "%s: %s is %s, expected %s".formatted(name, expected.path(), got, wanted);
                return Optional.of(new Miss(observed + ", " + expected.path() + " " + got, why, found.isPresent()));
            }
        }
        return Optional.empty();
    }

    private static boolean same(JsonNode value, JsonExpectation expected, JsonMapper json) {
        try {
            return BodyPath.same(value, json.readTree(expected.equals()));
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private static Optional<Miss> miss(String observed, String why) {
        return Optional.of(new Miss(observed, why, false));
    }

    private static String shown(String text) {
        return Texts.brief(text, SHOWN_CHARS_MAX);
    }
}
