package dev.slipway.cli.proof;

import dev.slipway.bench.EvidenceCost;
import dev.slipway.chain.CanonicalJson;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import dev.slipway.validation.simulation.SealedSeconds;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import dev.slipway.validation.verdicts.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What checking a release costs, in one process and warm: a made-up one of {@value #RECORDS} records with {@value #VERDICTS}
 * verdicts over a report of {@value #CASES} test cases each, and {@value #SECONDS} seconds of two versions' traffic.
 */
public final class VerifyBench {
    private static final int RECORDS = 100;
    private static final int VERDICTS = 10;
    private static final int CASES = 200;
    private static final int SECONDS = 300;
    private static final int ROUNDS = 7;
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final QuestionKey ROLLOUT = QuestionKey.parse("hello@1.0.0/production/1");
    private static final QuestionKey QUESTION = QuestionKey.parse("hello@1.0.0/assess-pre-release/1");
    private static final Sha COMMIT = new Sha("a".repeat(40));
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 500_000));
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            approvals: {required: 1}
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private final Map<Digest, byte[]> reports = new HashMap<>();
    private final List<VerdictRecord> verdicts = verdicts();
    private final List<String> seconds = seconds();
    private final Bundle bundle;

    /** @param keys that close its record and attest its end */
    VerifyBench(KeyFolder keys) throws IOException {
        bundle = new Bundle(proof(keys), verdicts, seconds, List.of(), null);
    }

    Bundle bundle() {
        return bundle;
    }

    /** What its verdicts rest on. */
    Map<Digest, byte[]> reports() {
        return Map.copyOf(reports);
    }

    /** The best of some rounds; the first only warms up. */
    public static EvidenceCost.Verifying measured() {
        try {
            Path folder = Files.createTempDirectory("slipway-bench");
            KeyFolder keys = new KeyFolder(folder);
            keys.ensure();
            try {
                return new VerifyBench(keys).rounds();
            } finally {
                deleted(folder);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void deleted(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private EvidenceCost.Verifying rounds() {
        double wall = Double.MAX_VALUE;
        double processor = Double.MAX_VALUE;
        for (int round = 0; round <= ROUNDS; round++) {
            long from = System.nanoTime();
            long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Verified verified = BundleCheck.of(
                    bundle,
                    ProofKeys.of(bundle.proof().keys()),
                    new Verification(READERS, shelf()).faultsApart(verdicts),
                    _ -> Optional.empty());
            long took = System.nanoTime() - from;
            if (!verified.holds() || verified.records() != RECORDS) {
                throw new IllegalStateException("the release does not hold: " + verified.faults());
            }
            wall = round == 0 ? wall : Math.min(wall, took / 1e9);
            processor = round == 0
                    ? processor
                    : Math.min(processor, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used) / 1e9);
        }
        return new EvidenceCost.Verifying(RECORDS, VERDICTS, SECONDS, wall, processor);
    }

    private EvidenceBytes shelf() {
        return new EvidenceBytes() {
            @Override
            public void keep(Digest digest, byte[] report, String revision) {
                reports.put(digest, report);
            }

            @Override
            public void use(Collection<Digest> digests, Use by) {
                // nothing is let go of here
            }

            @Override
            public Optional<byte[]> find(Digest digest) {
                return Optional.ofNullable(reports.get(digest));
            }
        };
    }

    private List<VerdictRecord> verdicts() {
        List<VerdictRecord> records = new ArrayList<>();
        Chain core = new Chain(VERDICTS);
        ChainState state = core.initial("hello");
        for (int i = 0; i < VERDICTS; i++) {
            byte[] report = report(i);
            reports.put(Digest.of(report), report);
            Gate gate = new Gate(
                    "tests-" + i,
                    "",
                    Stage.PRE_RELEASE,
                    JUnitReader.KIND,
                    null,
                    List.of(new Gate.Threshold("tests.failed", "0")),
                    null,
                    null,
                    List.of(),
                    Gate.WITHIN_DEFAULT);
            VerdictDraft draft = new VerdictDraft(
                    new ApplicationName("hello"),
                    COMMIT,
                    QUESTION.toString(),
                    gate,
                    List.of(Digest.of(report)),
                    "",
                    Verdict.PASSED,
                    "",
                    AT);
            state = core.decide(state, draft, AT).state();
            records.add(Objects.requireNonNull(state.last()));
        }
        return records;
    }

    private static byte[] report(int number) {
        StringBuilder report = new StringBuilder("<testsuite name=\"suite-%d\">".formatted(number));
        for (int i = 0; i < CASES; i++) {
            report.append("<testcase classname=\"com.example.Some%dTest\" name=\"case %d\" time=\"0.01\"/>\n"
                    .formatted(number, i));
        }
        return report.append("</testsuite>").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> seconds() {
        EnvironmentId production = EnvironmentId.parse("hello/production");
        Policy.Environments.Production policy = policy().policy().environments().production();
        Step first = policy.steps().getFirst();
        SealedSeconds seals = SealedSeconds.of(ROLLOUT);
        List<String> lines = new ArrayList<>();
        Judge judge = new Judge(ROLLOUT, production, "b", "a", 1, first.traffic(), first.hold(), 1, policy.canary());
        lines.add(seals.add(WireJson.mapper().writeValueAsString(Replay.Line.of(AT, judge, JudgedBounds.SHIPPED))));
        for (int i = 0; i < SECONDS; i++) {
            Counts counts = new Counts(100, 0, Collections.nCopies(10, 10L));
            TrafficSample sample = new TrafficSample(
                    production,
                    "gateway-1",
                    "boot-1",
                    AT.plusSeconds(i),
                    1,
                    List.of(new VersionCounts("a", counts, counts), new VersionCounts("b", counts, counts)));
            lines.add(seals.add(WireJson.mapper().writeValueAsString(Replay.Line.of(AT.plusSeconds(i + 1), sample))));
        }
        return lines;
    }

    private Proof proof(KeyFolder keys) throws IOException {
        List<Link> links = new ArrayList<>();
        @Nullable Seal last = null;
        for (int number = 1; number <= RECORDS; number++) {
            ObjectNode record = record(number);
            Seal seal = Seal.after(last, CHAIN, record);
            last = number == RECORDS ? seal.with(keys.sign(CHAIN, seal, AT)) : seal;
            links.add(new Link(record, last));
        }
        Seal head = Objects.requireNonNull(last);
        return new Proof(CHAIN, links, head, keys.publicKeys(), attestation(keys, head));
    }

    private static Envelope attestation(KeyFolder keys, Seal head) throws IOException {
        ObjectNode statement = WireJson.mapper().createObjectNode();
        statement.putArray("subject").addObject().putObject("digest").put("sha256", "b".repeat(64));
        ObjectNode predicate = statement.putObject("predicate").put("verificationResult", "PASSED");
        predicate.putArray("inputAttestations").addObject().putObject("digest").put("sha256", head.hash());
        return Envelope.signed("application/vnd.in-toto+json", CanonicalJson.of(statement), keys);
    }

    private ObjectNode record(int number) {
        ObjectNode record = WireJson.mapper()
                .createObjectNode()
                .put("version", number)
                .put("at", AT.plusSeconds(number).toString())
                .put("actor", number == 3 ? "user:ada@example.test" : "service:validation")
                .put("input", number == 3 ? "Approve" : "Assessed");
        record.set("set", set(number));
        record.set("unset", WireJson.mapper().createArrayNode());
        return record;
    }

    private ObjectNode set(int number) {
        ObjectNode set = WireJson.mapper().createObjectNode();
        switch (number) {
            case 1 -> {
                set.set("launch", launch());
                phase(set, "VALIDATING");
            }
            case 2 -> phase(set, "AWAITING_APPROVAL");
            case 3 -> set.set("approvals", WireJson.mapper().readTree("[{\"email\":\"ada@example.test\"}]"));
            case 4 -> phase(set, "STAGING");
            case RECORDS - 1 -> {
                SealedSeconds seals = SealedSeconds.of(ROLLOUT);
                seconds.forEach(seals::hear);
                ObjectNode judged = set.putObject("seconds");
                judged.set("rollout", WireJson.mapper().valueToTree(ROLLOUT));
                judged.set("stored", WireJson.mapper().valueToTree(seals.head(0).orElseThrow()));
            }
            case RECORDS -> phase(set, "ENDED").put("phase", "COMPLETED");
            default -> {
                ObjectNode assessment = WireJson.mapper().createObjectNode();
                assessment.set("question", WireJson.mapper().valueToTree(QUESTION));
                ArrayNode gates = assessment.putArray("gates");
                verdicts.forEach(verdict -> gates.addObject()
                        .put("gate", verdict.verdict().gate().id())
                        .put("verdict", verdict.verdict().verdict().name())
                        .put("complete", true)
                        .put("record", verdict.hash())
                        .put("observed", "tests.total %d, tests.failed 0".formatted(number)));
                set.putArray("assessments").add(assessment);
            }
        }
        return set;
    }

    private static ObjectNode phase(ObjectNode set, String type) {
        return set.putObject("state").put("type", type);
    }

    private static PolicyReading.Accepted policy() {
        if (!(new PolicyReader(POLICY.length() * 2).read(POLICY.getBytes(StandardCharsets.UTF_8))
                instanceof PolicyReading.Accepted read)) {
            throw new IllegalStateException("the policy of the benchmark is refused");
        }
        return read;
    }

    private static ObjectNode launch() {
        PolicyReading.Accepted read = policy();
        ObjectNode launch =
                (ObjectNode) WireJson.mapper().readTree("""
                {"id":"hello@1.0.0","ordinal":1,"proposal":{"application":"hello","version":"1.0.0","sha":"%s",
                 "artifacts":[{"uri":"file:/a.jar","digest":"sha256:%s"}]},"publisher":"ci@example.test",
                 "policyHash":"%s","at":"%s"}""".formatted(COMMIT, "b".repeat(64), read.hash(), AT));
        launch.set("policy", WireJson.mapper().valueToTree(read.policy()));
        return launch;
    }
}
