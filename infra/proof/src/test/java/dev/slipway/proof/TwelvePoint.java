package dev.slipway.proof;

import dev.slipway.guide.DefaultGuide;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The twelve points of the guide that this project began with: what each asks for, which line of the shipped guide asks that, and
 * without what a release under the demo's policy does not have it.
 */
enum TwelvePoint {
    VERSIONING(
            new Item("the version", "Version: {version}", new Lack.Gate("version")),
            new Item(
                    "semantic versions",
                    "Versions follow Semantic Versioning",
                    new Lack.Decided(() -> Versions.isTaken("1.0.0"), () -> Versions.isTaken("1.0"))),
            new Item(
                    "the first stable one",
                    "The first version that is promised to stay is 1.0.0",
                    new Lack.Decided(
                            () -> Versions.suggested().equals("1.0.0"),
                            () -> Versions.suggested("1.0.0").equals("1.0.0"))),
            new Item(
                    "no number twice",
                    "A number that was released is never given again",
                    new Lack.Decided(
                            () -> Versions.isTaken("1.1.0", "1.0.0"), () -> Versions.isTaken("1.0.0", "1.0.0")))),
    CONFIGURATION(
            new Item("valid configurations", "Validate the configuration files", new Lack.Gate("configuration")),
            new Item(
                    "reviewed scripts",
                    "Have the deployment scripts reviewed by somebody else",
                    new Lack.Yes(PointRuns.DEVOPS)),
            new Item("settings of environments", "Verify the settings of each environment", new Lack.Gate("settings")),
            new Item("a security scan", "Run the security scan", new Lack.Duty("scan"))),
    TESTING(
            new Item("the whole suite", "Run all tests", new Lack.Gate("unit-tests")),
            new Item("unit tests", "Unit tests pass", new Lack.Gate("unit-tests")),
            new Item("integration tests", "Integration tests pass", new Lack.Gate("unit-tests")),
            new Item(
                    "benchmarks",
                    "Benchmarks are no slower than those of the last verified release",
                    new Lack.Gate("benchmark")),
            new Item("vulnerabilities", "The vulnerability scan finds nothing severe", new Lack.Duty("scan")),
            new Item("stability", "No test is flaky: the stability run passes", new Lack.Duty("stability"))),
    MERGE(
            new Item("from", "From: the branch that releases are made of", new Lack.Said("from: production, ", "")),
            new Item("to", "To: main", new Lack.Said(", to: main", "")),
            new Item("approvals", "Approvals: 2", new Lack.Said("required: 2, ", "")),
            new Item("all workflows", "Checks: all pipelines of the revision", new Lack.Gate("checks")),
            new Item("no conflicts", "Verify that nothing conflicts with the target branch", new Lack.Gate("merge")),
            new Item(
                    "this revision's pipeline",
                    "Verify that the pipeline has passed for exactly this revision",
                    new Lack.Gate("check-build")),
            new Item("the final review", "Review the final change", new Lack.Yes(PointRuns.OTHER))),
    STAGING(
            new Item("isolation", "Verify that staging shares nothing with production", new Lack.Gate("isolated")),
            new Item("smoke tests", "Run the smoke tests", new Lack.Gate("smoke")),
            new Item("performance", "Verify its performance against the baseline", new Lack.Gate("benchmark")),
            new Item("critical paths", "Verify the critical paths", new Lack.Gate("smoke"))),
    PRODUCTION_READINESS(
            new Item("monitoring", "Verify that metrics arrive and are fresh", new Lack.Duty("dashboards")),
            new Item("a gradual plan", "Roll out in small shares, judging each one", new Lack.Users()),
            new Item("the way back", "Verify that the way back is there", new Lack.WayBack()),
            new Item(
                    "a runbook",
                    "Write the runbook of this deployment",
                    new Lack.Decided(() -> Papers.runbookTellsOf(10, 10), () -> Papers.runbookTellsOf(10, 20)))),
    CANDIDATE_CRITERIA(
            new Item(
                    "critical features",
                    "All features that were promised for it are implemented",
                    new Lack.Duty("criteria")),
            new Item("no severe bug", "No severe bug is open", new Lack.Duty("criteria")),
            new Item("performance at baseline", "Performance is at the baseline", new Lack.Gate("benchmark")),
            new Item("complete documentation", "The documentation is complete", new Lack.Gate("links")),
            new Item("successful staging", "The release has succeeded in staging", new Lack.Program())),
    POST_RELEASE(
            new Item("metrics", "Monitor error rate and latency", new Lack.Users()),
            new Item("first insights", "Collect first insights from users and operators", new Lack.Duty("insights")),
            new Item(
                    "optimization candidates",
                    "Discuss what should be made faster or cheaper",
                    new Lack.Duty("lessons")),
            new Item("lessons learned", "Collect lessons learned", new Lack.Duty("lessons"))),
    ROLLBACK(
            new Item(
                    "the snapshot before",
                    "Keep a snapshot of the last verified version ready to run",
                    new Lack.WayBack()),
            new Item(
                    "an automatic rollback",
                    "Roll back automatically when production is bad",
                    new Lack.Decided(() -> PointRuns.goesBack(30), () -> PointRuns.goesBack(0))),
            new Item("the disruption", "Report how many answers failed, and for how long", new Lack.Users())),
    CONTINUOUS_IMPROVEMENT(
            new Item("reviews of performance", "Review how releases perform, regularly", new Lack.Duty("review")),
            new Item("a better process", "Agree on what to change in the process", new Lack.Duty("review")),
            new Item("feedback", "Discuss the feedback that came in", new Lack.Duty("insights"))),
    CONTACTS(
            new Item(
                    "technical lead",
                    "Technical lead: [name]",
                    new Lack.Said("{role: technical-lead, name: Ada, ", "{role: other, name: Eve, ")),
            new Item(
                    "DevOps",
                    "DevOps: [name]",
                    new Lack.Said("  - {role: devops, name: Ben, email: ben@example.test, slack: \"#ops\"}\n", "")),
            new Item(
                    "support",
                    "Support: [name]",
                    new Lack.Said("  - {role: support, name: Support, email: support@example.test}\n", ""))),
    RELEASE_NOTES(
            new Item(
                    "features",
                    "List the new features",
                    new Lack.Decided(
                            () -> !Papers.notes("feat: greet").features().isEmpty(),
                            () -> !Papers.notes("chore: tidy").features().isEmpty())),
            new Item(
                    "improvements",
                    "List the improvements",
                    new Lack.Decided(
                            () -> !Papers.notes("perf: greet faster")
                                    .improvements()
                                    .isEmpty(),
                            () -> !Papers.notes("chore: tidy").improvements().isEmpty())),
            new Item(
                    "bug fixes",
                    "List the bug fixes",
                    new Lack.Decided(
                            () -> !Papers.notes("fix: greet all").fixes().isEmpty(),
                            () -> !Papers.notes("chore: tidy").fixes().isEmpty())),
            new Item(
                    "known limitations",
                    "List the known limitations, open waivers among them",
                    new Lack.Decided(() -> Papers.tellsThatNobodyApproves(0), () -> Papers.tellsThatNobodyApproves(2))),
            new Item(
                    "a backup first",
                    "Back up your data first",
                    new Lack.Decided(() -> Papers.tellsOfBackup(true), () -> Papers.tellsOfBackup(false))),
            new Item(
                    "what is not compatible",
                    "Read what is no longer compatible",
                    new Lack.Decided(
                            () -> Papers.notes("feat!: greet by id alone")
                                    .upgrade()
                                    .toString()
                                    .contains("greet by id"),
                            () -> Papers.notes("feat: greet by id")
                                    .upgrade()
                                    .toString()
                                    .contains("greet by id"))),
            new Item(
                    "a try in staging",
                    "Try it in a staging environment of your own",
                    new Lack.Decided(() -> Papers.tellsOfStaging(true), () -> Papers.tellsOfStaging(false))));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<Item> items;

