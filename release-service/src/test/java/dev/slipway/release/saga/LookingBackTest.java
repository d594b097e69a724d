package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.Item;
import dev.slipway.contracts.release.RetroView.Kind;
import dev.slipway.contracts.release.RetroView.State;
import dev.slipway.contracts.release.RetroView.Word;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.saga.ReleaseInput.CloseItem;
import dev.slipway.release.saga.ReleaseInput.GiveFeedback;
import dev.slipway.release.saga.ReleaseInput.RaiseItem;
import dev.slipway.release.wiring.Examples;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What people learned from a release and want done, and what others say of it. */
final class LookingBackTest {
    private static final LocalDate DUE = LocalDate.parse("2026-02-01");
    private static final String BY = "user:" + Examples.ADA;

    private static RaiseItem raise(String text, String owner) {
        return new RaiseItem(Examples.ADA, text, owner, DUE, false, null);
    }

    private static CloseItem close(int number, State as) {
        return new CloseItem(Examples.BEN, number, as, "it is warm", null);
    }

    private static GiveFeedback say(String from, String text, @Nullable String link) {
        return new GiveFeedback(BY, from, text, link, null);
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal()).code();
    }

    @Test
    void an_item_has_an_owner_a_day_and_a_history_and_is_open_until_somebody_closes_it() {
        Journey journey = new Journey().staging().take(raise(" Warm the cache up ", Examples.BEN));

        Item open = LookingBack.said(journey.dossier()).items().getFirst();
        assertThat(open)
                .isEqualTo(new Item(
                        1,
                        Kind.ACTION,
                        "Warm the cache up",
                        Examples.BEN,
                        DUE,
                        State.OPEN,
                        List.of(new Word(State.OPEN, Examples.ADA, journey.now(), ""))));
        assertThat(journey.reason())
                .contains(Examples.ADA + " raises item 1 for " + Examples.BEN + " until 2026-02-01: Warm the cache up");
        assertThat(LookingBack.owed(journey.dossier())).containsExactly(new RetroView.Owed(Journey.ID, open));

        journey.take(close(1, State.DONE));

        Item closed = LookingBack.said(journey.dossier()).items().getFirst();
        assertThat(closed.state()).isEqualTo(State.DONE);
        assertThat(closed.history())
                .extracting(Word::by, Word::reason)
                .containsExactly(tuple(Examples.ADA, ""), tuple(Examples.BEN, "it is warm"));
        assertThat(LookingBack.owed(journey.dossier())).isEmpty();
        assertThat(journey.reason()).contains(Examples.BEN + " closes item 1 as DONE: it is warm");
    }

    @Test
    void a_lesson_is_noted_and_nothing_of_it_is_left_to_do() {
        Journey journey = new Journey()
                .proposed()
                .take(new RaiseItem(Examples.ADA, "Mondays are busy", Examples.ADA, DUE, true, null));

        Item lesson = LookingBack.said(journey.dossier()).items().getFirst();
        assertThat(lesson.kind()).isEqualTo(Kind.LESSON);
        assertThat(lesson.state()).isEqualTo(State.NOTED);
        assertThat(lesson.owner()).isNull();
        assertThat(lesson.due()).isNull();
        assertThat(LookingBack.owed(journey.dossier())).isEmpty();
        journey.take(close(1, State.DONE));
        assertThat(refusal(journey)).isEqualTo("not-open");
    }

    @Test
    void neither_changes_where_the_release_is_and_both_are_taken_after_its_end() {
        Journey journey = new Journey().rollingOut();
        journey.take(journey.rollout(Phase.RESTORED, false, journey.judged(true, false)));
        Dossier ended = journey.dossier();

        journey.take(raise("Warm the cache up", Examples.BEN)).take(say("support", "Logins fail.", null));

        assertThat(journey.dossier().state()).isEqualTo(ended.state());
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(journey.dossier().milestones()).isEqualTo(ended.milestones());
        assertThat(LookingBack.said(journey.dossier()).items()).hasSize(1);
        assertThat(LookingBack.said(journey.dossier()).feedback()).hasSize(1);
        assertThat(Consequences.finished(journey.dossier()))
                .as("nothing is begun anew")
                .isEqualTo(Consequences.finished(ended));
    }

    @ParameterizedTest
    @CsvSource({
        "'', ben@example.test, no-text",
        "'   ', ben@example.test, no-text",
        "Warm it up, ben, no-owner",
        "Warm it up, b e@n, no-owner"
    })
    void an_item_without_words_or_an_owner_is_refused_and_nothing_changes(String text, String owner, String code) {
        Journey journey = new Journey().staging();
        @Nullable RetroView before = journey.dossier().retro();

        journey.take(raise(text, owner));

        assertThat(refusal(journey)).isEqualTo(code);
        assertThat(journey.dossier().retro()).isEqualTo(before);
    }

    /** Once items and feedback were written together, all of them whenever one came. */
    @Test
    void what_was_said_before_feedback_was_kept_by_itself_is_read_on_and_counts() {
        Journey journey = new Journey().staging();
        journey.take(raise("Warm the cache up", Examples.BEN));
        ObjectNode old = MessagingJson.mapper().valueToTree(journey.dossier());
        ((ObjectNode) old.path("retro"))
                .putArray("feedback")
                .add(MessagingJson.mapper()
                        .<ObjectNode>valueToTree(
                                new RetroView.Feedback("support", "Logins fail.", null, "ci:/support", Journey.START)));
        Dossier before = MessagingJson.mapper().treeToValue(old, Dossier.class);
        ReleaseSaga saga = new ReleaseSaga(Examples.SAGA_LIMITS);

        Dossier same = saga.decide(before, say("support", "Logins fail.", null), journey.now())
                .state();
        Dossier more = saga.decide(before, say("users", "Quick again.", null), journey.now())
                .state();

        assertThat(same).isEqualTo(before);
        assertThat(LookingBack.said(more).feedback())
                .extracting(RetroView.Feedback::text)
                .containsExactly("Logins fail.", "Quick again.");
        assertThat(LookingBack.said(more).items()).hasSize(1);
        assertThat(more.retro()).as("is not written again").isEqualTo(before.retro());
    }

    @Test
    void what_is_too_long_or_of_several_lines_is_refused() {
        Journey journey = new Journey().staging();
        journey.take(raise("x".repeat(501), Examples.BEN));
        assertThat(refusal(journey)).isEqualTo("no-text");
        journey.take(raise("one\ntwo", Examples.BEN));
        assertThat(refusal(journey)).isEqualTo("no-text");
        journey.take(say("support", "x".repeat(1_001), null));
        assertThat(refusal(journey)).isEqualTo("no-text");
        journey.take(say("", "Fine.", null));
        assertThat(refusal(journey)).isEqualTo("no-text");
    }

    @Test
    void only_so_many_are_taken_and_of_feedback_the_same_counts_once() {
        Journey journey = new Journey().staging();
        for (int i = 0; i < RetroView.ITEMS_MAX; i++) {
            journey.take(raise("Item " + i, Examples.BEN));
        }
        journey.take(raise("One more", Examples.BEN));
        assertThat(refusal(journey)).isEqualTo("full");
        for (int i = 0; i < RetroView.FEEDBACK_MAX; i++) {
            journey.take(say("support", "Ticket " + i, null));
        }
        journey.take(say("support", "Ticket 0", null));
        assertThat(journey.refusal()).as("the same again").isNull();
        journey.take(say("support", "One more", null));
        assertThat(refusal(journey)).isEqualTo("full");
        assertThat(LookingBack.said(journey.dossier()).feedback()).hasSize(RetroView.FEEDBACK_MAX);
    }

    @ParameterizedTest
    @CsvSource({
        "https://tickets.example.test/7, true",
        "http://tickets.example.test, true",
        "ftp://tickets.example.test, false",
        "javascript:alert(1), false",
        "/7, false",
        "'https://a b', false"
    })
    void a_link_leads_to_the_web(String link, boolean legal) {
        Journey journey = new Journey().staging().take(say("support", "Fine.", link));

        if (legal) {
            assertThat(LookingBack.said(journey.dossier()).feedback().getFirst().link())
                    .isEqualTo(link);
        } else {
            assertThat(refusal(journey)).isEqualTo("no-link");
        }
    }

    @Test
    void an_item_is_closed_once_as_done_or_dropped_and_only_if_it_is_there() {
        Journey journey = new Journey().staging().take(raise("Warm it up", Examples.BEN));

        journey.take(close(2, State.DONE));
        assertThat(refusal(journey)).isEqualTo("no-item");
        journey.take(close(1, State.OPEN));
        assertThat(refusal(journey)).isEqualTo("no-answer");
        journey.take(close(1, State.DROPPED)).take(close(1, State.DONE));
        assertThat(refusal(journey)).isEqualTo("not-open");
        assertThat(LookingBack.said(journey.dossier()).items().getFirst().state())
                .isEqualTo(State.DROPPED);
    }
}
