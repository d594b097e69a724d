package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.notification.conversation.ConversationInput.Told;
import dev.slipway.notification.conversation.Delivery.Content;
import dev.slipway.notification.conversation.Delivery.Form;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What news of a release is worth to a party. */
final class Planning {
    private Planning() {}

    record Plan(Form form, String milestone, boolean alert, Content content) {}

    static List<Plan> of(ConversationState state, Told told) {
        List<Milestone> news = news(state, told);
        return told.party().channel() == Channel.SLACK ? slackPlans(state, told, news) : mailPlans(told, news);
    }

    /** What has happened since all was planned, worth a word or not. */
    static List<Milestone> news(ConversationState state, Told told) {
        return told.status().milestones().stream()
                .filter(milestone -> milestone.index() > state.plannedUpTo())
                .toList();
    }

    /** Whether a party is told of it in words, beside what their card shows. */
    static boolean isWorth(Milestone milestone, Party party) {
        return party.channel() == Channel.SLACK
                ? Wording.worthAMessage(milestone.kind())
                : Wording.worthAMail(milestone, party);
    }

    private static List<Plan> slackPlans(ConversationState state, Told told, List<Milestone> news) {
        List<Plan> plans = new ArrayList<>();
        Content card = Wording.card(told.status());
        String phase = told.status().phase().name();
        Content shown = lastCard(state);
        if (shown == null) {
            plans.add(new Plan(Form.CARD, phase, false, card));
        } else if (!shown.equals(card)) {
            plans.add(new Plan(Form.CARD_UPDATE, phase, false, card));
        }
        for (Milestone milestone : news) {
            if (isWorth(milestone, told.party())) {
                Content content = Wording.message(told.status(), milestone, told.party());
                plans.add(new Plan(
                        Form.REPLY, milestone.kind().name(), milestone.kind().alert(), content));
            }
        }
        return plans;
    }

    private static List<Plan> mailPlans(Told told, List<Milestone> news) {
        return news.stream()
                .filter(milestone -> isWorth(milestone, told.party()))
                .map(milestone -> new Plan(
                        Form.MAIL,
                        milestone.kind().name(),
                        milestone.kind().alert(),
                        Wording.message(told.status(), milestone, told.party())))
                .toList();
    }

    @Nullable
    private static Content lastCard(ConversationState state) {
        return state.deliveries().reversed().stream()
                .filter(delivery -> delivery.form() == Form.CARD || delivery.form() == Form.CARD_UPDATE)
                .map(Delivery::content)
                .findFirst()
                .orElse(null);
    }
}
