package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.messaging.Effect;
import dev.slipway.testkit.Kettle.Heating;
import dev.slipway.testkit.Kettle.Hot;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CoreScenarioTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    @Test
    void a_scenario_reads_as_given_when_then() {
        CoreScenario.givenNew(new Kettle.KettleCore(), "k1")
                .when(new Fill(20), NOW)
                .then(Heating.class)
                .accepted()
                .sends("dev.tea.status.v1")
                .effectsInclude(Effect.startTimer("boil", NOW.plusSeconds(60)))
                .when(new Fill(30), NOW)
                .refused("full")
                .when(new Boiled(1), NOW)
                .state(new Hot("k1", Map.of()));
    }

    @Test
    void what_did_not_happen_fails() {
        CoreScenario<Kettle, Kettle.Input> scenario =
                CoreScenario.givenNew(new Kettle.KettleCore(), "k1").when(new Fill(20), NOW);

        assertThatThrownBy(() -> scenario.then(Hot.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> scenario.effects()).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> scenario.refused("full")).isInstanceOf(AssertionError.class);
        assertThat(scenario.messages()).hasSize(1);
    }
}
