package dev.slipway.notification.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationState;
import dev.slipway.notification.conversation.Delivery;
import dev.slipway.notification.conversation.Party;
import dev.slipway.web.NextPage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Deliveries, latest first: those of conversations that go on, then those of finished ones by the end of the conversation;
 * of one release simply latest first. A cursor names the last one shown. What changes between two pages may show twice, never
 * not at all.
 */
final class DeliveryList {
    private static final Comparator<DeliveryView> LATEST = Comparator.comparing(DeliveryView::at)
            .thenComparing(DeliveryView::id)
            .reversed();
    private static final String ABOVE_ALL = "\uffff";

    private final Aggregates<ConversationState, ConversationInput> conversations;
    private final int batch;
    private final int lookedMax;

    /**
     * A list.
     *
     * @param batch conversations that are read at once
     * @param lookedMax finished conversations that one page looks at; it may then be short, with a cursor
     */
    DeliveryList(Aggregates<ConversationState, ConversationInput> conversations, int batch, int lookedMax) {
        this.conversations = conversations;
        this.batch = batch;
        this.lookedMax = lookedMax;
    }

    /**
     * What to show.
     *
     * @param release only its deliveries, or null for all
     * @param state only those there, or null for all
     */
    record Filter(@Nullable String release, DeliveryView.@Nullable State state) {
        /** Of one release all are found at once; what is on its way is of no finished conversation. */
        boolean finishedToo() {
            return release == null && state != DeliveryView.State.PLANNED && state != DeliveryView.State.SENDING;
        }

        boolean wants(DeliveryView view) {
            return (release == null || view.release().value().equals(release))
                    && (state == null || view.state() == state);
        }
    }

    /** @param cursor where the next page begins, or null at the end */
    record Page(List<DeliveryView> deliveries, @Nullable String cursor) {}

    /** After the delivery that was last shown: in the first part of the list, or among those of finished conversations. */
    private record Cursor(@Nullable Instant at, String delivery) {
        /** No delivery's number: what was looked at ended with this conversation. */
        private static final String NONE = "/-";

        private static final String SEPARATOR = "\n";

        static Cursor first(DeliveryView shown) {
            return new Cursor(shown.at(), shown.id());
        }

        static Cursor finished(DeliveryView shown) {
            return new Cursor(null, shown.id());
        }

        static Cursor behind(String conversation) {
            return new Cursor(null, conversation + NONE);
        }

        String conversation() {
            return delivery.substring(0, delivery.lastIndexOf('/'));
        }

        String text() {
            String plain = (at == null ? "" : at) + SEPARATOR + delivery;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor parse(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                String[] parts = plain.split(SEPARATOR, -1);
                if (parts.length == 2 && parts[1].contains("/")) {
                    return new Cursor(parts[0].isEmpty() ? null : Instant.parse(parts[0]), parts[1]);
                }
            } catch (RuntimeException _) {
                // said below
            }
            throw NextPage.unknown();
        }
    }

    Page page(Filter filter, @Nullable String cursor, int limit) {
        Cursor after = cursor == null || cursor.isEmpty() ? null : Cursor.parse(cursor);
        boolean fromFinished = after != null && after.at() == null;
        List<DeliveryView> page = new ArrayList<>();
        if (!fromFinished) {
            List<DeliveryView> first = first(filter).stream()
                    .sorted(LATEST)
                    .filter(view -> after == null || follows(view, after))
                    .limit(limit + 1L)
                    .toList();
            page.addAll(first.subList(0, Math.min(limit, first.size())));
            if (first.size() > limit) {
                return new Page(page, Cursor.first(page.getLast()).text());
            }
        }
        return filter.finishedToo() ? finished(filter, fromFinished ? after : null, limit, page) : new Page(page, null);
    }

    private List<DeliveryView> first(Filter filter) {
        List<DeliveryView> found = new ArrayList<>();
        String release = filter.release();
        if (release == null) {
            conversations.eachLive(batch, each -> wanted(each, filter).forEach(found::add));
            return found;
        }
        String above = release + "/";
        List<Snapshot<ConversationState>> more;
        do {
            more = conversations.between(above, release + "/" + ABOVE_ALL, batch);
            more.forEach(each -> wanted(each, filter).forEach(found::add));
            above = more.isEmpty() ? above : more.getLast().id();
        } while (more.size() == batch);
        return found;
    }

    private static boolean follows(DeliveryView view, Cursor after) {
        int compared = view.at().compareTo(Objects.requireNonNull(after.at()));
        return compared < 0 || (compared == 0 && view.id().compareTo(after.delivery()) < 0);
    }

    private Page finished(Filter filter, @Nullable Cursor after, int limit, List<DeliveryView> page) {
        Cursor shown = after == null && !page.isEmpty() ? Cursor.first(page.getLast()) : after;
        String last = after == null ? null : after.conversation();
        if (after != null) {
            List<DeliveryView> rest = conversations.find(after.conversation()).stream()
                    .flatMap(each -> wanted(each, filter))
                    .dropWhile(view -> !view.id().equals(after.delivery()))
                    .skip(1)
                    .toList();
            page.addAll(rest.subList(0, Math.min(limit, rest.size())));
            shown = page.isEmpty() ? after : Cursor.finished(page.getLast());
            if (rest.size() > limit) {
                return new Page(page, shown.text());
            }
        }
        for (int looked = 0; looked < lookedMax; looked += batch) {
            List<Snapshot<ConversationState>> more = conversations.finished(last, batch);
            for (Snapshot<ConversationState> each : more) {
                for (DeliveryView view : wanted(each, filter).toList()) {
                    if (page.size() == limit) {
                        return new Page(page, Objects.requireNonNull(shown).text());
                    }
                    page.add(view);
                    shown = Cursor.finished(view);
                }
                last = each.id();
            }
            if (more.size() < batch) {
                return new Page(page, null);
            }
        }
        return new Page(page, Cursor.behind(Objects.requireNonNull(last)).text());
    }

    private static Stream<DeliveryView> wanted(Snapshot<ConversationState> conversation, Filter filter) {
        return views(conversation.state()).filter(filter::wants).sorted(LATEST);
    }

    static Stream<DeliveryView> views(ConversationState conversation) {
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
