package dev.slipway.validation.evidence.findings;

import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.ReportedFinding.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What has come and what has gone since another report. A finding is known by its rule, its file and its message, never by
 * its line: lines move with every one that is added above. Of several that are equal each counts: whoever writes the same
 * fault a third time has written a new one.
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
        List<ReportedFinding> fresh = new ArrayList<>(now);
        List<ReportedFinding> gone = new ArrayList<>(before);
        pair(fresh, gone, one -> new Identity(one.rule(), one.file(), one.message()));
        pair(fresh, gone, one -> new Identity(one.rule(), one.file(), withoutNumbers(one.message())));
        Map<String, String> renamed = Renames.of(now, before, fresh, gone);
        if (!renamed.isEmpty()) {
            List<ReportedFinding> moved = gone.stream()
                    .map(one -> renamed.containsKey(one.file()) ? in(renamed.get(one.file()), one) : one)
                    .toList();
            gone = new ArrayList<>(moved);
            pair(fresh, gone, one -> new Identity(one.rule(), one.file(), withoutNumbers(one.message())));
        }
        return new NewFindings(fresh, gone.size());
    }

    private static ReportedFinding in(String file, ReportedFinding one) {
        return new ReportedFinding(one.rule(), file, one.message(), one.level(), one.line());
    }

    /** Takes out of both lists what stands for each other. */
    private static void pair(
            List<ReportedFinding> fresh, List<ReportedFinding> gone, Function<ReportedFinding, Identity> identity) {
        Map<Identity, Deque<Integer>> places = new HashMap<>();
        for (int i = 0; i < gone.size(); i++) {
            places.computeIfAbsent(identity.apply(gone.get(i)), _ -> new ArrayDeque<>())
                    .add(i);
        }
        boolean[] known = new boolean[gone.size()];
        List<ReportedFinding> left = new ArrayList<>();
        for (ReportedFinding one : fresh) {
            Deque<Integer> same = places.get(identity.apply(one));
            if (same == null || same.isEmpty()) {
                left.add(one);
            } else {
                known[same.remove()] = true;
            }
        }
        List<ReportedFinding> unknown = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            if (!known[i]) {
                unknown.add(gone.get(i));
            }
        }
        fresh.clear();
        fresh.addAll(left);
        gone.clear();
        gone.addAll(unknown);
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
