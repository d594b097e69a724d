package dev.slipway.proof;

import static dev.slipway.proof.LedgerPolicy.BEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Digest;
import dev.slipway.platform.Pace;
import dev.slipway.proof.NamedCallers.Answer;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Releases of the ledger on a Slipway that runs, one after the other: the first is held until all that its gates rest on is there,
 * the next two are refused for what reports and its own metrics say, and the fourth may only go forward, is worse than the one
 * before, and is repaired by the fifth.
 */
final class LedgerReleases {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final Duration SOON = Pace.patience(Duration.ofMinutes(1));
    /** In which production would have gone back; it does so at once. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(5);

    private static final String IRREVERSIBLE = "orders are <b>rewritten</b> & kept";
    private static final String TOO_LONG = "500";

    private final Path folder;
    private final Path home;
    private final SlipwayScript slipway;
    private final HttpClient http;
    private final Received received;
    private final URI front;
    private final NamedCallers callers;
    private final LedgerEvidence evidence;
    private final ByEvent application;
    private final OciRegistry registry;

    /**
     * @param folder of its own, in which artifacts and repositories may lie
     * @param home of the Slipway, which may ask the registry's host
     */
    LedgerReleases(Path folder, Path home, SlipwayScript slipway, HttpClient http, OciRegistry registry)
            throws IOException, InterruptedException {
        this.folder = folder;
        this.home = home;
        this.slipway = slipway;
        this.http = http;
        this.registry = registry;
        this.received = new Received(home, http);
        Map<String, String> access = HomeEnvironment.of(home);
        this.front = URI.create(String.valueOf(access.get("SLIPWAY_FRONT_URL")));
        this.callers = new NamedCallers(home, http);
        this.evidence = new LedgerEvidence(callers);
        FileSystemUtils.deleteRecursively(folder);
        Path repository = Files.createDirectories(folder.resolve("repository"));
        this.application = new ByEvent(access, http, repository, LedgerPolicy.APPLICATION);
        application.policy(LedgerPolicy.yaml(application.repository(), registry.host()));
    }

    // ---- the first

    void theFirstIsHeldByWhatItRestsOn() throws Exception {
        String sha = application.commit("1.0.0");
        evidence.tested(sha);
        OneRelease release = proposed("1.0.0", sha, Map.of());
        reportsHoldIt(release, sha);
        approved(release);
        theRegistryHoldsIt(release);

        assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("COMPLETED");
        Map<String, String> lines = lines("1.0.0");
        assertThat(lines.remove("back")).as("nothing went back").isEqualTo("DOES_NOT_APPLY");
        assertThat(lines.keySet())
                .containsExactlyInAnyOrder("scan", "vulnerabilities", "stable", "queue", "image", "notes");
        assertThat(lines.values()).as("%s", lines).containsOnly("PASSED");
        for (String gate : List.of("scan", "vulnerabilities", "stable", "queue", "image")) {
            assertThat(explained("1.0.0", gate).path("verdict").asString())
                    .as(gate)
                    .isEqualTo("PASSED");
        }
        isOnRecord("1.0.0");
    }

    /** Of three runs of its tests one is there, and of what scanners found nothing. */
    private void reportsHoldIt(OneRelease release, String sha) throws Exception {
        JsonNode held = release.awaitShown(
                "a gate that waits for runs",
                seen -> gate(seen, "stable").path("cause").asString("").contains("2 more runs have to come"));
        assertThat(held.path("state").asString()).isEqualTo("VALIDATING");
        assertThat(lines("1.0.0"))
                .containsEntry("scan", "DUE")
                .containsEntry("vulnerabilities", "DUE")
                .containsEntry("stable", "DUE");

        evidence.tested(sha);
        evidence.tested(sha);
        evidence.scanned(sha, false);
        release.awaitShown(
                "a scan that passed",
                seen -> gate(seen, "scan").path("verdict").asString("").equals("PASSED"));
        assertThat(release.state()).as("what is known of its parts is missing").isEqualTo("VALIDATING");
        evidence.scannedParts(sha, false);
        release.awaitState("AWAITING_APPROVAL");
    }

