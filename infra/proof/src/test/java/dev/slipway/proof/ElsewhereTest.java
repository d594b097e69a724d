package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.git.Git;
import dev.slipway.git.GitOptions;
import dev.slipway.git.GitProgram;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.Delivery;
import dev.slipway.notification.conversation.Party;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.page.PageSender;
import dev.slipway.notification.page.PageSettings;
import dev.slipway.platform.Pace;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.validation.arrival.Arrivals;
import dev.slipway.validation.arrival.Fetching;
import dev.slipway.validation.arrival.RemoteTags;
import dev.slipway.validation.assessment.ArrivalCheck;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.TrackerCheck;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.issues.TrackedServers;
import dev.slipway.validation.issues.TrackerSettings;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** What stands for all that is not Slipway's, asked by the services' own clients as {@link MeansPolicy} has it asked. */
class ElsewhereTest {
    private static final Sha SHA = new Sha("a".repeat(40));
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(10));
    private static final byte[] RELEASED = "print('1.0.0')\n".getBytes(StandardCharsets.UTF_8);
    private static final Filling FACTS = Filling.first(Map.of(
            "version", "1.0.0",
            "sha", SHA.value(),
            "release", "means@1.0.0",
            "environment", "production",
            "digest", Digest.of(RELEASED).value()));
    private static final EvidenceBytes NO_SHELF = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            // nobody goes over it again
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // nobody looks at it again
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.empty();
        }
    };

    @TempDir
    Path folder;

    private final Elsewhere elsewhere = new Elsewhere();
    private final Policy policy = policy();

    @AfterEach
    void close() {
        elsewhere.close();
    }

    private Policy policy() {
        String yaml = MeansPolicy.yaml("file:///srv/means.git", elsewhere, Duration.ofSeconds(10));
        PolicyReading reading = new PolicyReader(1 << 16).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private Gate gate(String id) {
        return policy.gates().stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Guarded guard(String name) {
        return new Guarded(
                name,
                CircuitBreakerRegistry.of(Map.of(name, CircuitBreakerConfig.ofDefaults())),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(
                        TimeLimiterConfig.custom().timeoutDuration(PATIENCE).build()));
    }

    // ---- a tracker

    private Finding asked() throws InterruptedException {
        TrackerSettings settings = new TrackerSettings(
                List.of(elsewhere.host()),
                PATIENCE,
                PATIENCE,
                PATIENCE,
                DataSize.ofKilobytes(64),
                100,
                2,
                PATIENCE,
                List.of());
        Gate bugs = gate("bugs");
        Gate filled = Gate.of(
                bugs.id(),
                bugs.guide(),
                bugs.stage(),
                null,
                FACTS.tracker(Objects.requireNonNull(bugs.tracker())),
                bugs.rule(),
                bugs.within());
        try (TrackedServers servers =
                new TrackedServers(settings, guard("tracker"), NO_SHELF, JsonMapper.shared(), Instant::now)) {
            return servers.ask(new TrackerCheck.Asking(0, new ApplicationName("means"), SHA, filled));
        }
    }

    @Test
    void a_tracker_tells_of_a_bug_until_it_is_closed_and_of_no_milestone_that_it_has_not() throws Exception {
        Finding unplanned = asked();
        assertThat(unplanned.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(unplanned.cause()).contains("no milestone 1.0.0");
        elsewhere.plans("0.9.0");
        elsewhere.plans("1.0.0");
        elsewhere.hasBug(3, "It is slow", "0.9.0");
        elsewhere.hasBug(7, "It loses data", "1.0.0");

        Finding held = asked();

        assertThat(held.verdict()).as("%s", held).isEqualTo(Verdict.FAILED);
        assertThat(held.settled()).isFalse();
        assertThat(held.observed()).contains("tracker.open.high 1");
        assertThat(held.cause()).contains("#7 It loses data").doesNotContain("It is slow");
        elsewhere.closes(7);
        assertThat(asked().verdict()).isEqualTo(Verdict.PASSED);
        assertThat(elsewhere.askedForIssues()).isEqualTo(2);
    }

    // ---- what was published, and what others are waited for

    private ProbeAnswer looked(Arrival arrival) throws InterruptedException {
        Fetching.Limits limits = new Fetching.Limits(Set.of(elsewhere.host()), PATIENCE, PATIENCE, 100_000, 100_000, 0);
        try (Git git = new Git(GitProgram.find(), GitOptions.ofThisUser());
                Arrivals arrivals = new Arrivals(
                        new Fetching(limits, Bulkhead.ofDefaults("arrival")),
                        new RemoteTags(git, guard("git")),
                        (_, _) -> List.of(),
                        JsonMapper.shared())) {
            return arrivals.look(new ArrivalCheck.Looked(0, FACTS.arrival(arrival), policy.source(), SHA, null, false));
        }
    }

    private ProbeAnswer looked(String gate) throws InterruptedException {
        return looked(Objects.requireNonNull(gate(gate).arrival()));
    }

    @Test
    void what_is_published_is_found_there_and_what_was_there_before_is_something_else() throws Exception {
        assertThat(looked("download")).isInstanceOf(ProbeAnswer.Unanswered.class);
        elsewhere.publishes(MeansPolicy.DOCS, "Version 0.9.0".getBytes(StandardCharsets.UTF_8));
        assertThat(looked("page"))
                .isInstanceOfSatisfying(
                        ProbeAnswer.Unexpected.class,
                        other -> assertThat(other.why()).contains("does not contain Version 1.0.0"));

        elsewhere.publishes(MeansPolicy.download("1.0.0"), RELEASED);
        elsewhere.publishes(MeansPolicy.DOCS, "Version 1.0.0".getBytes(StandardCharsets.UTF_8));

        assertThat(looked("download")).isInstanceOf(ProbeAnswer.AsExpected.class);
        assertThat(looked("page")).isInstanceOf(ProbeAnswer.AsExpected.class);
        assertThat(elsewhere.asked(MeansPolicy.DOCS)).isEqualTo(2);
    }

    @Test
    void a_store_is_waited_for_until_it_has_approved() throws Exception {
        WaitsOn store = policy.duty("store-review").map(Duty::waits).orElseThrow();
        Arrival poll = Objects.requireNonNull(store.poll());
        elsewhere.reviews("1.0.0", "pending");
        assertThat(looked(poll)).isInstanceOf(ProbeAnswer.Unexpected.class);
        elsewhere.reviews("1.0.0", "approved");
        assertThat(looked(poll)).isInstanceOf(ProbeAnswer.AsExpected.class);
        assertThat(elsewhere.askedForReview("1.0.0")).isEqualTo(2);
    }

    // ---- a status page

    private ConversationInput put(String token) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), token);
        PageSettings settings = new PageSettings(
                List.of(elsewhere.host()),
                PATIENCE,
                PATIENCE,
                100_000,
                List.of(new PageSettings.Credential(elsewhere.host(), file)));
        String to = policy.announcements().getLast().to().getFirst();
        Party party = new Party("announcement", "announcement status", Channel.STATUS_PAGE, to);
        Delivery.Content content = new Delivery.Content("means 1.0.0 is released", "It starts twice as fast.");
        return PageSender.of(settings, guard("pages"), WireJson.mapper())
                .perform(
                        new OneRun(),
                        new Sending(
                                "means@1.0.0/1",
                                1,
                                Delivery.Form.MAIL,
                                "means@1.0.0",
                                party,
                                null,
                                null,
                                false,
                                Instant.EPOCH,
                                content));
    }

    /** A task that is performed for the first time. */
    private record OneRun() implements TaskRun {
        @Override
        public String aggregateId() {
            return "any";
        }

        @Override
        public String taskId() {
            return "send-1-1";
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public boolean claimedBefore() {
            return false;
        }

        @Override
        public boolean dropped() {
            return false;
        }
    }

    @Test
    void a_status_page_takes_incidents_of_whoever_has_its_token_and_gives_each_a_link() throws Exception {
        assertThat(put("another")).isInstanceOf(ConversationInput.NotSent.class);
        assertThat(elsewhere.incidents()).isEmpty();

        assertThat(put(Elsewhere.TOKEN))
                .isInstanceOfSatisfying(
                        ConversationInput.Sent.class,
                        sent -> assertThat(sent.thread()).isEqualTo(Elsewhere.link(1)));

        assertThat(elsewhere.incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.path("name").asString()).isEqualTo("means 1.0.0 is released");
            assertThat(incident.path("body").asString()).isEqualTo("It starts twice as fast.");
            assertThat(incident.path("status").asString()).isEqualTo("resolved");
        });
    }
}
