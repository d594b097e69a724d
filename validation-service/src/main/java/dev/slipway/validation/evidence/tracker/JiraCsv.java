package dev.slipway.validation.evidence.tracker;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV export of Jira by the names of its columns, in English: {@code Issue key}, {@code Summary}, {@code Status Category} or
 * {@code Resolution}, {@code Issue Type}, {@code Priority}, {@code Labels} and {@code Fix Version/s}, the last two as often as Jira
 * writes them.
 */
final class JiraCsv {
    private static final int ISSUES_MAX = 50_000;
    private static final int LABEL_CHARACTERS_MAX = 255;
    private static final String DONE = "done";
    private static final String UNRESOLVED = "unresolved";

    private final List<String> names;

    private JiraCsv(List<String> header) {
        this.names = header.stream().map(JiraCsv::plain).toList();
    }

    /** Without regard to case, blanks and signs: Jira's versions write the same names differently. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    /** Whether it begins as one. */
    static boolean begins(byte[] report) {
        int end = 0;
        while (end < report.length && report[end] != '\n') {
            end++;
        }
        try {
            String first = CsvRows.text(Arrays.copyOf(report, end));
            List<String> header = Stream.of(first.split(String.valueOf(CsvRows.separator(first))))
                    .map(JiraCsv::plain)
                    .toList();
            return header.contains("issuekey") && header.contains("summary");
        } catch (UnreadableEvidence other) {
            return false;
        }
    }

    static TrackerReport read(byte[] report) throws UnreadableEvidence {
        List<List<String>> rows = CsvRows.of(CsvRows.text(report), ISSUES_MAX);
        if (rows.isEmpty()) {
            throw new UnreadableEvidence("It is empty: its tool wrote nothing into it");
        }
        JiraCsv columns = new JiraCsv(rows.getFirst());
        columns.requireColumns();
        List<TrackedIssue> issues = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            issues.add(columns.issue(row, issues.size() + 2));
        }
        return new TrackerReport("Jira", true, false, issues);
    }

    private void requireColumns() throws UnreadableEvidence {
        requireOne("Issue key", "issuekey", "key");
        requireOne("Summary", "summary");
        requireOne("Status Category or Resolution", "statuscategory", "resolution");
        requireOne("Priority or Labels", "priority", "labels");
    }

    private void requireOne(String what, String... any) throws UnreadableEvidence {
        if (Stream.of(any).noneMatch(names::contains)) {
            throw new UnreadableEvidence(
                    "The csv has no column %s: export it with the names of columns in English, and with Issue key, Summary, Status Category, Resolution, Issue Type, Priority, Labels and Fix Version/s"
                            .formatted(what));
        }
    }

    private TrackedIssue issue(List<String> row, int number) throws UnreadableEvidence {
        String id = first(row, "issuekey", "key");
        if (!TrackedIssue.isId(id)) {
            throw new UnreadableEvidence("The issue in row %d has no key".formatted(number));
        }
        List<String> labels = Stream.of(
                        all(row, "issuetype"),
                        all(row, "priority"),
                        all(row, "labels").flatMap(cell -> Stream.of(cell.split("\\s+"))))
                .flatMap(part -> part)
                .filter(label -> label.length() <= LABEL_CHARACTERS_MAX)
                .distinct()
                .limit(TrackedIssue.LABELS_MAX)
                .toList();
        return new TrackedIssue(id, first(row, "summary"), isOpen(row), false, labels, milestones(row));
    }

    /** The category of a status says it whatever the status is called; a resolution does where there is none. */
    private boolean isOpen(List<String> row) {
        if (names.contains("statuscategory")) {
            return !first(row, "statuscategory").equalsIgnoreCase(DONE);
        }
        String resolution = first(row, "resolution");
        return resolution.isEmpty() || resolution.equalsIgnoreCase(UNRESOLVED);
    }

    private @Nullable List<String> milestones(List<String> row) {
        return names.contains("fixversions") || names.contains("fixversion")
                ? Stream.concat(all(row, "fixversions"), all(row, "fixversion")).toList()
                : null;
    }

    private String first(List<String> row, String... columns) {
        return Stream.of(columns)
                .flatMap(column -> all(row, column))
                .findFirst()
                .orElse("");
    }

    /** Of all columns of that name what is not empty. */
    private Stream<String> all(List<String> row, String column) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String cell = row.get(i).strip();
            if (names.get(i).equals(column) && !cell.isEmpty()) {
                cells.add(cell);
            }
        }
        return cells.stream();
    }
}
