package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WireRecordTest {
    private static final Instant ARRIVED = Instant.parse("2026-01-05T10:00:00Z");
    private static final Map<String, String> FOREIGN =
            Map.of("ce_type", "dev.cdevents.artifact.published.0.2.0", "ce_id", "7", "ce_source", "/ci/42");

    @Test
    void a_foreign_event_needs_only_id_source_and_type() {
        Inbound inbound = record(FOREIGN).inbound(ARRIVED);

        assertThat(inbound.type()).isEqualTo("dev.cdevents.artifact.published.0.2.0");
        assertThat(inbound.sourceVersion()).isZero();
        assertThat(inbound.at()).isEqualTo(ARRIVED);
        assertThat(inbound.correlation()).isEmpty();
        assertThat(inbound.cause().id()).isEqualTo("7");
    }

    @Test
    void other_attributes_are_kept_as_extensions() {
        Map<String, String> headers = new HashMap<>(FOREIGN);
        headers.putAll(Map.of("ce_publisher", "ci@example.test", "ce_time", "2026-01-05T09:00:00Z", "else", "x"));

        Inbound inbound = record(headers).inbound(ARRIVED);

        assertThat(inbound.extensions()).containsExactly(Map.entry("publisher", "ci@example.test"));
        assertThat(inbound.at()).isEqualTo(Instant.parse("2026-01-05T09:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ce_type", "ce_id", "ce_source"})
    void without_a_required_attribute_it_is_no_event(String missing) {
        Map<String, String> headers = new HashMap<>(FOREIGN);
        headers.remove(missing);

        assertThatThrownBy(() -> record(headers).inbound(ARRIVED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(missing);
    }

    private static WireRecord record(Map<String, String> headers) {
        return new WireRecord("slipway.ci.events", "checkout", headers, new byte[0]);
    }
}
