package dev.slipway.notification.conversation;

import dev.slipway.testkit.GoldenTraces;
import dev.slipway.testkit.PureCoreRules;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConversationTracesTest {
    @TestFactory
    Stream<DynamicTest> a_conversation_reads_as_its_traces_say() {
        ConversationRules rules =
                new ConversationRules(Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofHours(72), 50);
        return GoldenTraces.of(new Conversation(rules), ConversationState.class, ConversationInput.class)
                .tests();
    }

    @Test
    void the_core_is_pure() {
        PureCoreRules.check(
                PureCoreRules.packages("dev.slipway.notification.conversation"), "dev.slipway.notification");
    }
}