    TwelvePoint(Item... items) {
        this.items = List.of(items);
    }

    /**
     * One thing that a point asks for.
     *
     * @param line of the shipped guide, which the demo's has too
     * @param lack without what it is not there
     * @param point to which it belongs, with its number; null while its point is being made
     */
    record Item(
            String what, String line, Lack lack, @Nullable String point) {
        Item(String what, String line, Lack lack) {
            this(what, line, lack, null);
        }

        @Override
        public String toString() {
            return "%s: %s".formatted(point, what);
        }
    }

    private Item named(Item item) {
        String name = "%d %s"
                .formatted(
                        List.of(values()).indexOf(this) + 1,
                        name().toLowerCase(Locale.ROOT).replace('_', ' '));
        return new Item(item.what(), item.line(), item.lack(), name);
    }

    /** All that all of them ask for. */
    static Stream<Item> all() {
        return Arrays.stream(values()).flatMap(point -> point.items.stream().map(point::named));
    }

    /** What none of these lines answers, each with its point: {@code 4 merge: no conflicts}. */
    static List<String> open(List<DefaultGuide.Line> lines) {
        return all().filter(item -> lines.stream().noneMatch(line -> line.text().equals(item.line())))
                .map(Item::toString)
                .toList();
    }

    /** What a line answers; nothing for a title or a principle. */
    static List<String> of(DefaultGuide.Line line) {
        return all().filter(item -> item.line().equals(line.text()))
                .map(Item::toString)
                .toList();
    }
}
