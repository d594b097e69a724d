package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@link EveryReaderTest} tries with a tenth of the changes. It needs nothing but some eight seconds of a processor. */
@Tag("thorough")
final class EveryReaderIT {
    private static final int CHANGES = 100_000;

    @Test
    void of_100_000_changes_none_throws_anything_else_or_turns_a_failing_report_into_a_pass() throws Exception {
        List<EverySample> samples = EverySample.all();

        assertThat(Mutations.over(samples, CHANGES)).isGreaterThan(samples.size() / 2);
    }
}
