package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Announcing.Over;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import dev.slipway.release.notes.AnnouncementTexts;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A release that has ended is announced exactly as it was reviewed, and each receiver's server proves it (ADR 57). */
final class AnnouncementsTest {
    private static final Instant SENT = Instant.parse("2026-01-06T10:00:00Z");
    private static final List<String> USERS = List.of("users@example.test", "press@example.test");

    private static Announcing users(@Nullable String reviewedBy) {
        return new Announcing("users", Over.MAIL, USERS, After.COMPLETED, reviewedBy);
    }

    private static Policy announcing(Announcing... announcements) {
        Policy demo = Journey.demo();
        return new Policy(
                demo.application(),
                demo.source(),
                demo.contacts(),
                demo.approvals(),
                demo.checks(),
                demo.gates(),
                demo.environments(),
                demo.merge(),
                demo.onPush(),
                demo.freeze(),
                demo.weekly(),
                demo.waivers(),
                demo.retention(),
                demo.guide(),
                demo.duties(),
                demo.staffing(),
                List.of(announcements),
                List.of(),
                null);
    }

    private static Announced text(Dossier d) {
        Announcing asked = Announcements.all(d).getFirst();
        return AnnouncementTexts.of(d, ReleaseNotes.of(d, null), asked);
    }

    private static List<String> tasks(Journey journey) {
        return journey.effects().stream()
                .filter(StartTask.class::isInstance)
                .map(Effect::toString)
                .toList();
    }

    private static List<Announced> sent(Journey journey) {
        return journey.messages()
                .map(Message::body)
                .filter(ReleaseStatus.class::isInstance)
                .map(ReleaseStatus.class::cast)
                .flatMap(status -> status.announcements().stream())
                .toList();
    }

    private static Journey written(Journey journey) {
        return journey.take(new ReleaseInput.AnnouncementsWritten(List.of(text(journey.dossier()))));
    }

    private static ReleaseInput heard(String to, Digest digest, @Nullable String answer) {
        return new ReleaseInput.Told(
                "notification-service/conversation/" + to,
                1,
                new DeliveryStatus(
                        Journey.ID,
                        "announcement users",
                        Channel.EMAIL,
                        to,
                        0,
                        answer == null ? 0 : 1,
                        answer == null ? 1 : 0,
                        new DeliveryStatus.Announcement("users", digest, answer, SENT)));
    }

    private static ReleaseInput review(Journey journey, String email, Digest digest) {
        return new ReleaseInput.ReviewAnnouncement(email, "users", digest, journey.triple(), null);
    }

    @Test
    void nothing_is_written_or_sent_before_the_end_and_then_it_is_written_once() {
        Journey journey = new Journey(announcing(users(null))).merging();
        assertThat(sent(journey)).isEmpty();

        journey.completed();
        assertThat(tasks(journey)).singleElement().asString().contains(Work.ANNOUNCE);
        assertThat(sent(journey)).isEmpty();

        written(journey);
        Announced text = sent(journey).getFirst();
        assertThat(text.to()).isEqualTo(USERS);
        assertThat(text.subject()).isEqualTo("hello 1.0.0 is released");
        assertThat(text.digest()).isEqualTo(Announced.digest(text.subject(), text.text()));
        assertThat(tasks(journey)).isEmpty();
    }

    @Test
    void a_status_page_and_the_text_of_a_release_have_texts_and_places_of_their_own() {
        Announcing page = new Announcing(
                "status",
                Over.STATUS_PAGE,
                List.of("https://api.statuspage.io/v1/pages/p1/incidents"),
                After.COMPLETED,
                null);
        Announcing body = new Announcing(
                "text", Over.RELEASE_TEXT, List.of("https://api.github.com/repos/team/shop"), After.COMPLETED, null);
        Dossier d = new Journey(announcing(page, body)).completed().dossier();

        Announced incident = AnnouncementTexts.of(d, ReleaseNotes.of(d, null), page);
        Announced text = AnnouncementTexts.of(d, ReleaseNotes.of(d, null), body);

        assertThat(incident.channel()).isEqualTo(Channel.STATUS_PAGE);
        assertThat(incident.to()).isEqualTo(page.to());
        assertThat(incident.text()).startsWith("hello 1.0.0 is released. ");
        assertThat(text.channel()).isEqualTo(Channel.RELEASE_TEXT);
        assertThat(text.to()).containsExactly("https://api.github.com/repos/team/shop/releases/tags/v1.0.0");
        assertThat(text.text()).startsWith("# hello 1.0.0 is released\n");
    }

