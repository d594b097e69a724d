package dev.slipway.notification.conversation;

import dev.slipway.notification.conversation.ConversationInput.Escalation;
import dev.slipway.notification.conversation.Delivery.Content;
import java.util.ArrayList;
import java.util.List;

/** What a note says about those who could not be told: who, why, what they would have read, what is asked. */
final class NotReached {
    private NotReached() {}

    /** @param missed one or more, of one release */
    static Content said(List<Escalation> missed) {
        Escalation first = missed.getFirst();
        List<String> lines = new ArrayList<>();
        lines.add(
                missed.size() == 1 ? "One contact could not be told:" : missed.size() + " contacts could not be told:");
        missed.forEach(each -> lines.add("- " + each.unreachable() + ": " + each.error()));
        lines.add("Asked of you: tell them. Once it is mended: ./slipway deliveries retry --release " + first.release()
                + " --reason WHY");
        lines.add("");
        lines.add("What they would have read:");
        lines.add(first.content().text());
        return new Content(
                first.content().subject() + " (" + first.unreachable() + " could not be told)",
                String.join("\n", lines));
    }
}
