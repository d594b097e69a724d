package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server that collects metrics has to answer to a query: one number, of now.
 *
 * @param query in PromQL, with {@link Placeholders} that speak of the release; 1 to 2,000 characters
 * @param at address of an API such as Prometheus', without {@code /api/v1/query}; 1 to 500 characters
 * @param sense which side of its bound is good
 * @param bound what it has to stay below or above
 * @param freshWithin how old the number may be, 1 s to 24 h, or null for {@link MetricRule#FRESH_WITHIN}
 */
public record MetricQuery(
        String query,
        String at,
        Sense sense,
        double bound,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration freshWithin) {
    private static final int QUERY_CHARACTERS_MAX = 2_000;
    private static final int FILLED_CHARACTERS_MAX = 20_000;
    private static final int ADDRESS_CHARACTERS_MAX = 500;
    private static final int SHOWN_CHARACTERS_MAX = 120;
    private static final Pattern ADDRESS = Pattern.compile("https?://[!-~&&[^?#@]]+");

    public MetricQuery {
        Texts.requireLength("metrics.query", query, 1, FILLED_CHARACTERS_MAX);
        Texts.requireLength("metrics.at", at, 1, ADDRESS_CHARACTERS_MAX);
        if (!ADDRESS.matcher(at).matches() || host(at) == null) {
            throw new IllegalArgumentException(
                    "metrics.at is an http: or https: address without user, query and fragment, is " + Texts.shown(at));
        }
        Texts.requirePresent("metrics: below or above", sense);
        if (!Double.isFinite(bound)) {
            throw new IllegalArgumentException("metrics.limit must be a number, is " + bound);
        }
        freshWithin = MetricRule.freshness(freshWithin);
    }

    private static @Nullable String host(String address) {
        try {
            return URI.create(address).getHost();
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }

    /** Requires that a query is no longer than a policy may write it. */
    public static String requireWritten(String query) {
        return Texts.requireLength("metrics.query", query, 1, QUERY_CHARACTERS_MAX);
    }

    /** How old the number may be. */
    @JsonIgnore
    public Duration fresh() {
        return freshWithin == null ? MetricRule.FRESH_WITHIN : freshWithin;
    }

    /** Whether a number is on the good side. */
    public boolean holds(double value) {
        return sense == Sense.BELOW ? value < bound : value > bound;
    }

    /** What is asked, for people. */
    @JsonIgnore
    public String subject() {
        return Texts.brief(query, SHOWN_CHARACTERS_MAX);
    }

    /** The limit, as in {@code < 5}. */
    @JsonIgnore
    public String limit() {
        return plain().limit();
    }

    /** A value of it for people. */
    public String shown(double value) {
        return plain().shown(value);
    }

    private MetricRule plain() {
        return new MetricRule("query", Map.of(), As.VALUE, null, Map.of(), sense, bound, false, false);
    }

    @Override
    public String toString() {
        return subject() + " " + limit();
    }
}
