package dev.slipway.git;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who signed a change as author, committer or co-author. Pure. */
final class Signatures {
    /** Fields of one commit, as {@link #FORMAT} prints them. */
    private static final int FIELDS = 6;

    static final String FORMAT = "--format=%H%x00%an%x00%ae%x00%cn%x00%ce%x00%B";

    private static final Pattern CO_AUTHOR = Pattern.compile("(?im)^[ \\t]*co-authored-by[ \\t]*:[ \\t]*(.*)$");
    private static final Pattern CONTACT = Pattern.compile("([^<>]*)<([^<>]*)>.*");
    private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");
    /** Addresses of forges and robots that stand in for a person's own. */
    private static final Pattern NO_REPLY = Pattern.compile(
            "(^|[+._-])(no-?reply|do-?not-?reply|noreply)([+._-][^@]*)?@.*|.*@([^@]*[.-])?no-?reply[.-].*");

    private static final int CHARACTERS_SHOWN = 120;

    private Signatures() {}

    /**
     * A name and an address as somebody wrote them; the address trimmed and case folded, empty where it is none.
     *
     * @param shown as they stand, for people
     */
    record Contact(String name, String address, String shown) {
        static Contact of(String name, String written) {
            String address = written.strip().toLowerCase(Locale.ROOT);
            String shown = Words.shown("%s <%s>".formatted(name.strip(), written.strip()), CHARACTERS_SHOWN);
            return new Contact(name.strip(), ADDRESS.matcher(address).matches() ? address : "", shown);
        }
    }

    /** All contacts of the commits that git printed in the format; contacts without an address among them. */
    static Set<Contact> of(String log) throws GitTrouble {
        Set<Contact> contacts = new LinkedHashSet<>();
        List<String> fields = List.of(log.split("\0", -1));
        for (int at = 0; at + FIELDS <= fields.size(); at += FIELDS) {
            if (!Names.isId(fields.get(at))) {
                throw new GitTrouble("git log printed commits of another form");
            }
            signed(contacts, "author", fields.get(at), fields.get(at + 1), fields.get(at + 2));
            signed(contacts, "committer", fields.get(at), fields.get(at + 3), fields.get(at + 4));
            Matcher trailer = CO_AUTHOR.matcher(fields.get(at + 5));
            while (trailer.find()) {
                contacts.add(coAuthor(trailer.group(1)));
            }
        }
        return contacts;
    }

    static int commits(String log) {
        return (int) (log.chars().filter(character -> character == 0).count() / FIELDS);
    }

    private static void signed(Set<Contact> contacts, String role, String id, String name, String address) {
        Contact contact = Contact.of(name, address);
        contacts.add(
                contact.address().isEmpty()
                        ? new Contact(
                                contact.name(),
                                "",
                                Words.shown(
                                        "%s (%s of %s, without a usable address)"
                                                .formatted(contact.shown(), role, Names.brief(id)),
                                        CHARACTERS_SHOWN * 2))
                        : contact);
    }

    private static Contact coAuthor(String written) {
        Matcher contact = CONTACT.matcher(written.strip());
        if (contact.matches()) {
            Contact read = Contact.of(contact.group(1), contact.group(2));
            if (!read.address().isEmpty()) {
                return read;
            }
        }
        Contact bare = Contact.of("", written);
        return bare.address().isEmpty()
                ? new Contact("", "", Words.shown("Co-authored-by: " + written.strip(), CHARACTERS_SHOWN))
                : bare;
    }

    /** Whether nobody logs in by it. */
    static boolean isNoReply(String address) {
        return NO_REPLY.matcher(address).matches();
    }
}
