package dev.slipway.release.retention;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.retention.KeepingInput.AskAgain;
import dev.slipway.release.retention.KeepingInput.EvidenceDue;
import dev.slipway.release.retention.KeepingInput.EvidenceWent;
import dev.slipway.release.retention.KeepingInput.Hold;
import dev.slipway.release.retention.KeepingInput.Lift;
import dev.slipway.release.retention.KeepingInput.RecordsDue;
import dev.slipway.release.retention.KeepingInput.RecordsWent;
import dev.slipway.testkit.ListedPairs;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class KeepingCoreTest {
    private static final Instant NOW = Instant.parse("2027-02-03T04:05:06Z");
    private static final KeepingCore CORE = new KeepingCore(Duration.ofSeconds(5));
    private static final KeepingInput HOLD = new Hold("ada@example.test", "an audit", null);
    private static final KeepingInput LIFT = new Lift("ben@example.test", "it is over", null);
    private static final KeepingInput EVIDENCE = new EvidenceDue("evidence: 400 days");
    private static final KeepingInput WENT = new EvidenceWent(3, NOW);
    private static final KeepingInput RECORDS = new RecordsDue("records: 3650 days", 40, "abc");

    private static Keeping after(KeepingInput... inputs) {
        Keeping state = CORE.initial("hello@1.0.0");
        for (KeepingInput input : inputs) {
            state = CORE.decide(state, input, NOW).state();
        }
        return state;
    }

    @Test
    void the_class_doc_lists_every_pair() {
        ListedPairs.of(CORE)
                .state("KEPT", after())
                .state("HELD", after(HOLD))
                .state("EVIDENCE GOING", after(EVIDENCE))
                .state("EVIDENCE GONE", after(EVIDENCE, WENT))
                .state("EVIDENCE GONE, held", after(EVIDENCE, WENT, HOLD))
                .state("RECORDS GOING", after(EVIDENCE, WENT, RECORDS))
                .state("RECORDS GONE", after(EVIDENCE, WENT, RECORDS, new RecordsWent()))
                .input("Hold", HOLD, NOW)
                .input("Lift", LIFT, NOW)
                .input("EvidenceDue", EVIDENCE, NOW)
                .input("EvidenceWent", WENT, NOW)
                .input("AskAgain", new AskAgain(), NOW)
                .input("RecordsDue", RECORDS, NOW)
                .input("RecordsWent", new RecordsWent(), NOW)
                .check(Keeping.class, KeepingInput.class);
    }

    @Test
    void a_hold_says_who_why_and_since_when_and_keeps_everything_until_it_is_lifted() {
        Keeping held = after(HOLD, EVIDENCE);
        assertThat(held.hold()).isEqualTo(new Keeping.Held("ada@example.test", "an audit", NOW));
        assertThat(held.evidence()).isNull();

        Decision<Keeping> again = CORE.decide(held, new Hold("ben@example.test", "me too", null), NOW);
        assertThat(Objects.requireNonNull(again.refusal()).detail())
                .startsWith("ada@example.test has held hello@1.0.0 since 2027-02-03T04:05:06Z: an audit.");

        Decision<Keeping> lifted = CORE.decide(held, LIFT, NOW);
        assertThat(lifted.reason()).isEqualTo("hold lifted by ben@example.test: it is over");
        assertThat(after(HOLD, EVIDENCE, LIFT, EVIDENCE).evidence()).isNotNull();
    }

    @Test
    void a_hold_that_comes_when_the_reports_go_already_keeps_the_record() {
        Keeping late = after(EVIDENCE, HOLD, WENT, RECORDS);

        assertThat(late.evidenceGone()).isTrue();
        assertThat(late.records()).isNull();
    }

    @Test
    void the_same_request_twice_is_one() {
        KeepingInput keyed = new Hold("ada@example.test", "an audit", "hold 1");

        Keeping once = after(keyed);

        assertThat(CORE.decide(once, keyed, NOW.plusSeconds(9)).refusal()).isNull();
        assertThat(CORE.decide(once, keyed, NOW.plusSeconds(9)).state()).isEqualTo(once);
    }

    @Test
    void reports_are_asked_for_by_rule_until_it_is_answered() {
        var asked = givenNew(CORE, "hello@1.0.0").when(EVIDENCE, NOW).messages().getFirst();

        assertThat(asked.question()).isTrue();
        assertThat(asked.body()).isInstanceOfSatisfying(ForgetEvidence.class, body -> {
            assertThat(body.rule()).isEqualTo("evidence: 400 days");
            assertThat(body.question().toString()).isEqualTo("hello@1.0.0/retention/1");
        });
    }

    @Test
    void what_went_is_told_for_good() {
        Keeping gone = after(EVIDENCE, WENT, RECORDS, new RecordsWent());

        assertThat(CORE.finished(gone)).isTrue();
        assertThat(gone.records()).isEqualTo(new Keeping.Going("records: 3650 days", NOW, NOW, 40, "abc"));
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(gone), Keeping.class))
                .isEqualTo(gone);
    }
}
