package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import dev.slipway.validation.evidence.findings.SamePlaces.Alike;
import dev.slipway.validation.evidence.findings.SamePlaces.Pair;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What has come and what has gone since another report. A finding is known by its rule, its file and its message, and among
 * those that are equal in these by its place ({@link SamePlaces}); never by its line alone, as lines move with every one that
 * is added above. Of several that are equal each counts: whoever writes the same fault a third time has written a new one.
 *
 * <p>Known again are, in this order, each finding of before standing for one of now: those that agree in all three; those
 * whose messages differ in numbers alone ("131 characters", "defined at line 12"); and those of a file that was renamed
 * ({@link Renames}).
 *
 * @param fresh those that are new, in the order of the report
 * @param fixed how many of before are gone
 */
public record NewFindings(List<ReportedFinding> fresh, int fixed) {
    static final String NEW = "findings.new";
    static final String NEW_ERROR = "findings.new.error";
    static final String FIXED = "findings.fixed";

    public NewFindings {
        fresh = List.copyOf(fresh);
    }

    /** What makes two findings one. */
    private record Identity(String rule, String file, String message) {}

    public static NewFindings of(List<ReportedFinding> now, List<ReportedFinding> before) {
        return of(now, before, Comparing.BY_PLACE);
    }

    /** @param way one of those of {@link Comparing}: what was compared before places counted is compared so again */
    static NewFindings of(List<ReportedFinding> now, List<ReportedFinding> before, int way) {
        List<ReportedFinding> fresh = new ArrayList<>(now);
        List<ReportedFinding> gone = new ArrayList<>(before);
        List<Group> equal = groups(fresh, gone, one -> new Identity(one.rule(), one.file(), one.message()));
        Function<Alike, List<Pair>> same = same(way, equal, now, before);
        pair(fresh, gone, equal, same);
        pair(
                fresh,
                gone,
                groups(fresh, gone, one -> new Identity(one.rule(), one.file(), withoutNumbers(one.message()))),
                same);
        Map<String, String> renamed = Renames.of(now, before, fresh, gone);
        if (!renamed.isEmpty()) {
            List<ReportedFinding> moved = gone.stream()
                    .map(one -> renamed.containsKey(one.file()) ? in(renamed.get(one.file()), one) : one)
                    .toList();
            gone = new ArrayList<>(moved);
            List<Group> alike =
                    groups(fresh, gone, one -> new Identity(one.rule(), one.file(), withoutNumbers(one.message())));
            pair(fresh, gone, alike, same(way, alike, fresh, gone));
        }
        return new NewFindings(fresh, gone.size());
    }

    private static ReportedFinding in(String file, ReportedFinding one) {
        return new ReportedFinding(
                one.rule(), file, one.message(), one.level(), one.line(), one.within(), one.fingerprint());
    }

    /** Those of one identity, by their places in both lists. */
    private record Group(Identity identity, List<Integer> now, List<Integer> was) {
        Alike of(List<ReportedFinding> fresh, List<ReportedFinding> gone) {
            return new Alike(
                    identity.file(),
                    now.stream().map(fresh::get).toList(),
                    was.stream().map(gone::get).toList());
        }
    }

    /** Those that are in both lists. */
    private static List<Group> groups(
            List<ReportedFinding> fresh, List<ReportedFinding> gone, Function<ReportedFinding, Identity> identity) {
        Map<Identity, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < gone.size(); i++) {
            groups.computeIfAbsent(
                            identity.apply(gone.get(i)), key -> new Group(key, new ArrayList<>(), new ArrayList<>()))
                    .was()
                    .add(i);
        }
        for (int i = 0; i < fresh.size(); i++) {
            Group group = groups.get(identity.apply(fresh.get(i)));
            if (group != null) {
                group.now().add(i);
            }
        }
        return groups.values().stream().filter(one -> !one.now().isEmpty()).toList();
    }

    private static Function<Alike, List<Pair>> same(
            int way, List<Group> groups, List<ReportedFinding> fresh, List<ReportedFinding> gone) {
        if (way < Comparing.BY_PLACE) {
            return NewFindings::inOrder;
        }
        List<Alike> alike = groups.stream().map(group -> group.of(fresh, gone)).toList();
        return new SamePlaces(alike, fresh, gone)::of;
    }

    private static List<Pair> inOrder(Alike alike) {
        return IntStream.range(0, Math.min(alike.now().size(), alike.was().size()))
                .mapToObj(i -> new Pair(i, i))
                .toList();
    }

    /** Takes out of both lists what stands for each other. */
    private static void pair(
            List<ReportedFinding> fresh,
            List<ReportedFinding> gone,
            List<Group> groups,
            Function<Alike, List<Pair>> same) {
        Set<Integer> known = new HashSet<>();
        Set<Integer> found = new HashSet<>();
        for (Group group : groups) {
            for (Pair pair : same.apply(group.of(fresh, gone))) {
                known.add(group.now().get(pair.now()));
                found.add(group.was().get(pair.was()));
            }
        }
        keepOthers(fresh, known);
        keepOthers(gone, found);
    }

    private static void keepOthers(List<ReportedFinding> list, Set<Integer> taken) {
        List<ReportedFinding> others = IntStream.range(0, list.size())
                .filter(i -> !taken.contains(i))
                .mapToObj(list::get)
                .toList();
        list.clear();
        list.addAll(others);
    }

    /** Each run of digits becomes one sign. */
    static String withoutNumbers(String message) {
        StringBuilder plain = new StringBuilder(message.length());
        boolean digits = false;
        for (int i = 0; i < message.length(); i++) {
            char c = message.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit || !digits) {
                plain.append(digit ? '#' : c);
            }
            digits = digit;
        }
        return plain.toString();
    }

    Facts facts() {
        long errors = fresh.stream()
                .filter(one -> one.level() == Level.ERROR || one.level() == Level.HIGH || one.level() == Level.CRITICAL)
                .count();
        return facts(fresh.size(), errors, fixed);
    }

    static Facts facts(long fresh, long errors, long fixed) {
        return new Facts(List.of(Fact.count(NEW, fresh), Fact.count(NEW_ERROR, errors), Fact.count(FIXED, fixed)));
    }
}
