package dev.slipway.git;

import java.util.ArrayList;
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

    private static final String TRAILER = "co-authored-by[ \\t]*:";
    /** With the lines on which it goes on, as Git folds trailers; possessive, as thousands of them must cost no stack. */
    private static final Pattern CO_AUTHOR =
            Pattern.compile("(?im)^[ \\t]*%1$s[ \\t]*(.*(?:\\R[ \\t]+(?!%1$s)\\S.*)*+)$".formatted(TRAILER));

    private static final Pattern FOLD = Pattern.compile("\\R[ \\t]+");
    /** Begins at a bracket or at the start, so that a long text without one is read once. */
    private static final Pattern CONTACT = Pattern.compile("(?<![^<>])([^<>]*+)<([^<>]*+)>");
    /** What stands between several on one line. */
    private static final Pattern BETWEEN = Pattern.compile("(?i)^(?:[\\s,;&]|and\\s)++");

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
                contacts.addAll(
                        coAuthors(FOLD.matcher(trailer.group(1)).replaceAll(" ").strip()));
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

    /** One as a rule; whoever is named beside another on the line has written it as well. */
    private static List<Contact> coAuthors(String written) {
        List<Contact> read = new ArrayList<>();
        boolean whole = true;
        Matcher contact = CONTACT.matcher(written);
        while (contact.find()) {
            Contact one = Contact.of(BETWEEN.matcher(contact.group(1)).replaceFirst(""), contact.group(2));
            whole &= !one.address().isEmpty();
            read.add(one);
        }
        read.removeIf(one -> one.address().isEmpty());
        Contact bare = Contact.of("", written);
        if (read.isEmpty() && !bare.address().isEmpty()) {
            return List.of(bare);
        }
        if (read.isEmpty() || !whole) { // for people to look at
            read.add(new Contact("", "", Words.shown("Co-authored-by: " + written, CHARACTERS_SHOWN)));
        }
        return read;
    }

    /** Whether nobody logs in by it. */
    static boolean isNoReply(String address) {
        return NO_REPLY.matcher(address).matches();
    }
}
