package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one report says.
 *
 * @param dialect which tool's way of writing it is, for people, 1 to 60 characters
 * @param notes what was read otherwise than it stands, or contradicts itself, a sentence each, at most {@value #NOTES_MAX}
 * @param findings what a scanner has found and nobody has suppressed, to be compared with those of another revision
 * @param measurements of benchmarks and load tests
 * @param coverage of each file, where it is a coverage report that tells of files
 * @param vulnerabilities to be compared with those of another revision
 */
public record Reading(
        String dialect,
        Facts facts,
        List<String> notes,
        List<ReportedFinding> findings,
        List<Measurement> measurements,
        @Nullable Coverage coverage,
        Vulnerabilities vulnerabilities) {
    static final int NOTES_MAX = 20;
    private static final String SHORTER = ", as the format has no end: it is read as whole, and shorter";
    /** What was cut off of reports that nothing closes, by dialect. */
    private static final Map<String, String> ENDLESS = Map.of(
            "LCOV", "that it was cut off behind a record" + SHORTER,
            "Go", "that it was cut off behind a line" + SHORTER,
            "Jira issues", "that it was cut off behind a row" + SHORTER,
            "Gatling", "how many assertions there should be");

    public Reading {
        Texts.requireLength("dialect", dialect, 1, 60);
        notes = notes.isEmpty()
                ? List.of()
                : notes.stream().map(note -> Texts.visible(note, ' ')).toList();
        findings = List.copyOf(findings);
        measurements = List.copyOf(measurements);
        if (notes.size() > NOTES_MAX) {
            throw new IllegalArgumentException("A reading has at most " + NOTES_MAX + " notes");
        }
    }

    /** As many notes as a reading has, and how many there were beyond. */
    public static List<String> told(List<String> notes) {
        if (notes.size() <= NOTES_MAX) {
            return List.copyOf(notes);
        }
        List<String> told = new ArrayList<>(notes.subList(0, NOTES_MAX - 1));
        told.add("and %d more of the kind".formatted(notes.size() - told.size()));
        return told;
    }

    /** The same as it arrived then: what it states of a time after that was stated then, which is remarked. */
    public Reading arrived(Instant at) {
        long ahead = facts.parts().statedAfter(at);
        if (ahead == 0) {
            return this;
        }
        List<String> remarked = new ArrayList<>(notes);
        remarked.add("statements that claim a time after their arrival count as of their arrival: %d".formatted(ahead));
        return new Reading(
                dialect, facts.notAfter(at), told(remarked), findings, measurements, coverage, vulnerabilities);
    }

    /** Of a report whose facts say all. */
    public Reading(String dialect, Facts facts, List<String> notes) {
        this(dialect, facts, notes, List.of(), List.of(), null, Vulnerabilities.NONE);
    }

    /** Of a report that is none of coverage. */
    public Reading(
            String dialect,
            Facts facts,
            List<String> notes,
            List<ReportedFinding> findings,
            List<Measurement> measurements) {
        this(dialect, facts, notes, findings, measurements, null, Vulnerabilities.NONE);
    }

    /** Of a report of coverage. */
    public Reading(String dialect, Facts facts, List<String> notes, @Nullable Coverage coverage) {
        this(dialect, facts, notes, List.of(), List.of(), coverage, Vulnerabilities.NONE);
    }

    /** Of a report of vulnerabilities. */
    public Reading(String dialect, Facts facts, List<String> notes, Vulnerabilities vulnerabilities) {
        this(dialect, facts, notes, List.of(), List.of(), null, vulnerabilities);
    }

    /** What reports of this tool do not show, for people; empty where nothing is known of the kind. */
    public String unseen() {
        return ENDLESS.getOrDefault(dialect, JUnitDialect.unseen(dialect));
    }
}
