package dev.slipway.release.retention;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one release. There is one once somebody holds it, or once the first of it goes; its journal is a chain of its
 * own and outlives the record of the release.
 *
 * @param hold who keeps all of it; null where nobody does
 * @param evidence how its reports went; null while they are kept
 * @param records how its record went; null while it is kept
 * @param requests keys of requests that are answered the same way again, oldest first
 */
@JsonInclude(Include.NON_NULL)
public record Keeping(
        String release,
        @Nullable Held hold,
        @Nullable Going evidence,
        @Nullable Going records,
        List<String> requests) {
    static final int REQUESTS_MAX = 20;

    public Keeping {
        requests = List.copyOf(requests);
    }

    /** By whom, why and since when it is held. */
    public record Held(String by, String reason, Instant at) {}

    /**
     * A part of it goes, or went.
     *
     * @param rule by which rule, as in {@code evidence: 400 days}
     * @param decided when that was decided
     * @param gone when it was gone; null until then
     * @param pieces how many reports or records it was; 0 until that is known
     * @param end hash of the last record, for the record of a release; null for reports
     */
    @JsonInclude(Include.NON_NULL)
    public record Going(
            String rule,
            Instant decided,
            @Nullable Instant gone,
            long pieces,
            @Nullable String end) {
        Going over(Instant at, long many) {
            return new Going(rule, decided, at, many, end);
        }
    }

    static Keeping of(String release) {
        return new Keeping(release, null, null, null, List.of());
    }

    Keeping held(@Nullable Held by, @Nullable String key) {
        List<String> keys = key == null
                ? requests
                : Stream.concat(requests.stream(), Stream.of(key))
                        .skip(Math.max(0, requests.size() + 1 - REQUESTS_MAX))
                        .toList();
        return new Keeping(release, by, evidence, records, keys);
    }

    Keeping evidence(Going next) {
        return new Keeping(release, hold, next, records, requests);
    }

    Keeping records(Going next) {
        return new Keeping(release, hold, evidence, next, requests);
    }

    /** Whether its reports are gone. */
    @JsonIgnore
    public boolean evidenceGone() {
        return evidence != null && evidence.gone() != null;
    }
}
