package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known about a revision.
 *
 * @param arrivals evidence and checks by order of arrival, {@code arrival-00001} and so on. Each is a field of the
 *     document of its own, so that the journal holds each arrival once and not all of them at each
 * @param subscribers ids of the assessments that are told of each arrival
 * @param expired whether its time is over; then it takes nothing in any more
 */
public record RevisionState(
        String id,
        List<String> subscribers,
        boolean expired,
        @JsonIgnore SortedMap<String, Arrival> arrivals) {
    public RevisionState {
        subscribers = List.copyOf(subscribers);
        arrivals = Collections.unmodifiableSortedMap(new TreeMap<>(arrivals));
    }

    @JsonCreator
    static RevisionState stored(
            @JsonProperty("id") String id,
            @JsonProperty("subscribers") List<String> subscribers,
            @JsonProperty("expired") boolean expired,
            @JsonAnySetter Map<String, Arrival> arrivals) {
        return new RevisionState(id, subscribers, expired, new TreeMap<>(arrivals));
    }

    @JsonAnyGetter
    Map<String, Arrival> fields() {
        return arrivals;
    }

    static RevisionState unheardOf(String id) {
        return new RevisionState(id, List.of(), false, new TreeMap<>());
    }

    Stream<Evidence> evidence() {
        return arrivals.values().stream().filter(Evidence.class::isInstance).map(Evidence.class::cast);
    }

    Stream<Check> checks() {
        return arrivals.values().stream().filter(Check.class::isInstance).map(Check.class::cast);
    }

    boolean holds(Evidence other) {
        return evidence()
                .anyMatch(known -> known.digest().equals(other.digest())
                        && known.kind().equals(other.kind())
                        && Objects.equals(known.suite(), other.suite()));
    }

    boolean holds(Check other) {
        return checks().anyMatch(known -> known.event().equals(other.event()));
    }

    RevisionState with(Arrival more) {
        SortedMap<String, Arrival> all = new TreeMap<>(arrivals);
        all.put("arrival-%05d".formatted(arrivals.size() + 1), more);
        return new RevisionState(id, subscribers, expired, all);
    }

    RevisionState subscribedBy(List<String> now) {
        return new RevisionState(id, now, expired, arrivals);
    }

    /** What expires is let go of; the evidence chain keeps what was decided on it. */
    RevisionState expire() {
        return new RevisionState(id, List.of(), true, new TreeMap<>());
    }

    boolean unknown() {
        return arrivals.isEmpty();
    }

    /** The sum of all reports of each suite. */
    List<SuiteFacts> suites() {
        Map<List<Object>, SuiteFacts> sums = new LinkedHashMap<>();
        evidence()
                .forEach(one -> sums.merge(
                        Stream.of(one.kind(), String.valueOf(one.suite()))
                                .<Object>map(name -> name)
                                .toList(),
                        new SuiteFacts(one.kind(), one.suite(), one.facts(), List.of(one.digest())),
                        RevisionState::add));
        return List.copyOf(sums.values());
    }

    private static SuiteFacts add(SuiteFacts sum, SuiteFacts one) {
        List<Digest> digests = new ArrayList<>(sum.digests());
        digests.addAll(one.digests());
        Facts facts = sum.facts().plus(one.facts());
        return new SuiteFacts(sum.kind(), sum.suite(), facts, digests);
    }

    /** The latest run of each check: one that is repeated until it succeeds has succeeded. */
    List<Check> latestChecks() {
        Map<String, Check> latest = new LinkedHashMap<>();
        checks().forEach(check -> latest.put(check.name(), check));
        return List.copyOf(latest.values());
    }
}
