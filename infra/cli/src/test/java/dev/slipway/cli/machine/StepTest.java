package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final List<Step.Wanted> TWO_GATEWAYS =
            List.of(wanted("platform", ""), wanted("gateway", "b"), wanted("gateway-2", "b"));

    @Test
    void the_platform_starts_first_and_the_services_beside_it_while_it_is_young() {
        List<Step.Wanted> wanted = List.of(wanted("platform", ""), wanted("gateway", "a"));

        assertThat(Step.next(wanted, sight(false))).containsExactly(new Step.Start("platform"));
        assertThat(Step.next(wanted, sight(false, running("platform", "")))).containsExactly(new Step.Start("gateway"));
    }

    @Test
    void later_services_start_only_where_the_platform_answers() {
        List<Step.Wanted> wanted = List.of(wanted("platform", ""), wanted("gateway", "a"));
        ProcessRecord old = new ProcessRecord("platform", 1, NOW.minus(Step.YOUNG), 0, "run", "");

        assertThat(Step.next(wanted, sight(false, old))).isEmpty();
        assertThat(Step.next(wanted, sight(true, old))).containsExactly(new Step.Start("gateway"));
    }

    @Test
    void what_keeps_ending_is_not_started_before_its_pause_is_over() {
        Standing looping = Standing.of("gateway").ended("exit code 1", NOW, Duration.ZERO);
        Step.Sight sight = new Step.Sight(
                List.of(running("platform", "")), List.of(), Map.of("gateway", looping), () -> true, _ -> true, NOW);

        assertThat(Step.next(List.of(wanted("platform", ""), wanted("gateway", "a")), sight))
                .isEmpty();
    }

    @Test
    void with_a_second_gateway_it_starts_before_the_first_is_told_anew() {
        ProcessRecord platform = running("platform", "");
        ProcessRecord old = running("gateway", "a");

        assertThat(Step.next(TWO_GATEWAYS, sight(true, platform, old))).containsExactly(new Step.Start("gateway-2"));
        assertThat(Step.next(TWO_GATEWAYS, sight(true, platform, old, running("gateway-2", "b"))))
                .containsExactly(new Step.Replace("gateway"));
    }

    @Test
    void one_is_replaced_at_a_time_and_only_while_all_others_are_ready() {
        ProcessRecord[] bothOld = {running("platform", ""), running("gateway", "a"), running("gateway-2", "a")};

        assertThat(Step.next(TWO_GATEWAYS, sight(true, bothOld))).containsExactly(new Step.Replace("gateway-2"));
        assertThat(Step.next(
                        TWO_GATEWAYS,
                        new Step.Sight(
                                Arrays.asList(bothOld), List.of("gateway-2"), Map.of(), () -> true, _ -> true, NOW)))
                .isEmpty();
        assertThat(Step.next(
                        TWO_GATEWAYS,
                        new Step.Sight(Arrays.asList(bothOld), List.of(), Map.of(), () -> true, _ -> false, NOW)))
                .isEmpty();
    }

    @Test
    void one_that_is_not_ready_itself_is_replaced_all_the_same() {
        Step.Sight sight = new Step.Sight(
                List.of(running("platform", ""), running("gateway", "unknown")),
                List.of(),
                Map.of(),
                () -> true,
                process -> !process.name().equals("gateway"),
                NOW);

        assertThat(Step.next(List.of(wanted("platform", ""), wanted("gateway", "b")), sight))
                .containsExactly(new Step.Replace("gateway"));
    }

    @Test
    void surplus_ends_last_and_is_asked_once() {
        List<Step.Wanted> wanted = List.of(wanted("platform", ""), wanted("gateway", "b"));
        ProcessRecord[] alive = {running("platform", ""), running("gateway", "b"), running("gateway-2", "a")};

        assertThat(Step.next(wanted, sight(true, alive))).containsExactly(new Step.End("gateway-2"));
        assertThat(Step.next(
                        wanted,
                        new Step.Sight(
                                Arrays.asList(alive), List.of("gateway-2"), Map.of(), () -> true, _ -> true, NOW)))
                .isEmpty();
        alive[1] = running("gateway", "a");
        assertThat(Step.next(wanted, sight(true, alive))).containsExactly(new Step.Replace("gateway"));
    }

    private static Step.Wanted wanted(String name, String wiring) {
        return new Step.Wanted(name, wiring);
    }

    private static ProcessRecord running(String name, String wiring) {
        return new ProcessRecord(name, 1, NOW, 0, "run", wiring);
    }

    private static Step.Sight sight(boolean platformAnswers, ProcessRecord... alive) {
        return new Step.Sight(Arrays.asList(alive), List.of(), Map.of(), () -> platformAnswers, _ -> true, NOW);
    }
}
