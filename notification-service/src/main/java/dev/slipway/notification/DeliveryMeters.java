package dev.slipway.notification;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.ConversationRules;
import dev.slipway.notification.conversation.Sending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this service counts. {@code slipway.deliveries{channel,state}}: attempts that ended {@code delivered}, {@code
 * undeliverable}, or {@code planned} again.
 */
final class DeliveryMeters {
    private static final Logger log = LoggerFactory.getLogger(DeliveryMeters.class);

    private final MeterRegistry meters;
    private final ConversationRules rules;
    private final InstantSource clock;

    DeliveryMeters(MeterRegistry meters, ConversationRules rules, InstantSource clock) {
        this.meters = meters;
        this.rules = rules;
        this.clock = clock;
        for (Channel channel : List.of(Channel.SLACK, Channel.EMAIL, Channel.STATUS_PAGE, Channel.RELEASE_TEXT)) {
            for (State state : List.of(State.DELIVERED, State.PLANNED, State.UNDELIVERABLE)) {
                counter(channel, state); // there at zero before the first
            }
        }
    }

    private Counter counter(Channel channel, State state) {
        return meters.counter(
                "slipway.deliveries",
                "channel",
                channel.name().toLowerCase(Locale.ROOT),
                "state",
                state.name().toLowerCase(Locale.ROOT));
    }

    TaskHandler<Sending, ConversationInput> counting(TaskHandler<Sending, ConversationInput> sender) {
        return (run, sending) -> {
            ConversationInput outcome = sender.perform(run, sending);
            State state = state(sending, outcome);
            counter(sending.party().channel(), state).increment();
            if (outcome instanceof NotSent failed && failed.trouble() == Trouble.HOST) {
                log.warn("{} waits for somebody to mend what is wrong: {}", sending.id(), failed.error());
            }
            if (state == State.UNDELIVERABLE) {
                log.error(
                        "Undeliverable: {} to {}", sending.id(), sending.party().address());
            }
            return outcome;
        };
    }

    /** What the conversation makes of it. */
    private State state(Sending sending, ConversationInput outcome) {
        if (!(outcome instanceof NotSent failed)) {
            return State.DELIVERED;
        }
        boolean again = failed.trouble() != Trouble.FINAL && rules.keepsTrying(sending.since(), clock.instant());
        return again ? State.PLANNED : State.UNDELIVERABLE;
    }
}
