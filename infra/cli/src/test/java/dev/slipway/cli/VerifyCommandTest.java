package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.Seal;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** A release's proof, checked through a gateway and from a file. */
class VerifyCommandTest {
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final String KEPT = "release-service/keeping/hello@1.0.0";
    private static final String GOES =
            "{\"evidence\":{\"rule\":\"evidence: 400 days\",\"decided\":\"2026-01-05T10:00:00Z\"}}";
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
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
    private static final byte[] REPORT = "<testsuite name='s' tests='1' failures='0'><testcase name='a'/></testsuite>"
            .getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    private StandInGateway gateway = closed();
    private KeyFolder keys = new KeyFolder(Path.of("unset"));

    private static StandInGateway closed() {
        try (StandInGateway none = new StandInGateway()) {
            return none;
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void a_gateway_and_a_key() throws IOException {
        gateway = new StandInGateway();
        keys = new KeyFolder(folder.resolve("keys"));
        keys.ensure();
    }

    @AfterEach
    void end() {
        gateway.close();
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                200,
                Map.of(
                        "SLIPWAY_HOME",
                        folder + "/home",
                        "SLIPWAY_URL",
                        gateway.url(),
                        "SLIPWAY_TOKEN_VIEWER",
                        "token",
                        "SLIPWAY_TOKEN_OPERATOR",
                        "token"));
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(words);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static VerdictRecord verdict(Verdict verdict) {
        Gate gate = new Gate(
                "unit-tests",
                "",
                Stage.PRE_RELEASE,
                "junit",
                null,
                List.of(new Threshold("tests.failed", "0")),
                null,
                null,
                List.of(),
                Duration.ofMinutes(30));
        return verdict(gate, List.of(Digest.of(REPORT)), verdict);
    }

    private static VerdictRecord verdict(Gate gate, List<Digest> inputs, Verdict verdict) {
        return verdict(gate, inputs, "", verdict);
    }

    private static VerdictRecord verdict(Gate gate, List<Digest> inputs, String observed, Verdict verdict) {
        VerdictDraft draft = new VerdictDraft(
                new ApplicationName("hello"),
                new Sha("a".repeat(40)),
                "hello@1.0.0/assess-pre-release/1",
                gate,
                inputs,
                observed,
                verdict,
                "",
                AT);
        Chain core = new Chain(10);
        return Objects.requireNonNull(
                core.decide(core.initial("hello"), draft, AT).state().last());
    }

    private static String launch(String digest) {
        String hash = ((PolicyReading.Accepted) new PolicyReader(100_000).read(POLICY.getBytes(StandardCharsets.UTF_8)))
                .hash();
        Policy policy = ((PolicyReading.Accepted)
                        new PolicyReader(100_000).read(POLICY.getBytes(StandardCharsets.UTF_8)))
                .policy();
        ObjectNode launch = (ObjectNode) WireJson.mapper().readTree("""
                {"id":"hello@1.0.0","ordinal":1,"proposal":{"id":"p","application":"hello","version":"1.0.0","sha":"%s",
                 "artifacts":[{"uri":"file:/a.jar","digest":"%s"}]},"publisher":"ci@example.test","policyHash":"%s",
                 "at":"2026-01-05T10:00:00Z"}""".formatted("a".repeat(40), digest, hash));
        launch.set("policy", WireJson.mapper().valueToTree(policy));
        return launch.toString();
    }

    private static List<ObjectNode> records(VerdictRecord verdict) {
        String digest = "sha256:" + "b".repeat(64);
        List<String> texts = List.of(
                """
                {"version":1,"at":"2026-01-05T10:00:00Z","actor":"user:ci@example.test","input":"Begin","set":{
                 "launch":%s,
                 "state":{"type":"VALIDATING"}},"unset":[]}""".formatted(launch(digest)),
                """
                {"version":2,"at":"2026-01-05T10:00:01Z","actor":"service:validation","input":"Assessed","set":{
                 "state":{"type":"AWAITING_APPROVAL"},
                 "assessments":[{"question":{"release":"hello@1.0.0","step":"assess-pre-release","attempt":1},"gates":[
                  {"gate":"%s","verdict":"%s","complete":true,"record":"%s"},{"gate":"open","record":null}]}]},"unset":[]}""".formatted(verdict.verdict().gate().id(), verdict.verdict().verdict(), verdict.hash()),
                """
                {"version":4,"at":"2026-01-05T10:00:02Z","actor":"user:ada@example.test","input":"Approve","reason":"Zoë €",
                 "set":{"approvals":[{"email":"ada@example.test"}]},"unset":[]}""",
                """
                {"version":5,"at":"2026-01-05T10:00:03Z","actor":"service:deployment","input":"RolloutChanged","set":{
                 "state":{"type":"ENDED","phase":"COMPLETED"}},"unset":["hold"]}""");
        return texts.stream()
                .map(text -> (ObjectNode) WireJson.mapper().readTree(text))
                .toList();
    }

    private Proof proof(VerdictRecord verdict) throws IOException {
        List<Link> links = new ArrayList<>();
        @Nullable Seal last = null;
        for (ObjectNode record : records(verdict)) {
            Seal seal = Seal.after(last, CHAIN, record);
            last = links.size() == 3 ? seal.with(keys.sign(CHAIN, seal, AT)) : seal;
            links.add(new Link(record, last));
        }
        Seal head = Objects.requireNonNull(last);
        return new Proof(CHAIN, links, head, keys.publicKeys(), attestation(head));
    }

    private Envelope attestation(Seal head) throws IOException {
        Checkpoint closed = Objects.requireNonNull(head.checkpoint());
        ObjectNode statement = (ObjectNode) WireJson.mapper()
                .readTree("""
                {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/verification_summary/v1",
                 "subject":[{"name":"a.jar","digest":{"sha256":"%s"}}],
                 "predicate":{"verifier":{"id":"slipway:key/%s"},"timeVerified":"%s","resourceUri":"slipway:hello@1.0.0",
                  "policy":{"uri":"slipway:policy/hello","digest":{"sha256":"%s"}},
                  "inputAttestations":[{"uri":"slipway:chain/%s","digest":{"sha256":"%s"}}],
                  "verificationResult":"PASSED","verifiedLevels":["SLIPWAY_RELEASE_COMPLETED"]}}""".formatted("b".repeat(64), closed.key(), closed.at(), "c".repeat(64), CHAIN, head.hash()));
        return Envelope.signed("application/vnd.in-toto+json", CanonicalJson.of(statement), keys);
    }

    private void serve(Proof proof, VerdictRecord verdict, List<String> faults) {
        serve(proof, REPORT, Map.of("length", 7, "records", List.of(verdict), "faults", faults));
    }

    private void serve(Proof proof, byte[] report, Map<String, Object> verdicts) {
        String application = "GET /api/v1/applications/hello/";
        gateway.on(
                        "GET /api/v1/releases/hello@1.0.0/proof",
                        200,
                        WireJson.mapper().writeValueAsString(proof))
                .on(application + "verdicts", 200, WireJson.mapper().writeValueAsString(verdicts))
                .on(
                        application + "evidence/" + Digest.of(report).value(),
                        200,
                        "{\"bytes\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(report)));
    }

    private Proof kept(String chain, String set) throws IOException {
        ObjectNode record = (ObjectNode) WireJson.mapper()
                .readTree("{\"version\":1,\"actor\":\"timer:retention\",\"set\":%s,\"unset\":[]}".formatted(set));
        Seal seal = Seal.after(null, chain, record);
        Seal closed = seal.with(keys.sign(chain, seal, AT));
        return new Proof(chain, List.of(new Link(record, closed)), closed, keys.publicKeys(), null);
    }

    /** The report went by retention, and the release's record of that says so. */
    private void serveGone(Proof retention) throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        serve(proof(verdict), verdict, List.of());
        GoneReport gone = new GoneReport(Digest.of(REPORT), "junit", "a.xml", 12, AT, "evidence: 400 days");
        gateway.on(
                        "GET /api/v1/applications/hello/verdicts",
                        200,
                        WireJson.mapper()
                                .writeValueAsString(Map.of(
                                        "length",
                                        7,
                                        "records",
                                        List.of(verdict),
                                        "faults",
                                        List.of(),
                                        "gone",
                                        List.of(gone))))
                .on(
                        "GET /api/v1/applications/hello/evidence/"
                                + Digest.of(REPORT).value(),
                        410,
                        "{\"detail\":\"It went.\"}")
                .on(
                        "GET /api/v1/releases/hello@1.0.0/retention/proof",
                        200,
                        WireJson.mapper().writeValueAsString(retention));
    }

    @Test
    void what_went_by_retention_is_told_with_date_and_rule_and_the_rest_still_agrees() throws IOException {
        serveGone(kept(KEPT, GOES));

        assertThat(run("verify", "hello@1.0.0")).as(said()).isZero();

        assertThat(said())
                .contains("retention    report %s went on 2026-01-05 by retention (evidence: 400 days), so no rule"
                        .formatted(Digest.of(REPORT)))
                .contains("all agrees");

        Path file = folder.resolve("gone.zip");
        assertThat(run("evidence", "export", "hello@1.0.0", "--to", file.toString()))
                .isZero();
        assertThat(said())
                .contains("4 records, 1 verdicts, 0 reports", "went on 2026-01-05 by retention")
                .doesNotContain("not kept any more");
        gateway.close();
        assertThat(run("verify", "--file", file.toString())).as(said()).isZero();
        assertThat(said()).contains("went on 2026-01-05 by retention (evidence: 400 days)", "all agrees");
        assertThat(changed(file, "retention.json", "", ""))
                .contains(
                        "FAULT        retention: 1 reports are said to have gone, and no record says that this was decided");
        assertThat(changed(file, "retention.json", "400 days", "100 days"))
                .contains("FAULT        retention: record 1");
        assertThat(changed(file, "gone.json", "", "")).contains("is gone or changed");
    }

    @Test
    void that_a_report_went_is_not_believed_without_the_record_of_this_very_release() throws IOException {
        serveGone(kept("release-service/keeping/hello@2.0.0", GOES));
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("retention: it is the record of another release");

        serveGone(kept(KEPT, "{\"hold\":{\"by\":\"ada\",\"reason\":\"an audit\",\"at\":\"2026-01-05T10:00:00Z\"}}"));
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said())
                .contains("retention    its record has 1 change, closed at 2026-01-05T10:00:00Z")
                .contains("retention    held by ada since 2026-01-05T10:00:00Z: an audit")
                .contains("no record says that this was decided");
    }

    private static Proof with(Proof proof, List<Link> links) {
        return new Proof(proof.chain(), links, proof.head(), proof.keys(), proof.attestation());
    }

    @Test
    void a_release_whose_record_agrees_is_told_with_what_was_checked() throws IOException {
        serve(proof(verdict(Verdict.PASSED)), verdict(Verdict.PASSED), List.of());

        assertThat(run("verify", "hello@1.0.0")).as(said()).isZero();

        assertThat(said())
                .contains("records      4, each follows from the one before")
                .contains("checkpoint   over 4 records, signed by key ")
                .contains("verdicts     1, rules applied again")
                .contains("approvals    1 of 1, rules applied again")
                .contains("judgement    not run again: the seconds that production was judged by are not kept")
                .contains("attestation  in-toto verification summary: PASSED")
                .contains("all agrees");
    }

    @Test
    void a_verdict_whose_rule_cannot_be_applied_again_is_named_with_its_reason_also_offline() throws IOException {
        Gate smoke = new Gate(
                "smoke",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(new HttpProbe("/health", 200, null, List.of())),
                Duration.ofMinutes(30));
        VerdictRecord verdict = verdict(smoke, List.of(), Verdict.PASSED);
        serve(proof(verdict), verdict, List.of());
        String told = "verdict 1 (smoke, PASSED): nobody can ask the version again as it was then";

        assertThat(run("verify", "hello@1.0.0")).as(said()).isZero();
        assertThat(said()).contains("verdicts     1, rules of 0 applied again", "not again    " + told);
        assertThat(run("verify", "hello@1.0.0", "--json")).as(said()).isZero();
        assertThat(WireJson.mapper().readTree(said()).path("notAgain").path(0).asString(""))
                .isEqualTo(told);

        Path file = folder.resolve("proof.zip");
        assertThat(run("evidence", "export", "hello@1.0.0", "--to", file.toString()))
                .as(said())
                .isZero();
        gateway.close();
        assertThat(run("verify", "--file", file.toString())).as(said()).isZero();
        assertThat(said()).contains("not again    " + told, "all agrees");
    }

    @Test
    void a_verdict_by_what_an_older_reader_read_otherwise_is_told_and_no_fault_also_offline() throws IOException {
        byte[] report = "<testsuite name='s'><testcase name='a' status='failed'><skipped/></testcase></testsuite>"
                .getBytes(StandardCharsets.UTF_8);
        Gate gate = verdict(Verdict.PASSED).verdict().gate();
        String observed =
                "tests.total 1, tests.passed 0, tests.failed 0, tests.errors 0, tests.skipped 1, tests.flaky 0,"
                        + " tests.expected 0, tests.disabled 0, tests.warnings 0, tests.seconds 0";
        VerdictRecord verdict = verdict(gate, List.of(Digest.of(report)), observed, Verdict.PASSED);
        String told =
                "PASSED, read by an earlier reader; reader 1 reads tests.failed (1, was 0), tests.skipped (0, was 1)";
        serve(
                proof(verdict),
                report,
                Map.of(
                        "records",
                        List.of(verdict),
                        "faults",
                        List.of(),
                        "readOtherwise",
                        List.of("record 1: " + told)));

        assertThat(run("verify", "hello@1.0.0")).as(said()).isZero();
        assertThat(said()).contains("otherwise    record 1: " + told, "all agrees");

        Path file = folder.resolve("proof.zip");
        assertThat(run("evidence", "export", "hello@1.0.0", "--to", file.toString()))
                .as(said())
                .isZero();
        gateway.close();
        assertThat(run("verify", "--file", file.toString(), "--json"))
                .as(said())
                .isZero();
        assertThat(WireJson.mapper()
                        .readTree(said())
                        .path("readOtherwise")
                        .path(0)
                        .asString(""))
                .startsWith("verdict 1 (unit-tests): " + told);
    }

    @Test
    void what_was_changed_dropped_or_moved_is_named_by_its_position_and_the_exit_code_says_so() throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        Proof whole = proof(verdict);

        List<Link> changed = new ArrayList<>(whole.records());
        ObjectNode eve = ((ObjectNode) changed.get(2).record().deepCopy()).put("actor", "user:eve@example.test");
        changed.set(2, new Link(eve, changed.get(2).seal()));
        serve(with(whole, changed), verdict, List.of());
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("FAULT        record 3: it does not say what its hash was made of");

        serve(with(whole, whole.records().subList(0, 2)), verdict, List.of());
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("FAULT        record 3: it is missing, and all up to record 4");

        List<Link> swapped = new ArrayList<>(whole.records());
        Collections.swap(swapped, 1, 2);
        serve(with(whole, swapped), verdict, List.of());
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("FAULT        record 2: record 3 stands in its place");
    }

