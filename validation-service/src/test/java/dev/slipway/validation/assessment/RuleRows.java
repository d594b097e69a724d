package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.REVISION;
import static dev.slipway.validation.assessment.Asking.WITHIN;
import static dev.slipway.validation.assessment.Asking.gate;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.GateOutcomesTest.row;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.GateOutcomesTest.Row;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What rules ask beyond the facts of one report, through all that may come of it. */
final class RuleRows {
    private static final Digest REPORT = new Digest("sha256:" + "1".repeat(64));
    private static final Digest BEFORE = new Digest("sha256:" + "2".repeat(64));
    private static final String KEY = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----""";

    private RuleRows() {}

    /** What a gate over evidence may ask for. */
    enum Part {
        THRESHOLD,
        EXPRESSION,
        /** What is new against the last verified release. */
        FINDINGS,
        /** A change in percent beside the noise of the last runs. */
        CHANGE,
        /** The score of Kayenta's judge. */
        SCORE,
        STABILITY,
        LICENCES,
        SCANNER,
        CHECKSUMS,
        SIGNERS
    }

    static Set<Part> parts(Gate gate) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        gate.rule().stream().map(Threshold::fact).map(RuleRows::part).forEach(parts::add);
        if (gate.cel() != null) {
            parts.add(Part.EXPRESSION);
        }
        if (gate.kayenta() != null) {
            parts.add(Part.SCORE);
        }
        if (gate.licenses() != null) {
            parts.add(Part.LICENCES);
        }
        if (gate.scanner() != null) {
            parts.add(Part.SCANNER);
        }
        String evidence = String.valueOf(gate.evidence());
        if (Gate.NAMES_ARTIFACTS.contains(evidence)) {
            parts.add(Gate.IS_SIGNED.contains(evidence) ? Part.SIGNERS : Part.CHECKSUMS);
        }
        return parts;
    }

    private static Part part(String fact) {
        return switch (fact) {
            case "findings.new" -> Part.FINDINGS;
            case "baseline.change" -> Part.CHANGE;
            case "stability.flaky" -> Part.STABILITY;
            default -> Part.THRESHOLD;
        };
    }

    static List<Row> all() {
        return Stream.of(findings(), changes(), scores(), stability(), bills(), checksums(), signatures())
                .flatMap(List::stream)
                .toList();
    }

    private static Gate asking(String kind, String fact, String expects) {
        return gate(fact, kind, List.of(new Threshold(fact, expects)), null, List.of());
    }

    /** A report of which this is known by looking at what was before, at what else ran or at what is released. */
    private static RevisionSeen told(Gate gate, Comparison comparison) {
        SuiteFacts suite = new SuiteFacts(String.valueOf(gate.evidence()), "unit", Facts.NONE, List.of(REPORT), null);
        return new RevisionSeen(REVISION, 1, List.of(suite), List.of(), Map.of(0, comparison));
    }

    private static RevisionSeen told(Gate gate, Fact... facts) {
        return told(gate, new Comparison(new Facts(List.of(facts)), "", List.of(BEFORE), List.of("so it is")));
    }

    private static RevisionSeen nothing(Gate gate, String why) {
        return told(gate, Comparison.none(why, List.of()));
    }

    private static List<Row> findings() {
        Gate none = asking("sarif", "findings.new", "0");
        return List.of(
                row("none new", none, Verdict.PASSED, "so it is", told(none, Fact.count("findings.new", 0))),
                row("some new", none, Verdict.FAILED, "findings.new 2", told(none, Fact.count("findings.new", 2))),
                row("no baseline", none, Verdict.INCONCLUSIVE, "no release", nothing(none, "There is no release")));
    }

    private static RevisionSeen changed(Gate gate, int change, int beyond) {
        return told(
                gate,
                percent("baseline.change", change),
                percent("baseline.beyond", beyond),
                percent("baseline.noise", 10),
                Fact.count("baseline.runs", 8));
    }

    private static Fact percent(String name, int percent) {
        return new Fact(name, BigDecimal.valueOf(percent), Fact.Unit.PERCENT);
    }

    private static List<Row> changes() {
        Gate speed = asking("k6", "baseline.change", "< 5%");
        return List.of(
                row("as fast", speed, Verdict.PASSED, "lies within the noise", changed(speed, 1, 0)),
                row("slower by chance", speed, Verdict.INCONCLUSIVE, "Measure again", changed(speed, 8, 0)),
                row("slower beyond chance", speed, Verdict.FAILED, "beyond the noise", changed(speed, 12, 12)),
                row(
                        "nothing before",
                        speed,
                        Verdict.INCONCLUSIVE,
                        "no release",
                        nothing(speed, "There is no release")));
    }

    private static Fact score(int score) {
        return new Fact(KayentaRule.SCORE, BigDecimal.valueOf(score), Fact.Unit.NUMBER);
    }

    private static List<Row> scores() {
        Gate score = new Gate(
                "score",
                "",
                Stage.PRE_RELEASE,
                "k6",
                "unit",
                List.of(),
                null,
                null,
                List.of(),
                WITHIN,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                KayentaRule.DEFAULT);
        return List.of(
                row("as before", score, Verdict.PASSED, "so it is", told(score, score(95))),
                row("marginal", score, Verdict.INCONCLUSIVE, "is marginal", told(score, score(94))),
                row("barely so", score, Verdict.INCONCLUSIVE, "is marginal", told(score, score(76))),
                row("no better", score, Verdict.FAILED, "at or below 75 it fails", told(score, score(75))),
                row("nobody can say", score, Verdict.INCONCLUSIVE, "no score", told(score, Fact.count("x", 1))),
                row("nothing before", score, Verdict.INCONCLUSIVE, "no rel", nothing(score, "There is no release")));
    }

    private static List<Row> stability() {
        Gate stable = asking("junit", "stability.flaky", "<= 1");
        return List.of(
                row("stable", stable, Verdict.PASSED, "so it is", told(stable, Fact.count("stability.flaky", 1))),
                row("flaky", stable, Verdict.FAILED, "so it is", told(stable, Fact.count("stability.flaky", 2))),
                row(
                        "too few runs",
                        stable,
                        Verdict.INCONCLUSIVE,
                        "3 of 20",
                        nothing(stable, "3 of 20 runs are known")));
    }

    private static Row bill(String name, Gate gate, Verdict verdict, String cause, String bom) {
        return row(name, gate, verdict, cause, seen(1, BillsTest.suite("cyclonedx", "app", bom)));
    }

    private static List<Row> bills() {
        Gate licences = BillsTest.LICENCES;
        Gate scanned = BillsTest.gate(BillsTest.NONE_CRITICAL.rule(), null, "trivy");
        String critical = BillsTest.FOUND;
        return List.of(
                bill("allowed", licences, Verdict.PASSED, "", BillsTest.bom("syft", "MIT", "")),
                bill("not allowed", licences, Verdict.FAILED, "", BillsTest.bom("syft", "GPL-3.0-only", "")),
                bill("nobody knows", licences, Verdict.INCONCLUSIVE, "", BillsTest.bom("syft", "", "")),
                bill("scanned", scanned, Verdict.PASSED, "", BillsTest.bom("trivy", "MIT", "")),
                bill("critical", scanned, Verdict.FAILED, "", BillsTest.bom("trivy", "MIT", critical)),
                bill("by another", scanned, Verdict.INCONCLUSIVE, "scanner trivy", BillsTest.bom("grype", "MIT", "")));
    }

    /** Of two artifacts that are released. */
    private static RevisionSeen covered(Gate gate, int missing, int doubted, int foreign, int uncheckable) {
        return covered(gate, missing, doubted, foreign, uncheckable, 0);
    }

    private static RevisionSeen covered(
            Gate gate, int missing, int doubted, int foreign, int uncheckable, int elsewhere) {
        return told(
                gate,
                Fact.count("released.total", 2),
                Fact.count("released.missing", missing),
                Fact.count("released.doubted", doubted),
                Fact.count("released.foreign", foreign),
                Fact.count("released.uncheckable", uncheckable),
                Fact.count("released.elsewhere", elsewhere));
    }

    private static List<Row> checksums() {
        Gate sums = gate("checksums", "checksums", List.of(), null, List.of());
        return List.of(
                row("each listed", sums, Verdict.PASSED, "so it is", covered(sums, 0, 0, 0, 0)),
                row("others as well", sums, Verdict.PASSED, "so it is", covered(sums, 0, 0, 3, 0)),
                row("one left out", sums, Verdict.FAILED, "is not covered", covered(sums, 1, 0, 0, 0)),
                row(
                        "another digest",
                        sums,
                        Verdict.INCONCLUSIVE,
                        "another checksum than",
                        covered(sums, 1, 0, 1, 0, 1)),
                row("held against nothing", sums, Verdict.INCONCLUSIVE, "Nobody could hold it", told(sums)));
    }

    private static List<Row> signatures() {
        Gate signed = new Gate(
                "signature",
                "",
                Stage.PRE_RELEASE,
                "signature",
                "unit",
                List.of(),
                null,
                null,
                List.of(),
                WITHIN,
                List.of(),
                null,
                null,
                null,
                null,
                new SignedBy(List.of(new TrustedKey(KEY))));
        return List.of(
                row("each signed", signed, Verdict.PASSED, "so it is", covered(signed, 0, 0, 0, 0)),
                row("by nobody allowed", signed, Verdict.FAILED, "no allowed key", covered(signed, 0, 2, 0, 0)),
                row("of more than that", signed, Verdict.FAILED, "is not released", covered(signed, 0, 0, 1, 0)),
                row("of another digest", signed, Verdict.INCONCLUSIVE, "another build", covered(signed, 1, 0, 1, 0)),
                row("another commit", signed, Verdict.INCONCLUSIVE, "another commit", covered(signed, 2, 0, 0, 0, 2)),
                row("another key, too", signed, Verdict.FAILED, "no allowed key", covered(signed, 2, 1, 1, 0)),
                row("one left out", signed, Verdict.FAILED, "is not covered", covered(signed, 1, 0, 0, 0)),
                row("uncheckable", signed, Verdict.INCONCLUSIVE, "cannot be checked", covered(signed, 0, 0, 0, 1)));
    }
}