    /** No image, then another one of which the registry tells the released digest, then the released one. */
    private void theRegistryHoldsIt(OneRelease release) throws Exception {
        release.awaitShown(
                "an image that is not there",
                seen -> gate(seen, "image").path("cause").asString("").contains("is not there so far"));
        assertThat(lines("1.0.0")).containsEntry("image", "DUE").containsEntry("queue", "PASSED");
        byte[] released = OciRegistry.manifest("1.0.0");
        byte[] other = OciRegistry.manifest("0.9.0");
        registry.push(LedgerPolicy.IMAGE, "1.0.0", other, Digest.of(released));

        JsonNode held = release.awaitShown(
                "another image",
                seen -> gate(seen, "image")
                        .path("cause")
                        .asString("")
                        .contains("is %s, and %s is released".formatted(Digest.of(other), Digest.of(released))));
        assertThat(held.path("state").asString())
                .as("a registry may say what it likes")
                .isEqualTo("MERGING");

        registry.push(LedgerPolicy.IMAGE, "1.0.0", released);
    }

    // ---- refused

    void whatScannersAndUnstableTestsSayIsRefusedAndNamed() throws Exception {
        String sha = application.commit("1.1.0");
        evidence.scanned(sha, true);
        evidence.scannedParts(sha, true);
        evidence.testedTwice(sha);

        OneRelease release = proposed("1.1.0", sha, Map.of());

        assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("REJECTED");
        assertFailed("1.1.0", "scan", "findings.error 1", LedgerEvidence.RULE, LedgerEvidence.PLACE);
        assertFailed(
                "1.1.0",
                "vulnerabilities",
                "vulnerabilities.critical 1",
                LedgerEvidence.VULNERABILITY,
                LedgerEvidence.PART);
        assertFailed("1.1.0", "stable", "stability.flaky 1", LedgerEvidence.TEST);
        assertThat(explained("1.1.0", "stable").path("observed").asString())
                .as("the run that counts is a good one")
                .contains("tests.failed 0");
        assertThat(lines("1.1.0"))
                .containsEntry("scan", "FAILED")
                .containsEntry("vulnerabilities", "FAILED")
                .containsEntry("stable", "FAILED");
        assertThat(served()).containsExactly("1.0.0");
        isOnRecord("1.1.0");
    }

    void whatItTellsOfItselfIsRefusedInStaging() throws Exception {
        String sha = application.commit("1.2.0");
        allIsWell(sha);
        Files.writeString(
                program("1.2.0"), Files.readString(program("1.2.0")).replace("QUEUED = 3", "QUEUED = " + TOO_LONG));
        OneRelease release = proposed("1.2.0", sha, Map.of());
        release.awaitState("AWAITING_APPROVAL");
        approved(release);

        assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("REJECTED");
        assertThat(gate(release.seen(), "stable").path("verdict").asString())
                .as("what was flaky is long ago")
                .isEqualTo("PASSED");
        assertFailed("1.2.0", "queue", "ledger_queue_depth " + TOO_LONG, "< 100");
        assertThat(lines("1.2.0")).containsEntry("queue", "FAILED").containsEntry("stable", "PASSED");
        assertThat(served()).containsExactly("1.0.0");
        isOnRecord("1.2.0");
    }

    private void assertFailed(String version, String gate, String observed, String... named) throws Exception {
        JsonNode why = explained(version, gate);
        assertThat(why.path("verdict").asString()).as(why.toPrettyString()).isEqualTo("FAILED");
        assertThat(why.path("observed").asString()).contains(observed);
        assertThat(why.toString()).contains(named);
        assertThat(why.path("toPass")).isNotEmpty();
    }

    // ---- what may only go forward

    void oneThatMayOnlyGoForwardIsHeldInPlaceOfGoingBackAndTellsItsPeople() throws Exception {
        String sha = application.commit("1.3.0");
        allIsWell(sha);
        Path program = program("1.3.0");
        Files.writeString(program, Files.readString(program).replace("\"nowhere\"", "\"production\""));
        registry.push(LedgerPolicy.IMAGE, "1.3.0", OciRegistry.manifest("1.3.0"));
        OneRelease release = proposed("1.3.0", sha, Map.of("forwardOnly", IRREVERSIBLE));
        JsonNode asked = release.awaitState("AWAITING_APPROVAL");
        assertThat(asked.path("forwardOnly").asString()).isEqualTo(IRREVERSIBLE);
        assertThat(asked.at("/waiting/what").asString()).contains("it may only go forward (" + IRREVERSIBLE);
        approved(release);

        JsonNode held = release.awaitShown("production that holds it", LedgerReleases::isHeld);

        assertThat(held.at("/rollout/cause/text").asString()).contains("worse", "errors");
        assertThat(held.at("/waiting/what").asString()).contains("people of devops", IRREVERSIBLE);
        await("Ben is told what he can do")
                .atMost(SOON)
                .until(() -> received.mails(
                                BEN,
                                "[Slipway] ledger 1.3.0: paused",
                                "It may only go forward (%s), so production does not go back".formatted(IRREVERSIBLE))
                        == 1);
        assertThat(received.mails(BEN, "[Slipway] ledger 1.3.0: paused", "--fixes ledger@1.3.0"))
                .isEqualTo(1);
        Thread.sleep(LONG_ENOUGH);
        assertThat(isHeld(callers.release("ledger@1.3.0")))
                .as("%s", callers.release("ledger@1.3.0").toPrettyString())
                .isTrue();
        assertThat(served()).as("users of both sides stay where they are").containsExactly("1.0.0", "1.3.0");
        assertThat(lines("1.3.0")).containsEntry("back", "DOES_NOT_APPLY");
        nobodyTakesItBackWithoutSayingThatTheyKnow();
        itsNotesAreAPageToo();
    }

