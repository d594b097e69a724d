package dev.slipway.git;

import dev.slipway.git.Signatures.Contact;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds out who made what a release brings. */
final class Reader {
    private final Opened repository;
    private final int commitsMax;
    private final int peopleMax;

    Reader(Opened repository, int commitsMax, int peopleMax) {
        this.repository = repository;
        this.commitsMax = commitsMax;
        this.peopleMax = peopleMax;
    }

    /** Everybody of the revision itself and of what the target lacks of it. */
    People people(String target, String revision, String branch) throws GitTrouble, Refused {
        Scratch scratch = repository.scratch();
        String most = "--max-count=" + (commitsMax + 1);
        String log = scratch.must("log", "-z", "--no-mailmap", most, Signatures.FORMAT, revision, "^" + target, "--")
                .text();
        if (Signatures.commits(log) > commitsMax) {
            throw Refused.forGood("The release brings more than %d commits to %s, too many to tell who made it."
                    .formatted(commitsMax, branch));
        }
        if (log.isEmpty()) { // it is merged already
            log = scratch.must("log", "-z", "--no-mailmap", "-1", Signatures.FORMAT, revision, "--")
                    .text();
        }
        return matched(Signatures.of(log), Mailmap.of(scratch, List.of(target, revision)), branch);
    }

    /** When it was committed, by whoever did. */
    Instant committed(String revision) throws GitTrouble {
        String seconds = repository
                .scratch()
                .must("log", "-1", "--format=%ct", revision, "--")
                .text()
                .strip();
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException unreadable) {
            throw new GitTrouble("git log told no time of a commit", unreadable);
        }
    }

    /** A map can only add people: one that takes somebody's name off their own change has no effect. */
    private People matched(Set<Contact> contacts, List<Mailmap> maps, String branch) throws GitTrouble, Refused {
        Set<String> addresses = new TreeSet<>();
        Set<String> unmatched = new TreeSet<>();
        Set<Contact> known = new java.util.HashSet<>();
        for (Mailmap map : maps) {
            for (Map.Entry<Contact, String> mapped : map.mapped(contacts).entrySet()) {
                addresses.add(mapped.getValue());
                if (!Signatures.isNoReply(mapped.getValue())) {
                    known.add(mapped.getKey());
                }
            }
        }
        for (Contact contact : contacts) {
            if (!contact.address().isEmpty()) {
                addresses.add(contact.address());
            }
            if (!known.contains(contact) && (contact.address().isEmpty() || Signatures.isNoReply(contact.address()))) {
                unmatched.add(contact.shown());
            }
        }
        for (Mailmap map : maps) {
            List.copyOf(addresses).forEach(address -> addresses.addAll(map.others(address)));
        }
        addresses.remove("");
        if (addresses.size() > peopleMax || unmatched.size() > peopleMax) {
            throw Refused.forGood(
                    "The release brings the work of more than %d people to %s, too many to tell who made it."
                            .formatted(peopleMax, branch));
        }
        return new People(List.copyOf(addresses), List.copyOf(unmatched));
    }
}
