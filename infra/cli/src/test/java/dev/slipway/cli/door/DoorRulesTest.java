package dev.slipway.cli.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.door.DoorRules.Next;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DoorRulesTest {
    private static boolean notAsked() {
        throw new AssertionError("costs a connection each time");
    }

    @Test
    void a_door_opens_when_nobody_is_left_and_not_before() {
        assertThat(DoorRules.next(false, true, DoorRulesTest::notAsked)).isEqualTo(Next.REST);
        assertThat(DoorRules.next(false, false, DoorRulesTest::notAsked)).isEqualTo(Next.OPEN);
    }

    @Test
    void an_open_one_holds_until_somebody_is_there_and_listens() {
        assertThat(DoorRules.next(true, false, DoorRulesTest::notAsked)).isEqualTo(Next.HOLD);
        assertThat(DoorRules.next(true, true, () -> false)).isEqualTo(Next.HOLD);
        assertThat(DoorRules.next(true, true, () -> true)).isEqualTo(Next.HAND_OVER);
    }

    @Test
    void those_who_are_passed_on_count_as_those_who_are_held() {
        DoorRules rules = new DoorRules(3, Duration.ofSeconds(30));

        assertThat(rules.takesOneMore(1, 1)).isTrue();
        assertThat(rules.takesOneMore(2, 1)).isFalse();
        assertThat(rules.takesOneMore(0, 3)).isFalse();
    }

    @Test
    void one_is_held_as_long_as_the_limit_says_and_no_longer() {
        Duration limit = Duration.ofSeconds(30);

        assertThat(DoorRules.heldTooLong(limit, limit)).isFalse();
        assertThat(DoorRules.heldTooLong(limit.plusNanos(1), limit)).isTrue();
    }

    @Test
    void whom_the_server_spoke_to_last_waits_for_nothing_after_a_while() {
        assertThat(DoorRules.answered(true, Duration.ofHours(1))).isFalse();
        assertThat(DoorRules.answered(false, DoorRules.QUIET.minusMillis(1))).isFalse();
        assertThat(DoorRules.answered(false, DoorRules.QUIET)).isTrue();
    }

    @Test
    void bounds_have_ranges() {
        Duration some = Duration.ofSeconds(30);

        assertThatThrownBy(() -> new DoorRules(0, some)).hasMessageContaining("1 to 10000 connections, not 0");
        assertThatThrownBy(() -> new DoorRules(10_001, some)).hasMessageContaining("not 10001");
        assertThatThrownBy(() -> new DoorRules(1, Duration.ofMillis(999))).hasMessageContaining("PT1S to PT10M");
        assertThatThrownBy(() -> new DoorRules(1, Duration.ofMinutes(11))).hasMessageContaining("not PT11M");
    }
}
