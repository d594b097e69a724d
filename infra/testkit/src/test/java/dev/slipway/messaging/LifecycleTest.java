package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

/** What a service does first at a start comes before everything else, and the service is not ready before. */
final class LifecycleTest {
    private static final Map<String, Object> NOBODY = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");

    private final ServiceInMemory service = new ServiceInMemory("tested");
    private final Recipe recipe = service.recipe();
    private final MessagingSettings settings = MessagingSettings.of("tested", Map.of());

    @Test
    void what_comes_first_is_done_before_anything_else_begins_and_until_then_it_is_not_ready() {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch looked = new CountDownLatch(1);
        recipe.repeatedly("traffic tables", Duration.ofMillis(1), () -> order.add("table"));
        recipe.first("looks", Duration.ofMillis(1), () -> {
            await().until(() -> looked.getCount() == 0);
            order.add("looked");
        });
        try (KafkaSink sink = new KafkaSink(NOBODY, NOBODY, settings, service.meters())) {
            MessageListeners listeners = new MessageListeners(recipe, NOBODY, sink, settings);
            MessagingLifecycle lifecycle = new MessagingLifecycle(recipe, listeners);

            lifecycle.start();

            assertThat(listeners.health().getDetails())
                    .containsEntry("reason", "it has not done yet what comes before all else");
            looked.countDown();
            await().until(() -> order.size() > 2);
            lifecycle.stop();
            assertThat(order).startsWith("looked", "table").containsOnlyOnce("looked");
            recipe.fireTimers(); // the store is there
            assertThat(listeners.health().getStatus()).isEqualTo(Status.UP);
        }
    }
}
