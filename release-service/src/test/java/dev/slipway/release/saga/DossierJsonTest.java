package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Hold;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class DossierJsonTest {
    private static Journey takenOut() {
        Journey journey = new Journey().rollingOut().take(new ReleaseInput.FreezesChanged(Journey.freezes()));
        return journey.take(journey.rollout("production", Phase.NOT_ADMITTED, null, false));
    }

    @TestFactory
    Stream<DynamicTest> every_state_is_read_back_as_it_was_written() {
        Journey paused = new Journey().rollingOut();
        paused.take(paused.rollout("production", Phase.STEPPING, null, true));
        return Stream.of(
                        new Journey().proposed(),
                        new Journey().validating(),
                        new Journey(Journey.waivable()).unwaived(),
                        new Journey(Journey.waivable()).halfWaived(),
                        new Journey(Journey.waivable()).waived(),
                        new Journey().awaitingApproval(),
                        new Journey().staging(),
                        new Journey().candidate(),
                        new Journey().candidate().held(Hold.Kind.HELD),
                        new Journey(Journey.frozen()).candidate(),
                        dutiful(),
                        new Journey().rollback(),
                        new Journey().needsOperatorForProduction().take(new ReleaseInput.Resolve("user:op", "x", "k")),
                        paused,
                        new Journey().rollingOut().take(new ReleaseInput.FreezesChanged(Journey.freezes())),
                        takenOut(),
                        new Journey().baking(),
                        new Journey().merging(),
                        new Journey().restoring(),
                        new Journey().rollingBack(),
                        new Journey().nothingToRestore(),
                        new Journey().completed().told())
                .map(Journey::dossier)
                .map(dossier -> DynamicTest.dynamicTest(
                        dossier.state().phase().name(),
                        () -> assertThat(MessagingJson.mapper()
                                        .readValue(MessagingJson.mapper().writeValueAsString(dossier), Dossier.class))
                                .isEqualTo(dossier)));
    }

    private static Journey dutiful() {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("try-it", Duty.Before.PRODUCTION))).candidate();
        return journey.take(journey.answer("try-it", Examples.BEN, DutyView.Result.PASSED));
    }

    @Test
    void a_dossier_from_before_there_were_waivers_has_none() {
        String stored = MessagingJson.mapper()
                .writeValueAsString(new Journey().awaitingApproval().dossier());

        assertThat(stored).doesNotContain("waivers");
        assertThat(MessagingJson.mapper().readValue(stored, Dossier.class).waivers())
                .isEmpty();
    }

    @Test
    void a_dossier_from_before_there_were_duties_has_none_and_a_stored_answer_reads_as_it_stands_here() {
        String stored = MessagingJson.mapper()
                .writeValueAsString(new Journey().awaitingApproval().dossier());
        String answer = """
                {"duty":"device-test","said":{"result":"NOT_POSSIBLE","by":"ben@example.test",
                 "at":"2026-01-05T10:00:00Z","reason":"no device","fields":{"device":"none"},
                 "links":["https://example.test/1"]}}""";

        assertThat(stored).doesNotContain("duties");
        assertThat(MessagingJson.mapper().readValue(stored, Dossier.class).duties())
                .isEmpty();
        assertThat(MessagingJson.mapper().readValue(answer, DutyAnswer.class))
                .isEqualTo(new DutyAnswer(
                        "device-test",
                        new DutyView.Answer(
                                DutyView.Result.NOT_POSSIBLE,
                                "ben@example.test",
                                Instant.parse("2026-01-05T10:00:00Z"),
                                "no device",
                                Map.of("device", "none"),
                                List.of("https://example.test/1"))));
    }

    @Test
    void a_stored_waiver_reads_as_it_stands_here() {
        String stored = """
                {"gate":"unit-tests","reason":"flaky","until":"2026-01-06T10:00:00Z","by":"ada@example.test",
                 "at":"2026-01-05T10:00:00Z","confirmedBy":"ben@example.test","confirmedAt":"2026-01-05T11:00:00Z"}""";

        assertThat(MessagingJson.mapper().readValue(stored, Waiver.class))
                .isEqualTo(new Waiver(
                        "unit-tests",
                        "flaky",
                        Instant.parse("2026-01-06T10:00:00Z"),
                        "ada@example.test",
                        Instant.parse("2026-01-05T10:00:00Z"),
                        "ben@example.test",
                        Instant.parse("2026-01-05T11:00:00Z"),
                        false,
                        null));
    }
}
