package dev.slipway.notification.page;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.PageAddress;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.messaging.TaskRun;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationInput.Sent;
import dev.slipway.notification.conversation.ConversationInput.Trouble;
import dev.slipway.notification.conversation.Sending;
import dev.slipway.notification.page.PageCalls.Answer;
import dev.slipway.web.guard.Guarded;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Puts one announcement on a page per task: as an incident of a status page, or as the text of a release at its Git host
 * (ADR 57). Of an incident that may be there already the page is asked first, by the id of the delivery in its metadata; the text
 * of a release has its place, so that putting it there once more changes nothing.
 */
public final class PageSender implements TaskHandler<Sending, ConversationInput> {
    private static final int LINK_CHARACTERS_MAX = 500;

    private final StatusPage incidents;
    private final ReleaseText texts;

    private PageSender(PageCalls calls) {
        this.incidents = new StatusPage(calls);
        this.texts = new ReleaseText(calls);
    }

    public static PageSender of(PageSettings settings, Guarded pages, JsonMapper json) {
        return new PageSender(new PageCalls(settings, pages, json));
    }

    /** What putting it there came to. */
    sealed interface Put {
        /** @param link by which the other side knows it */
        record There(String link) implements Put {}

        record Not(Answer.Failed why) implements Put {}
    }

    @Override
    public ConversationInput perform(TaskRun run, Sending sending) throws Exception {
        try {
            boolean perhapsThere = sending.unsure() || run.claimedBefore();
            Put put = sending.party().channel() == Channel.RELEASE_TEXT
                    ? texts.put(PageAddress.AtTag.of(sending.party().address()), sending.content())
                    : incidents.put(
                            PageAddress.of(sending.party().address(), Set.of(PageAddress.Form.STATUSPAGE)),
                            sending,
                            perhapsThere);
            return switch (put) {
                case Put.There(String link) ->
                    new Sent(sending.number(), link.substring(0, Math.min(link.length(), LINK_CHARACTERS_MAX)), null);
                case Put.Not(Answer.Failed why) ->
                    new NotSent(sending.number(), "Page: " + why.error(), why.trouble(), why.after(), why.unsure());
            };
        } catch (IllegalArgumentException none) {
            return new NotSent(sending.number(), "Page: its address " + none.getMessage(), Trouble.FINAL, null, false);
        }
    }
}
