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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private static final String PLACE = "arrival-%05d";

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

    Stream<Unreadable> unreadable() {
        return arrivals.values().stream().filter(Unreadable.class::isInstance).map(Unreadable.class::cast);
    }

    boolean holds(Evidence other) {
        return evidence()
                .anyMatch(known -> known.digest().equals(other.digest())
                        && known.kind().equals(other.kind())
                        && Objects.equals(known.suite(), other.suite()));
    }

    /** Whether a report of these bytes was recorded. */
    public boolean holds(Digest digest) {
        return evidence().anyMatch(known -> known.digest().equals(digest));
    }

    boolean holds(Unreadable other) {
        return unreadable()
                .anyMatch(known -> known.digest().equals(other.digest()) && known.isOf(other.kind(), other.suite()));
    }

    boolean holds(Check other) {
        return checks().anyMatch(known -> known.sameFactAs(other));
    }

    /** How many reports, those that could not be read too. */
    long reports() {
        return evidence().count() + unreadable().count();
    }

    RevisionState with(Arrival more) {
        SortedMap<String, Arrival> all = new TreeMap<>(arrivals);
        all.put(PLACE.formatted(last(all) + 1), more);
        return new RevisionState(id, subscribers, expired, all);
    }

    /** Places are never used again, also where something was taken away. */
    private static int last(SortedMap<String, Arrival> all) {
        return all.isEmpty() ? 0 : Integer.parseInt(all.lastKey().substring(PLACE.indexOf('%')));
    }

    /** Without the report of this kind and suite that could not be read. */
    RevisionState readable(String kind, @Nullable String suite) {
        SortedMap<String, Arrival> rest = new TreeMap<>(arrivals);
        rest.values().removeIf(arrival -> arrival instanceof Unreadable report && report.isOf(kind, suite));
        return new RevisionState(id, subscribers, expired, rest);
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

    /** The sum of all reports of each suite, and which of them lack one that could not be read. */
    List<SuiteFacts> suites() {
        Map<List<String>, SuiteFacts> sums = new LinkedHashMap<>();
        evidence()
                .forEach(one -> sums.merge(
                        place(one.kind(), one.suite()),
                        new SuiteFacts(one.kind(), one.suite(), one.facts(), List.of(one.digest()), null),
                        RevisionState::add));
        unreadable()
                .forEach(one -> sums.merge(
                        place(one.kind(), one.suite()),
                        new SuiteFacts(one.kind(), one.suite(), Facts.NONE, List.of(), one.why()),
                        RevisionState::lacking));
        return List.copyOf(sums.values());
    }

    private static List<String> place(String kind, @Nullable String suite) {
        return suite == null ? List.of(kind) : List.of(kind, suite);
    }

    private static SuiteFacts add(SuiteFacts sum, SuiteFacts one) {
        List<Digest> digests = new ArrayList<>(sum.digests());
        digests.addAll(one.digests());
        Facts facts = sum.facts().plus(one.facts());
        return new SuiteFacts(sum.kind(), sum.suite(), facts, digests, null);
    }

    private static SuiteFacts lacking(SuiteFacts sum, SuiteFacts unread) {
        return new SuiteFacts(sum.kind(), sum.suite(), sum.facts(), sum.digests(), unread.unreadable());
    }

    /**
     * The latest run of each check, whatever the order in which CI told of them: of a run its highest attempt, of several
     * runs the one that finished last. One that is repeated until it succeeds has succeeded, and one that fails when it
     * is repeated has failed.
     */
    List<Check> latestChecks() {
        Map<List<String>, Check> runs = new LinkedHashMap<>();
        Comparator<Check> byAttempt =
                Comparator.comparingInt(Check::attemptOrNone).thenComparing(Check::at);
        checks().forEach(check -> later(runs, List.of(check.name(), check.runOrEvent()), check, byAttempt));
        Map<String, Check> latest = new LinkedHashMap<>();
        runs.values().forEach(check -> later(latest, check.name(), check, Comparator.comparing(Check::at)));
        return List.copyOf(latest.values());
    }

    /** Of equals, the one that arrived later. */
    private static <K> void later(Map<K, Check> latest, K key, Check check, Comparator<Check> order) {
        Check known = latest.get(key);
        if (known == null || order.compare(check, known) >= 0) {
            latest.remove(key);
            latest.put(key, check);
        }
    }
}
