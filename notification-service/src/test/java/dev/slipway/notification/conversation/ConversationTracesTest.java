package dev.slipway.notification.conversation;

import dev.slipway.testkit.GoldenTraces;
import dev.slipway.testkit.PureCoreRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ConversationTracesTest {
    @TestFactory
    Stream<DynamicTest> a_conversation_reads_as_its_traces_say() {
        return GoldenTraces.of(new Conversation(Statuses.RULES), ConversationState.class, ConversationInput.class)
                .tests();
    }

    @Test
    void the_core_is_pure() {
        PureCoreRules.check(
                PureCoreRules.packages("dev.slipway.notification.conversation"), "dev.slipway.notification");
    }
}
