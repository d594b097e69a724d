package dev.slipway.proof;

import static dev.slipway.proof.MeansPolicy.BEN;
import static dev.slipway.proof.MeansPolicy.CLEO;
import static dev.slipway.proof.MeansPolicy.DAN;
import static dev.slipway.proof.MeansPolicy.EVE;
import static dev.slipway.proof.MeansPolicy.MIRROR;
import static dev.slipway.proof.MeansPolicy.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.GuideStates;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Votes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@link GuideMeansIT} goes through, on the shipped cores alone: its policy, what holds a release, and when it goes on. */
class GuideMeansTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration OPEN = Duration.ofSeconds(10);
    private static final int SECONDS_MAX = 300;
    private static final String FIRST = "1.0.0";
    private static final String NEXT = "1.1.0";
    /** As the question of a poll is called. */
    private static final String POLL = "wait-store-review";

    private final Elsewhere elsewhere = new Elsewhere();

    @AfterEach
    void close() {
        elsewhere.close();
    }

    private Policy policy(Duration openFor) {
        String yaml = MeansPolicy.yaml("file:///srv/means.git", elsewhere, openFor);
        PolicyReading reading = new PolicyReader(1 << 16).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static void approve(ServicesTogether together, String version, String person) {
        ReleaseInput.Triple exactly = GuidedReleases.exactly(together.dossier(version));
        together.said(
                version,
                new ReleaseInput.Approve(person, exactly.sha(), exactly.digests(), exactly.policyHash(), null));
    }

    private static void object(ServicesTogether together, String version, String person, String why) {
        together.said(
                version, new ReleaseInput.SayNo(person, why, GuidedReleases.exactly(together.dossier(version)), null));
    }

    private static void answer(
            ServicesTogether together,
            String by,
            String duty,
            Map<String, String> fields,
            List<AnswerFile> files,
            DutyView.@Nullable Via via) {
        together.said(
                FIRST,
                new ReleaseInput.AnswerDuty(
                        by,
                        duty,
                        DutyView.Result.PASSED,
                        "done and seen",
                        fields,
                        List.of(),
                        List.of(),
                        files,
                        GuidedReleases.exactly(together.dossier(FIRST)),
                        null,
                        via));
    }

    private static void reaches(ServicesTogether together, String version, ReleasePhase phase) {
        for (int second = 0; second < SECONDS_MAX && together.phase(version) != phase; second++) {
            together.pass(SECOND);
        }
        assertThat(together.phase(version)).isEqualTo(phase);
    }

    private static Map<String, LineState> lines(ServicesTogether together, String version) {
        return GuideStates.of(together.dossier(version)).lines().stream()
                .collect(Collectors.toMap(GuideView.Line::id, GuideView.Line::state));
    }

    private static VoteView vote(ServicesTogether together, String version) {
        return Objects.requireNonNull(Votes.view(together.dossier(version)));
    }

    private static long reviewsAsked(ServicesTogether together) {
        return together.told(FIRST).stream()
                .filter(kind -> kind == Milestone.Kind.REVIEW_ASKED)
                .count();
    }

    @Test
    void each_holds_a_release_and_lets_it_go() {
        ServicesTogether together = new ServicesTogether(policy(OPEN));
        List.of("bugs", POLL, "download", "page").forEach(together::gateHolds);
        together.propose(FIRST, 1);
        together.pass(OPEN);
        assertThat(together.phase(FIRST)).isEqualTo(ReleasePhase.VALIDATING);
        assertThat(lines(together, FIRST)).containsEntry("bugs", LineState.DUE);

        together.gatePasses("bugs");
        assertThat(together.phase(FIRST)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        approve(together, FIRST, CLEO);
        assertThat(vote(together, FIRST).roles().getFirst().missing()).isEqualTo(1);
        approve(together, FIRST, DAN);
        together.pass(OPEN.minus(SECOND));
        assertThat(together.phase(FIRST)).as("its vote is open").isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(lines(together, FIRST))
                .containsEntry("bugs", LineState.PASSED)
                .containsEntry("vote", LineState.DUE);
        assertThat(reviewsAsked(together)).isEqualTo(1);

        together.pass(SECOND);
        reaches(together, FIRST, ReleasePhase.CANDIDATE);
        assertThat(Objects.requireNonNull(vote(together, FIRST).decided()).yes())
                .containsExactly(CLEO, DAN);
        together.pass(Duration.ofMinutes(1));
        assertThat(lines(together, FIRST))
                .containsEntry("device", LineState.DUE)
                .containsEntry("store", LineState.DUE)
                .containsEntry("mirror", LineState.DUE);
        AnswerFile seen = new AnswerFile("seen.txt", Digest.of("seen"), 4);
        answer(together, BEN, "device-test", Map.of("device", "Pixel 9"), List.of(seen), null);
        answer(together, MIRROR, "mirror", Map.of(), List.of(), DutyView.Via.CALLBACK);
        together.pass(Duration.ofMinutes(1));
        assertThat(together.phase(FIRST)).as("the store has not spoken").isEqualTo(ReleasePhase.CANDIDATE);

        together.gatePasses(POLL);
        reaches(together, FIRST, ReleasePhase.MERGING);
        together.pass(Duration.ofMinutes(1));
        together.gatePasses("download");
        assertThat(together.phase(FIRST)).isEqualTo(ReleasePhase.MERGING);
        assertThat(lines(together, FIRST))
                .containsEntry("store", LineState.PASSED)
                .containsEntry("download", LineState.PASSED)
                .containsEntry("page", LineState.DUE);

        together.gatePasses("page");
        assertThat(together.phase(FIRST)).isEqualTo(ReleasePhase.COMPLETED);
        together.pass(SECOND);
        assertThat(reviewsAsked(together)).as("of what is written, too").isEqualTo(2);
        assertThat(lines(together, FIRST)).containsEntry("told", LineState.DUE);
        Announced users = Objects.requireNonNull(
                        Objects.requireNonNull(together.dossier(FIRST).announcements())
                                .written())
                .getFirst();
        together.said(
                FIRST,
                new ReleaseInput.ReviewAnnouncement(
                        SAM, "users", users.digest(), GuidedReleases.exactly(together.dossier(FIRST)), null));
        Announcements known = Objects.requireNonNull(together.dossier(FIRST).announcements());
        assertThat(known.isReviewed(users)).isTrue();
    }

    @Test
    void too_few_lets_nothing_go_however_late_and_a_veto_ends_it() {
        ServicesTogether together = new ServicesTogether(policy(SECOND));
        together.propose(NEXT, 1);
        reaches(together, NEXT, ReleasePhase.AWAITING_APPROVAL);
        approve(together, NEXT, CLEO);
        object(together, NEXT, CLEO, "not so sure");
        assertThat(together.dossier(NEXT).approvals()).isEmpty();
        approve(together, NEXT, CLEO);
        together.pass(Duration.ofMinutes(1));
        assertThat(together.phase(NEXT)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(vote(together, NEXT).roles().getFirst().missing()).isEqualTo(1);

        object(together, NEXT, EVE, "it opens a hole");

        assertThat(together.phase(NEXT)).isEqualTo(ReleasePhase.REJECTED);
        VoteView.Decided decided = Objects.requireNonNull(vote(together, NEXT).decided());
        assertThat(decided.outcome()).isEqualTo(VoteView.Outcome.VETOED);
        assertThat(decided.yes()).containsExactly(CLEO);
        assertThat(decided.no()).containsExactly(EVE);
        assertThat(lines(together, NEXT))
                .containsEntry("vote", LineState.FAILED)
                .containsEntry("told", LineState.DOES_NOT_APPLY);
    }
}
