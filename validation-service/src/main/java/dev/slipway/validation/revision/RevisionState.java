package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
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

    /** What came of one kind and suite. */
    public List<Evidence> of(String kind, @Nullable String suite) {
        return evidence().filter(known -> known.isOf(kind, suite)).toList();
    }

    Stream<Check> checks() {
        return arrivals.values().stream().filter(Check.class::isInstance).map(Check.class::cast);
    }

    Stream<Unreadable> unreadable() {
        return arrivals.values().stream().filter(Unreadable.class::isInstance).map(Unreadable.class::cast);
    }

    /** Reports of the same attempt; without a run each push is one of its own. */
    Stream<Evidence> together(Evidence other) {
        return evidence()
                .filter(known ->
                        known.isOf(other.kind(), other.suite()) && known.of().equals(other.of()));
    }

    /**
     * Whether it says nothing that is not known. Without a run it is the same as one push alone; within an attempt the
     * same bytes count once, however they were put together.
     *
     * @param fresh its files that are not known
     */
    boolean holds(Evidence other, List<Digest> fresh) {
        return other.of().known()
                ? fresh.isEmpty() && together(other).anyMatch(known -> sameExit(known, other))
                : together(other).anyMatch(known -> known.saysTheSameAs(other));
    }

    private static boolean sameExit(Evidence known, Evidence other) {
        return other.exit() == null || other.exit().equals(known.exit());
    }

    /** Files that count already where this one belongs. */
    Set<Digest> counted(Evidence other) {
        return other.of().known()
                ? together(other).flatMap(known -> known.files().stream()).collect(Collectors.toSet())
                : Set.of();
    }

    /** Whether a report of these bytes, or the record of a run, is needed here. */
    public boolean holds(Digest digest) {
        return evidence().anyMatch(known -> known.inputs().contains(digest));
    }

    /** How many reports, however they were pushed. */
    long files() {
        return evidence().mapToLong(known -> known.files().size()).sum();
    }

    boolean holds(Unreadable other) {
        return unreadable()
                .anyMatch(known -> known.digest().equals(other.digest())
                        && known.isOf(other.kind(), other.suite())
                        && known.of().equals(other.of()));
    }

    boolean holds(Check other) {
        return checks().anyMatch(known -> known.sameFactAs(other));
    }

    /** How many pushes, those that could not be read too. */
    long pushes() {
        return evidence().count() + unreadable().count();
    }

    /** Whether it is known how a run ended of which it is told that it begins. */
    boolean hasEnded(Check begun) {
        return begun.isPending() && checks().anyMatch(begun::endsOrBegins);
    }

    /** Without the beginning of a run that has ended. */
    RevisionState ended(Check check) {
        SortedMap<String, Arrival> rest = new TreeMap<>(arrivals);
        rest.values()
                .removeIf(arrival -> arrival instanceof Check begun && begun.isPending() && check.endsOrBegins(begun));
        return new RevisionState(id, subscribers, expired, rest);
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

    /** Without the report of this kind, suite and attempt that could not be read. */
    RevisionState readable(String kind, @Nullable String suite, RunAttempt of) {
        SortedMap<String, Arrival> rest = new TreeMap<>(arrivals);
        rest.values()
                .removeIf(arrival -> arrival instanceof Unreadable report
                        && report.isOf(kind, suite)
                        && report.of().equals(of));
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

    /** What the newest attempt at this suite rests on; nothing where it cannot be read, or there is none. */
    public Arrived arrived(String kind, @Nullable String suite) {
        return suites().stream()
                .filter(one ->
                        one.kind().equals(kind) && Objects.equals(one.suite(), suite) && one.unreadable() == null)
                .findFirst()
                .map(SuiteFacts::arrived)
                .orElse(Arrived.NOTHING);
    }

    /** Why a push that was taken in does not count for its suite, in words for people; nothing where it does. */
    public Optional<String> outdone(Evidence push) {
        if (Attempts.counts(push, arrivals.sequencedValues())) {
            return Optional.empty();
        }
        String newer = suites().stream()
                .filter(one -> push.isOf(one.kind(), one.suite()))
                .flatMap(one -> Stream.ofNullable(one.run()))
                .findFirst()
                .orElse("a newer push");
        return Optional.of(
                push.of().known()
                        ? "%s of this suite counts".formatted(newer)
                        : "said before; %s of this suite counts. What a run has left again is told apart by the run's name"
                                .formatted(newer));
    }

    /** The newest attempt at each suite. */
    List<SuiteFacts> suites() {
        return Attempts.newest(arrivals.sequencedValues());
    }

    /**
     * The latest run of each check that has ended, whatever the order in which CI told of them: of a run its highest attempt, of
     * several runs the one that finished last. One that is repeated until it succeeds has succeeded, and one that fails when it
     * is repeated has failed. Then those that have begun and not ended, of each check one.
     */
    List<Check> latestChecks() {
        List<Check> all = new ArrayList<>(latest(checks().filter(check -> !check.isPending())));
        latest(checks().filter(Check::isPending)).stream()
                .filter(begun -> all.stream().noneMatch(ended -> isOver(begun, ended)))
                .forEach(all::add);
        return List.copyOf(all);
    }

    /**
     * Nobody says how an attempt ended that a later one of the same run has taken the place of. Where runs have no names, one that
     * ended later is taken for the one that began.
     */
    private static boolean isOver(Check begun, Check ended) {
        boolean nameless = begun.run() == null || ended.run() == null;
        return ended.name().equals(begun.name())
                && (nameless
                        ? !ended.at().isBefore(begun.at())
                        : ended.runOrEvent().equals(begun.runOrEvent())
                                && ended.attemptOrNone() > begun.attemptOrNone());
    }

    private static Collection<Check> latest(Stream<Check> checks) {
        Map<List<String>, Check> runs = new LinkedHashMap<>();
        Comparator<Check> byAttempt =
                Comparator.comparingInt(Check::attemptOrNone).thenComparing(Check::at);
        checks.forEach(check -> later(runs, List.of(check.name(), check.runOrEvent()), check, byAttempt));
        Map<String, Check> latest = new LinkedHashMap<>();
        runs.values().forEach(check -> later(latest, check.name(), check, Comparator.comparing(Check::at)));
        return latest.values();
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
