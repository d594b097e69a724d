package dev.slipway.validation.probe;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Expectations;
import dev.slipway.contracts.policy.Expectations.Shown;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the requests of a gate one after the other and carries what one saves into those after it. A step that was not
 * answered as it should be has saved nothing, and whatever waits for that is not run. All that is carried is forgotten at the
 * end: whoever tries again begins anew.
 */
final class PathWalk {
    private static final int SHOWN_CHARS_MAX = 120;

    private final JsonMapper json;
    private final Sender sender;

    PathWalk(JsonMapper json, Sender sender) {
        this.json = json;
        this.sender = sender;
    }

    /** Sends one request. */
    @FunctionalInterface
    interface Sender {
        /** @param name the request in words, without what was put in */
        Sent send(String name, HttpProbe request);
    }

    /** What became of a request. */
    sealed interface Sent {
        /** @param head the first line of each name, by names in lower case */
        record Answered(int status, Map<String, String> head, byte[] body, Duration took) implements Sent {}

        /**
         * @param observed in one line
         * @param why in words of ours
         * @param cause what somebody else says of it, which may hold what was sent; empty for nothing
         */
        record Silent(String observed, String why, String cause) implements Sent {}
    }

    List<ProbeAnswer> walk(List<HttpProbe> steps) {
        List<ProbeAnswer> answers = new ArrayList<>();
        Carried carried = Carried.NOTHING;
        for (HttpProbe step : steps) {
            Walked walked = step(step, carried.without(saves(step)));
            answers.add(walked.answer());
            carried = walked.carried();
        }
        return answers;
    }

    private record Walked(ProbeAnswer answer, Carried carried) {}

    private Walked step(HttpProbe step, Carried carried) {
        String name = Expectations.name(step);
        Optional<String> missing = carried.missing(step);
        if (missing.isPresent()) {
            return new Walked(
                    new Unanswered(
                            name + " not run",
                            "%s was not run: it needs {%s}, which no step before it has saved"
                                    .formatted(name, missing.get())),
                    carried);
        }
        HttpProbe request;
        try {
            request = carried.into(step);
        } catch (IllegalArgumentException unfit) {
            String why = carried.hidden(String.valueOf(unfit.getMessage()));
            return new Walked(new Unanswered(name + " not sent", name + " cannot be sent: " + shown(why)), carried);
        }
        return switch (sender.send(name, request)) {
            case Sent.Silent(String observed, String why, String cause) ->
                new Walked(new Unanswered(observed, why + shown(carried.hidden(cause))), carried);
            case Sent.Answered answered -> judged(step, request, answered, carried);
        };
    }

    private Walked judged(HttpProbe step, HttpProbe request, Sent.Answered answer, Carried carried) {
        HttpStep asked = step.step();
        Carried.Looked looked = asked == null
                ? new Carried.Looked.Found(Carried.NOTHING)
                : Carried.looked(asked, answer.head(), answer.body(), json);
        Carried all = looked instanceof Carried.Looked.Found(Carried more) ? carried.and(more) : carried;
        String observed = Expectations.observed(step, answer.status(), answer.took());
        Optional<ProbeAnswer> miss = Expectations.miss(
                        request, answer.status(), answer.body(), answer.took(), json, new Shown(step, all::hidden))
                .map(one ->
                        one.wrong() ? new Wrong(one.observed(), one.why()) : new Unexpected(one.observed(), one.why()));
        if (miss.isPresent()) {
            return new Walked(miss.get(), carried);
        }
        if (looked instanceof Carried.Looked.Missing(String why)) {
            String text = "%s: the answer %s".formatted(Expectations.name(step), why);
            return new Walked(new Unexpected(observed + ", nothing to save", text), carried);
        }
        Set<String> saves = saves(step);
        String saved = saves.isEmpty() ? "" : ", saves " + String.join(", ", saves);
        return new Walked(new AsExpected(observed + saved), all);
    }

    private static Set<String> saves(HttpProbe step) {
        HttpStep more = step.step();
        return more == null ? Set.of() : more.save().keySet();
    }

    private static String shown(String text) {
        return Texts.brief(text, SHOWN_CHARS_MAX);
    }
}
