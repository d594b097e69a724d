package dev.slipway.cli.release;

import dev.slipway.cli.ci.CiRun;
import dev.slipway.cli.gateway.GateWhy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Why a gate says what it says, told to a person: verdict, rule, facts with their sources, what would have to change. */
public final class GateText {
    private static final int DIGEST_CHARS = 19;

    private GateText() {}

    public static List<String> lines(GateWhy why) {
        List<String> lines = new ArrayList<>();
        lines.add("gate       %s (%s): %s%s"
                .formatted(why.gate(), why.stage(), why.verdict(), why.complete() ? "" : " so far, it still waits"));
        lines.add("cause      " + why.cause());
        if (why.kind() == null) {
            lines.add("observed   " + (why.observed().isEmpty() ? "nothing" : why.observed()));
        } else {
            lines.add("looks at   %s reports%s"
                    .formatted(why.kind(), why.suite() == null ? "" : ", suite " + why.suite()));
        }
        String term = "rule";
        for (GateWhy.Part part : why.parts()) {
            lines.add("%-10s %-9s %s%s"
                    .formatted(term, holds(part), part.text(), part.why().isEmpty() ? "" : ": " + part.why()));
            term = "";
        }
        term = "facts";
        for (GateWhy.Said fact : why.facts()) {
            lines.add("%-10s %-24s %-12s from %s"
                    .formatted(
                            term,
                            fact.name(),
                            fact.value().toPlainString() + (fact.unit().equals("PERCENT") ? "%" : ""),
                            fact.from().isEmpty()
                                    ? "all of them together"
                                    : fact.from().stream()
                                            .map(digest -> name(why, digest))
                                            .collect(Collectors.joining(", "))));
            term = "";
        }
        term = "sources";
        for (GateWhy.Source source : why.sources()) {
            lines.add("%-10s %s".formatted(term, source(source)));
            source.places().forEach(place -> lines.add("%-12s %s".formatted("", place)));
            term = "";
        }
        term = "to pass";
        for (String change : why.toPass()) {
            lines.add("%-10s %s".formatted(term, change));
            term = "";
        }
        if (why.record() != null) {
            lines.add("record     %s, of %s".formatted(why.record(), why.question()));
        }
        return lines;
    }

    private static String holds(GateWhy.Part part) {
        return part.holds() == null ? "unknown" : part.holds() ? "holds" : "broken";
    }

    private static String name(GateWhy why, String digest) {
        return why.sources().stream()
                .filter(source -> source.digest().equals(digest))
                .map(source -> file(source) + beside(run(source)))
                .findFirst()
                .orElse(brief(digest));
    }

    private static String file(GateWhy.Source source) {
        return source.file() != null
                ? source.file()
                : source.dialect().equals("run record") ? "the run's end" : brief(source.digest());
    }

    private static String run(GateWhy.Source source) {
        return new CiRun(source.run(), source.part(), source.attempt()).toString();
    }

    private static String beside(String run) {
        return run.isEmpty() ? "" : " (" + run + ")";
    }

    private static String source(GateWhy.Source source) {
        String of = run(source);
        return "%s %s%s%s%s%s"
                .formatted(
                        source.file() == null ? "a report without a name" : source.file(),
                        source.digest(),
                        source.dialect().isEmpty() ? "" : ", " + source.dialect(),
                        of.isEmpty() ? "" : ", " + of,
                        source.by() == null
                                ? ""
                                : ", by " + source.by() + (source.at() == null ? "" : " at " + source.at()),
                        source.trouble() == null ? "" : ": " + source.trouble());
    }

    private static String brief(String digest) {
        return digest.length() > DIGEST_CHARS ? digest.substring(0, DIGEST_CHARS) : digest;
    }
}
