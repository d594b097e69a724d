package dev.slipway.gateway;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.util.unit.DataSize;

/** How this gateway writes to Kafka: acknowledged by all replicas, in order, at once, and bounded in time and memory. */
public final class Producers {
    private static final int IN_FLIGHT_MAX = 5; // the most that keeps the order of an idempotent producer

    private Producers() {}

    /**
     * A producer of raw bytes.
     *
     * @param blockMax longest wait for metadata or for room in the buffer
     * @param deliverWithin longest time to an acknowledgement, all tries together
     * @param requestWithin longest time to the answer to one try
     * @param bufferMax records that wait to be sent
     */
    public static DefaultKafkaProducerFactory<String, byte[]> of(
            KafkaProperties kafka,
            Duration blockMax,
            Duration deliverWithin,
            Duration requestWithin,
            DataSize bufferMax) {
        Map<String, Object> properties = new HashMap<>(kafka.buildProducerProperties());
        properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, IN_FLIGHT_MAX);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, blockMax.toMillis());
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.toIntExact(deliverWithin.toMillis()));
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(requestWithin.toMillis()));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, bufferMax.toBytes());
        return new DefaultKafkaProducerFactory<>(properties);
    }
}
