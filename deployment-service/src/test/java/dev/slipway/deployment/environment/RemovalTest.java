package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.question;
import static dev.slipway.deployment.environment.Walk.stepping;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.environment.EnvironmentInput.DrainDue;
import dev.slipway.deployment.environment.EnvironmentInput.EndedByUs;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.RemoveAsked;
import dev.slipway.deployment.environment.EnvironmentInput.TableDue;
import dev.slipway.messaging.MessagingJson;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RemovalTest {
    private static final String KEY = question("1.0.0").toString();
    private static final RemoveAsked REMOVE = new RemoveAsked(1, "replaced", "ada");

    @Test
    void what_serves_loses_its_addresses_and_is_stopped_after_its_last_requests() {
        Walk walk = established();
        long counter = walk.environment.traffic().counter();

        walk.when(REMOVE);

        TrafficTable table = walk.table();
        assertThat(table.removed()).isTrue();
        assertThat(table.counter()).isEqualTo(counter + 1);
        assertThat(table.shares()).isEmpty();
        assertThat(table.hostNames()).isEmpty();
        assertThat(walk.environment.isRemoved()).isTrue();
        assertThat(walk.environment.verified()).isNull();
        assertThat(walk.environment.neededArtifacts()).isEmpty();
        assertThat(walk.timers()).containsExactly("drain");
        assertThat(walk.later(Walk.RHYTHM.drain()).when(new DrainDue()).tasks()).containsExactly("stop/" + KEY);
        String json = MessagingJson.mapper().writeValueAsString(walk.environment);
        assertThat(MessagingJson.mapper().readValue(json, Environment.class)).isEqualTo(walk.environment);
    }

    @Test
    void nothing_brings_it_up_again_and_nobody_repeats_its_table() {
        Walk walk = established().when(REMOVE);

        assertThat(walk.when(new ProcessGone(KEY)).tasks()).isEmpty();
        assertThat(walk.when(new EndedByUs(KEY)).tasks()).isEmpty();
        assertThat(walk.when(new TableDue()).sent(TrafficTable.class)).isEmpty();
        assertThat(walk.environment.thoughtToBeThere()).isEqualTo(Set.of());
        assertThat(walk.when(REMOVE).last.effects()).as("said again").isEmpty();
    }

    @Test
    void an_incident_of_what_is_removed_is_over_and_people_hear_it() {
        Walk walk = established().when(new ProcessGone(KEY));
        assertThat(walk.sent(IncidentStatus.class))
                .singleElement()
                .satisfies(incident -> assertThat(incident.over()).isNull());

        walk.when(REMOVE);

        assertThat(walk.sent(IncidentStatus.class)).singleElement().satisfies(incident -> {
            assertThat(incident.over()).isEqualTo(walk.now);
            assertThat(incident.ending()).isEqualTo("Its application was removed");
        });
        assertThat(walk.environment.watched()).isNull();
    }

    @Test
    void a_later_release_makes_it_anew_as_a_first_one() {
        Walk walk = established().when(REMOVE).start(plan("1.1.0", 2));

        assertThat(walk.environment.isRemoved()).isFalse();
        walk.started().warm().judged(0);
        assertThat(walk.table().removed()).isFalse();
        assertThat(walk.shares()).containsExactly(100);
        assertThat(walk.when(REMOVE).state()).as("the old word, once more").isEqualTo("STEPPING");
        walk.judged(1).judged(2).confirm().when(REMOVE);
        assertThat(walk.environment.isRemoved()).isFalse();
    }

    @Test
    void nothing_is_removed_while_a_rollout_is_under_way_or_where_nothing_ever_was() {
        assertThat(stepping(1).when(new RemoveAsked(2, "", "")).shares()).hasSize(2);
        assertThat(production().when(new RemoveAsked(0, "", "")).last.effects()).isEmpty();
    }
}
