package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JvmFlagsTest {
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    @ParameterizedTest
    @EnumSource(Program.class)
    void the_gateway_alone_has_both_compilers(Program program) {
        assertThat(JvmFlags.of(program).contains(QUICK_COMPILER)).isEqualTo(program != Program.GATEWAY);
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void no_cache_is_made_by_both_compilers(Program program) {
        assertThat(JvmFlags.training(program)).contains(QUICK_COMPILER);
    }

    /** Whatever else differed would have the JVM refuse the cache. */
    @ParameterizedTest
    @EnumSource(Program.class)
    void a_program_runs_as_it_was_trained_but_for_the_compiler(Program program) {
        assertThat(JvmFlags.of(program))
                .containsAll(JvmFlags.shape())
                .containsExactlyElementsOf(JvmFlags.training(program).stream()
                        .filter(flag -> program != Program.GATEWAY || !flag.equals(QUICK_COMPILER))
                        .toList());
    }

    @ParameterizedTest
    @EnumSource(Program.class)
    void each_has_a_bound_for_its_heap_and_the_gateway_at_least_one_event_loop(Program program) {
        assertThat(JvmFlags.of(program)).contains("-Xmx" + program.heapMegabytes() + "m");
        assertThat(JvmFlags.of(program).stream()
                        .filter(flag -> flag.matches("-Dreactor.netty.ioWorkerCount=[1-9]\\d*")))
                .hasSize(program == Program.GATEWAY ? 1 : 0);
    }
}
