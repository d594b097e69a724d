package dev.slipway.proof;

import dev.slipway.guide.DefaultGuide;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The twelve points of the guide that this project began with: what each asks for, and what of the shipped guide answers that. */
enum TwelvePoint {
    VERSIONING(
            new Item("the version", "value", "given with each release"),
            new Item("semantic versions", "nothing", "Semantic Versioning.*other versions are refused"),
            new Item("the first stable one", "nothing", "1\\.0\\.0"),
            new Item("no number twice", "nothing", "never given again.*is refused")),
    CONFIGURATION(
            new Item("valid configurations", "gate", "id: configuration, evidence: sarif"),
            new Item("reviewed scripts", "duty", "scripts.*approvals: \\{required: 1}"),
            new Item("settings of environments", "gate", "id: settings, check: "),
            new Item("a security scan", "gate", "id: security-scan, evidence: sarif.*tool\\.errors: 0")),
    TESTING(
            new Item("the whole suite", "gate", "id: all-tests, evidence: junit.*run\\.exit: 0"),
            new Item("unit tests", "gate", "suite: unit, rule.*tests\\.failed: 0"),
            new Item("integration tests", "gate", "suite: integration.*tests\\.failed: 0"),
            new Item("benchmarks", "gate", "id: benchmarks, .*baseline: record.*baseline\\.worse: 0"),
            new Item("vulnerabilities", "gate", "id: vulnerabilities, evidence: sarif"),
            new Item("stability", "gate", "stability: \\{runs: 20}.*stability\\.flaky: 0")),
    MERGE(
            new Item("from", "value", "source: \\{from: "),
            new Item("to", "value", "source: \\{to: "),
            new Item("approvals", "value", "approvals: \\{required: 2}"),
            new Item("all workflows", "value", "checks: \\["),
            new Item("no conflicts", "gate", "check: merge}"),
            new Item("this revision's pipeline", "gate", "id: pipeline, check: .required-check:"),
            new Item("the final review", "duty", "final change.*approvals: \\{required: 2}")),
    STAGING(
            new Item("isolation", "gate", "check: isolated}"),
            new Item("smoke tests", "gate", "id: smoke, stage: staging, http: "),
            new Item("performance", "gate", "stage: staging, evidence: k6, baseline: record"),
            new Item("critical paths", "gate", "id: critical-paths, .*http: .*latency: ")),
    PRODUCTION_READINESS(
            new Item("monitoring", "gate", "id: metrics-arrive, metrics: "),
            new Item("a gradual plan", "action", "strategy: canary"),
            new Item("the way back", "gate", "check: way-back}"),
            new Item("a runbook", "document", "slipway release runbook")),
    CANDIDATE_CRITERIA(
            new Item("critical features", "gate", "id: features, evidence: facts"),
            new Item("no severe bug", "gate", "id: bugs, evidence: facts"),
            new Item("performance at baseline", "gate", "stage: candidate, evidence: k6, baseline: record"),
            new Item("complete documentation", "gate", "id: documentation, check: "),
            new Item("successful staging", "gate", "id: staging-succeeded, stage: staging")),
    POST_RELEASE(
            new Item("metrics", "gate", "environments: \\{production: \\{bake: "),
            new Item("first insights", "duty", "id: first-insights, .*after: end}"),
            new Item("optimization candidates", "duty", "id: costs, .*after: end}"),
            new Item("lessons learned", "duty", "id: lessons-learned, .*after: end}")),
    ROLLBACK(
            new Item("the snapshot before", "action", "the snapshot of the version before"),
            new Item("an automatic rollback", "action", "whenBad: roll-back"),
            new Item("the disruption", "duty", "id: disruption, .*after: end}")),
    CONTINUOUS_IMPROVEMENT(
            new Item("reviews of performance", "duty", "id: review-of-releases, .*after: end}"),
            new Item("a better process", "duty", "id: process, .*after: end}"),
            new Item("feedback", "duty", "id: feedback, .*after: end}")),
    CONTACTS(
            new Item("technical lead", "value", "contacts: \\[\\{role: technical-lead"),
            new Item("DevOps", "value", "contacts: \\[\\{role: devops"),
            new Item("support", "value", "contacts: \\[\\{role: support")),
    RELEASE_NOTES(
            new Item("features", "document", "new features.*slipway release notes"),
            new Item("improvements", "document", "improvements.*slipway release notes"),
            new Item("bug fixes", "document", "bug fixes.*slipway release notes"),
            new Item("known limitations", "document", "waivers stand in the release, .*slipway release notes"),
            new Item("a backup first", "document", "Back up.*slipway release notes"),
            new Item("what is not compatible", "document", "no longer compatible.*slipway release notes"),
            new Item("a try in staging", "document", "staging environment of your own.*slipway release notes"));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<Item> items;

    TwelvePoint(Item... items) {
        this.items = List.of(items);
    }

    /**
     * One thing that a point asks for.
     *
     * @param kind class of the line that answers it
     * @param by what the line says, what answers it and what that is in a policy, in this order
     */
    private record Item(String what, String kind, String by) {
        boolean answered(DefaultGuide.Line line) {
            return line.kind().equals(kind)
                    && Pattern.compile(by)
                            .matcher("%s %s %s".formatted(line.text(), line.answer(), line.policy()))
                            .find();
        }
    }

    private String name(Item item) {
        return "%d %s: %s"
                .formatted(
                        List.of(values()).indexOf(this) + 1,
                        name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        item.what());
    }

    /** What none of these lines answers, each with its point: {@code 4 merge: no conflicts}. */
    static List<String> open(List<DefaultGuide.Line> lines) {
        return Arrays.stream(values())
                .flatMap(point -> point.items.stream()
                        .filter(item -> lines.stream().noneMatch(item::answered))
                        .map(point::name))
                .toList();
    }

    /** What a line answers; nothing for a title or a principle. */
    static List<String> of(DefaultGuide.Line line) {
        return Arrays.stream(values())
                .flatMap(point ->
                        point.items.stream().filter(item -> item.answered(line)).map(point::name))
                .toList();
    }
}