    private static boolean isHeld(JsonNode release) {
        JsonNode rollout = release.path("rollout");
        return rollout.path("environment").asString("").equals("ledger/production")
                && rollout.path("paused").asBoolean()
                && rollout.path("cause").isObject()
                && rollout.path("trafficPercent").asInt() == 50
                && release.path("state").asString("").equals("ROLLING_OUT");
    }

    private void nobodyTakesItBackWithoutSayingThatTheyKnow() throws Exception {
        Answer refused = callers.operates("/api/v1/releases/ledger@1.3.0/abort", Map.of("reason", "it is worse"));
        assertThat(refused.status()).as("%s", refused.body()).isEqualTo(409);
        assertThat(refused.body().path("type").asString()).isEqualTo("urn:slipway:problem:forward-only");
        assertThat(refused.body().path("detail").asString())
                .contains("--although-forward-only REASON", "--fixes ledger@1.3.0");
        Run typed = slipway.run(COMMAND_MAX, "release", "abort", "ledger@1.3.0", "--reason", "it is worse");
        assertThat(typed.exitCode()).as(typed.text()).isNotZero();
        assertThat(typed.text()).contains("--although-forward-only REASON");
        assertThat(slipway.run(COMMAND_MAX, "release", "show", "ledger@1.3.0").text())
                .contains("only: " + IRREVERSIBLE, "slipway release promote ledger@1.3.0");
    }

    /** By the API and by the command line alike; what a person wrote is text in it. */
    private void itsNotesAreAPageToo() throws Exception {
        HttpResponse<String> page = callers.written("/api/v1/releases/ledger@1.3.0/notes", "text/html");
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(rules -> assertThat(rules).contains("default-src 'none'"));
        assertThat(page.body())
                .contains("<title>", "ledger 1.3.0", "It has not ended yet")
                .contains(
                        "Production does not go back from it by itself: orders are &lt;b&gt;rewritten&lt;/b&gt; &amp; kept")
                .doesNotContain("<b>rewritten</b>", "<script");
        Run typed = slipway.run(COMMAND_MAX, "release", "notes", "ledger@1.3.0", "--html");
        assertThat(typed.exitCode()).as(typed.text()).isZero();
        assertThat(withoutFigures(typed.text()))
                .as("production goes on serving it meanwhile")
                .isEqualTo(withoutFigures(page.body()));
        HttpResponse<String> markdown = callers.written("/api/v1/releases/ledger@1.3.0/notes", "text/markdown");
        assertThat(markdown.body()).startsWith("# ledger 1.3.0").doesNotContain("<b>rewritten</b>");
    }

    private static String withoutFigures(String page) {
        return page.strip().replaceAll("\\d+(\\.\\d+)?", "N");
    }

