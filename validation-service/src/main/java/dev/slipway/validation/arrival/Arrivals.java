package dev.slipway.validation.arrival;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Expectations;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.validation.arrival.Fetching.Fetched;
import dev.slipway.validation.assessment.ArrivalCheck;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.ProbeAnswer.Wrong;
import dev.slipway.validation.assessment.Prober;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks for what was published: a page or file by its address, a path of production, a tag, an image. What is not there, or
 * cannot be asked for, is unanswered; what is there and is something else is unexpected, as what was there before may be
 * replaced until the deadline.
 */
public final class Arrivals implements ArrivalCheck, AutoCloseable {
    private static final int SUCCESS_FROM = 200;
    private static final int SUCCESS_BELOW = 300;

    private final Fetching fetching;
    private final RemoteTags tags;
    private final Prober prober;
    private final Registry registry;
    private final JsonMapper json;

    public Arrivals(Fetching fetching, RemoteTags tags, Prober prober, JsonMapper json) {
        this.fetching = fetching;
        this.tags = tags;
        this.prober = prober;
        this.registry = new Registry(fetching, json);
        this.json = json;
    }

    @Override
    public ProbeAnswer look(Looked looked) throws InterruptedException {
        Arrival arrival = looked.arrival();
        if (arrival.tag() != null) {
            return tags.look(arrival.tag(), looked);
        }
        if (arrival.image() != null) {
            return image(arrival);
        }
        return arrival.url() == null ? inProduction(looked) : page(arrival, arrival.url());
    }

    private ProbeAnswer page(Arrival arrival, String url) throws InterruptedException {
        URI address;
        try {
            address = URI.create(url);
        } catch (IllegalArgumentException noAddress) {
            return new Unanswered(arrival.where() + " not asked", "It is no address: " + noAddress.getMessage());
        }
        return switch (fetching.get(address, Map.of())) {
            case Fetched.Untold(String why) -> untold(arrival, why);
            case Fetched.Answer answer -> judged(arrival, answer);
        };
    }

    private ProbeAnswer judged(Arrival arrival, Fetched.Answer answer) {
        String where = Fetching.shown(arrival.where());
        Digest sum = answer.body().digest();
        String observed = "%s %d, %,d bytes, %s%s"
                .formatted(
                        where,
                        answer.status(),
                        answer.body().bytes(),
                        sum,
                        answer.elsewhere() == null ? "" : ", from " + Fetching.shown(answer.elsewhere()));
        if (answer.status() != arrival.status()) {
            String why = "%s answered %d, expected %d".formatted(where, answer.status(), arrival.status());
            boolean something = answer.status() >= SUCCESS_FROM && answer.status() < SUCCESS_BELOW;
            return something ? new Unexpected(observed, why) : new Unanswered(observed, why);
        }
        String contains = arrival.contains();
        if (contains != null && !new String(answer.body().beginning(), StandardCharsets.UTF_8).contains(contains)) {
            boolean whole = answer.body().bytes() == answer.body().beginning().length;
            return new Unexpected(
                    observed + ", without " + Fetching.shown(contains),
                    "%s: the answer does not contain %s%s"
                            .formatted(
                                    where,
                                    Fetching.shown(contains),
                                    whole
                                            ? ""
                                            : " in its first %,d bytes"
                                                    .formatted(answer.body().beginning().length)));
        }
        Optional<String> otherwise = otherwise(arrival, answer);
        if (otherwise.isPresent()) {
            return new Unexpected(observed, where + otherwise.get());
        }
        return arrival.expected()
                .filter(expected -> !expected.equals(sum))
                .<ProbeAnswer>map(expected ->
                        new Unexpected(observed, "%s is %s, and %s is released".formatted(where, sum, expected)))
                .orElseGet(() -> new AsExpected(observed + values(arrival)));
    }

    private static String values(Arrival arrival) {
        return arrival.json().stream()
                .map(value -> ", %s %s".formatted(value.path(), Fetching.shown(value.equals())))
                .collect(Collectors.joining());
    }

    /** Which value is not the one that is looked for, to follow where it was asked for; empty where all are. */
    private Optional<String> otherwise(Arrival arrival, Fetched.Answer answer) {
        if (arrival.json().isEmpty()) {
            return Optional.empty();
        }
        HttpProbe request = new HttpProbe("/", arrival.status(), null, arrival.json(), null);
        byte[] body = answer.body().beginning();
        return Expectations.miss(request, answer.status(), body, Duration.ZERO, json)
                .map(miss -> miss.why().substring(Expectations.name(request).length()));
    }

    private ProbeAnswer image(Arrival arrival) throws InterruptedException {
        return switch (registry.manifest(arrival)) {
            case Fetched.Untold(String why) -> untold(arrival, why);
            case Fetched.Answer answer
            when answer.status() != SUCCESS_FROM ->
                new Unanswered(
                        "%s %d".formatted(arrival.where(), answer.status()),
                        Registry.refused(arrival, answer.status()));
            case Fetched.Answer answer -> {
                Digest sum = answer.body().digest();
                String observed = "%s is %s".formatted(arrival.where(), sum);
                yield arrival.expected().filter(sum::equals).isPresent()
                        ? new AsExpected(observed)
                        : new Unexpected(
                                observed,
                                "%s is %s, and %s is released"
                                        .formatted(
                                                arrival.where(),
                                                sum,
                                                arrival.expected()
                                                        .map(Digest::value)
                                                        .orElse("nothing")));
            }
        };
    }

    /** Not every instance may be up to date at once, so that a wrong value may still become the right one. */
    private ProbeAnswer inProduction(Looked looked) {
        Arrival arrival = looked.arrival();
        String get = arrival.get();
        URI production = looked.production();
        if (get == null || production == null) {
            return untold(arrival, "Nobody knows where production runs the version");
        }
        HttpProbe request = new HttpProbe(get, arrival.status(), null, List.of(), arrival.contains());
        Prober.Probing probing = new Prober.Probing(looked.gate(), production, List.of(request), looked.http2());
        return switch (prober.probe(probing, null).getFirst()) {
            case Wrong(String observed, String why) -> new Unexpected(observed, why);
            case AsExpected answer -> answer;
            case Unexpected answer -> answer;
            case Unanswered answer -> answer;
        };
    }

    private static ProbeAnswer untold(Arrival arrival, String why) {
        String where = Fetching.shown(arrival.where());
        return new Unanswered(where + " unknown", "%s: %s".formatted(where, why));
    }

    @Override
    public void close() {
        fetching.close();
        tags.close();
    }
}
