package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.testkit.Kettle.Input;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However many aggregates there are, whoever looks at all of them sees all of them. */
final class PagesTest {
    private static final int KETTLES = 24;

    private final ServiceInMemory service = new ServiceInMemory("tea");
    private final Aggregates<Kettle, Input> kettles = service.recipe()
            .aggregates("kettle", Kettle.class, Input.class, new Kettle.KettleCore())
            .onTimer(Input.TimedOut::new)
            .task("boil", Kettle.Boil.class, (run, _) -> new Input.Boiled(run.fence()))
            .build();

    @BeforeEach
    void many_are_filled() {
        for (int number = 0; number < KETTLES; number++) {
            kettles.submit("k%02d".formatted(number), new Input.Fill(20), Cause.of("user:ada@example.test"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12, 23, 24, 25, 1000})
    void pages_of_any_size_come_to_all_of_them_once(int page) {
        List<String> seen = new ArrayList<>();

        kettles.eachLive(page, found -> seen.add(found.id()));

        assertThat(seen).hasSize(KETTLES).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void ids_between_two_others_are_found_in_their_order() {
        assertThat(kettles.between("k03", "k07", 10)).extracting(Snapshot::id).containsExactly("k04", "k05", "k06");
        assertThat(kettles.between("k03", "k99", 2)).extracting(Snapshot::id).containsExactly("k04", "k05");
    }
}
