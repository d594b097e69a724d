package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.TaskRun;
import dev.slipway.messaging.WireRecord;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an input leads to, also much later, carries the trace of that input. */
final class LineageTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    private static final Cause ADA = new Cause("user:ada@example.test", "request-1", TRACE);

    private final ServiceInMemory service = new ServiceInMemory("tea");
    private final List<@Nullable String> performed = new ArrayList<>();

    @Test
    void a_task_is_told_the_trace_and_its_outcome_goes_on_in_it() {
        kettles(service).submit("k1", new Fill(20), ADA);

        service.settle();

        assertThat(performed).containsExactly(TRACE);
        assertThat(traces("tea.events")).containsExactly(TRACE, TRACE); // heating, hot
    }

    @Test
    void a_timer_that_fires_goes_on_in_the_trace_that_started_it() {
        Aggregates<Kettle, Input> kettles = RecipeTest.kettles(service, (_, _) -> {
            throw new IllegalStateException("never done");
        });
        kettles.submit("k1", new Fill(20), ADA);

        service.advance(Duration.ofSeconds(61));

        assertThat(traces("tea.commands")).containsExactly(TRACE);
    }

    @Test
    void a_task_that_another_instance_takes_over_stays_in_the_trace() {
        RecipeTest.kettles(service, (run, _) -> perform(run)).submit("k1", new Fill(20), ADA); // dies before it begins
        ServiceInMemory other = new ServiceInMemory("tea", service.bus(), service.clock(), service.stores(), Map.of());
        kettles(other);

        other.lookAround();

        assertThat(performed).containsExactly(TRACE);
    }

    private Aggregates<Kettle, Input> kettles(ServiceInMemory instance) {
        return RecipeTest.kettles(instance, (run, _) -> perform(run));
    }

    private Input perform(TaskRun run) {
        performed.add(run.traceparent());
        return new Boiled(run.fence());
    }

    private List<@Nullable String> traces(String topic) {
        return service.bus().records(topic).stream()
                .map(WireRecord::headers)
                .<@Nullable String>map(headers -> headers.get("ce_traceparent"))
                .toList();
    }
}
