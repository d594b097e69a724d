package dev.slipway.validation.revision;

import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which of what came for a suite counts. A report belongs to a run, to a part of it where several jobs report some of a
 * suite each, and to an attempt. The newest run counts: the one whose latest attempt began to report last, in the order of
 * arrival. Within it each part counts by its highest attempt, whatever the order. What has no run is a run of its own. All
 * that counts adds up; of exit statuses the largest.
 */
final class Attempts {
    private static final int NOTES_MAX = 3;

    private Attempts() {}

    /** A push, read or not, with its place in the order of arrival. */
    private record Push(
            int place,
            RunAttempt of,
            @Nullable Evidence evidence,
            @Nullable Unreadable unreadable) {
        boolean sameRunAs(Push other) {
            return of.known() ? of.run() != null && of.run().equals(other.of.run()) : place == other.place;
        }
    }

    static List<SuiteFacts> newest(Collection<Arrival> arrivals) {
        List<SuiteFacts> facts = new ArrayList<>();
        suites(arrivals).forEach((key, pushes) -> facts.add(facts(key, pushes)));
        return facts;
    }

    private static Map<List<String>, List<Push>> suites(Collection<Arrival> arrivals) {
        Map<List<String>, List<Push>> suites = new LinkedHashMap<>();
        int place = 0;
        for (Arrival arrival : arrivals) {
            place++;
            switch (arrival) {
                case Evidence one ->
                    suites.computeIfAbsent(key(one.kind(), one.suite()), _ -> new ArrayList<>())
                            .add(new Push(place, one.of(), one, null));
                case Unreadable one ->
                    suites.computeIfAbsent(key(one.kind(), one.suite()), _ -> new ArrayList<>())
                            .add(new Push(place, one.of(), null, one));
                case Check _ -> {
                    // told apart from evidence
                }
            }
        }
        return suites;
    }

    /** Whether what this push says counts for its suite: it does not where a newer one of the suite does. */
    static boolean counts(Evidence push, Collection<Arrival> arrivals) {
        List<Push> suite = suites(arrivals).getOrDefault(key(push.kind(), push.suite()), List.of());
        return !suite.isEmpty()
                && counting(suite).stream()
                        .anyMatch(one -> push.of().known()
                                ? one.of().equals(push.of())
                                : one.evidence() != null && one.evidence().saysTheSameAs(push));
    }

    private static List<String> key(String kind, @Nullable String suite) {
        return suite == null ? List.of(kind) : List.of(kind, suite);
    }

    private static SuiteFacts facts(List<String> key, List<Push> pushes) {
        List<Push> counting = counting(pushes);
        Facts sum = Facts.NONE;
        Arrived arrived = Arrived.NOTHING;
        List<String> notes = new ArrayList<>();
        @Nullable String unreadable = null;
        for (Push push : counting) {
            if (push.unreadable() != null) {
                unreadable = push.unreadable().why();
            }
            if (push.evidence() != null) {
                // what was taken in before this was looked at may still claim a time to come
                sum = sum.plus(push.evidence().facts().notAfter(push.evidence().at()));
                sum = push.evidence().exit() == null
                        ? sum
                        : sum.plus(RunRecord.facts(push.evidence().exit()));
                arrived = arrived.and(push.evidence().arrived());
                notes.addAll(push.evidence().notes());
            }
        }
        RunAttempt newest = counting.getLast().of();
        return new SuiteFacts(
                key.getFirst(),
                key.size() == 1 ? null : key.getLast(),
                sum,
                arrived.digests(),
                unreadable,
                newest.known() ? newest.toString() : null,
                pushes.size() - counting.size(),
                notes.subList(0, Math.min(notes.size(), NOTES_MAX)),
                arrived.at(),
                counting.stream()
                        .flatMap(push -> Stream.ofNullable(push.evidence()))
                        .mapToInt(Evidence::reader)
                        .min()
                        .orElse(0));
    }

    private static List<Push> counting(List<Push> pushes) {
        Push newest = pushes.getFirst();
        int newestSince = -1;
        for (Push push : pushes) {
            int since = since(push, pushes);
            if (since > newestSince) {
                newestSince = since;
                newest = push;
            }
        }
        Push run = newest;
        List<Push> ofRun = pushes.stream().filter(run::sameRunAs).toList();
        Map<String, Long> highest = new LinkedHashMap<>();
        ofRun.forEach(push -> highest.merge(push.of().partOrWhole(), push.of().attemptOrNone(), Math::max));
        return ofRun.stream()
                .filter(push -> highest.getOrDefault(push.of().partOrWhole(), 0L)
                        == push.of().attemptOrNone())
                .toList();
    }

    /** When the latest attempt of its run began to report. */
    private static int since(Push push, List<Push> pushes) {
        long latest = pushes.stream()
                .filter(push::sameRunAs)
                .mapToLong(other -> other.of().attemptOrNone())
                .max()
                .orElse(0);
        return pushes.stream()
                .filter(other -> push.sameRunAs(other) && other.of().attemptOrNone() == latest)
                .mapToInt(Push::place)
                .min()
                .orElse(0);
    }
}
