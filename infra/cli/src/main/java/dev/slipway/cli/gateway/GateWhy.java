package dev.slipway.cli.gateway;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why a gate says what it says, in the service's words. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record GateWhy(
        String release,
        String gate,
        String stage,
        String question,
        String verdict,
        boolean complete,
        String cause,
        String observed,
        @Nullable String record,
        @Nullable String kind,
        @Nullable String suite,
        List<Part> parts,
        List<Said> facts,
        List<Source> sources,
        List<String> toPass) {
    public GateWhy {
        parts = List.copyOf(parts);
        facts = List.copyOf(facts);
        sources = List.copyOf(sources);
        toPass = List.copyOf(toPass);
    }

    /** One part of the rule; nobody knows whether it holds where {@code holds} is null. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(String text, @Nullable Boolean holds, String why) {}

    /** One fact, and the digests of what says it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Said(String name, BigDecimal value, String unit, List<String> from) {
        public Said {
            from = List.copyOf(from);
        }
    }

    /**
     * A report or the record of a run.
     *
     * @param places what in it may count against the gate, with its place; none from a service of an earlier version
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Source(
            String digest,
            @Nullable String file,
            String dialect,
            @Nullable String run,
            @Nullable String part,
            @Nullable Long attempt,
            @Nullable String by,
            @Nullable Instant at,
            Map<String, BigDecimal> facts,
            @Nullable String trouble,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> places) {
        public Source {
            places = List.copyOf(places);
        }
    }
}
