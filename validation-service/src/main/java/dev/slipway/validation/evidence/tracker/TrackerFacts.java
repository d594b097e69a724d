package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What of a tracker counts by a rule. Fails closed: what nobody has said of the issues is no fact, so that a gate that asks for it is
 * inconclusive.
 *
 * @param open issues that count and are open, those of high severity first
 * @param high those of high severity
 * @param unmerged open requests that have to be merged
 * @param notes what was not said, a sentence each
 */
public record TrackerFacts(
        Facts facts,
        List<TrackedIssue> open,
        List<TrackedIssue> high,
        List<TrackedIssue> unmerged,
        List<String> notes) {
    private static final int NAMED_MAX = 5;
    private static final int PLACES_MAX = 50;

    public TrackerFacts {
        open = List.copyOf(open);
        high = List.copyOf(high);
        unmerged = List.copyOf(unmerged);
        notes = List.copyOf(notes);
    }

    /** The same rule and the same reports always say the same. */
    public static TrackerFacts of(TrackerRule rule, List<TrackerReport> reports) {
        List<TrackedIssue> all = together(reports);
        List<String> notes = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        List<TrackedIssue> counting = new ArrayList<>();
        String milestone = rule.milestone();
        boolean told =
                milestone == null || all.stream().noneMatch(issue -> !issue.request() && issue.milestones() == null);
        if (told) {
            all.stream()
                    .filter(issue -> !issue.request() && issue.hasAll(rule.labels()))
                    .filter(issue -> milestone == null || issue.isOf(milestone))
                    .forEach(counting::add);
            counted(rule, counting, reports, facts);
        } else {
            notes.add("Of which milestone the issues are was not handed in, so nobody can say which are of %s"
                    .formatted(milestone));
        }
        List<TrackedIssue> unmerged =
                some(all, issue -> issue.request() && issue.open() && issue.hasAny(rule.backports()));
        if (!rule.backports().isEmpty() && reports.stream().anyMatch(TrackerReport::requests)) {
            facts.add(Fact.count(TrackerRule.UNMERGED, unmerged.size()));
        } else if (!rule.backports().isEmpty()) {
            notes.add("No pull or merge request was handed in, so nobody can say which of them are not merged");
        }
        List<TrackedIssue> high = some(counting, issue -> issue.open() && issue.hasAny(rule.high()));
        List<TrackedIssue> open = new ArrayList<>(high);
        open.addAll(some(counting, issue -> issue.open() && !issue.hasAny(rule.high())));
        return new TrackerFacts(new Facts(facts), open, high, unmerged, notes);
    }

    private static void counted(
            TrackerRule rule, List<TrackedIssue> counting, List<TrackerReport> reports, List<Fact> facts) {
        long open = counting.stream().filter(TrackedIssue::open).count();
        facts.add(Fact.count(TrackerRule.OPEN, open));
        if (!rule.high().isEmpty()) {
            facts.add(Fact.count(
                    TrackerRule.HIGH,
                    counting.stream()
                            .filter(issue -> issue.open() && issue.hasAny(rule.high()))
                            .count()));
        }
        if (reports.stream().allMatch(TrackerReport::closed)) {
            long closed = counting.size() - open;
            facts.add(Fact.count(TrackerRule.ISSUES, counting.size()));
            facts.add(Fact.count(TrackerRule.CLOSED, closed));
            if (!counting.isEmpty()) {
                facts.add(Fact.share(TrackerRule.DONE, closed, counting.size()));
            }
        }
    }

    /** Each once: pages and exports may overlap. */
    private static List<TrackedIssue> together(List<TrackerReport> reports) {
        Map<String, TrackedIssue> all = new LinkedHashMap<>();
        reports.stream()
                .flatMap(report -> report.issues().stream())
                .forEach(issue ->
                        all.merge((issue.request() ? "request " : "issue ") + issue.id(), issue, TrackedIssue::and));
        return List.copyOf(all.values());
    }

    private static List<TrackedIssue> some(List<TrackedIssue> issues, Predicate<TrackedIssue> which) {
        return issues.stream().filter(which).toList();
    }

    /** Which issues count against it, the worst first, for people. */
    public List<String> places() {
        List<String> places = new ArrayList<>();
        high.forEach(issue -> places.add("high " + issue.shown()));
        open.subList(high.size(), open.size()).forEach(issue -> places.add("open " + issue.shown()));
        unmerged.forEach(request -> places.add("unmerged " + request.shown()));
        if (places.size() <= PLACES_MAX) {
            return places;
        }
        List<String> some = new ArrayList<>(places.subList(0, PLACES_MAX));
        some.add("and %d more".formatted(places.size() - PLACES_MAX));
        return some;
    }

    /** Which issues are meant by what a gate asks for, a sentence for each, for people. */
    public List<String> named(Predicate<String> asked) {
        List<String> named = new ArrayList<>(notes);
        add(named, asked.test(TrackerRule.HIGH), "Open of high severity", high);
        add(named, asked.test(TrackerRule.OPEN) || asked.test(TrackerRule.DONE), "Open", open);
        add(named, asked.test(TrackerRule.UNMERGED), "Not merged", unmerged);
        return named;
    }

    private static void add(List<String> named, boolean asked, String what, List<TrackedIssue> issues) {
        if (asked && !issues.isEmpty()) {
            String some = issues.stream()
                    .limit(NAMED_MAX)
                    .map(issue -> issue.id() + " " + issue.title())
                    .collect(Collectors.joining(", "));
            named.add("%s: %s%s"
                    .formatted(
                            what,
                            some,
                            issues.size() <= NAMED_MAX ? "" : " and %d more".formatted(issues.size() - NAMED_MAX)));
        }
    }
}
