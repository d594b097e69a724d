package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementState;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementProof;
import dev.slipway.contracts.release.AnnouncementState.AnnouncementReview;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.VoteView.Decided;
import dev.slipway.contracts.release.VoteView.Objection;
import dev.slipway.contracts.release.VoteView.Outcome;
import dev.slipway.contracts.release.VoteView.Quorum;
import dev.slipway.contracts.release.VoteView.Review;
import dev.slipway.testkit.browser.Chromium;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Votes with all that belongs to them, and announcements with their proof, on the page; whatever others wrote is text. */
@Tag("thorough")
@EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
class PageWordsIT extends PageInBrowser {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final String RELEASE = "hello@1.2.0";
    private static final Digest OTHER = Digest.of("another text");

    private void vote(@Nullable Decided decided, List<Objection> objections, List<Review> reviews) {
        VoteView vote = new VoteView(
                AT,
                List.of(new Quorum("technical-lead", 2, 1), new Quorum("devops", 1, 0)),
                List.of("support", "<b>legal</b>"),
                objections,
                decided,
                reviews);
        services.change(RELEASE, release -> {
            release.put("state", "AWAITING_APPROVAL").put("approvalsRequired", 3);
            release.set("vote", WireJson.mapper().<JsonNode>valueToTree(vote));
        });
    }

    private static Decided decided(Outcome outcome) {
        return new Decided(
                AT,
                outcome,
                3,
                List.of("ada@example.test", "ben@example.test"),
                List.of("cy@example.test"),
                List.of("technical-lead"),
                new Sha("a1".repeat(20)),
                List.of(),
                "00ff");
    }

    private void announce(Channel channel, AnnouncementState.State state, List<AnnouncementProof> proofs) {
        String subject = "hello <b>1.2.0</b>";
        String text = "It greets.\n\n<img src=x onerror=window.ran=1>";
        Digest digest = Announced.digest(subject, text);
        services.know(
                "releases/" + RELEASE + "/announcements",
                WireJson.mapper()
                        .writeValueAsString(List.of(new AnnouncementState(
                                "users",
                                channel,
                                List.of("users@example.test"),
                                "COMPLETED",
                                "support",
                                state,
                                subject,
                                text,
                                digest,
                                state == AnnouncementState.State.SENT
                                        ? List.of(
                                                new AnnouncementReview(OTHER, "ada@example.test", AT),
                                                new AnnouncementReview(digest, "cy@example.test", AT))
                                        : List.of(new AnnouncementReview(OTHER, "ada@example.test", AT)),
                                proofs))));
    }

    @Test
    void a_vote_that_is_open_shows_until_when_whose_word_is_wanted_who_ends_it_and_each_no() {
        vote(
                null,
                List.of(
                        new Objection("cy@example.test", AT, "the <b>licence</b>", null, true, true),
                        new Objection("dora@example.test", AT, "too early", AT, false, false)),
                List.of(
                        new Review(
                                List.of("deploy/*.sh"),
                                List.of("devops", "eve@example.test"),
                                List.of("deploy/<i>.sh"),
                                2,
                                true),
                        new Review(List.of("*.sql"), List.of("support"), List.of(), null, false)));

        open("/releases/hello@1.2.0");

        shown(".approvals", text -> text.startsWith("Approvals 2 of 3 Open until "));
        assertThat(tab.text(".approvals [data-key=veto]"))
                .isEqualTo("A no of support or <b>legal</b> ends it, until production.");
        assertThat(tab.has(".approvals [data-key=tally]")).isFalse();
        assertThat(tab.text(".approvals [data-key='role technical-lead']"))
                .isEqualTo("\u25cb technical-lead 1 of 2 still wanted");
        assertThat(tab.text(".approvals [data-key='role devops']")).isEqualTo("\u2713 devops 1 of 1");
        assertThat(tab.text(".approvals [data-key^='no cy@']"))
                .startsWith("\u2715 no: cy@example.test veto the <b>licence</b>");
        assertThat(tab.text(".approvals [data-key^='no dora@']"))
                .startsWith("\u2013 no: dora@example.test too early (in place of a yes) (says yes since)");
        assertThat(tab.text(".approvals [data-key^='review deploy']"))
                .isEqualTo("\u25cb devops or eve@example.test has to approve deploy/<i>.sh and 2 more");
        assertThat(tab.text(".approvals [data-key^='review *.sql']"))
                .isEqualTo("\u2713 support has approved *.sql, which may have changed");
        assertThat(tab.text(".approvals")).contains("not yet");
        assertThat(tab.has(".approvals b, .approvals i")).isFalse();
    }

