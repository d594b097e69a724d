package dev.slipway.notification.conversation;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Policy.Contact;
import java.util.ArrayList;
import java.util.List;

/**
 * Someone who is told over one channel.
 *
 * @param address Slack channel or email address
 */
public record Party(String role, String name, Channel channel, String address) {
    /** One party for each channel of each contact. */
    public static List<Party> of(List<Contact> contacts) {
        List<Party> parties = new ArrayList<>();
        for (Contact contact : contacts) {
            if (contact.slack() != null) {
                parties.add(new Party(contact.role(), contact.name(), Channel.SLACK, contact.slack()));
            }
            if (contact.email() != null) {
                parties.add(new Party(contact.role(), contact.name(), Channel.EMAIL, contact.email()));
            }
        }
        return parties.stream().distinct().toList();
    }
}
