package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Pause;
import dev.slipway.release.saga.ReleaseInput.Retry;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What a release's record says of what people asked in vain, and of what its judge saw. */
final class RefusalsTest {
    private static final String OP = "user:op@example.test";

    private static Refusals onRecord(Journey journey) {
        return Objects.requireNonNull(journey.dossier().refusals());
    }

    private static Refusals now(Journey journey) {
        return Objects.requireNonNull(journey.dossier().refusedNow());
    }

    @Test
    void an_approval_that_was_refused_is_on_record_with_actor_reason_and_time() {
        Journey journey = new Journey().awaitingApproval();
        Dossier before = journey.dossier();

        journey.take(journey.approve(Examples.AUTHOR));

        assertThat(journey.effects()).isEmpty();
        assertThat(journey.reason()).isEqualTo("refused to approve by user:" + Examples.AUTHOR + ": own-change");
        assertThat(onRecord(journey).told()).singleElement().satisfies(refused -> {
            assertThat(refused.by()).isEqualTo("user:" + Examples.AUTHOR);
            assertThat(refused.asked()).isEqualTo("approve");
            assertThat(refused.code()).isEqualTo("own-change");
            assertThat(refused.text()).contains("somebody else has to approve it");
            assertThat(refused.first()).isEqualTo(journey.now());
            assertThat(refused.times()).isEqualTo(1);
        });
        assertThat(journey.dossier().state()).isEqualTo(before.state());
        assertThat(journey.dossier().approvals()).isEmpty();
    }

    @Test
    void what_is_asked_in_the_wrong_state_of_another_policy_or_without_a_role_is_on_record_too() {
        Journey journey = new Journey(Journey.waivable("merge")).awaitingApproval();

        journey.take(new Pause(OP, "", null)).take(new Retry(OP, "", null)).take(journey.waive("merge", Examples.BEN));

        assertThat(now(journey).told())
                .extracting(refused -> refused.asked() + " " + refused.code())
                .startsWith("pause not-now", "retry not-now")
                .hasSize(3);
        assertThat(onRecord(journey).told())
                .as("each entry tells of one")
                .containsExactly(now(journey).told().getLast());
    }

    @Test
    void equal_refusals_are_one_with_a_count_and_a_flood_of_them_leaves_few_entries() {
        Journey journey = new Journey().awaitingApproval();
        int entries = 0;
        for (int i = 0; i < 10_000; i++) {
            Refusals before = journey.dossier().refusals();
            journey.after(Duration.ofSeconds(1)).take(journey.approve(Examples.AUTHOR));
            entries += Objects.equals(before, journey.dossier().refusals()) ? 0 : 1;
        }

        assertThat(entries).isEqualTo(14);
        assertThat(onRecord(journey).told())
                .singleElement()
                .extracting(Refusals.Refused::times)
                .isEqualTo(8_192L);
        assertThat(now(journey).told()).singleElement().satisfies(refused -> {
            assertThat(refused.times()).isEqualTo(10_000);
            assertThat(refused.last()).isEqualTo(journey.now());
            assertThat(refused.first()).isEqualTo(journey.now().minusSeconds(9_999));
        });
    }

    @Test
    void of_many_different_ones_some_are_told_and_the_others_counted() {
        Journey journey = new Journey().awaitingApproval();
        int entries = 0;
        for (int i = 0; i < 1_050; i++) {
            Refusals before = journey.dossier().refusals();
            journey.take(new Pause("user:op%d@example.test".formatted(i), "", null));
            entries += Objects.equals(before, journey.dossier().refusals()) ? 0 : 1;
        }

        assertThat(now(journey).told()).hasSize(50);
        assertThat(now(journey).beyond()).isEqualTo(1_000);
        assertThat(onRecord(journey).beyond()).isEqualTo(512);
        assertThat(entries).isEqualTo(50 + 10);
    }

    @Test
    void whatever_is_refused_after_the_end_a_record_keeps_the_first_of_a_kind_and_grows_to_a_bound() {
        Journey journey = new Journey().awaitingApproval().take(new Abort(OP, "no", null));
        assertThat(journey.dossier().state()).isInstanceOf(ReleaseState.Ended.class);
        Set<String> first = new HashSet<>();
        int entries = 0;
        long bytes = 0;
        for (int round = 0; round < 40; round++) {
            for (int person = 0; person < 60; person++) {
                Refusals before = journey.dossier().refusals();
                journey.take(new Pause("user:op%d@example.test".formatted(person), "", null));
                Refusals told = onRecord(journey);
                if (!told.equals(before)) {
                    entries++;
                    bytes += MessagingJson.mapper().writeValueAsBytes(told).length;
                    told.told().forEach(refused -> first.add(refused.by()));
                }
            }
        }

        assertThat(first).hasSize(50);
        assertThat(entries).isBetween(100, 100 + 12);
        assertThat(bytes).isLessThan(100_000);
        assertThat(now(journey).told()).hasSize(50).allMatch(refused -> refused.times() == 40);
        assertThat(now(journey).beyond()).isEqualTo(40 * 10);
        assertThat(MessagingJson.mapper().writeValueAsBytes(journey.dossier()).length)
                .isLessThan(100_000);
    }

    @Test
    void what_is_refused_of_a_release_that_nobody_proposed_leaves_nothing() {
        Journey journey = new Journey().take(new Pause(OP, "", null));

        assertThat(journey.refusal()).isNotNull();
        assertThat(journey.dossier().refusals()).isNull();
    }

    @Test
    void a_dossier_with_refusals_is_the_same_after_it_was_stored_and_one_without_says_nothing_of_them() {
        Journey journey = new Journey().awaitingApproval();
        ObjectNode plain = MessagingJson.mapper().valueToTree(journey.dossier());
        assertThat(Stream.of("refusals", "refusedNow", "seconds")).noneMatch(plain::has);

        journey.take(journey.approve(Examples.AUTHOR));

        String json = MessagingJson.mapper().writeValueAsString(journey.dossier());
        assertThat(MessagingJson.mapper().readValue(json, Dossier.class)).isEqualTo(journey.dossier());
    }

    @Test
    void what_a_judges_word_rests_on_is_on_record_and_only_ever_grows() {
        Journey journey = new Journey().stepping();
        JudgedSeconds first = new JudgedSeconds(40, Digest.of("40 lines"), 0);
        JudgedSeconds more = new JudgedSeconds(90, Digest.of("90 lines"), 0);

        journey.take(journey.stepping(first));
        assertThat(seconds(journey)).isEqualTo(first);
        journey.take(journey.stepping(more)).take(journey.stepping(first));

        assertThat(seconds(journey)).isEqualTo(more);
        assertThat(Objects.requireNonNull(journey.dossier().seconds()).rollout())
                .isEqualTo(journey.dossier().question("production"));
        assertThat(new ReleaseSaga(Examples.SAGA_LIMITS).unjournaled())
                .contains("refusedNow")
                .doesNotContain("seconds", "refusals");
    }

    private static JudgedSeconds seconds(Journey journey) {
        return Objects.requireNonNull(journey.dossier().seconds()).stored();
    }
}
