package dev.slipway.guide;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a gate may be bound to, by what a line speaks of. The first that fits is taken. A line that fits none is no gate:
 * nobody would hand anything in.
 */
enum Evidence {
    SIGNED_TAG(
            "(signed|signature)[^.]*\\btag|\\btag[^.]*\\b(signed|signature)",
            "a signed tag",
            "check: signed-tag, signedBy: {keys: [SSH_KEY]}"),
    PROVENANCE(
            "provenance|attestation|slsa|reproducib",
            "the provenance of what was built",
            "evidence: provenance, signedBy: {keys: [KEY], builder: BUILDER}"),
    SIGNATURE(
            "\\bsign(ed|atures?)\\b|cosign|\\bgpg\\b|\\bpgp\\b",
            "a signature over the artifacts",
            "evidence: signature, signedBy: {keys: [KEY]}"),
    CHECKSUMS("check-?sums?|sha-?256|\\bshas\\b|\\bhashes\\b", "checksums of the artifacts", "evidence: checksums"),
    LICENCES(
            "licen[cs]e|third.party notice",
            "a parts list with licences",
            "evidence: cyclonedx, licenses: {allow: [LICENCE]}"),
    VULNERABILITIES(
            "vulnerabilit|\\bcves?\\b|security"
                    + " (scan|assessment|audit|alert|check|test)|(secrets?|cred(ential)?s?) scan|govulncheck|snyk|trivy|dependabot|penetration|sicherheits|component"
                    + " governance|dependency (scan|check)|security advisor",
            "a scanner's report",
            "evidence: sarif, rule: {findings.error: 0, tool.errors: 0}"),
    PARTS(
            "\\bsbom\\b|bill of materials|dependenc(y|ies)",
            "a parts list",
            "evidence: cyclonedx, rule: {components.total: \">= 1\"}"),
    COVERAGE(
            "(?<!on.call )(?<!support )coverage",
            "a coverage report",
            "evidence: jacoco, rule: {coverage.lines: \">= 80%\"}"),
    SMOKE(
            "smoke|health|liveness|readiness probe|critical (system )?paths?\\b(?! (features?|bugs?|issues?))|(user|critical) (flows?|journeys?)|sanity (check|test)",
            "requests to the running version",
            "http: [{get: /}]"),
    PERFORMANCE(
            "benchmark|performance(?! monitoring)|(execution|response|start-?up) times?|load test|latency|throughput|stress test|soak|regression test.*"
                    + " performance|lasttest|capacity",
            "a load report beside the last verified release's",
            "evidence: k6, rule: {load.error-rate: \"< 1%\", load.p95: \"< 0.5\"}"),
    INTEGRATION(
            "integration (tests?|testing|suites?|checks?|runs?|builds?)|integrations? (pass|work|succe)\\w*|(?:^|[,&] |and )integration\\W*$|e2e|end.to.end|acceptance tests?|ui tests?|system tests?|compatibility"
                    + " tests?|conformance|upgrade tests?|compatibility (was |is |has been )?(verified|validated|tested|checked)",
            "a test report",
            "evidence: junit, suite: integration, rule: {run.exit: 0, tests.passed: \">= 1\", tests.failed: 0}"),
    UNIT(
            "unit.?tests?",
            "a test report",
            "evidence: junit, suite: unit, rule: {run.exit: 0, tests.passed: \">= 1\", tests.failed: 0}"),
    STABILITY(
            "\\bstability\\b|flak(y|es|iness)|flaky",
            "test reports of the last runs",
            "evidence: junit, rule: {run.exit: 0, tests.passed: \">= 1\", tests.flaky: 0}"),
    TESTS(
            "\\b(tests?|test suite|test run)\\b.*|\\bqa (passed|green)\\b|testgrid",
            "a test report",
            "evidence: junit, rule: {run.exit: 0, tests.passed: \">= 1\", tests.failed: 0}"),
    CONFLICTS("conflicts?\\b|mergeable|merge validation", "a trial merge", "check: merge"),
    WAY_BACK(
            "rollback|roll-?back|way back|fallback|previous stable|reverted?\\b|snapshot",
            "the version before, kept ready",
            "check: way-back"),
    ISOLATED(
            "shares? nothing|isolat(ed|ion) from production",
            "what both environments give their programs",
            "check: isolated"),
    SETTINGS(
            "\\benv(ironment)?(-specific)? (settings|variables?)|settings of (each|all|every|both|the) environments?"
                    + "|(configuration|config|settings?|environment) (drift|changes? since)",
            "what both environments are given, beside the last verified release's",
            "check: settings"),
    LINT(
            "\\blint|static analysis|code style|formatting|sonar|scripts? (lint|check)",
            "a linter's report",
            "evidence: sarif, rule: {findings.error: 0, tool.errors: 0}"),
    CONFIGURATION(
            "schema|configurations?\\b|config\\b",
            "configuration files by their schema",
            "schema: [{files: [CONFIG], schema: SCHEMA}]"),
    MONITORING(
            "monitoring|metrics|without (issues?|errors?|problems?)|error"
                    + " (rates?|reporting|tracking|logs?)|dashboards?|alerts?\\b|telemetry|crash|sentry|datadog|grafana|prometheus|slos?\\b|cpu|memory|disk|traced|tracing|profil|connectivity",
            "the version's own metrics",
            "metrics: [{name: METRIC, as: value, limit: \"> 0\"}]"),
    BUGS(
            "milestone|blockers?|blocking|(open|outstanding|remaining|pending|unmerged|unresolved|unreviewed|critical|severe|severity|known)[^.]{0,40}\\b(bugs?|defects?|issues?|prs?|pull"
                    + " requests)|bugs?\\b|backports?|issues?\\b[^.]{0,60}\\b(closed|resolved|fixed)|features? (are |is"
                    + " )?(implemented|complete|merged)",
            "numbers from the tracker",
            "evidence: tracker, tracker: {milestone: \"{version}\"}, rule: {tracker.open: 0}"),
    CI(
            "\\bci\\b|ci/cd|\\bcd\\b|pipelines?|workflows?|\\bbuilds?\\b|\\bjobs?\\b|status"
                    + " checks|\\bchecks\\b|\\bgreen\\b|actions?\\b|jenkins|travis|prow|deploy(ment)?"
                    + " steps?|compil|migrations? (are |were |have |has |been |to )*(run|ran|tested|verified|validated|applied|executed|succeed\\w*|complete[sd]?|pass\\w*)\\b|\\bdry.run",
            "a run of the pipeline",
            "check: \"required-check:CHECK\""),
    VERSION(
            "updated (with|to) [^.]*version|versions?\\b[^.]*\\b(match|agree|correct|bumped|updated|incremented|increased|raised|expected|newly|same|number|set|file|json|toml|pom)|version"
                    + " (number|string|file)s?|(correct|right|expected|same|matching) (version|tag|commit|number|manifest|digest|image)s?\\b|updated versions?\\b",
            "a run that compares them",
            "check: \"required-check:CHECK\""),
    DOCS("\\bdocs?\\b|documentation", "a run that checks links and version strings", "check: \"required-check:CHECK\""),
    ARRIVED(
            "\\b(appears?|available|created|generated|attached|posted|triggered|re-?synced|synced|bumped|merged|committed|checked in(to)?|landed|complete(s|d)?|visible|published|uploaded|live|pushed|exists?|shows?|latest|present|reachable|online|downloadable|listed|tagged|points?"
                    + " to|arrived|propagated|images?|artifacts?|binaries|packages?|assets?|registry|docker|npm|pypi|maven"
                    + " central|homebrew|helm chart|url|links?|tag|installed|install"
                    + " succeeds|running|deployed|deployment|successful|should (now )?be (on|at|in)|pointed (to|at)|uses? (the )?(new|latest|right|correct)|(is|are) working|can be"
                    + " (check(ed)?.?out|downloaded|installed|pulled|fetched|cloned|reached|resolved)|release branch|release"
                    + " on|(?<!\\b(?:before|after|for|of|in|during|about|with|from) )the release)\\b",
            "a run that looks for it",
            "check: \"required-check:CHECK\"");

    /** A file's path names folders, and speaks of nothing. */
    private static final Pattern PATH = Pattern.compile("(?<![\\w:/])[\\w.@-]*(/[\\w.@-]+){2,40}");

    private final Pattern about;
    private final String words;
    private final String policy;

    Evidence(String about, String words, String policy) {
        this.about = Pattern.compile("(?i).*(?<![\\p{L}])(" + about + ").*");
        this.words = words;
        this.policy = policy;
    }

    static Optional<Evidence> of(String text) {
        String said = PATH.matcher(text).replaceAll(" ");
        for (Evidence one : values()) {
            if (one.about.matcher(said).matches()) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    /** @param name of the gate, and of the check where it is one */
    Answer answer(String name) {
        String bound = policy.replace("required-check:CHECK", "required-check:" + name);
        boolean itself = switch (this) {
            case CONFLICTS, WAY_BACK, ISOLATED, SETTINGS, CONFIGURATION, SMOKE, MONITORING, SIGNED_TAG -> true;
            default -> false;
        };
        return new Answer(
                "a gate over " + words,
                "gates: [{id: %s, %s}]".formatted(name, bound),
                itself ? Answer.Cover.SLIPWAY : Answer.Cover.HANDED_IN);
    }
}