    @Test
    void a_verdict_that_validation_has_not_and_one_that_its_rule_does_not_give_are_named() throws IOException {
        serve(
                proof(verdict(Verdict.PASSED)),
                verdict(Verdict.FAILED),
                List.of("record 7: the rule says FAILED now, said PASSED then"));

        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);

        assertThat(said())
                .contains("of gate unit-tests was heard by the release and is not in the chain")
                .contains("FAULT        verdicts: record 7: the rule says FAILED now, said PASSED then");
    }

    @Test
    void an_ended_release_that_no_checkpoint_closes_is_named() throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        Proof whole = proof(verdict);
        Link last = whole.records().getLast();
        Seal unsigned = Objects.requireNonNull(last.seal()).with(null);
        List<Link> links = new ArrayList<>(whole.records().subList(0, 3));
        links.add(new Link(last.record(), unsigned));
        serve(new Proof(CHAIN, links, unsigned, whole.keys(), null), verdict, List.of());

        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);

        assertThat(said()).contains("FAULT        record 4: it has ended, and no checkpoint closes it");
    }

    @Test
    void what_is_exported_is_checked_from_the_file_alone_and_is_the_same_each_time() throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        serve(proof(verdict), verdict, List.of());
        Path first = folder.resolve("first.zip");
        Path second = folder.resolve("second.zip");

        assertThat(run("evidence", "export", "hello@1.0.0", "--to", first.toString()))
                .isZero();
        assertThat(said()).contains("4 records, 1 verdicts, 1 reports");
        assertThat(run("evidence", "export", "hello@1.0.0", "--to", second.toString()))
                .isZero();
        assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
        Files.copy(first, Path.of("target", "exported.zip"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        gateway.close();
        assertThat(run("verify", "--file", first.toString())).as(said()).isZero();
        assertThat(said()).contains("all agrees").contains("--key FILE believes yours alone");
        assertThat(run("verify", "hello@1.0.0", "--file", first.toString())).isZero();
        assertThat(said()).startsWith("release      hello@1.0.0: COMPLETED");
        assertThat(run("verify", "hello@2.0.0", "--file", first.toString())).isEqualTo(1);
        assertThat(said()).contains("FAULT        it is the record of hello@1.0.0, and not of hello@2.0.0");
        Path own = folder.resolve("own.pem");
        Files.writeString(own, keys.publicKeys().getFirst());
        assertThat(run("verify", "--file", first.toString(), "--key", own.toString()))
                .isZero();

        KeyFolder others = new KeyFolder(folder.resolve("others"));
        others.ensure();
        Files.writeString(own, others.publicKeys().getFirst());
        assertThat(run("verify", "--file", first.toString(), "--key", own.toString()))
                .isEqualTo(1);
        assertThat(said())
                .contains("which is not known")
                .contains("the attestation is not signed by a key that is known");
    }

    @Test
    void a_file_of_an_answer_is_held_to_its_digest_and_exported_with_the_rest() throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        Digest photo = Digest.of("a photo");
        serve(answeredWith(photo, verdict), verdict, List.of());
        gateway.on("GET /api/v1/releases/hello@1.0.0/files/" + photo, 200, "a photo");

        run("verify", "hello@1.0.0");
        assertThat(said()).contains("files        1 of 1 file kept, bytes as their answers say");

        Path file = folder.resolve("with-files.zip");
        assertThat(run("evidence", "export", "hello@1.0.0", "--to", file.toString()))
                .isZero();
        assertThat(said()).contains("1 reports, 1 file of answers");
        assertThat(changed(file, "files/" + photo.hex(), "a photo", "another"))
                .contains("file \"photo.png\" of duty device-test is not what was answered");
        assertThat(changed(file, "files/" + photo.hex(), "", "")).contains("is not kept");

        gateway.on("GET /api/v1/releases/hello@1.0.0/files/" + photo, 200, "another photo");
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("FAULT        record 3: file \"photo.png\" of duty device-test is not what");
        gateway.on("GET /api/v1/releases/hello@1.0.0/files/" + photo, 404, "{\"detail\":\"gone\"}");
        assertThat(run("verify", "hello@1.0.0")).isEqualTo(1);
        assertThat(said()).contains("and no record says that retention let it go");
        run(
                "evidence",
                "export",
                "hello@1.0.0",
                "--to",
                folder.resolve("less.zip").toString());
        assertThat(said()).contains("not kept any more: file photo.png, " + photo);
    }

    /** As {@link #proof}, and its third record names a file, whose duty its policy has not. */
    private Proof answeredWith(Digest photo, VerdictRecord verdict) throws IOException {
        List<Link> links = new ArrayList<>();
        @Nullable Seal last = null;
        for (ObjectNode record : records(verdict)) {
            if (links.size() == 2) {
                ((ObjectNode) record.path("set"))
                        .set("duties", WireJson.mapper().readTree("""
                                [{"duty":"device-test","said":{"result":"PASSED","by":"ada@example.test",
                                  "files":[{"name":"photo.png","digest":"%s","bytes":7}]}}]""".formatted(photo)));
            }
            Seal seal = Seal.after(last, CHAIN, record);
            last = links.size() == 3 ? seal.with(keys.sign(CHAIN, seal, AT)) : seal;
            links.add(new Link(record, last));
        }
        Seal head = Objects.requireNonNull(last);
        return new Proof(CHAIN, links, head, keys.publicKeys(), attestation(head));
    }

    @Test
    void any_part_of_an_archive_that_was_changed_or_taken_out_is_named() throws IOException {
        VerdictRecord verdict = verdict(Verdict.PASSED);
        serve(proof(verdict), verdict, List.of());
        Path file = folder.resolve("whole.zip");
        run("evidence", "export", "hello@1.0.0", "--to", file.toString());

        assertThat(changed(file, "evidence/" + Digest.of(REPORT).hex(), "failures='0'", "failures='1'"))
                .contains("is gone or changed");
        assertThat(changed(file, "evidence/" + Digest.of(REPORT).hex(), "", "")).contains("is gone or changed");
        assertThat(changed(file, "verdicts.json", "PASSED", "FAILED"))
                .contains("verdict 1 (unit-tests): it does not say what its hash was made of");
        assertThat(changed(file, "policy.json", "\"required\" : 1", "\"required\" : 0"))
                .contains("policy.json is not the policy of the first record");
        assertThat(changed(file, "proof.json", "ada@", "eve@")).contains("record 3: it does not say");
        assertThat(changed(file, "attestation.json", "\"payload\" : \"ey", "\"payload\" : \"fy"))
                .contains("the attestation is not signed by a key that is known");
    }

    /** What the check says of the archive with a text in one of its files replaced, or without the file. */
    private String changed(Path file, String name, String from, String to) throws IOException {
        Path other = folder.resolve("changed.zip");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file));
                ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(other))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                boolean meant = entry.getName().equals(name);
                if (meant && from.isEmpty()) {
                    continue;
                }
                assertThat(!meant || content.contains(from)).as(content).isTrue();
                zip.putNextEntry(new ZipEntry(entry.getName()));
                zip.write((meant ? content.replaceFirst(java.util.regex.Pattern.quote(from), to) : content)
                        .getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        assertThat(run("verify", "--file", other.toString())).isEqualTo(1);
        return said();
    }

    @Test
    void what_is_no_archive_and_a_question_without_a_release_are_refused_with_the_remedy() throws IOException {
        Path none = folder.resolve("none.zip");
        Files.writeString(none, "no zip");

        assertThat(run("verify", "--file", none.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("./slipway evidence export RELEASE writes one");
        assertThat(run("verify")).isEqualTo(2);
        assertThat(run("proof", "rotate")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("start Slipway once with ./slipway up");
    }

    @Test
    void a_new_key_is_made_and_named_and_the_old_public_half_stays() throws IOException {
        Files.createDirectories(folder.resolve("home"));

        assertThat(run("proof", "rotate")).isZero();
        assertThat(run("proof", "rotate")).isZero();

        assertThat(said()).contains("records are closed with key ");
        assertThat(new KeyFolder(folder.resolve("home/proof")).publicKeys()).hasSize(2);
    }
}
