package dev.slipway.notification.conversation;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.policy.Staffing;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.notification.conversation.ConversationInput.Warned;
import dev.slipway.notification.conversation.Delivery.Content;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What owners of items are told, which people want done of a release by a day (ADR 79): that the day is near, and that it is past.
 * Each once for each item, in a conversation of its own, however often the status comes, and over whichever channels the owner has
 * as a contact; who is none gets a mail.
 */
public final class Items {
    private static final String OWNER = "owner";

    private Items() {}

    /**
     * Those that were near, or past, when their release said so: of one that was done since, a status that lay unread for days
     * tells nothing that was not so.
     *
     * @param said when the status was said
     */
    public static List<Warned> of(ReleaseStatus status, Instant said) {
        List<Party> contacts = Party.of(status.contacts());
        return status.items().stream()
                .flatMap(item -> switch (RetroView.time(item.due(), said)) {
                    case DUE_SOON -> of(status, item, TimeState.DUE_SOON, contacts);
                    case LATE, ESCALATED -> of(status, item, TimeState.LATE, contacts);
                    case OPEN, OVER, UNKNOWN -> Stream.<Warned>empty();
                })
                .toList();
    }

    private static Stream<Warned> of(ReleaseStatus status, RetroView.Due item, TimeState time, List<Party> contacts) {
        boolean late = time == TimeState.LATE;
        return parties(status, item.owner())
                .map(party -> new Warned(
                        status.release().value(),
                        "item-%d-%s".formatted(item.number(), late ? "late" : "due-soon"),
                        "ITEM_" + time,
                        late,
                        true,
                        content(status, item, late),
                        party,
                        contacts.stream().filter(other -> !other.equals(party)).toList(),
                        null,
                        null));
    }

    private static Stream<Party> parties(ReleaseStatus status, String owner) {
        List<Contact> known = status.contacts().stream()
                .filter(contact -> contact.email() != null
                        && Staffing.folded(contact.email()).equals(Staffing.folded(owner)))
                .toList();
        return known.isEmpty() ? Stream.of(new Party(OWNER, owner, Channel.EMAIL, owner)) : Party.of(known).stream();
    }

    private static Content content(ReleaseStatus status, RetroView.Due item, boolean late) {
        String name = "%s/%d".formatted(status.release(), item.number());
        String how = late ? "is late" : "is due soon";
        return new Content(
                "[Slipway] %s %s: item %d %s"
                        .formatted(status.release().application(), status.version(), item.number(), how),
                Stream.of(
                                "Item %s %s: %s".formatted(name, how, Texts.sentence(item.text())),
                                "It is for %s until %s.".formatted(item.owner(), item.due()),
                                "Asked of you: see to it, then close it: ./slipway retro close %s --as done|dropped --reason WHY --by EMAIL"
                                        .formatted(name),
                                Wording.contacts(status))
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining("\n")));
    }
}
