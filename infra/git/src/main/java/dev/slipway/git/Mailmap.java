package dev.slipway.git;

import dev.slipway.git.Signatures.Contact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A repository's {@code .mailmap}: who is who. Git maps what commits say; which other addresses belong to the same person is
 * read here, as somebody may log in by an old one.
 */
final class Mailmap {
    private static final String FILE = ":.mailmap";
    private static final Pattern TWO_ADDRESSES = Pattern.compile("[^<>]*<([^<>]*)>[^<>]*<([^<>]*)>.*");
    private static final Pattern TAKEN = Pattern.compile("[^<>\\r\\n]*");

    private final Scratch scratch;
    private final String blob;
    private final Map<String, Set<String>> others = new HashMap<>();

    private Mailmap(Scratch scratch, String blob, String content) {
        this.scratch = scratch;
        this.blob = blob;
        for (String line : Folders.lines(content)) {
            Matcher pair = TWO_ADDRESSES.matcher(line);
            if (!line.startsWith("#") && pair.matches()) {
                others.computeIfAbsent(folded(pair.group(1)), _ -> new TreeSet<>())
                        .add(folded(pair.group(2)));
            }
        }
    }

    /** Those of the commits; none for one that has none. The same file twice is read once. */
    static List<Mailmap> of(Scratch scratch, Collection<String> commits) throws GitTrouble {
        StringBuilder asked = new StringBuilder();
        commits.forEach(commit -> asked.append(commit).append(FILE).append('\n'));
        Set<String> blobs = new TreeSet<>();
        for (String line :
                Folders.lines(scratch.fed(asked.toString(), "cat-file", "--batch-check=%(objecttype) %(objectname)")
                        .text())) {
            if (line.startsWith("blob ")) {
                blobs.add(line.substring("blob ".length()));
            }
        }
        List<Mailmap> maps = new ArrayList<>();
        for (String blob : blobs) {
            maps.add(new Mailmap(
                    scratch, blob, scratch.must("cat-file", "blob", blob).text()));
        }
        return maps;
    }

    /** The address that each contact has here; those who have none are left out. */
    Map<Contact, String> mapped(Collection<Contact> contacts) throws GitTrouble {
        List<Contact> asked = contacts.stream()
                .filter(contact -> !contact.address().isEmpty()
                        && TAKEN.matcher(contact.name()).matches())
                .toList();
        StringBuilder lines = new StringBuilder();
        asked.forEach(contact -> lines.append(contact.name().isEmpty() ? "" : contact.name() + " ")
                .append('<')
                .append(contact.address())
                .append(">\n"));
        byte[] input = lines.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        GitRunner.Ran ran = Scratch.succeeded(
                scratch.run(
                        List.of("-c", "mailmap.blob=" + blob, "check-mailmap", "--stdin"),
                        input,
                        java.time.Duration.ofMinutes(1),
                        Map.of()),
                "check-mailmap");
        List<String> answers = ran.text().lines().toList();
        if (answers.size() != asked.size()) {
            throw new GitTrouble("git check-mailmap answers for %d of %d".formatted(answers.size(), asked.size()));
        }
        Map<Contact, String> mapped = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            String answer = answers.get(i);
            int open = answer.lastIndexOf('<');
            int close = answer.lastIndexOf('>');
            if (open >= 0 && close > open) {
                mapped.put(asked.get(i), folded(answer.substring(open + 1, close)));
            }
        }
        return mapped;
    }

    /** Other addresses of whoever has this one. */
    Set<String> others(String address) {
        return others.getOrDefault(address, Set.of());
    }

    private static String folded(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }
}