    void aNewerVersionRepairsItAndNobodyGoesBackBehindIt() throws Exception {
        String sha = application.commit("1.3.1");
        allIsWell(sha);
        Files.write(image("1.3.1"), OciRegistry.manifest("1.3.1"));
        registry.push(LedgerPolicy.IMAGE, "1.3.1", OciRegistry.manifest("1.3.1"));
        ok(
                "release",
                "create",
                "1.3.1",
                "--application",
                "ledger",
                "--sha",
                sha,
                "--fixes",
                "ledger@1.3.0",
                "--artifact",
                "server=" + program("1.3.1"),
                "--artifact",
                "image=" + image("1.3.1"));
        OneRelease repair = new OneRelease(home, "ledger@1.3.1");
        repair.awaitState("AWAITING_APPROVAL");
        assertThat(isHeld(callers.release("ledger@1.3.0")))
                .as("until the repair is in production")
                .isTrue();
        approved(repair);

        assertThat(repair.awaitEnd()).as(repair.seen().toPrettyString()).isEqualTo("COMPLETED");

        OneRelease repaired = new OneRelease(home, "ledger@1.3.0");
        assertThat(repaired.awaitEnd()).as(repaired.seen().toPrettyString()).isEqualTo("SUPERSEDED");
        assertThat(repaired.seen().at("/cause/text").asString()).contains("1.3.1, which repairs it, takes its place");
        assertThat(served()).containsExactly("1.3.1");
        Run back = slipway.run(COMMAND_MAX, "app", "rollback", "ledger", "--to", "1.0.0", "--reason", "too new");
        assertThat(back.exitCode()).as(back.text()).isNotZero();
        assertThat(back.text()).contains("may only go forward", "--although-forward-only REASON");
        assertThat(callers.written("/api/v1/releases/ledger@1.3.0/notes", "text/html")
                        .body())
                .contains("Disruption", "Users of 1.3.0 had ")
                .doesNotContain("It has not ended yet");
        isOnRecord("1.3.0");
        isOnRecord("1.3.1");
    }

    // ---- how it is released

    private void allIsWell(String sha) throws IOException, InterruptedException {
        evidence.scanned(sha, false);
        evidence.scannedParts(sha, false);
        for (int run = 0; run < LedgerPolicy.RUNS; run++) {
            evidence.tested(sha);
        }
    }

    private OneRelease proposed(String version, String sha, Map<String, String> said)
            throws IOException, InterruptedException {
        Map<String, Path> artifacts = new LinkedHashMap<>();
        artifacts.put("server", program(version));
        artifacts.put("image", Files.write(image(version), OciRegistry.manifest(version)));
        application.publish(version, sha, artifacts, said);
        return new OneRelease(home, "ledger@" + version);
    }

    /** As it is written, where nobody has written it before; each version is a file of its own. */
    private Path program(String version) throws IOException {
        Path program = folder.resolve("ledger-%s.py".formatted(version));
        try (InputStream source = Objects.requireNonNull(LedgerReleases.class.getResourceAsStream("/ledger.py"))) {
            String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            return Files.exists(program) ? program : Files.writeString(program, text + "# ledger " + version + "\n");
        }
    }

    private Path image(String version) {
        return folder.resolve("ledger-%s.json".formatted(version));
    }

    private void approved(OneRelease release) throws IOException, InterruptedException {
        String id = release.seen().path("id").asString();
        Answer said = callers.says(BEN, "/api/v1/releases/%s/approvals".formatted(id), callers.exactly(id));
        assertThat(said.status()).as("%s", said.body()).isEqualTo(200);
    }

    private void ok(String... arguments) throws IOException, InterruptedException {
        Run run = slipway.run(COMMAND_MAX, arguments);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    // ---- what is seen

    private static JsonNode gate(JsonNode release, String id) {
        return NamedCallers.named(release.path("gates"), "gate", id);
    }

    private Map<String, String> lines(String version) throws IOException, InterruptedException {
        return callers.lines(LedgerPolicy.APPLICATION, "ledger@" + version);
    }

    private JsonNode explained(String version, String gate) throws IOException, InterruptedException {
        Run why = slipway.run(COMMAND_MAX, "gate", "explain", "ledger@" + version, gate, "--json");
        assertThat(why.exitCode()).as(why.text()).isZero();
        return JsonMapper.shared().readTree(why.text());
    }

    /** The versions that answer users, of so many who ask; a side that has half of them is not missed. */
    private Set<String> served() {
        return Stream.generate(this::version).limit(40).collect(Collectors.toCollection(TreeSet::new));
    }

    private String version() {
        HttpRequest asked = HttpRequest.newBuilder(front.resolve("/apps/ledger/production/version"))
                .build();
        try {
            return http.send(asked, BodyHandlers.ofString()).body();
        } catch (IOException away) {
            throw new AssertionError(away);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    private void isOnRecord(String version) {
        await("the record of %s is closed and agrees".formatted(version))
                .atMost(COMMAND_MAX)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    Run verified = slipway.run(COMMAND_MAX, "verify", "ledger@" + version);
                    assertThat(verified.exitCode()).as(verified.text()).isZero();
                });
    }
}