    @Test
    void a_line_of_the_guide_has_passed_once_each_receivers_server_has_accepted_it() {
        Journey journey = new Journey(guided()).merging();
        assertThat(line(journey)).isEqualTo(LineState.OPEN);

        journey.completed();
        assertThat(line(journey)).isEqualTo(LineState.DUE);
        written(journey);
        Digest digest = text(journey.dossier()).digest();
        assertThat(line(journey)).isEqualTo(LineState.DUE);
        journey.take(heard(USERS.getFirst(), digest, "<1@example.test>"));
        assertThat(line(journey)).isEqualTo(LineState.DUE);
        journey.take(heard(USERS.getLast(), digest, "<2@example.test>"));
        assertThat(line(journey)).isEqualTo(LineState.PASSED);

        Journey lost = written(new Journey(guided()).completed());
        lost.take(heard(USERS.getFirst(), digest, null));
        assertThat(line(lost)).isEqualTo(LineState.FAILED);

        Journey back = new Journey(guided()).rollingBack();
        back.take(back.rollout("production", RolloutStatus.Phase.RESTORED));
        assertThat(line(back)).isEqualTo(LineState.DOES_NOT_APPLY);
    }

    private static Policy guided() {
        String yaml = Examples.demoYaml() + """
                announcements: [{id: users, channel: mail, to: [%s]}]
                guide: {lines: [{id: told, text: Announce it, document: announcement}]}
                """.formatted(String.join(", ", USERS));
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static LineState line(Journey journey) {
        return GuideStates.of(journey.dossier()).lines().getFirst().state();
    }

    @Test
    void it_is_over_when_each_receivers_server_has_accepted_it_or_it_was_given_up_for() {
        Journey journey = new Journey(announcing(users(null))).completed();
        written(journey);
        Digest digest = text(journey.dossier()).digest();
        assertThat(Announcements.settled(journey.dossier())).isFalse();

        journey.take(heard(USERS.getFirst(), digest, "<1@example.test>"));
        assertThat(Announcements.settled(journey.dossier())).isFalse();
        journey.take(heard(USERS.getLast(), digest, null));

        assertThat(Announcements.settled(journey.dossier())).isTrue();
        List<DeliveryStatus> told =
                Objects.requireNonNull(journey.dossier().announcements()).told();
        assertThat(told).extracting(DeliveryStatus::delivered).containsExactly(1, 0);
        assertThat(Objects.requireNonNull(told.getFirst().announcement()).answer())
                .isEqualTo("<1@example.test>");
        assertThat(journey.dossier().deliveries()).isEmpty();
    }

    @Test
    void a_proof_of_another_text_or_of_nobody_who_was_meant_is_none() {
        Journey journey = new Journey(announcing(users(null))).completed();
        written(journey);

        journey.take(heard(USERS.getFirst(), Digest.of("another"), "<1@example.test>"));
        journey.take(heard("else@example.test", text(journey.dossier()).digest(), "<1@example.test>"));

        assertThat(Objects.requireNonNull(journey.dossier().announcements()).told())
                .isEmpty();
    }

    @Test
    void what_a_role_has_to_review_is_sent_only_once_one_of_it_has_said_yes_to_exactly_this_text() {
        Journey journey = new Journey(announcing(users("devops"))).completed();
        written(journey);
        Digest digest = text(journey.dossier()).digest();
        assertThat(sent(journey)).isEmpty();
        assertThat(Announcements.awaitsReview(journey.dossier())).isTrue();

        journey.take(review(journey, Examples.ADA, digest));
        assertThat(Objects.requireNonNull(journey.refusal()).code()).isEqualTo("not-your-role");
        journey.take(review(journey, Examples.BEN, Digest.of("another")));
        assertThat(Objects.requireNonNull(journey.refusal()).code()).isEqualTo("another-text");

        journey.take(review(journey, Examples.BEN, digest));
        assertThat(sent(journey)).singleElement().extracting(Announced::digest).isEqualTo(digest);
        assertThat(journey.reason()).startsWith("announcement users reviewed by " + Examples.BEN);
    }

    @Test
    void a_yes_before_the_end_counts_as_long_as_the_facts_stay_and_is_void_when_they_change() {
        Journey early = new Journey(announcing(users("devops"))).merging();
        Digest draft = text(early.dossier()).digest();
        early.take(review(early, Examples.BEN, draft));
        written(early.take(new ReleaseInput.Merged(Examples.SHA)));
        assertThat(sent(early)).singleElement().extracting(Announced::digest).isEqualTo(draft);

        Journey changed = new Journey(announcing(users("devops"))).merging();
        changed.take(review(changed, Examples.BEN, draft)).take(new ReleaseInput.Merged(Examples.SHA));
        changed.take(new ReleaseInput.AnnouncementsWritten(
                List.of(new Announced("users", Channel.EMAIL, USERS, "hello 1.0.0 is released", "It breaks more."))));
        assertThat(sent(changed)).isEmpty();
        assertThat(Announcements.awaitsReview(changed.dossier())).isTrue();
    }

    private static List<Milestone> asked(Journey journey) {
        return journey.dossier().milestones().stream()
                .filter(milestone -> milestone.kind() == Milestone.Kind.REVIEW_ASKED)
                .toList();
    }

    private static boolean asksOn(Journey journey) {
        return Telling.status(journey.dossier()).asksOn();
    }

    @Test
    void whoever_reviews_it_is_asked_when_approvals_are_and_again_for_what_is_written_without_their_yes() {
        Announcing back = new Announcing("status", Over.CHAT, List.of("#status"), After.ROLLED_BACK, "devops");
        Journey journey = new Journey(announcing(users("devops"), back)).awaitingApproval();

        assertThat(asked(journey)).singleElement().satisfies(milestone -> {
            assertThat(milestone.asked()).containsExactly("devops");
            assertThat(milestone.cause().text())
                    .startsWith("A review is asked for: users of devops. Each can be read as it would be sent")
                    .contains("Say yes: ./slipway release announcements hello@1.0.0 --approve users --as EMAIL");
        });
        assertThat(ReviewAsking.awaited(journey.dossier())).singleElement().satisfies(review -> {
            assertThat(review.announcement()).isEqualTo("users");
            assertThat(review.by()).isEqualTo("devops");
            assertThat(review.ended()).isFalse();
        });

        Journey ended = new Journey(announcing(users("devops"), back)).completed();
        assertThat(asked(ended)).hasSize(1);
        assertThat(asksOn(ended)).as("more may be told").isTrue();
        written(ended);
        assertThat(asked(ended)).hasSize(2);
        assertThat(asked(ended).getLast().cause().text())
                .startsWith("A review is asked for: users of devops. Each is written, and sent to nobody before that.");
        assertThat(asksOn(ended)).isTrue();
        assertThat(ReviewAsking.awaited(ended.dossier()))
                .singleElement()
                .satisfies(review -> assertThat(review.ended()).isTrue());

        ended.take(review(ended, Examples.BEN, text(ended.dossier()).digest()));
        assertThat(ReviewAsking.awaited(ended.dossier())).isEmpty();
        assertThat(asksOn(ended)).isFalse();
    }

    @Test
    void of_a_way_back_whoever_reviews_what_tells_of_it_is_asked_once_there_is_one_and_of_the_good_end_no_longer() {
        Announcing back = new Announcing("status", Over.CHAT, List.of("#status"), After.ROLLED_BACK, "devops");
        Journey journey = new Journey(announcing(users("devops"), back)).rollingBack();
        assertThat(asked(journey)).hasSize(1);
        assertThat(ReviewAsking.awaited(journey.dossier())).isEmpty();

        journey.take(journey.rollout("production", RolloutStatus.Phase.RESTORED));
        assertThat(asksOn(journey)).isTrue();
        journey.take(new ReleaseInput.AnnouncementsWritten(
                List.of(AnnouncementTexts.of(journey.dossier(), ReleaseNotes.of(journey.dossier(), null), back))));
        assertThat(asked(journey).getLast().cause().text()).startsWith("A review is asked for: status of devops.");
        assertThat(ReviewAsking.awaited(journey.dossier()))
                .extracting(AwaitedReview::announcement)
                .containsExactly("status");
    }

    @Test
    void whoever_has_said_yes_to_what_is_written_is_not_asked_again_and_where_nobody_has_to_nobody_is() {
        Journey early = new Journey(announcing(users("devops"))).merging();
        early.take(review(early, Examples.BEN, text(early.dossier()).digest()));
        assertThat(ReviewAsking.awaited(early.dossier())).isEmpty();
        written(early.take(new ReleaseInput.Merged(Examples.SHA)));
        assertThat(asked(early)).hasSize(1);
        assertThat(asksOn(early)).isFalse();

        Journey free = written(new Journey(announcing(users(null))).completed());
        assertThat(asked(free)).isEmpty();
        assertThat(asksOn(free)).isFalse();
        assertThat(ReviewAsking.awaited(free.dossier())).isEmpty();
    }

    @Test
    void another_end_than_the_one_it_tells_of_is_announced_to_nobody() {
        Journey journey = new Journey(announcing(users(null))).rollingBack();
        journey.take(journey.rollout("production", RolloutStatus.Phase.RESTORED));

        assertThat(tasks(journey)).isEmpty();
        assertThat(Announcements.settled(journey.dossier())).isTrue();
        journey.take(review(journey, Examples.BEN, Digest.of("text")));
        assertThat(Objects.requireNonNull(journey.refusal()).code()).isEqualTo("not-asked");
    }

    @Test
    void a_version_that_was_taken_back_is_announced_where_the_policy_says_so() {
        Announcing status = new Announcing("status", Over.CHAT, List.of("#status"), After.ROLLED_BACK, null);
        Journey journey = new Journey(announcing(status)).rollingBack();
        journey.take(journey.rollout("production", RolloutStatus.Phase.RESTORED));

        assertThat(tasks(journey)).singleElement().asString().contains(Work.ANNOUNCE);
        written(journey);
        assertThat(sent(journey)).singleElement().satisfies(text -> {
            assertThat(text.channel()).isEqualTo(Channel.SLACK);
            assertThat(text.text()).startsWith("hello 1.0.0 was taken back. Users have 0.9.0 again.");
        });
    }

    @Test
    void the_notes_that_a_maintainer_has_edited_are_what_is_sent_and_a_yes_to_the_text_before_is_void() {
        Journey journey = new Journey(announcing(users("devops"))).merging();
        Digest before = text(journey.dossier()).digest();
        journey.take(review(journey, Examples.BEN, before));
        journey.take(new ReleaseInput.EditNotes(Examples.ADA, "It greets by name.", "for users", null));
        Digest after = text(journey.dossier()).digest();
        assertThat(after).isNotEqualTo(before);

        written(journey.take(new ReleaseInput.Merged(Examples.SHA)));
        assertThat(sent(journey)).isEmpty();
        journey.take(review(journey, Examples.BEN, after));
        assertThat(sent(journey)).singleElement().satisfies(text -> {
            assertThat(text.digest()).isEqualTo(after);
            assertThat(text.text())
                    .containsSubsequence("It greets by name.", "Upgrade Recommendations:", "- Back up existing data");
        });
    }

    @Test
    void what_users_had_of_a_version_that_was_taken_back_is_announced_and_no_draft_of_the_good_end_tells_of_it() {
        Announcing status = new Announcing("status", Over.CHAT, List.of("#status"), After.ROLLED_BACK, null);
        Journey journey = new Journey(announcing(users(null), status)).rollingOut();
        Digest draft = text(journey.dossier()).digest();
        Excess errors = new Excess(Excess.Metric.ERRORS, 30, 80, 0, SENT, SENT.plusSeconds(10));
        journey.take(journey.rollout(RolloutStatus.Phase.STEPPING, true, journey.judged(false, false, errors)));
        assertThat(text(journey.dossier()).digest()).isEqualTo(draft);
        journey.take(journey.rollout(RolloutStatus.Phase.RESTORED, false, journey.judged(true, false, errors)));

        Dossier d = journey.dossier();
        assertThat(AnnouncementTexts.of(d, ReleaseNotes.of(d, null), status).text())
                .contains("\nAs far as is counted by now: Users of 1.0.0 had 30 errors (of 80 answers");
    }

    @Test
    void a_policy_without_announcements_writes_none() {
        Journey journey = new Journey().completed();

        assertThat(tasks(journey)).isEmpty();
        assertThat(journey.dossier().announcements()).isNull();
        assertThat(Announcements.settled(journey.dossier())).isTrue();
    }
}
