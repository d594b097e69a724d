package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSpecTest {
    @Test
    void a_topic_is_read_from_its_name_and_partitions() {
        assertThat(TopicSpec.parse("slipway.ci.events:6")).isEqualTo(new TopicSpec("slipway.ci.events", 6, false));
        assertThat(TopicSpec.parse("slipway.traffic:3:compact")).isEqualTo(new TopicSpec("slipway.traffic", 3, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a:", "a:x", "a:0", "a:65", "a:1:delete", "a b:1", ":1", "a:1:compact:more"})
    void anything_else_is_refused(String text) {
        assertThatThrownBy(() -> TopicSpec.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