    @Test
    void a_vote_that_was_decided_shows_its_tally_and_waits_for_nobody() {
        vote(decided(Outcome.VETOED), List.of(new Objection("cy@example.test", AT, "no", null, true, true)), List.of());

        open("/releases/hello@1.2.0");

        shown(".approvals [data-key=tally]", text -> text.startsWith("Vetoed "));
        assertThat(tab.text(".approvals [data-key=tally]")).endsWith(": 2 yes of 3, 1 no, nobody for technical-lead");
        assertThat(tab.text(".approvals [data-key=until]")).startsWith("It was open until ");
        assertThat(tab.text(".approvals")).doesNotContain("not yet", "still wanted", "ends it");
    }

    @Test
    void after_a_vote_that_passed_it_is_still_said_whose_no_ends_the_release() {
        vote(decided(Outcome.PASSED), List.of(), List.of());

        open("/releases/hello@1.2.0");

        shown(".approvals [data-key=tally]", text -> text.startsWith("Passed "));
        assertThat(tab.text(".approvals [data-key=veto]")).startsWith("A no of support");
    }

    @Test
    void an_announcement_before_the_end_is_a_draft_with_whose_yes_it_needs_and_how_to_say_it() {
        announce(Channel.STATUS_PAGE, AnnouncementState.State.DRAFT, List.of());

        open("/releases/hello@1.2.0");

        shown(
                ".announced",
                text -> text.startsWith("Announcements 0 of 1 sent users by status page to users@example.test"));
        assertThat(tab.text(".announced"))
                .contains(
                        "draft, sent to nobody before the end (after completed, reviewed by support)",
                        "hello <b>1.2.0</b>",
                        "It greets. <img src=x onerror=window.ran=1>",
                        "yes of ada@example.test to another text, "
                                + OTHER.value().substring(7, 19),
                        "./slipway release announcements hello@1.2.0 --approve users");
        assertThat(tab.has(".announced b, .announced img")).isFalse();
        assertThat(tab.value("typeof window.ran").asString()).isEqualTo("undefined");
    }

    @Test
    void one_that_was_sent_shows_who_reviewed_it_and_what_proves_that_it_arrived() {
        announce(
                Channel.EMAIL,
                AnnouncementState.State.SENT,
                List.of(new AnnouncementProof("users@example.test", OTHER, "<42@mail.example.test>", AT)));

        open("/releases/hello@1.2.0");

        shown(".announced", text -> text.startsWith("Announcements 1 of 1 sent users by email to users@example.test"));
        assertThat(tab.text(".announced"))
                .contains(
                        "yes of cy@example.test, ",
                        "accepted for users@example.test, ",
                        ", as <42@mail.example.test>",
                        ", another text, ")
                .doesNotContain("--approve");
    }

    @Test
    void where_nothing_is_announced_and_nobody_votes_nothing_is_said_of_it() {
        open("/releases/hello@1.2.0");
        shown(".journal", text -> text.contains("Staging \u2192 Candidate"));

        assertThat(tab.has(".announced")).isFalse();
        assertThat(tab.has(".approvals .terms")).isFalse();
        assertThat(tab.text(".approvals")).startsWith("Approvals 2 of 2");
    }

    @ParameterizedTest
    @CsvSource({"390, light", "390, dark", "1360, light", "1360, dark"})
    void all_of_it_can_be_read_and_nothing_is_wider_than_the_screen(int width, String scheme) {
        String x = "x".repeat(300);
        vote(
                null,
                List.of(new Objection("cy@example.test", AT, x, AT, true, true)),
                List.of(new Review(List.of(x), List.of(x), List.of(x), null, true)));
        announce(
                Channel.RELEASE_TEXT,
                AnnouncementState.State.SENT,
                List.of(new AnnouncementProof("users@example.test", OTHER, x, AT)));
        tab.screen(width, 844, scheme);

        open("/releases/hello@1.2.0");
        shown(".approvals", text -> text.contains(x));
        shown(".announced", text -> text.contains(x));

        JsonNode contrast = tab.value(PageIT.resource("/page/contrast.js"));
        assertThat(contrast.path("weak").valueStream().map(JsonNode::asString)).isEmpty();
        assertThat(tab.value("document.documentElement.scrollWidth").asInt()).isLessThanOrEqualTo(width);
    }
}
