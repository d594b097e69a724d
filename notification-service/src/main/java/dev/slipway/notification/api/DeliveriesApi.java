package dev.slipway.notification.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.notification.NotificationSettings;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Delivery;
import dev.slipway.notification.conversation.Party;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/deliveries}: who was told what, and what could not be delivered. */
@RestController
class DeliveriesApi {
    private static final int LIMIT_MAX = 1000;

    private final Aggregates<ConversationState, ConversationInput> conversations;
    private final NotificationSettings settings;

    DeliveriesApi(Aggregates<ConversationState, ConversationInput> conversations, NotificationSettings settings) {
        this.conversations = conversations;
        this.settings = settings;
    }

    @GetMapping("/api/v1/deliveries")
    List<DeliveryView> deliveries(
            @RequestParam(required = false) @Nullable String release,
            @RequestParam(required = false) DeliveryView.@Nullable State state,
            @RequestParam(defaultValue = "100") int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("limit must be 1 to " + LIMIT_MAX + ", is " + limit);
        }
        int most = settings.conversationsPerAnswerMax();
        return Stream.concat(conversations.live(most).stream(), conversations.finished(null, most).stream())
                .map(Snapshot::state)
                .filter(conversation -> release == null || release.equals(conversation.release()))
                .flatMap(DeliveriesApi::views)
                .filter(view -> state == null || view.state() == state)
                .sorted(Comparator.comparing(DeliveryView::at).reversed())
                .limit(limit)
                .toList();
    }

    private static Stream<DeliveryView> views(ConversationState conversation) {
        Party party = conversation.party();
        if (party == null) {
            return Stream.of();
        }
        String release = Objects.requireNonNull(conversation.release());
        return conversation.deliveries().stream()
                .map(delivery -> view(conversation.deliveryId(delivery.number()), release, party, delivery));
    }

    private static DeliveryView view(String id, String release, Party party, Delivery delivery) {
        return new DeliveryView(
                id,
                new ReleaseId(release),
                party.name(),
                party.role(),
                party.channel(),
                party.address(),
                delivery.milestone(),
                delivery.alert(),
                delivery.state(),
                delivery.attempts(),
                delivery.error(),
                delivery.at());
    }
}
