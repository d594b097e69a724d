package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testkit.Kettle.Input;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class GoldenTracesTest {
    @TempDir
    private Path folder;

    private final GoldenTraces<Kettle, Input> traces =
            GoldenTraces.of(new Kettle.KettleCore(), Kettle.class, Input.class);

    @TestFactory
    Stream<DynamicTest> the_traces_of_the_kettle() {
        return traces.tests();
    }

    @Test
    void a_trace_without_an_expectation_fails() {
        assertThatThrownBy(() -> runAll("> Fill {\"degrees\":20}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("has no expectation");
    }

    @Test
    void a_trace_with_a_wrong_expectation_fails() {
        assertThatThrownBy(() -> runAll("> Fill {\"degrees\":20}", "  Cold", "= {}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Heating");
    }

    @Test
    void a_line_that_nobody_understands_fails() {
        assertThatThrownBy(() -> traces.run(List.of("when it boils"))).hasMessageContaining("when it boils");
        assertThatThrownBy(() -> traces.run(List.of("> Freeze"))).hasMessageContaining("Freeze");
    }

    @Test
    void what_people_wrote_stays_and_what_follows_is_written_below() {
        assertThat(traces.run(List.of("# sentence", "id k1", "> Fill {\"degrees\":20}", "  old expectation")))
                .startsWith("# sentence", "id k1", "> Fill {\"degrees\":20}", "  Heating: filled")
                .doesNotContain("  old expectation");
    }

    private void runAll(String... lines) throws Throwable {
        Files.write(folder.resolve("trace.txt"), List.of(lines));
        for (DynamicTest test : traces.in(folder).tests().toList()) {
            test.getExecutable().execute();
        }
    }
}
