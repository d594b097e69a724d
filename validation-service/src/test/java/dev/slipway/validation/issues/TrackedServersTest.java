package dev.slipway.validation.issues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.contracts.policy.TrackerRule.Server;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.assessment.TrackerCheck;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.verdicts.ChainedVerdicts;
import dev.slipway.validation.verdicts.Explaining;
import dev.slipway.validation.verdicts.Explanation;
import dev.slipway.validation.verdicts.Verification;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What GitHub and GitLab answer becomes a verdict, evidence that is kept, and a record that anybody can go over again. */
final class TrackedServersTest {
    private static final ApplicationName SHOP = new ApplicationName("shop");
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final String GITHUB = "/repos/acme/shop";
    private static final String GITLAB = "/api/v4/projects/acme%2Fweb%2Fshop";
    private static final String EMPTY = "[]";

    @TempDir
    Path folder;

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private boolean full;
    private final EvidenceBytes shelf = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            if (full) {
                throw new EvidenceFull("the shelf is full");
            }
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    };
    private final EvidenceReaders readers = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private TrackerServer server;
    private Instant now = Instant.parse("2026-01-05T10:00:00Z");

    @BeforeEach
    void start() throws IOException {
        server = new TrackerServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    // ---- asking

    private TrackedServers servers(List<String> hosts, @Nullable Path token, Duration answerWithin, int pagesMax) {
        TrackerSettings settings = new TrackerSettings(
                hosts,
                Duration.ofSeconds(2),
                answerWithin,
                Duration.ofMinutes(1),
                DataSize.ofKilobytes(64),
                2,
                pagesMax,
                Duration.ofHours(1),
                token == null ? List.of() : List.of(new TrackerSettings.Credential(server.host(), token)));
        Guarded guard = new Guarded(
                "tracker",
                CircuitBreakerRegistry.of(Map.of(
                        "tracker",
                        CircuitBreakerConfig.custom()
                                .slidingWindowSize(3)
                                .minimumNumberOfCalls(3)
                                .build())),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Duration.ofMinutes(1))
                        .build()));
        return new TrackedServers(settings, guard, shelf, JsonMapper.shared(), () -> now);
    }

    private Finding ask(Gate gate) throws InterruptedException {
        try (TrackedServers servers = servers(List.of(server.host()), null, Duration.ofSeconds(10), 3)) {
            return ask(servers, gate);
        }
    }

    private static Finding ask(TrackedServers servers, Gate gate) throws InterruptedException {
        return servers.ask(new TrackerCheck.Asking(0, SHOP, SHA, gate));
    }

    private TrackerRule gitHub(
            @Nullable String milestone, List<String> labels, List<String> high, List<String> backports) {
        return new TrackerRule(
                Server.GITHUB,
                "acme/shop",
                "http://" + server.host(),
                milestone,
                labels,
                high,
                backports,
                TrackerRule.EVERY_DEFAULT);
    }

    private TrackerRule gitLab(
            @Nullable String milestone, List<String> labels, List<String> high, List<String> backports) {
        return new TrackerRule(
                Server.GITLAB,
                "acme/web/shop",
                "http://" + server.host() + "/api/v4",
                milestone,
                labels,
                high,
                backports,
                TrackerRule.EVERY_DEFAULT);
    }

    private static Gate gate(TrackerRule rule, Threshold... thresholds) {
        return Gate.of("bugs", "", Stage.CANDIDATE, null, rule, List.of(thresholds), Duration.ofMinutes(30));
    }

    private static Threshold is(String fact, String expects) {
        return new Threshold(fact, expects);
    }

    private static String issue(int number, String state, String label, String more) {
        return "{\"url\": \"u\", \"number\": %d, \"title\": \"title %d\", \"state\": \"%s\", \"labels\": [{\"name\": \"%s\"}], \"milestone\": {\"number\": 4, \"title\": \"1.4.0\"}%s}"
                .formatted(number, number, state, label, more);
    }

    private static String mine(int iid, String state, String label, String more) {
        return "{\"id\": 90%d, \"iid\": %d, \"title\": \"title %d\", \"state\": \"%s\", \"labels\": [\"%s\"], \"milestone\": {\"id\": 7, \"title\": \"1.4.0\"}%s}"
                .formatted(iid, iid, iid, state, label, more);
    }

    private static String list(String... issues) {
        return "[" + String.join(",", issues) + "]";
    }

    private void gitHubMilestone() {
        server.has(
                        GITHUB + "/milestones?state=all&per_page=2&page=1",
                        "[{\"number\": 2, \"title\": \"1.3.0\"}, {\"number\": 3, \"title\": \"1.3.1\"}]")
                .has(GITHUB + "/milestones?state=all&per_page=2&page=2", "[{\"number\": 4, \"title\": \"1.4.0\"}]");
    }

    // ---- GitHub

    @Test
    void github_is_asked_for_a_milestone_by_its_number_page_by_page_and_for_backports() throws Exception {
        gitHubMilestone();
        server.has(GITHUB + "/labels/severity%2Fhigh", "{\"name\": \"severity/high\"}")
                .has(GITHUB + "/labels/backport%201.4", "{\"name\": \"backport 1.4\"}")
                .has(
                        GITHUB + "/issues?state=all&milestone=4&per_page=2&page=1",
                        200,
                        Map.of(
                                "Link",
                                "<https://elsewhere.test/x?page=2>; rel=\"next\", <https://x.test>; rel=\"last\""),
                        list(issue(1, "open", "severity/high", "")))
                .has(
                        GITHUB + "/issues?state=all&milestone=4&per_page=2&page=2",
                        list(
                                issue(2, "closed", "severity/high", ""),
                                issue(3, "open", "severity/high", ", \"pull_request\": {\"merged_at\": null}")))
                .has(GITHUB + "/issues?state=all&milestone=4&per_page=2&page=3", EMPTY)
                .has(
                        GITHUB + "/issues?state=open&labels=backport%201.4&per_page=2&page=1",
                        list(issue(9, "open", "backport 1.4", ", \"pull_request\": {\"merged_at\": null}")));

        Finding finding = ask(gate(
                gitHub("1.4.0", List.of(), List.of("severity/high"), List.of("backport 1.4")),
                is(TrackerRule.HIGH, "0"),
                is(TrackerRule.UNMERGED, "0"),
                is(TrackerRule.CLOSED, ">= 1")));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding.settled())
                .as("people may still do something about it")
                .isFalse();
        assertThat(finding.cause())
                .contains("Open of high severity: #1 title 1", "Not merged: #9 title 9")
                .doesNotContain("#2", "#3");
        assertThat(finding.observed())
                .contains(
                        "tracker.open.high 1", "tracker.closed 1", "tracker.unmerged.backports 1", "tracker.done 50%");
        assertThat(server.asked()).allSatisfy(asked -> {
            assertThat(asked.accept()).isEqualTo("application/vnd.github+json");
            assertThat(asked.authorization()).isNull();
        });
    }

    @Test
    void what_passes_is_settled_and_kept_and_judged_again_from_what_was_kept() throws Exception {
        server.has(GITHUB + "/labels/bug", "{\"name\": \"bug\"}")
                .has(GITHUB + "/issues?state=open&labels=bug&per_page=2&page=1", list(issue(1, "open", "bug", "")));
        Gate gate = gate(gitHub(null, List.of("bug"), List.of(), List.of()), is(TrackerRule.OPEN, "<= 1"));

        Finding finding = ask(gate);

        assertThat(finding.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding.settled()).isTrue();
        assertThat(kept).containsOnlyKeys(finding.inputs().getFirst());
        String record = new String(kept.values().iterator().next(), StandardCharsets.UTF_8);
        assertThat(record)
                .startsWith("{\"slipway\":\"tracker/1\",\"source\":\"issues of acme/shop at " + server.host())
                .contains("\"id\":\"#1\"");

        Verification verification = new Verification(readers, shelf);
        assertThat(faults(verification, gate, finding, Verdict.PASSED)).isEmpty();
        assertThat(faults(verification, gate, finding, Verdict.FAILED))
                .singleElement()
                .asString()
                .contains("the rule says PASSED now, said FAILED then");
        kept.replaceAll((_, bytes) -> new String(bytes, StandardCharsets.UTF_8)
                .replace("open\",\"request\":false", "open\",\"request\":true")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(faults(verification, gate, finding, Verdict.PASSED))
                .as("other bytes than those that it rests on")
                .singleElement()
                .asString()
                .contains("is gone or changed");
    }

    private static List<String> faults(Verification verification, Gate gate, Finding finding, Verdict said) {
        return verification.faultsApart(List.of(ChainedVerdicts.first(SHOP, SHA, gate, finding.inputs(), said)));
    }

    @Test
    void whoever_asks_why_is_told_which_issues() throws Exception {
        server.has(GITHUB + "/labels/P1", "{\"name\": \"P1\"}")
                .has(
                        GITHUB + "/issues?state=open&per_page=2&page=1",
                        list(issue(1, "open", "P1", ""), issue(2, "open", "P3", "")))
                .has(GITHUB + "/issues?state=open&per_page=2&page=2", EMPTY);
        Gate gate = gate(gitHub(null, List.of(), List.of("P1"), List.of()), is(TrackerRule.HIGH, "0"));
        Finding finding = ask(gate);

        Explanation told = new Explaining(readers, shelf)
                .of(new Explaining.Asked(
                        "shop@1.4.0",
                        "q",
                        SHA,
                        gate,
                        finding.verdict(),
                        finding.cause(),
                        finding.observed(),
                        null,
                        finding.inputs(),
                        List.of(),
                        List.of(),
                        List.of()));

        assertThat(told.sources()).singleElement().satisfies(source -> {
            assertThat(source.file()).isEqualTo("issues of acme/shop at " + server.host());
            assertThat(source.places()).containsExactly("high #1 title 1 (P1)", "open #2 title 2 (P3)");
        });
        assertThat(told.parts()).singleElement().satisfies(part -> {
            assertThat(part.text()).isEqualTo("tracker.open.high == 0");
            assertThat(part.holds()).isFalse();
        });
        assertThat(told.facts()).extracting(Explanation.Said::name).contains(TrackerRule.HIGH, TrackerRule.OPEN);
        assertThat(told.toPass()).isNotEmpty();
    }

    @Test
    void before_a_release_a_tracker_is_looked_at_with_its_labels_and_nothing_is_kept() throws InterruptedException {
        server.has(GITHUB + "/labels/P1", "{\"name\": \"P1\"}")
                .has(GITHUB + "/issues?state=open&per_page=2&page=1", list(issue(1, "open", "P1", "")));
        TrackerRule rule = gitHub(null, List.of(), List.of(), List.of());
        try (TrackedServers servers = servers(List.of(server.host()), null, Duration.ofSeconds(10), 3);
                TrackedServers strict = servers(List.of(), null, Duration.ofSeconds(10), 3)) {
            assertThat(servers.look(rule, List.of("P1"))).satisfies(check -> {
                assertThat(check.project()).isEqualTo("acme/shop");
                assertThat(check.usable()).isTrue();
                assertThat(check.text()).startsWith(server.host() + " answers, and has 1 label");
            });
            assertThat(servers.look(rule, List.of("P1", "P0"))).satisfies(check -> {
                assertThat(check.usable()).isFalse();
                assertThat(check.text()).contains("There is no label P0 in acme/shop");
            });
            assertThat(strict.look(rule, List.of()).text()).contains("slipway.validation.tracker.hosts");

            server.has(
                    GITHUB + "/issues?state=open&per_page=2&page=1",
                    401,
                    Map.of(),
                    "{\"message\": \"Bad credentials\"}");
            assertThat(servers.look(rule, List.of())).satisfies(check -> {
                assertThat(check.usable()).isFalse();
                assertThat(check.text()).contains("Bad credentials", "slipway.validation.tracker.credentials");
            });
        }
        assertThat(kept).isEmpty();
    }

    // ---- GitLab

    @Test
    void gitlab_is_asked_for_a_milestone_by_its_title_and_for_merge_requests_apart() throws Exception {
        server.has(GITLAB + "/labels/severity%3A%3Ahigh", "{\"name\": \"severity::high\"}")
                .has(GITLAB + "/labels/bug", "{\"name\": \"bug\"}")
                .has(GITLAB + "/labels/backport", "{\"name\": \"backport\"}")
                .has(
                        GITLAB + "/milestones?title=1.4.0&include_ancestors=true",
                        "[{\"id\": 7, \"iid\": 1, \"title\": \"1.4.0\"}]")
                .has(
                        GITLAB + "/issues?scope=all&milestone=1.4.0&labels=bug&per_page=2&page=1",
                        200,
                        Map.of("X-Next-Page", "2"),
                        list(mine(1, "closed", "bug", "")))
                .has(
                        GITLAB + "/issues?scope=all&milestone=1.4.0&labels=bug&per_page=2&page=2",
                        200,
                        Map.of("X-Next-Page", ""),
                        list("{\"iid\": 2, \"title\": \"secret\", \"confidential\": true, \"state\": \"opened\","
                                + " \"labels\": [\"bug\", \"severity::high\"], \"milestone\": {\"title\":"
                                + " \"1.4.0\"}}"))
                .has(
                        GITLAB + "/merge_requests?scope=all&state=opened&labels=backport&per_page=2&page=1",
                        list(mine(5, "opened", "backport", ", \"source_branch\": \"b\"")));
        Path token = Files.writeString(folder.resolve("token"), "glpat-secret\n");

        try (TrackedServers servers = servers(List.of(server.host()), token, Duration.ofSeconds(10), 3)) {
            Finding finding = ask(
                    servers,
                    gate(
                            gitLab("1.4.0", List.of("bug"), List.of("severity::high"), List.of("backport")),
                            is(TrackerRule.HIGH, "0"),
                            is(TrackerRule.UNMERGED, "0")));

            assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(finding.cause())
                    .contains("Open of high severity: #2 (confidential)", "Not merged: !5 title 5")
                    .doesNotContain("secret");
        }
        assertThat(server.asked()).allSatisfy(asked -> {
            assertThat(asked.privateToken()).isEqualTo("glpat-secret");
            assertThat(asked.authorization()).isNull();
        });
        assertThat(kept.values()).noneMatch(bytes -> new String(bytes, StandardCharsets.UTF_8).contains("secret"));
    }

    // ---- what is never passed

    private Gate open() {
        return gate(gitHub(null, List.of(), List.of(), List.of()), is(TrackerRule.OPEN, ">= 0"));
    }

    private static void requireUnknown(Finding finding, String... words) {
        assertThat(finding.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(finding.settled()).isFalse();
        assertThat(finding.cause()).contains(words);
    }

    @Test
    void a_label_or_milestone_that_there_is_not_is_no_empty_list() throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", EMPTY)
                .has(GITHUB + "/issues?state=open&labels=bgu&per_page=2&page=1", EMPTY);
        gitHubMilestone();

        requireUnknown(
                ask(gate(gitHub(null, List.of("bgu"), List.of(), List.of()), is(TrackerRule.OPEN, "0"))),
                "There is no label bgu in acme/shop");
        requireUnknown(
                ask(gate(gitHub(null, List.of(), List.of("hihg"), List.of()), is(TrackerRule.HIGH, "0"))),
                "There is no label hihg");
        requireUnknown(
                ask(gate(gitHub("1.4", List.of(), List.of(), List.of()), is(TrackerRule.OPEN, "0"))),
                "There is no milestone 1.4 in acme/shop so far");
        server.has(GITLAB + "/milestones?title=1.4&include_ancestors=true", EMPTY);
        requireUnknown(
                ask(gate(gitLab("1.4", List.of(), List.of(), List.of()), is(TrackerRule.OPEN, "0"))),
                "There is no milestone 1.4 in acme/web/shop so far");
        assertThat(kept).isEmpty();
    }

    @Test
    void more_issues_than_are_read_are_not_counted() throws Exception {
        for (int page = 1; page <= 4; page++) {
            server.has(
                    GITHUB + "/issues?state=open&per_page=2&page=" + page,
                    list(issue(2 * page, "open", "x", ""), issue(2 * page + 1, "open", "x", "")));
        }

        requireUnknown(ask(open()), "acme/shop has more than 6 entries of that kind", "name a milestone");
        assertThat(server.paths()).hasSize(3);
    }

    @Test
    void a_limit_that_is_reached_is_kept_to_until_its_time_is_over() throws Exception {
        String path = GITHUB + "/issues?state=open&per_page=2&page=1";
        server.has(
                path,
                403,
                Map.of(
                        "X-RateLimit-Remaining",
                        "0",
                        "X-RateLimit-Reset",
                        String.valueOf(now.plusSeconds(600).getEpochSecond())),
                "{\"message\": \"API rate limit exceeded\"}");

        try (TrackedServers servers = servers(List.of(server.host()), null, Duration.ofSeconds(10), 3)) {
            requireUnknown(ask(servers, open()), "wants a pause", "2026-01-05T10:10:00Z");
            requireUnknown(ask(servers, open()), "wants a pause");
            assertThat(server.paths()).as("it was left alone").hasSize(1);

            now = now.plusSeconds(601);
            server.has(path, 429, Map.of("Retry-After", "30"), "");
            requireUnknown(ask(servers, open()), "2026-01-05T10:10:31Z");
            now = now.plusSeconds(31);
            server.has(path, EMPTY);
            assertThat(ask(servers, open()).verdict()).isEqualTo(Verdict.PASSED);
        }
    }

    @Test
    void a_server_that_does_not_answer_in_time_is_not_known_to_have_no_issues() throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", EMPTY).fallSilent();

        try (TrackedServers servers = servers(List.of(server.host()), null, Duration.ofMillis(200), 3)) {
            requireUnknown(ask(servers, open()), server.host() + " does not answer");
        }
    }

    @Test
    void a_server_that_fails_again_and_again_is_left_alone_for_a_while() throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", 502, Map.of(), "<html>");

        try (TrackedServers servers = servers(List.of(server.host()), null, Duration.ofSeconds(10), 3)) {
            for (int i = 0; i < 3; i++) {
                requireUnknown(ask(servers, open()), "it answered with status 502");
            }
            requireUnknown(ask(servers, open()), "has failed too often and is left alone");
        }
        assertThat(server.paths()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"message\": \"ok\"}", "[{\"number\": 1}]", "<html>", "", "[{\"number\": 1, \"title\": \"x"})
    void an_answer_that_is_no_list_of_issues_is_none(String body) throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", body);

        requireUnknown(ask(open()), "is no list of issues");
    }

    @Test
    void who_may_not_ask_is_told_what_helps_and_nothing_of_the_token() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "ghp-secret");
        server.has(
                GITHUB + "/issues?state=open&per_page=2&page=1", 401, Map.of(), "{\"message\": \"Bad credentials\"}");

        try (TrackedServers servers = servers(List.of(server.host()), token, Duration.ofSeconds(10), 3)) {
            Finding finding = ask(servers, open());
            requireUnknown(finding, "status 401: Bad credentials", "slipway.validation.tracker.credentials");
            assertThat(finding.cause()).doesNotContain("ghp-secret");
        }
        assertThat(server.asked().getFirst().authorization()).isEqualTo("Bearer ghp-secret");
        requireUnknown(
                ask(gate(gitLab(null, List.of(), List.of(), List.of()), is(TrackerRule.OPEN, "0"))),
                "There are no issues of acme/web/shop");
    }

    @Test
    void a_token_that_cannot_be_read_is_no_reason_to_ask_as_nobody() throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", EMPTY);

        try (TrackedServers servers =
                servers(List.of(server.host()), folder.resolve("none"), Duration.ofSeconds(10), 3)) {
            requireUnknown(ask(servers, open()), "The token for " + server.host() + " cannot be read");
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_host_that_nobody_allowed_is_not_asked_and_a_redirect_is_not_followed() throws Exception {
        try (TrackedServers servers = servers(List.of("github.example.test"), null, Duration.ofSeconds(10), 3)) {
            requireUnknown(
                    ask(servers, open()),
                    "slipway.validation.tracker.hosts",
                    "./slipway allow --host " + server.host());
        }
        assertThat(server.asked()).isEmpty();

        server.has(
                GITHUB + "/issues?state=open&per_page=2&page=1",
                301,
                Map.of("Location", "/repositories/1/issues"),
                "{\"message\": \"Moved Permanently\"}");
        requireUnknown(ask(open()), "refuses the question (status 301: Moved Permanently)");
        assertThat(server.paths()).hasSize(1);
    }

    @Test
    void what_cannot_be_kept_is_not_judged() throws Exception {
        server.has(GITHUB + "/issues?state=open&per_page=2&page=1", EMPTY);
        full = true;

        requireUnknown(ask(open()), "What it rests on cannot be kept");
    }
}
