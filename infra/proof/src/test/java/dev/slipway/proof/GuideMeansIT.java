package dev.slipway.proof;

import static dev.slipway.proof.MeansPolicy.BEN;
import static dev.slipway.proof.MeansPolicy.CLEO;
import static dev.slipway.proof.MeansPolicy.DAN;
import static dev.slipway.proof.MeansPolicy.EVE;
import static dev.slipway.proof.MeansPolicy.MIRROR;
import static dev.slipway.proof.MeansPolicy.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.gateway.Role;
import dev.slipway.contracts.Digest;
import dev.slipway.platform.Pace;
import dev.slipway.proof.NamedCallers.Answer;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a guide asks for beside gates over reports, on a Slipway of its own: a tracker is asked (ADR 68), people vote (ADR 64)
 * and answer with a file (ADR 71), others are waited for (ADR 63), what was published is looked for (ADR 57), and announcements
 * say what a maintainer wrote and are reviewed (ADR 79). A first release is held by each of them, and let go; a second is
 * vetoed. {@link Elsewhere} is all that is not Slipway's. Then another application, beside it: its releases rest on scanners
 * (ADR 35, 37), on tests that are stable (ADR 43), on what it measures of itself (ADR 34) and on an image (ADR 57), and one of
 * them may only go forward (ADR 69); {@link LedgerReleases} has what becomes of them.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuideMeansIT {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final Duration SOON = Pace.patience(Duration.ofMinutes(1));
    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    /** Long enough for two to say yes before it is over; a busy machine takes longer for that. */
    private static final Duration OPEN = Pace.patience(Duration.ofSeconds(10));

    private static final Duration HARDLY_OPEN = Duration.ofSeconds(1);
    /** A timer that is due would have fired by then. */
    private static final Duration TIMERS_LATE = Duration.ofSeconds(3);

    private static final String FIRST = "means@1.0.0";
    private static final String SECOND = "means@1.1.0";
    private static final int BUG = 7;
    private static final String BEFORE = "It is hardly faster than before.";
    private static final String WORDS = "It starts twice as fast.";
    private static final String RELEASED = "means 1.0.0 is released";
    private static final byte[] SEEN = "tapped through all of it\n".getBytes(StandardCharsets.UTF_8);

    private final Path folder = Path.of("target", "guide-means-it").toAbsolutePath();
    private final Path home = folder.resolve("home");
    private final Path token = folder.resolve("status-page-token");
    private final Elsewhere elsewhere = new Elsewhere();
    private final OciRegistry registry = new OciRegistry();
    private final SlipwayScript slipway = new SlipwayScript(
            home,
            Map.of(
                    "SLIPWAY_PAGES_CREDENTIALS_0_HOST",
                    elsewhere.host(),
                    "SLIPWAY_PAGES_CREDENTIALS_0_TOKENFILE",
                    token.toString()));
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Received received = new Received(home, http);
    private Map<String, String> access = Map.of();
    private boolean completed;
    private @Nullable LedgerReleases ledger;
    private int ledgerAt;

    @BeforeAll
    void it_runs_with_what_is_elsewhere_allowed() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: the program needs /usr/bin/python3");
        ok("down", "--wipe", "--yes");
        FileSystemUtils.deleteRecursively(folder.resolve("repository"));
        Files.createDirectories(folder.resolve("repository"));
        Files.writeString(token, Elsewhere.TOKEN);
        ok("allow", "/usr/bin/python3", "--as", "python3");
        ok("allow", "--folder", folder.toString());
        ok("allow", "--host", elsewhere.host()); // for looks, trackers and pages alike
        ok("allow", "--host", registry.host());
        ok("up", "--port", "0", "--json");
        access = HomeEnvironment.of(home);
    }

    // ---- the first release

    @Test
    @Order(1)
    void a_release_is_held_by_each_of_them_until_it_is_as_it_should_be() throws Exception {
        elsewhere.plans("1.0.0");
        elsewhere.hasBug(BUG, "It loses data", "1.0.0");
        elsewhere.reviews("1.0.0", "pending");
        elsewhere.publishes(MeansPolicy.DOCS, text("Version 0.9.0"));
        OneRelease release = published("1.0.0", OPEN);

        aTrackerHoldsIt(release);
        aVoteHoldsIt(release);
        peopleAndOthersHoldIt(release);
        whatWasPublishedHoldsIt(release);

        assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("COMPLETED");
        itIsAnnounced();
        assertThat(lines(FIRST).values()).as("%s", lines(FIRST)).containsOnly("PASSED");
        ok("guide", "show", "means", "--release", FIRST, "--strict");
        completed = true;
    }

    private void aTrackerHoldsIt(OneRelease release) throws Exception {
        JsonNode held = release.awaitShown(
                "a tracker that tells of a bug",
                seen -> gate(seen, "bugs").path("cause").asString("").contains("It loses data"));
        assertThat(held.path("state").asString()).isEqualTo("VALIDATING");
        assertThat(gate(held, "bugs").path("complete").asBoolean()).isFalse();
        assertThat(gate(held, "bugs").path("observed").asString()).contains("tracker.open.high 1");
        assertThat(lines(FIRST)).containsEntry("bugs", "DUE");
        int asked = elsewhere.askedForIssues();
        assertThat(asked).isPositive();

        elsewhere.closes(BUG);

        release.awaitState("AWAITING_APPROVAL");
        assertThat(elsewhere.askedForIssues()).isGreaterThan(asked);
        assertThat(lines(FIRST)).containsEntry("bugs", "PASSED").containsEntry("vote", "DUE");
    }

    private void aVoteHoldsIt(OneRelease release) throws Exception {
        JsonNode one = approves(FIRST, CLEO);
        assertThat(one.at("/vote/roles/0/missing").asInt())
                .as(one.toPrettyString())
                .isEqualTo(1);
        JsonNode both = approves(FIRST, DAN);
        assertThat(both.at("/vote/roles/0/missing").asInt())
                .as(both.toPrettyString())
                .isZero();
        assertThat(both.path("state").asString()).as("its time is not over").isEqualTo("AWAITING_APPROVAL");
        assertThat(lines(FIRST)).containsEntry("vote", "DUE");
        Instant openUntil = Instant.parse(both.at("/vote/openUntil").asString());
        aDraftIsReviewedAndAnotherByTheNextWord();

        JsonNode vote = release.awaitShown(
                        "a vote that is decided", seen -> seen.path("vote").has("decided"))
                .path("vote");

        assertThat(vote.at("/decided/outcome").asString()).isEqualTo("PASSED");
        assertThat(texts(vote.at("/decided/yes"))).containsExactly(CLEO, DAN);
        assertThat(Instant.parse(vote.at("/decided/at").asString())).isAfterOrEqualTo(openUntil);
        assertThat(lines(FIRST)).containsEntry("vote", "PASSED");
    }

    /** Of the role that reviews it, beside those who approve: a yes to what nobody says any more counts for nothing. */
    private void aDraftIsReviewedAndAnotherByTheNextWord() throws Exception {
        awaitThat("support is asked to read a draft", () -> isAskedToReview(1));
        edits(BEFORE);
        JsonNode draft = announcement("users");
        assertThat(draft.path("state").asString()).isEqualTo("DRAFT");
        assertThat(draft.path("text").asString()).contains(BEFORE);
        ok("release", "announcements", FIRST, "--approve", "users", "--as", SAM);
        JsonNode read = announcement("users");
        assertThat(read.at("/reviews/0/by").asString()).isEqualTo(SAM);
        String digest = draft.path("digest").asString();
        assertThat(read.at("/reviews/0/digest").asString()).isEqualTo(digest);

        edits(WORDS);

        JsonNode other = announcement("users");
        assertThat(other.path("text").asString()).contains(WORDS).doesNotContain(BEFORE);
        assertThat(other.path("digest").asString()).isNotEqualTo(digest);
    }

    private void peopleAndOthersHoldIt(OneRelease release) throws Exception {
        release.awaitState("CANDIDATE");
        int looks = elsewhere.askedForReview("1.0.0");
        awaitThat("the store is asked again", () -> elsewhere.askedForReview("1.0.0") > looks + 1);
        assertThat(lines(FIRST))
                .containsEntry("device", "DUE")
                .containsEntry("store", "DUE")
                .containsEntry("mirror", "DUE");

        aPersonAnswersWithAFile();
        aProgramSaysThatItsPartIsDone();
        release.awaitShown(
                "one wait that is left",
                seen -> seen.at("/waiting/what").asString("").contains("the duty store-review on App store review"));
        assertThat(release.state()).isEqualTo("CANDIDATE");
        elsewhere.reviews("1.0.0", "approved");

        JsonNode gone = release.awaitState("MERGING");
        assertThat(duty(gone, "store-review").at("/answers/0/via").asString()).isEqualTo("POLL");
        assertThat(duty(gone, "device-test").at("/answers/0/by").asString()).isEqualTo(BEN);
        assertThat(lines(FIRST)).containsEntry("device", "PASSED").containsEntry("store", "PASSED");
    }

    private void aPersonAnswersWithAFile() throws Exception {
        String duty = "/api/v1/releases/%s/duties/device-test".formatted(FIRST);
        Digest digest = Digest.of(SEEN);
        ObjectNode answer = callers().exactly(FIRST).put("result", "PASSED").put("reason", "tried all of it");
        answer.putObject("fields").put("device", "Pixel 9");
        answer.putArray("files").addObject().put("name", "seen.txt").put("digest", digest.value());
        Answer refused = callers().says(BEN, duty, answer);
        assertThat(refused.status())
                .as("nobody has handed it in: %s", refused.body())
                .isEqualTo(409);

        Answer handed = callers().hands(BEN, duty + "/files?name=seen.txt", SEEN);
        assertThat(handed.status()).as("%s", handed.body()).isEqualTo(201);
        assertThat(handed.body().path("digest").asString()).isEqualTo(digest.value());
        Answer taken = callers().says(BEN, duty, answer);

        assertThat(taken.status()).as("%s", taken.body()).isEqualTo(200);
        assertThat(taken.body().path("state").asString()).isEqualTo("CANDIDATE");
        assertThat(duty(taken.body(), "device-test").path("state").asString()).isEqualTo("PASSED");
    }

    private void aProgramSaysThatItsPartIsDone() throws Exception {
        String wait = "/api/v1/releases/%s/waits/mirror".formatted(FIRST);
        ObjectNode done = NamedCallers.body(Map.of("outcome", "PASSED", "reason", "it is there"));
        Answer other = callers().posts("ci@example.test", Role.PUBLISHER, wait, done);
        assertThat(other.status())
                .as("whoever builds it is not believed: %s", other.body())
                .isEqualTo(403);

        Answer taken = callers().posts(MIRROR, Role.PUBLISHER, wait, done);

        assertThat(taken.status()).as("%s", taken.body()).isEqualTo(200);
        assertThat(duty(taken.body(), "mirror").path("state").asString()).isEqualTo("PASSED");
    }

    /** Nothing is there, then what was there before, then what was released. */
    private void whatWasPublishedHoldsIt(OneRelease release) throws Exception {
        int looks = elsewhere.asked(MeansPolicy.DOCS);
        awaitThat("pages are asked again", () -> elsewhere.asked(MeansPolicy.DOCS) > looks + 1);
        assertThat(lines(FIRST)).containsEntry("download", "DUE").containsEntry("page", "DUE");
        elsewhere.publishes(MeansPolicy.download("1.0.0"), Files.readAllBytes(artifact("1.0.0")));
        awaitThat("the download is found", () -> Objects.equals(lines(FIRST).get("download"), "PASSED"));
        JsonNode held = release.awaitShown(
                "a page of the version before",
                seen -> gate(seen, "page").path("cause").asString("").contains("does not contain Version 1.0.0"));
        assertThat(held.path("state").asString()).isEqualTo("MERGING");

        elsewhere.publishes(MeansPolicy.DOCS, text("Version 1.0.0"));
    }

    private void itIsAnnounced() throws Exception {
        awaitThat("the room is told", () -> announced("room", "SENT"));
        awaitThat("the status page has it", () -> announced("status", "SENT"));
        assertThat(elsewhere.incidents()).hasSize(1);
        JsonNode incident = elsewhere.incidents().getFirst();
        assertThat(incident.path("name").asString()).isEqualTo(RELEASED);
        assertThat(incident.path("body").asString()).contains(WORDS).doesNotContain(BEFORE);
        assertThat(announcement("status").at("/proofs/0/answer").asString()).isEqualTo(Elsewhere.link(1));
        assertThat(received.said(MeansPolicy.ROOM)).singleElement().asString().contains(RELEASED, WORDS);

        awaitThat("support is asked again, of what is written", () -> isAskedToReview(2));
        assertThat(announcement("users").path("state").asString()).isEqualTo("AWAITS_REVIEW");
        assertThat(received.mails(MeansPolicy.USERS)).isEmpty();
        assertThat(lines(FIRST)).containsEntry("told", "DUE");
        ObjectNode yes = callers()
                .exactly(FIRST)
                .put("digest", announcement("users").path("digest").asString());
        Answer other = callers().says(BEN, "/api/v1/releases/%s/announcements/users/review".formatted(FIRST), yes);
        assertThat(other.status())
                .as("who is of another role is not asked: %s", other.body())
                .isEqualTo(403);
        ok("release", "announcements", FIRST, "--approve", "users", "--as", SAM);

        awaitThat("users are told", () -> announced("users", "SENT"));
        assertThat(received.mails(MeansPolicy.USERS)).singleElement().satisfies(mail -> {
            assertThat(mail.path("subject").asString()).isEqualTo(RELEASED);
            assertThat(mail.path("text").asString())
                    .contains(WORDS, "Questions: Sam <sam@example.test>")
                    .doesNotContain(BEFORE, BEN);
        });
        assertThat(elsewhere.incidents()).as("each once").hasSize(1);
        assertThat(callers().release(FIRST).path("reviews").size()).isZero();
    }

    // ---- the second

    @Test
    @Order(2)
    void a_vote_of_too_few_lets_nothing_go_however_late_and_a_veto_ends_it() throws Exception {
        assumeTrue(completed, "skipped: the first release did not make it");
        elsewhere.plans("1.1.0");
        OneRelease release = published("1.1.0", HARDLY_OPEN);
        JsonNode asked = release.awaitState("AWAITING_APPROVAL");
        Instant openUntil = Instant.parse(asked.at("/vote/openUntil").asString());
        approves(SECOND, CLEO);

        JsonNode objected =
                says(SECOND, CLEO, "objections", callers().exactly(SECOND).put("reason", "not so sure"));
        assertThat(objected.path("approvals").size())
                .as("it takes her yes back")
                .isZero();
        assertThat(objected.at("/vote/objections/0/yesBefore").isString()).isTrue();
        assertThat(objected.path("state").asString()).as("it is no veto").isEqualTo("AWAITING_APPROVAL");
        approves(SECOND, CLEO);
        awaitThat("its time to be over", () -> Instant.now().isAfter(openUntil.plus(TIMERS_LATE)));
        JsonNode late = callers().release(SECOND);
        assertThat(late.path("state").asString()).as(late.toPrettyString()).isEqualTo("AWAITING_APPROVAL");
        assertThat(late.at("/vote/roles/0/missing").asInt()).isEqualTo(1);
        assertThat(lines(SECOND)).containsEntry("vote", "DUE");

        ok("release", "object", SECOND, "--reason", "it opens a hole", "--as", EVE);

        assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("REJECTED");
        assertThat(release.seen().at("/cause/text").asString()).contains(EVE, "it opens a hole");
        JsonNode decided = release.seen().at("/vote/decided");
        assertThat(decided.path("outcome").asString()).isEqualTo("VETOED");
        assertThat(texts(decided.path("no"))).containsExactly(EVE);
        assertThat(texts(decided.path("yes"))).containsExactly(CLEO);
        assertThat(lines(SECOND)).containsEntry("vote", "FAILED").containsEntry("told", "DOES_NOT_APPLY");
        assertThat(versionInProduction()).isEqualTo("1.0.0");
        awaitThat(
                "people are told why",
                () -> received.mails(BEN, "[Slipway] means 1.1.0: rejected", "it opens a hole") == 1);
        assertThat(received.mails(MeansPolicy.USERS))
                .as("nothing is announced of it")
                .hasSize(1);
    }

    @Test
    @Order(3)
    void all_of_it_is_on_record_and_the_file_comes_back_as_it_was_handed_in() throws Exception {
        assumeTrue(completed, "skipped: the first release did not make it");
        for (String release : List.of(FIRST, SECOND)) {
            await("the record of %s is closed and agrees".formatted(release))
                    .atMost(COMMAND_MAX)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> {
                        Run verified = slipway.run(COMMAND_MAX, "verify", release);
                        assertThat(verified.exitCode()).as(verified.text()).isZero();
                    });
        }
        Path saved = folder.resolve("seen-again.txt");
        Files.deleteIfExists(saved);
        ok("release", "file", FIRST, "seen.txt", "--to", saved.toString());
        assertThat(saved).hasBinaryContent(SEEN);
    }

    // ---- another application

    @Test
    @Order(4)
    void a_release_is_held_by_reports_by_runs_that_are_missing_and_by_an_image_that_is_not_the_released_one()
            throws Exception {
        ledger = new LedgerReleases(folder.resolve("ledger"), home, slipway, http, registry);
        next(1, LedgerReleases::theFirstIsHeldByWhatItRestsOn);
    }

    @Test
    @Order(5)
    void what_scanners_find_and_a_test_that_is_flaky_refuse_a_release_and_are_named() throws Exception {
        next(2, LedgerReleases::whatScannersAndUnstableTestsSayIsRefusedAndNamed);
    }

    @Test
    @Order(6)
    void what_a_program_tells_of_itself_in_staging_refuses_a_release() throws Exception {
        next(3, LedgerReleases::whatItTellsOfItselfIsRefusedInStaging);
    }

    @Test
    @Order(7)
    void a_release_that_may_only_go_forward_is_held_where_it_is_worse_and_its_notes_are_a_page() throws Exception {
        next(4, LedgerReleases::oneThatMayOnlyGoForwardIsHeldInPlaceOfGoingBackAndTellsItsPeople);
    }

    @Test
    @Order(8)
    void a_newer_version_takes_its_place_and_share_and_nobody_goes_back_behind_it() throws Exception {
        next(5, LedgerReleases::aNewerVersionRepairsItAndNobodyGoesBackBehindIt);
    }

    @FunctionalInterface
    private interface Part {
        void of(LedgerReleases releases) throws Exception;
    }

    /** One goes by what the one before it left. */
    private void next(int number, Part part) throws Exception {
        LedgerReleases releases = ledger;
        assumeTrue(releases != null && ledgerAt == number - 1, "skipped: the release before it did not make it");
        part.of(Objects.requireNonNull(releases));
        ledgerAt = number;
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        http.close();
        elsewhere.close();
        registry.close();
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
    }

    // ---- how it is asked

    private void ok(String... arguments) throws IOException, InterruptedException {
        Run run = slipway.run(COMMAND_MAX, arguments);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    private NamedCallers callers() {
        return new NamedCallers(home, http);
    }

    private OneRelease published(String version, Duration openFor) throws IOException, InterruptedException {
        ByEvent application = new ByEvent(access, http, folder.resolve("repository"), MeansPolicy.APPLICATION);
        application.policy(MeansPolicy.yaml(application.repository(), elsewhere, openFor));
        application.publish(version, Map.of("server", program(version)));
        return new OneRelease(home, "means@" + version);
    }

    /** Each version is a file of its own, as its digest is what is released. */
    private Path program(String version) throws IOException {
        try (InputStream source = Objects.requireNonNull(GuideMeansIT.class.getResourceAsStream("/misbehaving.py"))) {
            String program = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(artifact(version), program + "# means " + version + "\n");
        }
    }

    private Path artifact(String version) {
        return folder.resolve("means-%s.py".formatted(version));
    }

    private JsonNode approves(String release, String person) throws IOException, InterruptedException {
        return says(release, person, "approvals", callers().exactly(release));
    }

    private JsonNode says(String release, String person, String what, ObjectNode body)
            throws IOException, InterruptedException {
        Answer answer = callers().says(person, "/api/v1/releases/%s/%s".formatted(release, what), body);
        assertThat(answer.status())
                .as("%s of %s: %s", what, person, answer.body())
                .isEqualTo(200);
        return answer.body();
    }

    private void edits(String words) throws IOException, InterruptedException {
        Answer answer = callers()
                .puts(
                        BEN,
                        "/api/v1/releases/%s/notes".formatted(FIRST),
                        NamedCallers.body(Map.of("text", words, "reason", "for users")));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    // ---- what is seen

    private static void awaitThat(String what, Callable<Boolean> so) {
        await(what).atMost(SOON).pollInterval(LOOK_EVERY).until(so);
    }

    private Map<String, String> lines(String release) throws IOException, InterruptedException {
        return callers().lines(MeansPolicy.APPLICATION, release);
    }

    private static JsonNode gate(JsonNode release, String id) {
        return NamedCallers.named(release.path("gates"), "gate", id);
    }

    private static JsonNode duty(JsonNode release, String id) {
        return NamedCallers.named(release.path("duties"), "id", id);
    }

    private JsonNode announcement(String id) throws IOException, InterruptedException {
        return callers().announcement(FIRST, id);
    }

    private String versionInProduction() throws IOException, InterruptedException {
        URI version = URI.create(access.get("SLIPWAY_FRONT_URL")).resolve("/apps/means/production/version");
        return http.send(HttpRequest.newBuilder(version).build(), BodyHandlers.ofString())
                .body();
    }

    private boolean announced(String id, String state) throws IOException, InterruptedException {
        return announcement(id).path("state").asString("").equals(state);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private boolean isAskedToReview(int times) throws IOException, InterruptedException {
        return received.mails(SAM, "[Slipway] means 1.0.0: review asked", "A review is asked for: users of support.")
                == times;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
