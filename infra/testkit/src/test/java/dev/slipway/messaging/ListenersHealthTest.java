package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.ServiceInMemory;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** What the readiness of a service says about an error that one of its loops has met. */
final class ListenersHealthTest {
    private static final Map<String, Object> NOBODY = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    private final ServiceInMemory service = new ServiceInMemory("tested");
    private final Recipe recipe = service.recipe();
    private final MessagingSettings settings = MessagingSettings.of("tested", Map.of());

    private Health health() {
        try (KafkaSink sink = new KafkaSink(NOBODY, NOBODY, settings, service.meters())) {
            return new MessageListeners(recipe, NOBODY, sink, settings).health();
        }
    }

    @Test
    void an_error_in_a_loop_turns_it_red_for_good() {
        recipe.fireTimers(); // the store is there
        assertThat(health().getStatus()).isEqualTo(Status.UP);

        recipe.met("traffic tables", new StackOverflowError("deep"));
        recipe.fireTimers();

        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health().getDetails())
                .containsEntry("reason", "traffic tables met java.lang.StackOverflowError: deep: restart this process");
    }

    @Test
    void the_first_error_is_the_one_that_is_told() {
        recipe.met("timers", new OutOfMemoryError("Metaspace"));
        recipe.met("outboxes", new NoClassDefFoundError("later"));

        assertThat(recipe.broken()).startsWith("timers met");
    }
}
